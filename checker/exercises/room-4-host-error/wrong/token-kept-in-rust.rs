// Caught by: the office sends its token with each request
//! Room 4 · The host's error
//!
//! A post office lets shops look for their parcels: `track("A1")` tells where one is.
//! The office has a realm of its own, for its clerks' scripts, and a token for the
//! parcel service there; the token is the flag. Shops' scripts run in another realm,
//! and `track` takes a text and gives a text.
//!
//! - Break it: `attack.js` is a shop's script whose result is the flag.
//! - Mend it: no attack works, and every ordinary shop tracks on.
//!
//! Judge both: `cargo checker room 4` · a hint: `cargo checker hint room-4`

use boa_engine::{
    Context, JsError, JsObject, JsResult, JsValue, NativeFunction, Source, js_string,
    property::Attribute, realm::Realm,
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
    const request = { path: `/parcels/${number}` };
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
    /// Goes to the service with each request.
    token: String,
}

impl Room {
    /// An office whose token is `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
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
        let token = flag.to_owned();
        Ok(Self {
            context,
            shops,
            token,
        })
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

    /// The token for a request that is about to be sent.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
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
}

/// What the office is told of an error that a script did not catch.
fn told(error: JsError, context: &mut Context) -> String {
    let thrown = error.into_opaque(context);
    let text = thrown.and_then(|thrown| thrown.to_string(context));
    text.map_or_else(|error| error.to_string(), |text| text.to_std_string_lossy())
}

harness::serve! { type Room { new(&str), run_clerk(&str), run(&str) } }
