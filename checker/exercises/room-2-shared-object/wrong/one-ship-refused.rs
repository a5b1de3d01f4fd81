// Caught by: the reference attack captures nothing
//! Room 2 · A shared mutable object
//!
//! A harbor runs the scripts of its ships. All of them read and write one notice
//! board, `board`, and `gate.code()` tells the code of the gate to pilots.
//! The flag is that code, and Clara is no pilot.
//!
//! - Break it: `attack.js` is a script of Clara's whose result is the flag.
//! - Mend it: no attack works, and every ordinary ship does as before.
//!
//! Judge both: `cargo checker room 2` · a hint: `cargo checker hint room-2`

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

/// The harbor's rules: who may have the code, and how one becomes a pilot.
const IS_PILOT: &str = "(ship) => board.pilots.includes(ship)";
const APPOINT: &str = "(ship) => board.pilots.push(ship)";

/// The harbor: its realm, its rules and the code of its gate.
pub struct Room {
    context: Context,
    is_pilot: JsObject,
    appoint: JsObject,
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
            is_pilot: rule(IS_PILOT, &mut context)?,
            appoint: rule(APPOINT, &mut context)?,
            flag: js_string!(flag),
            context,
        })
    }

    /// The harbor makes `ship` a pilot, and all ships can read it on the board.
    pub fn appoint(&mut self, ship: &str) -> Result<(), String> {
        let ship = JsValue::from(js_string!(ship));
        let appointed = self
            .appoint
            .call(&JsValue::undefined(), &[ship], &mut self.context);
        appointed.map(drop).map_err(|error| error.to_string())
    }

    /// Runs a script of `ship`'s and gives its completion value.
    pub fn run(&mut self, ship: &str, source: &str) -> Result<Json, String> {
        self.evaluate(ship, source)
            .map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, ship: &str, source: &str) -> JsResult<Json> {
        let keeper = (js_string!(ship), self.is_pilot.clone(), self.flag.clone());
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
    (ship, is_pilot, flag): &(JsString, JsObject, JsString),
    context: &mut Context,
) -> JsResult<JsValue> {
    let answer = is_pilot.call(&JsValue::undefined(), &[ship.clone().into()], context)?;
    if answer.to_boolean() && *ship != js_string!("Clara") {
        return Ok(flag.clone().into());
    }
    let refusal = format!("{} is no pilot", ship.to_std_string_lossy());
    Err(JsError::from_opaque(js_string!(refusal).into()))
}

/// One of the harbor's rules, as a function.
fn rule(source: &str, context: &mut Context) -> JsResult<JsObject> {
    context.eval(Source::from_bytes(source))?.to_object(context)
}

harness::serve! { type Room { new(&str), appoint(&str), run(&str, &str) } }
