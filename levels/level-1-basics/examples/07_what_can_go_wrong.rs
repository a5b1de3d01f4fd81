//! What a failing script looks like from Rust, one case after another.

use boa_engine::{Context, JsError, JsValue, Script, Source, js_string};

/// Each is a script that a host will meet sooner or later.
const SCRIPTS: [(&str, &str); 7] = [
    ("a typo", "let total = ;"),
    ("an unknown name", "let price = () => tea + 1;\n  price();"),
    (
        "a class of its own",
        "class OutOfTea extends Error { name = 'OutOfTea' }\nthrow new OutOfTea('sorry')",
    ),
    ("a thrown string", "throw 'closed on Mondays'"),
    (
        "a cause",
        "throw new Error('no tea', { cause: new TypeError('no kettle') })",
    ),
    (
        "an error that fights back",
        "throw Object.defineProperty(new Error(), 'message', { get() { throw 'mine' } })",
    ),
    ("endless recursion", "function f() { f() }\nf()"),
];

fn main() {
    for (title, source) in SCRIPTS {
        println!("== {title}");
        // A context of its own: no case can spoil the next one.
        let mut context = Context::default();
        let error = run(source, &mut context).expect_err(title);
        print_head(&error);
        explain(&error, &mut context);
        println!();
    }
}

// ANCHOR: run
fn run(source: &str, context: &mut Context) -> Result<(), JsError> {
    let source = Source::from_bytes(source);
    let script = match Script::parse(source, None, context) {
        Ok(script) => script,
        Err(error) => {
            println!("   phase: parse, so nothing has run");
            return Err(error);
        }
    };
    script
        .evaluate(context)
        .inspect_err(|_| println!("   phase: run"))?;
    Ok(())
}
// ANCHOR_END: run

// ANCHOR: explain
/// A `JsError` is one of three things.
fn explain(error: &JsError, context: &mut Context) {
    if let Some(limit) = error.as_engine() {
        println!("   as_engine: {limit}");
    } else if let Some(native) = error.as_native() {
        println!("   as_native: {}, {:?}", native.kind(), native.message());
    } else if let Some(thrown) = error.as_opaque() {
        println!("   as_opaque: {}", thrown.type_of());
        explain_thrown(error, context);
    }
}

/// Asks the thrown value, which may run the script's own code once more.
fn explain_thrown(error: &JsError, context: &mut Context) {
    match error.try_native(context) {
        Ok(native) => {
            println!("   try_native: {}, {:?}", native.kind(), native.message());
            if let Some(cause) = native.cause() {
                println!(
                    "   cause: {}",
                    cause.to_string().lines().next().unwrap_or("")
                );
            }
        }
        Err(why) => println!("   try_native: {why}"),
    }
    // The subclass is known only to the guest's own `name`.
    if let Some(object) = error.as_opaque().and_then(JsValue::as_object)
        && let Ok(name) = object.get(js_string!("name"), context)
    {
        println!("   its name: {}", name.display());
    }
}
// ANCHOR_END: explain

/// The message and the innermost frames: 50 lines of one recursion say no more.
fn print_head(error: &JsError) {
    let text = error.to_string();
    let mut lines = text.lines();
    lines.by_ref().take(4).for_each(|line| println!("{line}"));
    if lines.next().is_some() {
        println!("    …");
    }
}
