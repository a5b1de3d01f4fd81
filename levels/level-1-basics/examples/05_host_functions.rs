//! The host lends two functions to a script: look up a price, write a line.

use std::{cell::RefCell, rc::Rc};

use boa_engine::{
    Context, JsArgs, JsNativeError, JsResult, JsValue, NativeFunction, Source, js_string,
};

/// Lines that scripts wrote. Held in the context's data, not in any global.
type Journal = Rc<RefCell<Vec<String>>>;

// ANCHOR: price
/// `priceOf(name)`: cents, or a RangeError that the script can catch.
fn price_of(_this: &JsValue, arguments: &[JsValue], _: &mut Context) -> JsResult<JsValue> {
    let Some(name) = arguments.get_or_undefined(0).as_string() else {
        return Err(JsNativeError::typ()
            .with_message("priceOf wants a string")
            .into());
    };
    match name.to_std_string_lossy().as_str() {
        "tea" => Ok(JsValue::from(350)),
        "scone" => Ok(JsValue::from(275)),
        other => Err(JsNativeError::range()
            .with_message(format!("no {other:?} on the menu"))
            .into()),
    }
}
// ANCHOR_END: price

// ANCHOR: log
/// `log(text)`: at most three lines, so that a loop can't fill the memory.
fn log(_this: &JsValue, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let text = arguments.get_or_undefined(0).to_string(context)?;
    let journal = context.get_data::<Journal>().expect("set before any run");
    let mut lines = journal.borrow_mut();
    if lines.len() < 3 {
        lines.push(text.to_std_string_lossy());
    }
    Ok(JsValue::undefined())
}
// ANCHOR_END: log

fn main() -> JsResult<()> {
    let mut context = Context::default();
    // ANCHOR: register
    let journal = Journal::default();
    context.insert_data(Rc::clone(&journal));
    let price = NativeFunction::from_fn_ptr(price_of);
    context.register_global_builtin_callable(js_string!("priceOf"), 1, price)?;
    let log = NativeFunction::from_fn_ptr(log);
    context.register_global_builtin_callable(js_string!("log"), 1, log)?;
    // ANCHOR_END: register

    // ANCHOR: run
    let total = context.eval(Source::from_bytes(
        r#"
        log("tea: " + priceOf("tea"));
        try { priceOf("oysters") } catch (error) { log(error.name + ": " + error.message) }
        for (let i = 0; i < 1000; i++) log("spam " + i);
        priceOf("tea") + priceOf("scone")
        "#,
    ))?;
    // ANCHOR_END: run

    println!("total: {}", total.display());
    println!("journal:");
    for line in journal.borrow().iter() {
        println!("  {line}");
    }
    assert_eq!(total.as_number(), Some(625.0));
    assert_eq!(journal.borrow().len(), 3);

    let misuse = context.eval(Source::from_bytes("new priceOf('tea')"));
    assert!(misuse.is_err(), "a builtin callable is no constructor");
    Ok(())
}
