//! Room 2 · A shared mutable object, mended: what the host decides by is its own,
//! and what the ships see is a copy.

use boa_engine::{
    Context, JsError, JsObject, JsResult, JsString, JsValue, NativeFunction, Source, js_string,
    object::ObjectInitializer, property::Attribute,
};
use serde_json::Value as Json;

/// What hangs on the board in the morning.
const BOARD: &str = r#"({
    pilots: ["Aurora"],
    berths: { Aurora: 1, Bertha: 2, Clara: 5 },
    notes: [],
})"#;

/// Writes a new pilot on the board, for the ships to read. Nothing is decided by it.
const ANNOUNCE: &str = "(ship) => board.pilots.push(ship)";

/// The harbor: its realm, its pilots and the code of its gate.
pub struct Room {
    context: Context,
    announce: JsObject,
    // In Rust, where no script can reach it: a list in the realm could be frozen
    // and hidden, and its methods would still be the ships' to replace.
    pilots: Vec<String>,
    flag: JsString,
}

impl Room {
    /// A harbor whose gate opens with `flag`, and whose only pilot is Aurora.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
        let board = context.eval(Source::from_bytes(BOARD))?;
        context.register_global_property(js_string!("board"), board, Attribute::all())?;
        Ok(Self {
            announce: rule(ANNOUNCE, &mut context)?,
            pilots: vec!["Aurora".to_owned()],
            flag: js_string!(flag),
            context,
        })
    }

    /// The harbor makes `ship` a pilot, and all ships can read it on the board.
    pub fn appoint(&mut self, ship: &str) -> Result<(), String> {
        self.pilots.push(ship.to_owned());
        let ship = JsValue::from(js_string!(ship));
        let announced = self
            .announce
            .call(&JsValue::undefined(), &[ship], &mut self.context);
        announced.map(drop).map_err(|error| error.to_string())
    }

    /// Runs a script of `ship`'s and gives its completion value.
    pub fn run(&mut self, ship: &str, source: &str) -> Result<Json, String> {
        self.evaluate(ship, source)
            .map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, ship: &str, source: &str) -> JsResult<Json> {
        let is_pilot = self.pilots.iter().any(|pilot| pilot == ship);
        let keeper = (js_string!(ship), is_pilot, self.flag.clone());
        let gate = ObjectInitializer::new(&mut self.context)
            .function(
                NativeFunction::from_copy_closure_with_captures(code, keeper),
                js_string!("code"),
                0,
            )
            .build();
        self.context
            .register_global_property(js_string!("gate"), gate, Attribute::all())?;
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// `gate.code()`: the code of the gate, for pilots.
fn code(
    _: &JsValue,
    _: &[JsValue],
    (ship, is_pilot, flag): &(JsString, bool, JsString),
    _: &mut Context,
) -> JsResult<JsValue> {
    if *is_pilot {
        return Ok(flag.clone().into());
    }
    let refusal = format!("{} is no pilot", ship.to_std_string_lossy());
    Err(JsError::from_opaque(js_string!(refusal).into()))
}

/// A function of the harbor's own.
fn rule(source: &str, context: &mut Context) -> JsResult<JsObject> {
    context.eval(Source::from_bytes(source))?.to_object(context)
}

harness::serve! { type Room { new(&str), appoint(&str), run(&str, &str) } }
