// Caught by: ships leave notes for each other
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
    Context, JsError, JsResult, JsString, JsValue, NativeFunction, Source, js_string,
    object::{ObjectInitializer, builtins::JsArray},
    property::Attribute,
};
use serde_json::Value as Json;

/// What hangs on the board in the morning.
const BOARD: &str = r#"({
    pilots: ["Aurora"],
    berths: { Aurora: 1, Bertha: 2, Clara: 5 },
    notes: [],
})"#;

/// The harbor: its realm, its rules and the code of its gate.
pub struct Room {
    context: Context,
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
        let pilots = vec!["Aurora".to_owned()];
        Ok(Self {
            pilots,
            flag: js_string!(flag),
            context,
        })
    }

    /// The harbor makes `ship` a pilot, and all ships can read it on the board.
    pub fn appoint(&mut self, ship: &str) -> Result<(), String> {
        self.pilots.push(ship.to_owned());
        Ok(())
    }

    /// Runs a script of `ship`'s and gives its completion value.
    pub fn run(&mut self, ship: &str, source: &str) -> Result<Json, String> {
        self.evaluate(ship, source)
            .map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, ship: &str, source: &str) -> JsResult<Json> {
        // Every visit has a board of its own, so no ship can harm another's.
        let board = self.context.eval(Source::from_bytes(BOARD))?;
        let names = self
            .pilots
            .iter()
            .map(|pilot| js_string!(pilot.as_str()).into());
        let names = JsArray::from_iter(names.collect::<Vec<JsValue>>(), &mut self.context);
        board.to_object(&mut self.context)?.set(
            js_string!("pilots"),
            names,
            true,
            &mut self.context,
        )?;
        self.context
            .register_global_property(js_string!("board"), board, Attribute::all())?;
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

harness::serve! { type Room { new(&str), appoint(&str), run(&str, &str) } }
