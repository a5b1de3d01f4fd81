//! Two realms in one context: two globals, two of every built-in, one heap.

use boa_engine::{Context, JsResult, JsString, JsValue, Source, property::Attribute};

fn main() -> JsResult<()> {
    let mut context = Context::default();

    // ANCHOR: realms
    let guest = context.create_realm()?;
    let orders = context.eval(Source::from_bytes("var owner = 'host'; [350, 275]"))?;
    let host_array = context.eval(Source::from_bytes("Array"))?;

    let host = context.enter_realm(guest.clone()); // returns the realm it leaves
    let guest_array = context.eval(Source::from_bytes("Array"))?;
    assert!(!host_array.strict_equals(&guest_array));
    // ANCHOR_END: realms
    println!(
        "Array === Array: {}",
        host_array.strict_equals(&guest_array)
    );

    // ANCHOR: crossing
    // Still in the guest's realm: the host's array goes in as it is, no copy.
    context.register_global_property(JsString::from("orders"), orders.clone(), Attribute::all())?;
    for source in [
        "typeof owner",
        "Array.isArray(orders)",
        "orders instanceof Array",
        "orders.constructor === Array",
        "orders.push(9900)",
    ] {
        println!("{source:<29} {}", show(source, &mut context)?);
    }
    // ANCHOR_END: crossing

    // ANCHOR: leak
    // A borrowed array is a door: its constructor's constructor is the host's
    // `Function`, and what that compiles runs on the host's global object.
    let escape = "orders.constructor.constructor('return owner')()";
    assert_eq!(show(escape, &mut context)?, r#""host""#);
    println!("{escape} -> {}", show(escape, &mut context)?);
    // ANCHOR_END: leak

    // ANCHOR: back
    context.enter_realm(host);
    let seen = orders.to_json(&mut context)?;
    assert_eq!(seen, Some(serde_json::json!([350, 275, 9900])));
    assert_eq!(show("typeof orders", &mut context)?, r#""undefined""#);
    // ANCHOR_END: back
    println!(
        "back in the host's realm, its array is {}",
        seen.unwrap_or_default()
    );
    Ok(())
}

fn show(source: &str, context: &mut Context) -> JsResult<String> {
    let value: JsValue = context.eval(Source::from_bytes(source))?;
    Ok(value.display().to_string())
}
