// Caught by: the stored-function attack captures nothing
//! Room 11 · The proxy's handler
//!
//! A bank lends its customers' programs an account: a proxy in front of the bank's own
//! record. What begins with `_` is the bank's business, and the proxy keeps it back. The
//! flag is the record's `_pin`.
//!
//! - Break it: `attack.js` is a guest program whose result is the flag.
//! - Mend it: no attack works, and every ordinary guest does.
//!
//! Judge both: `cargo checker room 11` · a hint: `cargo checker hint room-11`

use boa_engine::{Context, JsResult, JsValue, Source, js_string, property::Attribute};
use serde_json::Value as Json;

/// The bank's program. Its value is a function that makes an account and gives what
/// guests may hold of it. It is done before a guest's first line runs, and it puts
/// nothing into any global.
const BANK: &str = r#"
(pin) => {
  const account = {
    owner: "Ada",
    balance: 100,
    _pin: pin,
    deposit(cents) {
      this.balance += cents;
      return this.balance;
    },
    unlock(pin) {
      return pin === this._pin ? "open" : "shut";
    },
  };

  const hidden = (key) => typeof key === "string" && key[0] === "_";

  const handler = {
    get(target, key) {
      if (hidden(key) || !Object.hasOwn(target, key)) return undefined;
      const value = target[key];
      // With the proxy as `this`, a method would not find what is hidden.
      return typeof value === "function" ? value.bind(target) : value;
    },
    set(target, key, value) {
      if (hidden(key)) return false;
      target[key] = value;
      return true;
    },
    has: (target, key) => !hidden(key) && key in target,
    deleteProperty: (target, key) => !hidden(key) && delete target[key],
    getOwnPropertyDescriptor: (target, key) =>
      hidden(key) ? undefined : Reflect.getOwnPropertyDescriptor(target, key),
    defineProperty: () => false,
    getPrototypeOf: () => null,
    setPrototypeOf: () => false,
    preventExtensions: () => false,
    ownKeys: (target) => Reflect.ownKeys(target).filter((key) => !hidden(key)),
  };
  return new Proxy(account, handler);
}
"#;

/// The bank: one context, in which its guests run too.
pub struct Room {
    context: Context,
}

impl Room {
    /// A bank with an account whose pin is `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut context = Context::default();
        let bank = context.eval(Source::from_bytes(BANK))?;
        let pin = js_string!(flag).into();
        let account =
            bank.to_object(&mut context)?
                .call(&JsValue::undefined(), &[pin], &mut context)?;
        context.register_global_property(js_string!("account"), account, Attribute::all())?;
        Ok(Self { context })
    }

    /// Runs a guest's script and gives its completion value.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        self.evaluate(source).map_err(|error| error.to_string())
    }

    fn evaluate(&mut self, source: &str) -> JsResult<Json> {
        let value = self.context.eval(Source::from_bytes(source))?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

harness::serve! { type Room { new(&str), run(&str) } }
