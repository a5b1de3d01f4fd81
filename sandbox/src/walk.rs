//! Values out of the guest, bounded, without running its code.

use boa_engine::builtins::date::Date;
use boa_engine::builtins::error::Error;
use boa_engine::builtins::map::ordered_map::OrderedMap;
use boa_engine::builtins::promise::Promise;
use boa_engine::builtins::proxy::Proxy;
use boa_engine::builtins::regexp::RegExp;
use boa_engine::builtins::set::ordered_set::OrderedSet;
use boa_engine::property::{PropertyDescriptor, PropertyKey};
use boa_engine::{Context, JsObject, JsString, JsValue, JsVariant, js_string};

use crate::error::{Failure, Unfit, ValueError};
use crate::limits::{Bounds, Limit, LimitHit};
use crate::path::Path;
use crate::value::Value;

/// What every value costs of [`Bounds::bytes`], so that a million `null`s count.
pub(crate) const VALUE_BYTES: usize = 8;

/// Longer BigInts are refused: writing one in decimal takes quadratic time.
const BIGINT_BITS: u64 = 16 * 1024;

/// The guest's `value` as plain data.
///
/// Only own enumerable string-keyed data properties of ordinary objects and the
/// elements of arrays are read, straight from the property table: getters,
/// proxies' traps, `toJSON` and iterators never run.
pub(crate) fn outward(
    value: &JsValue,
    root: &str,
    bounds: Bounds,
    context: &mut Context,
) -> Result<Value, Failure> {
    Outward::new(root, bounds, context).value(value)
}

/// The own enumerable properties of a thrown error, which as a whole is not plain data.
pub(crate) fn properties(
    object: &JsObject,
    bounds: Bounds,
    context: &mut Context,
) -> Result<Value, Failure> {
    Outward::new("value", bounds, context).object(object)
}

/// The own property as it is stored; right for every object but exotic ones.
pub(crate) fn own(object: &JsObject, key: &PropertyKey) -> Option<PropertyDescriptor> {
    object.borrow().properties().get(key)
}

/// The `length` of a true array.
pub(crate) fn array_length(array: &JsObject) -> usize {
    own(array, &js_string!("length").into())
        .and_then(|length| length.value().and_then(JsValue::as_number))
        .map_or(0, |length| length as usize)
}

/// What `object` is, if it is neither plain nor a function.
pub(crate) fn kind(object: &JsObject) -> &'static str {
    if object.is::<Error>() {
        "an Error"
    } else if object.is::<OrderedMap<JsValue>>() {
        "a Map"
    } else if object.is::<OrderedSet>() {
        "a Set"
    } else if object.is::<Date>() {
        "a Date"
    } else if object.is::<RegExp>() {
        "a RegExp"
    } else if object.is::<Promise>() {
        "a Promise"
    } else {
        "an exotic object"
    }
}

struct Outward<'context> {
    context: &'context mut Context,
    bounds: Bounds,
    left: usize,
    path: Path,
    ancestors: Vec<JsObject>,
}

impl<'context> Outward<'context> {
    fn new(root: &str, bounds: Bounds, context: &'context mut Context) -> Self {
        Self {
            context,
            bounds,
            left: bounds.bytes,
            path: Path::new(root),
            ancestors: Vec::new(),
        }
    }

