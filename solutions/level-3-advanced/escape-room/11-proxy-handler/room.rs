//! Room 11 · The proxy's handler, mended: guests hold an object that has no secret.

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

  // The guests' object has nothing hidden in it. For each name that is theirs it knows a
  // way to the record, and the record itself is neither in it nor behind it nor ever
  // its `this`. So it needs no traps, and none can be forgotten.
  const lent = {};
  for (const key of Reflect.ownKeys(account)) {
    if (hidden(key)) continue;
    if (typeof account[key] === "function") {
      // No `bind`: by then a guest may have put its own function in its place.
      lent[key] = (...given) => account[key](...given);
    } else {
      Object.defineProperty(lent, key, {
        get: () => account[key],
        set(value) {
          account[key] = value;
        },
        enumerable: true,
        configurable: true,
      });
    }
  }
  return lent;
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
