// Caught by: a script that rewires its world does not fool the host
//! Believes that the guest's JSON is still the host's.

use boa_engine::{Context, JsError, JsString, JsValue, Source, property::Attribute};
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
    let listing = r#"
        (() => {
            const found = {};
            for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
                if (!Object.prototype.propertyIsEnumerable.call(globalThis, name)) continue;
                try {
                    const json = JSON.stringify(value);
                    if (json !== undefined) found[name] = JSON.parse(json);
                } catch {}
            }
            return JSON.stringify(found);
        })()
    "#;
    let json = context.eval(Source::from_bytes(listing)).map_err(text)?;
    let json = json.to_string(context).map_err(text)?.to_std_string_lossy();
    serde_json::from_str(&json).map_err(|error| error.to_string())
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
        (Json::Array(then), Json::Array(now)) => {
            then.len() == now.len() && then.iter().zip(now).all(|(then, now)| same(then, now))
        }
        (Json::Object(then), Json::Object(now)) => {
            let same_at = |(key, then)| now.get(key).is_some_and(|now| same(then, now));
            then.len() == now.len() && then.iter().all(same_at)
        }
        _ => then == now,
    }
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { fn run_with(&str, Map<String, Json>) }
