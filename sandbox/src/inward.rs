//! Values into the guest, bounded, without running its code.

use boa_engine::object::builtins::JsArray;
use boa_engine::{Context, JsBigInt, JsObject, JsValue, js_string};

use crate::error::{Failure, Unfit, ValueError};
use crate::limits::{Bounds, Limit, LimitHit};
use crate::path::Path;
use crate::value::Value;
use crate::walk::VALUE_BYTES;

/// `value` as a guest's value, of the context's current realm.
pub(crate) fn inward(
    value: &Value,
    root: &str,
    bounds: Bounds,
    context: &mut Context,
) -> Result<JsValue, Failure> {
    Inward {
        context,
        bounds,
        left: bounds.bytes,
        depth: 0,
        path: Path::new(root),
    }
    .value(value)
}

struct Inward<'context> {
    context: &'context mut Context,
    bounds: Bounds,
    left: usize,
    depth: usize,
    path: Path,
}

impl Inward<'_> {
    fn value(&mut self, value: &Value) -> Result<JsValue, Failure> {
        self.spend(VALUE_BYTES)?;
        Ok(match value {
            Value::Undefined => JsValue::undefined(),
            Value::Null => JsValue::null(),
            Value::Bool(bool) => JsValue::from(*bool),
            Value::Number(number) => JsValue::from(*number),
            Value::BigInt(digits) => {
                self.spend(digits.len())?;
                JsValue::from(self.bigint(digits)?)
            }
            Value::String(text) => {
                self.spend(text.len())?;
                JsValue::from(js_string!(text.as_str()))
            }
            Value::Array(items) => {
                self.enter()?;
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    self.path.push_index(index);
                    list.push(self.value(item)?);
                    self.path.pop();
                }
                self.depth -= 1;
                JsArray::from_iter(list, self.context).into()
            }
            Value::Object(entries) => {
                self.enter()?;
                let object = JsObject::with_object_proto(self.context.intrinsics());
                for (key, value) in entries {
                    self.path.push_key(key);
                    self.spend(key.len())?;
                    let value = self.value(value)?;
                    // An own property even for the key `__proto__`.
                    object
                        .create_data_property_or_throw(
                            js_string!(key.as_str()),
                            value,
                            self.context,
                        )
                        .map_err(|error| Failure::Engine(error.to_string()))?;
                    self.path.pop();
                }
                self.depth -= 1;
                object.into()
            }
        })
    }

    fn bigint(&self, digits: &str) -> Result<JsBigInt, Failure> {
        let number = digits.strip_prefix('-').unwrap_or(digits);
        let plain = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        plain
            .then(|| JsBigInt::from_string(digits))
            .flatten()
            .ok_or_else(|| {
                ValueError {
                    path: self.path.to_string(),
                    reason: Unfit::Digits,
                }
                .into()
            })
    }

    fn enter(&mut self) -> Result<(), Failure> {
        if self.depth == self.bounds.depth {
            return Err(self.limit(Limit::ValueDepth));
        }
        self.depth += 1;
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Failure> {
        if bytes > self.left {
            return Err(self.limit(Limit::ValueSize));
        }
        self.left -= bytes;
        Ok(())
    }

    fn limit(&self, limit: Limit) -> Failure {
        LimitHit::of_value(limit, self.bounds, self.path.to_string()).into()
    }
}
