//! Room 3 · A block-list over text
//!
//! A theater's ticket machine runs the price rules of its troupes, and the scripts of
//! its manager, who may call `vault()` for the code of the safe. That code is the flag.
//! A rule that speaks of the vault is refused before it runs.
//!
//! - Break it: `attack.js` is a troupe's rule whose result is the flag.
//! - Mend it: no attack works, and ordinary rules and the manager's scripts do.
//!
//! Judge both: `cargo checker room 3` · a hint: `cargo checker hint room-3`

use boa_engine::{
    Context, JsError, JsResult, JsString, JsValue, NativeFunction, Source, js_string,
};
use serde_json::Value as Json;

/// What no rule may speak of: the vault, and the ways to get at a name without
/// writing it.
const BANNED: [&str; 5] = ["vault", "globalThis", "eval", "Function", "constructor"];

/// What a ticket costs, in cents.
const PRICES: [(&str, i32); 3] = [("adult", 1400), ("child", 600), ("group", 9000)];

/// The machine.
pub struct Room {
    context: Context,
}

impl Room {
    /// A machine whose safe opens with `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
        context.register_global_callable(
            js_string!("price"),
            1,
            NativeFunction::from_fn_ptr(price),
        )?;
        context.register_global_callable(
            js_string!("vault"),
            0,
            NativeFunction::from_copy_closure_with_captures(vault, js_string!(flag)),
        )?;
        Ok(Self { context })
    }

    /// Runs a script of the manager's and gives its completion value.
    pub fn manage(&mut self, source: &str) -> Result<Json, String> {
        self.evaluate(source).map_err(|error| error.to_string())
    }

    /// Runs a troupe's rule and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        if let Some(word) = BANNED.into_iter().find(|word| source.contains(word)) {
            return Err(format!("no rule may say {word}"));
        }
        self.evaluate(source).map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// `price(kind)`: what a ticket costs.
fn price(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let kind = arguments.first().cloned().unwrap_or_default();
    let kind = kind.to_string(context)?.to_std_string_lossy();
    match PRICES.into_iter().find(|(name, _)| *name == kind) {
        Some((_, cents)) => Ok(cents.into()),
        None => Err(JsError::from_opaque(
            js_string!(format!("no ticket for {kind}")).into(),
        )),
    }
}

/// `vault()`: the code of the safe.
fn vault(_: &JsValue, _: &[JsValue], code: &JsString, _: &mut Context) -> JsResult<JsValue> {
    Ok(code.clone().into())
}

harness::serve! { type Room { new(&str), manage(&str), run(&str) } }
