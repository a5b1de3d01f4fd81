//! One realm for many guests: spoiled by the first, then frozen, then usable again.

use std::collections::HashSet;

use boa_engine::{
    Context, JsArgs, JsObject, JsResult, JsString, JsValue, NativeFunction, js_error, js_string,
    object::IntegrityLevel, property::PropertyDescriptor,
};

const VANDAL: &str = "Array.prototype.includes = () => true";
const CHECK: &str = "['ann', 'bob'].includes('eve')";
const GENERATORS: &str = "Object.isFrozen(Object.getPrototypeOf(function* () {}))";
const GETTER: &str = "Object.isFrozen(Object.getOwnPropertyDescriptor(Map.prototype, 'size').get)";
const NOTE: &str = "const note = {}; note.toString = () => 'paid'; `${note}`";
const POLLUTION: &str = "Object.prototype.toString = () => 'paid'";
const NAMES: &str = "let total = 4; var rate = 2; total * rate";
const STOCK: &str = "const stock = Object.freeze(new Map()); stock.set('tea', 4).size";

fn main() -> JsResult<()> {
    println!("a realm as it is made");
    let mut context = Context::default();
    guest(VANDAL, "[Function", &mut context);
    guest(CHECK, "true", &mut context);

    println!("a realm frozen from its global object on");
    // ANCHOR: use
    let mut context = Context::default();
    let global = context.global_object();
    freeze(vec![global], &mut context)?;
    // ANCHOR_END: use
    guest(VANDAL, "TypeError", &mut context);
    guest(CHECK, "false", &mut context);
    println!("what that walk did not find, and what it broke");
    guest(GENERATORS, "false", &mut context);
    guest(GETTER, "false", &mut context);
    guest(NOTE, "TypeError", &mut context);

    println!("the same in a realm that allows overriding");
    // ANCHOR: cure
    let mut context = Context::default();
    let object_prototype = context.intrinsics().constructors().object().prototype();
    allow_overriding(&object_prototype, js_string!("toString"), &mut context)?;
    let global = context.global_object();
    freeze(vec![global], &mut context)?;
    // ANCHOR_END: cure
    guest(NOTE, "\"paid\"", &mut context);
    guest(POLLUTION, "TypeError", &mut context);

    println!("the names of one guest, as the next one sees them");
    guest(NAMES, "8", &mut context);
    guest("typeof total + typeof rate", "\"undef", &mut context);
    println!("where a freeze ends");
    guest(STOCK, "1", &mut context);
    Ok(())
}

// ANCHOR: run
/// `eval`, called from outside, gives strict code scopes of its own.
fn run(source: &str, context: &mut Context) -> JsResult<JsValue> {
    let program = JsString::from(format!("'use strict'; {source}"));
    let eval = context.intrinsics().objects().eval();
    eval.call(&JsValue::undefined(), &[program.into()], context)
}
// ANCHOR_END: run

// ANCHOR: freeze
/// Freezes what one comes to from `queue`, by prototypes and by values.
fn freeze(mut queue: Vec<JsObject>, context: &mut Context) -> JsResult<()> {
    let mut seen = HashSet::new(); // objects compare by identity
    while let Some(object) = queue.pop() {
        if !seen.insert(object.clone()) {
            continue;
        }
        queue.extend(object.prototype());
        for key in object.own_property_keys(context)? {
            let property = object.borrow().properties().get(&key);
            let value = property.as_ref().and_then(PropertyDescriptor::value);
            queue.extend(value.and_then(JsValue::as_object));
        }
        object.set_integrity_level(IntegrityLevel::Frozen, context)?;
    }
    Ok(())
}
// ANCHOR_END: freeze

// ANCHOR: overriding
/// Makes `object[name]` an accessor. It reads as before; an assignment makes a
/// property of the object that was assigned to.
fn allow_overriding(object: &JsObject, name: JsString, context: &mut Context) -> JsResult<()> {
    let value = object.get(name.clone(), context)?;
    let get = |_: &JsValue, _: &[JsValue], value: &JsValue, _: &mut Context| Ok(value.clone());
    let get = NativeFunction::from_copy_closure_with_captures(get, value);
    let set = |this: &JsValue, arguments: &[JsValue], name: &JsString, context: &mut Context| {
        let Some(receiver) = this.as_object() else {
            return Err(js_error!(TypeError: "no object to write to"));
        };
        let value = arguments.get_or_undefined(0).clone();
        receiver.create_data_property_or_throw(name.clone(), value, context)?;
        Ok(JsValue::undefined())
    };
    let set = NativeFunction::from_copy_closure_with_captures(set, name.clone());
    let accessor = PropertyDescriptor::builder()
        .get(get.to_js_function(context.realm()))
        .set(set.to_js_function(context.realm()));
    object.define_property_or_throw(name, accessor, context)?;
    Ok(())
}
// ANCHOR_END: overriding

/// Prints a guest and what came of it.
fn guest(source: &str, expected: &str, context: &mut Context) {
    let answer = match run(source, context) {
        Ok(value) => value.display().to_string(),
        Err(thrown) => thrown.to_string(),
    };
    let answer = answer.lines().next().unwrap_or_default();
    println!("  {source}\n  -> {answer}");
    assert!(answer.starts_with(expected));
}
