//! Room 1 · The host's object, mended: whatever a guest gets is made in the
//! guests' realm.

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

        // An object belongs to the realm in which it is made, and its constructors
        // lead there. So the guests' shop is made where the guests are.
        let host = context.enter_realm(guests.clone());
        let shop = shop(&mut context)?;
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
