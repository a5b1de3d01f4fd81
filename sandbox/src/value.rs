//! Plain data, as it crosses between guest and host.

use std::fmt;

use serde_json::{Map, Number};

use crate::error::{Unfit, ValueError};
use crate::inspect;
use crate::path::Path;

/// Plain data: what may leave a sandbox and what may enter it.
///
/// ```
/// use sandbox::Value;
///
/// let order = Value::from(serde_json::json!({ "id": 7, "items": ["tea"] }));
/// assert_eq!(order.to_string(), "{ id: 7, items: [ 'tea' ] }");
/// ```
///
/// A value from a guest is never deeper than [`Bounds::depth`](crate::Bounds),
/// so dropping, cloning and printing it are safe; one that the host nests more
/// deeply itself is not refused before it is injected.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `undefined`, which has no JSON form.
    #[default]
    Undefined,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number, `NaN`, infinities and `-0` included.
    Number(f64),
    /// A BigInt in decimal digits, with a leading `-` if it is negative.
    BigInt(String),
    /// Text without lone surrogates.
    String(String),
    /// The elements of an array; a hole is `Undefined`.
    Array(Vec<Value>),
    /// The own enumerable properties, in the guest's order.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The property `name`, if this is an object that has it.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if this is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }
}

/// One line, as Node's `util.inspect` shows it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined => f.write_str("undefined"),
            Self::Null => f.write_str("null"),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(number) => f.write_str(&inspect::number(*number)),
            Self::BigInt(digits) => write!(f, "{digits}n"),
            Self::String(text) => f.write_str(&inspect::quoted(text)),
            Self::Array(items) if items.is_empty() => f.write_str("[]"),
            Self::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    f.write_str(if index == 0 { "[ " } else { ", " })?;
                    write!(f, "{item}")?;
                }
                f.write_str(" ]")
            }
            Self::Object(entries) if entries.is_empty() => f.write_str("{}"),
            Self::Object(entries) => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    f.write_str(if index == 0 { "{ " } else { ", " })?;
                    write!(f, "{}: {value}", inspect::key(key))?;
                }
                f.write_str(" }")
            }
        }
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(bool) => Self::Bool(bool),
            serde_json::Value::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(items) => {
                Self::Array(items.into_iter().map(Self::from).collect())
            }
            serde_json::Value::Object(entries) => Self::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key, Self::from(value)))
                    .collect(),
            ),
        }
    }
}

/// Whole numbers that JavaScript holds exactly become JSON integers; a value
/// without a JSON form (`undefined`, `NaN`, an infinity, a BigInt) is an error
/// that tells its path.
impl TryFrom<Value> for serde_json::Value {
    type Error = ValueError;

    fn try_from(value: Value) -> Result<Self, Self::Error> {
        json(value, &mut Path::new("value"))
    }
}

fn json(value: Value, path: &mut Path) -> Result<serde_json::Value, ValueError> {
    let unfit = |what, path: &Path| ValueError {
        path: path.to_string(),
        reason: Unfit::NotJson(what),
    };
    Ok(match value {
        Value::Undefined => return Err(unfit("undefined", path)),
        Value::Null => serde_json::Value::Null,
        Value::Bool(bool) => serde_json::Value::Bool(bool),
        Value::Number(number) => {
            serde_json::Value::Number(json_number(number).ok_or_else(|| {
                let what = if number.is_nan() {
                    "NaN"
                } else {
                    "an infinity"
                };
                unfit(what, path)
            })?)
        }
        Value::BigInt(_) => return Err(unfit("a BigInt", path)),
        Value::String(text) => serde_json::Value::String(text),
        Value::Array(items) => {
            let mut list = Vec::with_capacity(items.len());
            for (index, item) in items.into_iter().enumerate() {
                path.push_index(index);
                list.push(json(item, path)?);
                path.pop();
            }
            serde_json::Value::Array(list)
        }
        Value::Object(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                path.push_key(&key);
                map.insert(key, json(value, path)?);
                path.pop();
            }
            serde_json::Value::Object(map)
        }
    })
}

/// The largest whole number below which JavaScript holds every whole number.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

fn json_number(number: f64) -> Option<Number> {
    if number.fract() == 0.0 && number.abs() <= MAX_SAFE {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number within 53 bits"
        )]
        return Some(Number::from(number as i64));
    }
    Number::from_f64(number)
}

macro_rules! from {
    ($($type:ty => |$it:ident| $value:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($it: $type) -> Self {
                $value
            }
        }
    )*};
}

from! {
    bool => |it| Self::Bool(it);
    f64 => |it| Self::Number(it);
    i32 => |it| Self::Number(f64::from(it));
    u32 => |it| Self::Number(f64::from(it));
    &str => |it| Self::String(it.to_owned());
    String => |it| Self::String(it);
    Vec<Value> => |it| Self::Array(it);
}
