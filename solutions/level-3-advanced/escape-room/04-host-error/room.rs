//! Room 4 · The host's error, mended: what the office throws is made anew where the
//! shops are, of its name and its message.

use boa_engine::{
    Context, JsError, JsNativeError, JsObject, JsResult, JsValue, NativeFunction, Source,
    js_string, property::Attribute, realm::Realm,
};
use serde_json::Value as Json;

/// The office's own program, which asks the parcel service.
const OFFICE: &str = r#"
const records = new Map([
    ["A1", '{ "at": "Lisbon" }'],
    ["B2", '{ "at": "Oslo" }'],
    ["C3", '{ "at": "Bre'],
    ["D4", '{ "held": "customs" }'],
]);

const sent = [];

class ServiceError extends Error {
    constructor(message, request, options) {
        super(message, options);
        this.name = "ServiceError";
        this.request = request;
    }
}

function read(record, request) {
    try {
        return JSON.parse(record);
    } catch (cause) {
        throw new ServiceError(`${request.path} is damaged`, request, { cause });
    }
}

const find = (number) => {
    if (number === "") throw new RangeError("a parcel has a number");
    const request = { path: `/parcels/${number}`, token };
    sent.push(request);
    const record = records.get(number);
    if (record === undefined) throw new ServiceError(`no parcel ${number}`, request);
    const { at, held } = read(record, request);
    if (held) throw { name: "Held", message: `${number} is held by ${held}`, request };
    return at;
};

find
"#;

/// The post office: its own realm, and the shops' realm beside it.
pub struct Room {
    context: Context,
    shops: Realm,
}

impl Room {
    /// An office whose token is `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
        context.register_global_property(
            js_string!("token"),
            js_string!(flag),
            Attribute::READONLY,
        )?;
        let find = context.eval(Source::from_bytes(OFFICE))?;
        let find = find.to_object(&mut context)?;

        // What a shop can hold is made in the shops' realm.
        let shops = context.create_realm()?;
        let office = context.enter_realm(shops.clone());
        context.register_global_callable(
            js_string!("track"),
            1,
            NativeFunction::from_copy_closure_with_captures(track, find),
        )?;
        context.enter_realm(office);
        Ok(Self { context, shops })
    }

    /// Runs a clerk's script, in the office's realm, and gives its completion value.
    pub fn run_clerk(&mut self, source: &str) -> Result<Json, String> {
        let outcome = self.evaluate(source);
        outcome.map_err(|error| told(error, &mut self.context))
    }

    /// Runs a shop's script and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let office = self.context.enter_realm(self.shops.clone());
        let outcome = self.evaluate(source);
        let outcome = outcome.map_err(|error| told(error, &mut self.context));
        self.context.enter_realm(office);
        outcome
    }

    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

/// `track(number)`: where a parcel is.
fn track(
    _: &JsValue,
    arguments: &[JsValue],
    find: &JsObject,
    context: &mut Context,
) -> JsResult<JsValue> {
    // The office gets a text, and no object of the shop's that it would have to call.
    let number = arguments.first().cloned().unwrap_or_default();
    let number = number.to_string(context)?;
    find.call(&JsValue::undefined(), &[number.into()], context)
        .map_err(|error| renewed(error, context))
}

/// An error of the current realm's with the name and the message of `error`, and
/// nothing else of it: not its class, not its cause, and no property that the office
/// may add one day.
fn renewed(error: JsError, context: &mut Context) -> JsError {
    let thrown = match error.into_opaque(context) {
        Ok(thrown) => thrown,
        // A limit of the engine's, which no script can catch.
        Err(limit) => return limit,
    };
    // Whatever was thrown, an error or not, is treated alike.
    let Some(thrown) = thrown.as_object() else {
        return JsError::from_opaque(thrown);
    };
    match made_anew(&thrown, context) {
        Ok(error) => JsError::from_opaque(error.into()),
        // What goes wrong there is the office's as well.
        Err(_) => JsNativeError::error()
            .with_message("tracking failed")
            .into(),
    }
}

/// A new error of the current realm's, with the name and the message of `thrown`.
fn made_anew(thrown: &JsObject, context: &mut Context) -> JsResult<JsObject> {
    let name = thrown
        .get(js_string!("name"), context)?
        .to_string(context)?;
    let message = thrown
        .get(js_string!("message"), context)?
        .to_string(context)?;
    let error = JsNativeError::error()
        .with_message(message.to_std_string_lossy())
        .into_opaque(context);
    error.create_data_property_or_throw(js_string!("name"), name, context)?;
    Ok(error)
}

/// What the office is told of an error that a script did not catch.
fn told(error: JsError, context: &mut Context) -> String {
    let thrown = error.into_opaque(context);
    let text = thrown.and_then(|thrown| thrown.to_string(context));
    text.map_or_else(|error| error.to_string(), |text| text.to_std_string_lossy())
}

harness::serve! { type Room { new(&str), run_clerk(&str), run(&str) } }
