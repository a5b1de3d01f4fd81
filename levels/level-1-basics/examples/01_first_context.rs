//! A script from outside makes a receipt, and Rust reads it value by value.

use boa_engine::{Context, JsObject, JsResult, JsValue, JsVariant, Source, property::PropertyKey};

// ANCHOR: script
const RECEIPT: &str = r#"
    const item = (name, cents) => ({ name, cents });
    ({
        customer: "Ada",
        items: [item("tea", 350), item("scone", 275)],
        note: undefined,
        print: () => "beep",
        total: 6.25,
    })
"#;
// ANCHOR_END: script

fn main() -> JsResult<()> {
    // ANCHOR: first
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes("350 + 275"))?;
    assert_eq!(value.as_number(), Some(625.0));
    println!("350 + 275 is {}", value.display());
    // ANCHOR_END: first

    println!("\n-- completion values");
    // ANCHOR: completion
    for source in [
        "7 * 6",
        "7; ;",
        "var total = 7",
        "7; var total = 8",
        "{ 7; 8 }",
        "{ n: 7 }",
        "if (false) 7",
        "null",
        "",
    ] {
        let value = context.eval(Source::from_bytes(source))?;
        println!("{source:<17} {}", value.display());
    }
    // ANCHOR_END: completion

    println!("\n-- a receipt, read by Rust");
    let receipt = context.eval(Source::from_bytes(RECEIPT))?;
    print_value(&receipt, 0, &mut context)
}

// ANCHOR: walk
/// Every kind of value has its own arm, so none is forgotten.
fn print_value(value: &JsValue, indent: usize, context: &mut Context) -> JsResult<()> {
    match value.variant() {
        JsVariant::Undefined => println!("nothing"),
        JsVariant::Null => println!("none"),
        JsVariant::Boolean(truth) => println!("{}", if truth { "yes" } else { "no" }),
        JsVariant::String(text) => println!("{}", text.to_std_string_lossy()),
        JsVariant::Integer32(number) => println!("{number}"),
        JsVariant::Float64(number) => println!("{number:.2}"),
        JsVariant::BigInt(number) => println!("{number}"),
        JsVariant::Symbol(_) => println!("(a symbol)"),
        JsVariant::Object(object) if object.is_callable() => println!("(a function)"),
        JsVariant::Object(object) => print_object(&object, indent, context)?,
    }
    Ok(())
}

fn print_object(object: &JsObject, indent: usize, context: &mut Context) -> JsResult<()> {
    println!(
        "{}",
        if object.is_array() {
            "a list"
        } else {
            "an object"
        }
    );
    for key in object.own_property_keys(context)? {
        if matches!(key, PropertyKey::Symbol(_)) {
            continue;
        }
        print!("{:indent$}  {key}: ", "");
        let field = object.get(key, context)?; // runs a getter, which may throw
        print_value(&field, indent + 2, context)?;
    }
    Ok(())
}
// ANCHOR_END: walk
