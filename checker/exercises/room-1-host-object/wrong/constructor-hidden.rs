// Caught by: the through-the-prototype attack captures nothing
//! Room 1 · The host's object
//!
//! A kiosk runs its customers' scripts in a realm of their own and lends them one
//! object, `shop`. The owner's scripts run in the host's realm. The flag is there and
//! nowhere else.
//!
//! - Break it: `attack.js` is a guest program whose result is the flag.
//! - Mend it: no attack works, and every ordinary guest does.
//!
//! Judge both: `cargo checker room 1` · a hint: `cargo checker hint room-1`

use boa_engine::{
    Context, JsError, JsObject, JsResult, JsValue, NativeFunction, Source, js_string,
    object::{ObjectInitializer, builtins::JsArray},
    property::Attribute,
    realm::Realm,
};
use serde_json::Value as Json;

/// The kiosk: the host's realm, and the guests' realm beside it.
pub struct Room {
    context: Context,
    guests: Realm,
}

impl Room {
    /// A kiosk whose host keeps `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
        let guests = context.create_realm()?;

        // The host's own realm: its secret, and what it works with.
        context.register_global_property(
            js_string!("flag"),
            js_string!(flag),
            Attribute::READONLY,
        )?;
        let shop = shop(&mut context)?;
        let nothing = JsValue::undefined();
        shop.create_data_property_or_throw(js_string!("constructor"), nothing, &mut context)?;

        // The guests' realm gets the shop, and none of the host's globals.
        let host = context.enter_realm(guests.clone());
        context.register_global_property(js_string!("shop"), shop, Attribute::all())?;
        context.enter_realm(host);
        Ok(Self { context, guests })
    }

    /// Runs a script of the owner's, in the host's realm, and gives its completion value.
    pub fn run_owner(&mut self, source: &str) -> Result<Json, String> {
        self.evaluate(source).map_err(|error| error.to_string())
    }

    /// Runs a guest's script and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let host = self.context.enter_realm(self.guests.clone());
        let outcome = self.evaluate(source);
        self.context.enter_realm(host);
        outcome.map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// What guests may use: the goods, and their prices.
fn shop(context: &mut Context) -> JsResult<JsObject> {
    let goods = ["tea", "rice", "soap"].map(|name| JsValue::from(js_string!(name)));
    let goods = JsArray::from_iter(goods, context);
    Ok(ObjectInitializer::new(context)
        .property(js_string!("goods"), goods, Attribute::all())
        .function(NativeFunction::from_fn_ptr(price), js_string!("price"), 1)
        .build())
}

/// `shop.price(name)`: what one of the goods costs, in cents.
fn price(_: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let name = arguments.first().cloned().unwrap_or_default();
    match name.to_string(context)?.to_std_string_lossy().as_str() {
        "tea" => Ok(250.into()),
        "rice" => Ok(120.into()),
        "soap" => Ok(310.into()),
        other => Err(JsError::from_opaque(
            js_string!(format!("no {other} here")).into(),
        )),
    }
}

harness::serve! { type Room { new(&str), run_owner(&str), run(&str) } }
