//! Exercise 1.1 · Evaluate a script
//!
//! `evaluate` runs a script in a context of its own and returns its completion
//! value as JSON. The shape stands; write each `todo!`:
//!
//! - `run`: a fresh context for each call; what the script throws is an `Err`;
//! - `to_json`: numbers that JSON has, and an `Err` that names what it has not:
//!   `NaN`, `Infinity`, `BigInt`, `symbol`;
//! - `refuse`: an `Err` for a `function`, for a `cycle`, for a nest too `deep`;
//! - `is_listed`: which of an object's own keys are converted.
//!
//! Judge it: `cargo checker 1.1` · the whole task: `cargo checker show 1.1` ·
//! a hint: `cargo checker hint 1.1`

use boa_engine::{
    Context, JsError, JsObject, JsValue, JsVariant, object::builtins::JsArray,
    property::PropertyKey,
};
use serde::Serialize;
use serde_json::Value as Json;

/// Arrays and objects may nest this deep. One more level is an `Err`.
const MAX_DEPTH: usize = 32;

/// What a script completed with.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// No value: JSON has no word for it, so it gets one of its own.
    Undefined,
    /// Everything that JSON can express.
    Json(Json),
}

/// Runs `source` in a context of its own and returns its completion value.
pub fn evaluate(source: &str) -> Result<Value, String> {
    let (value, mut context) = run(source)?;
    match to_json(&value, &mut Vec::new(), &mut context)? {
        None => Ok(Value::Undefined),
        Some(json) => Ok(Value::Json(json)),
    }
}

/// The completion value, and the context that it lives in.
fn run(source: &str) -> Result<(JsValue, Context), String> {
    let length = source.len();
    todo!("run a script of {length} bytes in a fresh context; return its value and the context")
}

/// `None` is `undefined`. `path` holds the objects that are being converted,
/// from the outermost to the innermost.
fn to_json(
    value: &JsValue,
    path: &mut Vec<JsObject>,
    context: &mut Context,
) -> Result<Option<Json>, String> {
    let json = match value.variant() {
        JsVariant::Undefined => return Ok(None),
        JsVariant::Null => Json::Null,
        JsVariant::Boolean(truth) => Json::from(truth),
        JsVariant::String(string) => Json::from(string.to_std_string_lossy()),
        JsVariant::Integer32(number) => Json::from(number),
        JsVariant::Float64(number) => todo!("convert {number}, or name it in an Err"),
        JsVariant::BigInt(_) => todo!("an Err that says BigInt"),
        JsVariant::Symbol(_) => todo!("an Err that says symbol"),
        JsVariant::Object(object) => {
            refuse(&object, path)?;
            path.push(object.clone());
            let json = match JsArray::from_object(object.clone()) {
                Ok(array) => array_to_json(&array, path, context)?,
                Err(_) => object_to_json(&object, path, context)?,
            };
            path.pop();
            json
        }
    };
    Ok(Some(json))
}

/// Refuses what the walk must not enter.
fn refuse(object: &JsObject, path: &[JsObject]) -> Result<(), String> {
    let (callable, depth) = (object.is_callable(), path.len());
    todo!("refuse a function ({callable}), a cycle, a level over {MAX_DEPTH} ({depth} are open)")
}

fn array_to_json(
    array: &JsArray,
    path: &mut Vec<JsObject>,
    context: &mut Context,
) -> Result<Json, String> {
    let mut items = Vec::new();
    for index in 0..array.length(context).map_err(text)? {
        let item = array.get(index, context).map_err(text)?;
        // An undefined element is null, as it is for `JSON.stringify`.
        items.push(to_json(&item, path, context)?.unwrap_or(Json::Null));
    }
    Ok(Json::Array(items))
}

fn object_to_json(
    object: &JsObject,
    path: &mut Vec<JsObject>,
    context: &mut Context,
) -> Result<Json, String> {
    let mut fields = serde_json::Map::new();
    for key in object.own_property_keys(context).map_err(text)? {
        if !is_listed(object, &key) {
            continue;
        }
        let field = object.get(key.clone(), context).map_err(text)?;
        // An undefined property is left out.
        if let Some(json) = to_json(&field, path, context)? {
            fields.insert(key.to_string(), json);
        }
    }
    Ok(Json::Object(fields))
}

/// Would `Object.keys` of an ordinary object list this key?
fn is_listed(object: &JsObject, key: &PropertyKey) -> bool {
    let own = object.borrow().properties().contains_key(key);
    todo!("tell whether {key} (own: {own}) is no symbol and its property is enumerable")
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { fn evaluate(&str) }
