//! What a guest changed, told by its host without running a line of the guest's code.

use std::collections::{BTreeSet, HashSet};

use boa_engine::{
    Context, JsObject, JsResult, JsValue, Source, js_string,
    property::{PropertyDescriptor, PropertyKey},
};

const GUEST: &str = "
    let ran = 0; // how often code of this guest ran after its end
    Array.prototype.includes = function includes() { return true };
    Object.prototype.discount = 100;
    delete JSON.stringify;
    Math.max.calls = 0;
    basket = new Proxy({}, { get() { ran += 1 }, ownKeys() { ran += 1; return [] } });
    Object.defineProperty(globalThis, 'orders', { get() { ran += 1; return [] } });
";

type Properties = Vec<(PropertyKey, PropertyDescriptor)>;
/// An object, the path that leads to it, and what it has.
type Known = (String, JsObject, Properties);

fn main() -> JsResult<()> {
    let mut context = Context::default();
    // ANCHOR: use
    let known = snapshot(&mut context)?;
    context.eval(Source::from_bytes(GUEST))?;
    let changes = changes(&known, &mut context)?;
    // ANCHOR_END: use
    changes.iter().for_each(|change| println!("{change}"));
    assert_eq!(changes.len(), 6);

    let ran = context.eval(Source::from_bytes("ran"))?;
    println!("meanwhile, code of the guest ran {} times", ran.display());
    assert_eq!(ran.as_number(), Some(0.0));

    // ANCHOR: get
    let global = context.global_object();
    global.get(js_string!("orders"), &mut context)?; // calls the guest's getter
    // ANCHOR_END: get
    let ran = context.eval(Source::from_bytes("ran"))?;
    println!("after one `get` by the host: {}", ran.display());
    assert_eq!(ran.as_number(), Some(1.0));
    Ok(())
}

// ANCHOR: own
/// An object's own properties as they are stored: no getter is called.
fn own(object: &JsObject, context: &mut Context) -> JsResult<Properties> {
    // Of a proxy this would call the trap `ownKeys`: ask objects that you know.
    let keys = object.own_property_keys(context)?;
    let object = object.borrow();
    let stored = |key: PropertyKey| Some((key.clone(), object.properties().get(&key)?));
    Ok(keys.into_iter().filter_map(stored).collect())
}
// ANCHOR_END: own

/// Every object that names lead to.
fn snapshot(context: &mut Context) -> JsResult<Vec<Known>> {
    let mut queue = vec![(String::new(), context.global_object())];
    let (mut seen, mut known) = (HashSet::new(), Vec::new());
    while let Some((path, object)) = queue.pop() {
        if !seen.insert(object.clone()) {
            continue;
        }
        let properties = own(&object, context)?;
        for (key, property) in &properties {
            let inner = property.value().and_then(JsValue::as_object);
            queue.extend(inner.map(|inner| (format!("{path}{key}."), inner)));
        }
        known.push((path, object, properties));
    }
    Ok(known)
}

/// What is new, changed or gone in the objects of a snapshot.
fn changes(known: &[Known], context: &mut Context) -> JsResult<BTreeSet<String>> {
    let mut changes = BTreeSet::new();
    for (path, object, before) in known {
        let now = own(object, context)?;
        let of = |properties: &Properties, key| {
            let mut same = properties.iter().filter(|(other, _)| other == key);
            same.next().map(|(_, property)| property.clone())
        };
        for (key, property) in &now {
            let what = match of(before, key) {
                None => "new    ",
                Some(old) if parts(&old) != parts(property) => "changed",
                Some(_) => continue,
            };
            changes.insert(format!("{what} {path}{key}: {}", describe(property)));
        }
        let gone = before.iter().filter(|(key, _)| of(&now, key).is_none());
        changes.extend(gone.map(|(key, _)| format!("gone    {path}{key}")));
    }
    Ok(changes)
}

/// Objects compare by identity: another function of the same name is another value.
fn parts(property: &PropertyDescriptor) -> [Option<&JsValue>; 3] {
    [property.value(), property.get(), property.set()]
}

fn describe(property: &PropertyDescriptor) -> String {
    match property.value() {
        None => "an accessor, not called".to_owned(),
        Some(value) if value.is_object() => value.type_of().to_owned(),
        Some(value) => value.display().to_string(), // runs nothing
    }
}
