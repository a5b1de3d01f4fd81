//! A thermostat's rule: the host puts its readings in and takes settings out.

use std::collections::BTreeSet;

use boa_engine::{
    Context, JsResult, JsString, JsValue, Source,
    property::{Attribute, PropertyKey},
};
use serde_json::json;

// ANCHOR: rule
const RULE: &str = "
    readings.push(17.5);
    target = Math.min(...readings) < 18 ? 21 : 19;
    var mode = 'heating';
    let draft = 'never leaves';
    function boost() { target += 1 }
    Object.defineProperty(globalThis, 'trap', {
        get() { target = 1000 },
        enumerable: true,
    });
";
// ANCHOR_END: rule

fn main() -> JsResult<()> {
    let mut context = Context::default();

    // ANCHOR: inject
    let readings = json!([18.5, 19]);
    let value = JsValue::from_json(&readings, &mut context)?;
    context.register_global_property(JsString::from("readings"), value, Attribute::all())?;
    context.register_global_property(JsString::from("target"), 20, Attribute::all())?;
    // ANCHOR_END: inject

    // ANCHOR: names
    let before = global_names(&mut context)?;
    context.eval(Source::from_bytes(RULE))?;
    let after = global_names(&mut context)?;
    // ANCHOR_END: names
    println!("built in: {} names", before.len() - 2);
    println!("new after the run:");
    for name in after.difference(&before) {
        println!("  {name:<7} {}", describe(name, &context));
    }
    assert!(!after.contains("draft"), "`let` makes no property");

    // ANCHOR: copies
    let changed = context.eval(Source::from_bytes("readings"))?;
    assert_eq!(
        changed.to_json(&mut context)?,
        Some(json!([18.5, 19, 17.5]))
    );
    assert_eq!(readings, json!([18.5, 19]), "the script had a copy");
    // ANCHOR_END: copies
    println!("target is now {}", describe("target", &context));
    assert_eq!(describe("target", &context), "21", "the trap never ran");
    Ok(())
}

// ANCHOR: own_names
fn global_names(context: &mut Context) -> JsResult<BTreeSet<String>> {
    let keys = context.global_object().own_property_keys(context)?;
    let names = keys
        .iter()
        .filter(|key| !matches!(key, PropertyKey::Symbol(_)));
    Ok(names.map(ToString::to_string).collect())
}
// ANCHOR_END: own_names

// ANCHOR: descriptor
/// Reads the property's slot itself, so no code of the script runs.
fn describe(name: &str, context: &Context) -> String {
    let key = PropertyKey::from(JsString::from(name));
    let descriptor = context.global_object().borrow().properties().get(&key);
    match descriptor.as_ref().map(|found| found.value()) {
        None => "is not there".to_owned(),
        Some(None) => "is an accessor: not asked".to_owned(),
        Some(Some(value)) if value.is_callable() => "is a function".to_owned(),
        Some(Some(value)) => value.display().to_string(),
    }
}
// ANCHOR_END: descriptor