    fn value(&mut self, value: &JsValue) -> Result<Value, Failure> {
        self.spend(VALUE_BYTES)?;
        match value.variant() {
            JsVariant::Undefined => Ok(Value::Undefined),
            JsVariant::Null => Ok(Value::Null),
            JsVariant::Boolean(bool) => Ok(Value::Bool(bool)),
            JsVariant::Integer32(number) => Ok(Value::Number(f64::from(number))),
            JsVariant::Float64(number) => Ok(Value::Number(number)),
            JsVariant::BigInt(int) => {
                if int.as_inner().bits() > BIGINT_BITS {
                    return Err(self.limit(Limit::ValueSize));
                }
                let digits = int.to_string();
                self.spend(digits.len())?;
                Ok(Value::BigInt(digits))
            }
            JsVariant::String(text) => Ok(Value::String(self.text(&text)?)),
            JsVariant::Symbol(_) => Err(self.unfit(Unfit::Symbol)),
            JsVariant::Object(object) => {
                if object.is::<Proxy>() {
                    Err(self.unfit(Unfit::Proxy))
                } else if object.is_callable() {
                    Err(self.unfit(Unfit::Function))
                } else if object.is_array() {
                    self.array(&object)
                } else if object.is_ordinary() {
                    self.object(&object)
                } else {
                    Err(self.unfit(Unfit::Object(kind(&object))))
                }
            }
        }
    }

    fn array(&mut self, array: &JsObject) -> Result<Value, Failure> {
        self.enter(array)?;
        let length = array_length(array);
        // `a.length = 4_000_000_000` takes the guest no memory: refuse before looping.
        if length > self.left / VALUE_BYTES {
            return Err(self.limit(Limit::ValueSize));
        }
        let mut items = Vec::with_capacity(length);
        for index in 0..length {
            self.path.push_index(index);
            let key = PropertyKey::from(index as u64);
            items.push(match own(array, &key) {
                None => {
                    self.spend(VALUE_BYTES)?;
                    Value::Undefined
                }
                Some(property) => self.property(&property)?,
            });
            self.path.pop();
        }
        self.ancestors.pop();
        Ok(Value::Array(items))
    }

    fn object(&mut self, object: &JsObject) -> Result<Value, Failure> {
        self.enter(object)?;
        let keys = object
            .own_property_keys(self.context)
            .map_err(|error| Failure::Engine(error.to_string()))?;
        let mut entries = Vec::new();
        for key in keys {
            let name = match &key {
                PropertyKey::String(name) => name.clone(),
                PropertyKey::Index(index) => js_string!(index.get().to_string()),
                PropertyKey::Symbol(_) => continue,
            };
            let Some(property) = own(object, &key) else {
                continue;
            };
            if !property.expect_enumerable() {
                continue;
            }
            self.path.push_key(&name.to_std_string_lossy());
            let name = self.text(&name)?;
            let value = self.property(&property)?;
            self.path.pop();
            entries.push((name, value));
        }
        self.ancestors.pop();
        Ok(Value::Object(entries))
    }

    fn property(&mut self, property: &PropertyDescriptor) -> Result<Value, Failure> {
        match property.value() {
            Some(value) => self.value(value),
            None => Err(self.unfit(Unfit::Accessor)),
        }
    }

    fn enter(&mut self, object: &JsObject) -> Result<(), Failure> {
        if self.ancestors.iter().any(|it| JsObject::equals(it, object)) {
            return Err(self.unfit(Unfit::Cycle));
        }
        if self.ancestors.len() == self.bounds.depth {
            return Err(self.limit(Limit::ValueDepth));
        }
        self.ancestors.push(object.clone());
        Ok(())
    }

    fn text(&mut self, text: &JsString) -> Result<String, Failure> {
        // Text in UTF-8 has at least a byte for every unit: refuse before copying.
        self.fits(text.len())?;
        let text = text
            .to_std_string()
            .map_err(|_| self.unfit(Unfit::LoneSurrogate))?;
        self.spend(text.len())?;
        Ok(text)
    }

    fn fits(&self, bytes: usize) -> Result<(), Failure> {
        if bytes > self.left {
            return Err(self.limit(Limit::ValueSize));
        }
        Ok(())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Failure> {
        self.fits(bytes)?;
        self.left -= bytes;
        Ok(())
    }

    fn limit(&self, limit: Limit) -> Failure {
        LimitHit::of_value(limit, self.bounds, self.path.to_string()).into()
    }

    fn unfit(&self, reason: Unfit) -> Failure {
        ValueError {
            path: self.path.to_string(),
            reason,
        }
        .into()
    }
}
