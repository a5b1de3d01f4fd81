//! Room 3 · A block-list over text, mended: the vault is in the manager's realm, and
//! the rules run in one that has none. Nobody has to read them.

use boa_engine::{
    Context, JsError, JsResult, JsString, JsValue, NativeFunction, Source, js_string, realm::Realm,
};
use serde_json::Value as Json;

/// What a ticket costs, in cents.
const PRICES: [(&str, i32); 3] = [("adult", 1400), ("child", 600), ("group", 9000)];

/// The machine: the manager's realm, and the troupes' realm beside it.
pub struct Room {
    context: Context,
    troupes: Realm,
}

impl Room {
    /// A machine whose safe opens with `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
        context.register_global_callable(
            js_string!("vault"),
            0,
            NativeFunction::from_copy_closure_with_captures(vault, js_string!(flag)),
        )?;
        register_price(&mut context)?;

        // A function of the manager's realm would lead back there by its constructor,
        // so the troupes' `price` is made where they are.
        let troupes = context.create_realm()?;
        let manager = context.enter_realm(troupes.clone());
        register_price(&mut context)?;
        context.enter_realm(manager);
        Ok(Self { context, troupes })
    }

    /// Runs a script of the manager's and gives its completion value.
    pub fn manage(&mut self, source: &str) -> Result<Json, String> {
        self.evaluate(source).map_err(|error| error.to_string())
    }

    /// Runs a troupe's rule and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let manager = self.context.enter_realm(self.troupes.clone());
        let outcome = self.evaluate(source);
        self.context.enter_realm(manager);
        outcome.map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// Gives the current realm its `price`.
fn register_price(context: &mut Context) -> JsResult<()> {
    context.register_global_callable(js_string!("price"), 1, NativeFunction::from_fn_ptr(price))
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
