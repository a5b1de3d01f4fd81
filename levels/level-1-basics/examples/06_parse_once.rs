//! A shipping rule, parsed once and run for each order. `--time` measures it.

use std::time::Instant;

use boa_engine::{
    Context, JsResult, Script, Source, js_string,
    property::{Attribute, PropertyDescriptor},
};

// ANCHOR: rule
const RULE: &str = "
    let rate = weight > 10 ? 2 : 1;
    var orders = (globalThis.orders ?? 0) + 1;
    last = weight;
    weight * rate * 100
";
// ANCHOR_END: rule

fn main() -> JsResult<()> {
    // ANCHOR: parse
    let mut context = Context::default();
    let rule = Script::parse(Source::from_bytes(RULE), None, &mut context)?;
    // ANCHOR_END: parse

    // ANCHOR: evaluate
    for (weight, cents) in [(2, 200.0), (8, 800.0), (12, 2400.0)] {
        context.register_global_property(js_string!("weight"), weight, Attribute::all())?;
        let price = rule.evaluate(&mut context)?; // `let rate` again: no clash
        println!("{weight:>2} kg -> {} cents", price.display());
        assert_eq!(price.as_number(), Some(cents));
    }
    // ANCHOR_END: evaluate

    // ANCHOR: stays
    let left = context.eval(Source::from_bytes("`orders = ${orders}, last = ${last}`"))?;
    println!("left behind: {}", left.display());
    // ANCHOR_END: stays
    assert_eq!(left.display().to_string(), r#""orders = 3, last = 12""#);

    // ANCHOR: clean
    let global = context.global_object();
    global.delete_property_or_throw(js_string!("last"), &mut context)?;
    let refused = global.delete_property_or_throw(js_string!("orders"), &mut context);
    println!("delete: {}", refused.expect_err("made by `var`"));
    // Written past the language's own checks: a host can do this, a script can't.
    let loose = PropertyDescriptor::builder().configurable(true).build();
    global.insert_property(js_string!("orders"), loose.complete_property_descriptor());
    global.delete_property_or_throw(js_string!("orders"), &mut context)?;
    // ANCHOR_END: clean
    rule.evaluate(&mut context)?;
    let orders = context.eval(Source::from_bytes("orders"))?;
    assert_eq!(orders.as_number(), Some(1.0), "counted from the start");

    // ANCHOR: early
    let source = Source::from_bytes("launch(); let x = )");
    let broken = Script::parse(source, None, &mut context);
    println!("parse: {}", broken.expect_err("nothing was launched"));
    // ANCHOR_END: early

    if std::env::args().any(|argument| argument == "--time") {
        measure()?;
    }
    Ok(())
}

// ANCHOR: measure
/// A rule with a case for each of 300 zones, of which a run takes one.
fn measure() -> JsResult<()> {
    let mut source = String::from("let cents = 0; switch ('zone 150') {\n");
    for n in 0..300 {
        source += &format!("case 'zone {n}': cents = {n} + 100; break;\n");
    }
    source += "} cents";

    let mut context = Context::default();
    let start = Instant::now();
    let script = Script::parse(Source::from_bytes(&source), None, &mut context)?;
    script.evaluate(&mut context)?; // the first run also compiles to bytecode
    let first = start.elapsed();

    let start = Instant::now();
    for _ in 0..1000 {
        script.evaluate(&mut context)?;
    }
    let later = start.elapsed() / 1000;
    let ratio = first.as_secs_f64() / later.as_secs_f64();
    println!("parse and first run {first:.1?}, a later run {later:.1?}: {ratio:.0} to 1");
    Ok(())
}
// ANCHOR_END: measure
