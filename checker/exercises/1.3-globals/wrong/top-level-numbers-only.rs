// Caught by: a number that is computed anew is the same number
//! Believes that a number to compare is always on the outside.

use boa_engine::{
    Context, JsError, JsString, JsValue, Source,
    property::{Attribute, PropertyDescriptor, PropertyKey},
};
use serde::Serialize;
use serde_json::{Map, Value as Json};

/// What a run left behind.
#[derive(Serialize)]
pub struct Outcome {
    /// The completion value, where `undefined` is `null`.
    pub value: Json,
    /// The globals that the script changed or made.
    pub globals: Map<String, Json>,
}

/// Runs `source` in a fresh context that has `globals`.
pub fn run_with(source: &str, globals: Map<String, Json>) -> Result<Outcome, String> {
    let mut context = Context::default();
    for (name, json) in &globals {
        inject(name, json, &mut context)?;
    }
    // Both snapshots come from the context: whatever the way in or out does to a
    // value, it did to both.
    let before = snapshot(&mut context)?;
    let value = context.eval(Source::from_bytes(source)).map_err(text)?;
    let value = value.to_json(&mut context).map_err(text)?;
    let after = snapshot(&mut context)?;
    Ok(Outcome {
        value: value.unwrap_or(Json::Null),
        globals: changed(&before, after),
    })
}

/// Makes `json` a global called `name`: defined, because an assignment would run
/// the setter of `__proto__` and leave a built-in's name not enumerable.
fn inject(name: &str, json: &Json, context: &mut Context) -> Result<(), String> {
    let value = JsValue::from_json(json, context).map_err(text)?;
    context
        .register_global_property(JsString::from(name), value, Attribute::all())
        .map_err(text)
}

/// The globals that may come back, as they are now.
fn snapshot(context: &mut Context) -> Result<Map<String, Json>, String> {
    let global = context.global_object();
    let mut found = Map::new();
    for key in global.own_property_keys(context).map_err(text)? {
        // The descriptor is the property as it is stored: no getter runs.
        let property = global.borrow().properties().get(&key);
        let Some(value) = property.and_then(|property| stored_value(&key, &property)) else {
            continue;
        };
        // Undefined is `Ok(None)`; a symbol, a BigInt and a cycle are `Err`.
        if let Ok(Some(json)) = value.to_json(context) {
            found.insert(key.to_string(), json);
        }
    }
    Ok(found)
}

/// The value of a global that may come back. Built-ins are not enumerable, and
/// stay so when a script assigns to them.
fn stored_value(key: &PropertyKey, property: &PropertyDescriptor) -> Option<JsValue> {
    if matches!(key, PropertyKey::Symbol(_)) || !property.expect_enumerable() {
        return None;
    }
    // An accessor has no value. `to_json` would take a function for an object.
    property
        .value()
        .filter(|value| !value.is_callable())
        .cloned()
}

/// The entries of `after` that are not in `before`, or are different there.
fn changed(before: &Map<String, Json>, mut after: Map<String, Json>) -> Map<String, Json> {
    after.retain(|name, now| !before.get(name).is_some_and(|then| same(then, now)));
    after
}

/// Is it the same JSON? For `==`, the integer 3 and the float 3.0 are two, and
/// `Math.round(3)` makes the one of the other. JavaScript has one kind of number.
fn same(then: &Json, now: &Json) -> bool {
    match (then, now) {
        (Json::Number(then), Json::Number(now)) => then.as_f64() == now.as_f64(),
        _ => then == now,
    }
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { fn run_with(&str, Map<String, Json>) }
