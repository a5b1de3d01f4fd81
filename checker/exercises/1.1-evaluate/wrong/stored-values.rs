// Caught by: a getter is run, and what it throws is an error
//! Believes that every property stores its value.

use boa_engine::{
    Context, JsError, JsObject, JsValue, JsVariant, Source, object::builtins::JsArray,
    property::PropertyKey,
};
use serde::Serialize;
use serde_json::Value as Json;

/// Arrays and objects may nest this deep: a bound on the recursion of the walk
/// below, because a script can build a nest of any depth in one short loop.
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

/// The completion value comes with its context, because a getter inside it
/// still has to run there.
fn run(source: &str) -> Result<(JsValue, Context), String> {
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes(source)).map_err(text)?;
    Ok((value, context))
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
        // A lone surrogate has no UTF-8: it becomes U+FFFD instead of a panic.
        JsVariant::String(string) => Json::from(string.to_std_string_lossy()),
        JsVariant::Integer32(number) => Json::from(number),
        JsVariant::Float64(number) if number.is_finite() => Json::from(number),
        // `display` says `Infinity` where Rust would say `inf`.
        JsVariant::Float64(_) => return Err(format!("JSON has no {}", value.display())),
        JsVariant::BigInt(_) => return Err("JSON has no BigInt".to_owned()),
        JsVariant::Symbol(_) => return Err("JSON has no symbol".to_owned()),
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
    if object.is_callable() {
        return Err("JSON has no function".to_owned());
    }
    // Only the path counts: the same object in two places is no cycle.
    if path.contains(object) {
        return Err("a cycle: the object contains itself".to_owned());
    }
    if path.len() >= MAX_DEPTH {
        return Err(format!("too deep: more than {MAX_DEPTH} levels"));
    }
    Ok(())
}

fn array_to_json(
    array: &JsArray,
    path: &mut Vec<JsObject>,
    context: &mut Context,
) -> Result<Json, String> {
    let mut items = Vec::new();
    for index in 0..array.length(context).map_err(text)? {
        let item = array.get(index, context).map_err(text)?;
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
        let property = object.borrow().properties().get(&key);
        let field = property
            .and_then(|property| property.value().cloned())
            .unwrap_or_default();
        if let Some(json) = to_json(&field, path, context)? {
            fields.insert(key.to_string(), json);
        }
    }
    Ok(Json::Object(fields))
}

/// Would `Object.keys` of an ordinary object list this key?
fn is_listed(object: &JsObject, key: &PropertyKey) -> bool {
    let property = object.borrow().properties().get(key);
    !matches!(key, PropertyKey::Symbol(_))
        && property.is_some_and(|property| property.expect_enumerable())
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { fn evaluate(&str) }
