//! Exercise 1.3 · Globals in and out
//!
//! `run_with` runs a script in a fresh context that has some globals, and
//! returns its value with the globals that it changed or made. Write each
//! `todo!`:
//!
//! - `inject`: defines one global, whatever its name;
//! - `stored_value`: the value of a global that may come back: its key is no
//!   symbol, it is enumerable, it is no accessor and no function. Nothing of
//!   the script may run;
//! - `same`: whether a value is the same JSON as before, its numbers by value.
//!
//! Judge it: `cargo checker 1.3` · the whole task: `cargo checker show 1.3` ·
//! a hint: `cargo checker hint 1.3`

use boa_engine::{
    Context, JsError, JsValue, Source,
    property::{PropertyDescriptor, PropertyKey},
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
    let before = snapshot(&mut context)?;
    let value = context.eval(Source::from_bytes(source)).map_err(text)?;
    let value = value.to_json(&mut context).map_err(text)?;
    let after = snapshot(&mut context)?;
    Ok(Outcome {
        value: value.unwrap_or(Json::Null),
        globals: changed(&before, after),
    })
}

/// Makes `json` a global called `name`.
fn inject(name: &str, json: &Json, context: &mut Context) -> Result<(), String> {
    let value = JsValue::from_json(json, context).map_err(text)?;
    let kind = value.type_of();
    todo!("define a global called {name:?} that holds this {kind}")
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

/// The value of a global that may come back.
fn stored_value(key: &PropertyKey, property: &PropertyDescriptor) -> Option<JsValue> {
    let enumerable = property.enumerable();
    todo!("the value of the global {key}, if it may come back (enumerable: {enumerable:?})")
}

/// The entries of `after` that are not in `before`, or are different there.
fn changed(before: &Map<String, Json>, mut after: Map<String, Json>) -> Map<String, Json> {
    after.retain(|name, now| !before.get(name).is_some_and(|then| same(then, now)));
    after
}

/// Is it the same JSON? Numbers are compared by value, inside arrays and objects
/// too: for `==`, serde_json's integer 3 and its float 3.0 are two.
fn same(then: &Json, now: &Json) -> bool {
    todo!("compare {then} with {now}, and numbers by value wherever they are")
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { fn run_with(&str, Map<String, Json>) }
