//! Boa's own limits: what they stop, what gets past them, and what they leave behind.

use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::{Context, JsError, JsResult, JsValue, Source};

// ANCHOR: set
fn limited() -> Context {
    let mut context = Context::default();
    let limits = context.runtime_limits_mut();
    limits.set_loop_iteration_limit(1_000); // off by default
    limits.set_recursion_limit(200); // 512 by default
    limits.set_stack_size_limit(10_240); // in values; this is the default
    context
}
// ANCHOR_END: set

fn main() -> JsResult<()> {
    let context = &mut limited();
    for (source, limit) in [
        ("for (;;) {}", "loop limit"),
        ("function pack() { pack() } pack()", "recursion limit"),
        (
            "try { for (;;) {} } catch { caught = 1 } finally { closed = 1 }",
            "loop limit",
        ),
    ] {
        let error = run(source, context).expect_err("a limit fires");
        println!("{source}\n    {}", named(&error).unwrap_or("an error"));
        assert_eq!(named(&error), Some(limit));
    }
    let source = "[typeof caught, typeof closed].join()";
    shows(source, r#""undefined,undefined""#, context)?;

    println!("\nNot a total:");
    // ANCHOR: per_call
    let source = "let turns = 0;
function pack() { for (let item = 0; item < 900; item++) turns++ }
for (let order = 0; order < 900; order++) pack();
turns";
    // ANCHOR_END: per_call
    shows(source, "810000", context)?;

    println!("\nNot counted:");
    shows("Array(100_000).fill(0).length", "100000", context)?;
    shows("/^(a+)+$/.test('a'.repeat(16) + '!')", "false", context)?;

    println!("\nStopped, and nobody is told:");
    // ANCHOR: job
    let source = "(async () => { await 0; for (;;) {} })()";
    let promise = run(source, context)?;
    context.run_jobs()?; // Ok
    // ANCHOR_END: job
    println!("{source}\n    {}", promise.display());
    assert_eq!(promise.display().to_string(), "Promise { <pending> }");

    println!("\nNot cleared away:");
    // ANCHOR: worn
    let sum = "const sum = () => 0; sum(...Array(20_000))";
    for source in [sum, "(() => 'an honest call')()"] {
        let error = run(source, context).expect_err("this context is worn out");
        println!("{source}\n    {}", named(&error).unwrap_or("an error"));
    }
    // ANCHOR_END: worn
    let mut failures = 0;
    let context = &mut limited();
    while run("(() => 'an honest call')()", context).is_ok() {
        run("(() => { throw 1 })()", context).expect_err("thrown");
        failures += 1;
    }
    println!("throw 1 from a function\n    stack limit after {failures} runs");
    Ok(())
}

fn run(source: &str, context: &mut Context) -> JsResult<JsValue> {
    context.eval(Source::from_bytes(source))
}

fn shows(source: &str, expected: &str, context: &mut Context) -> JsResult<()> {
    let value = run(source, context)?.display().to_string();
    println!("{source}\n    {value}");
    assert_eq!(value, expected);
    Ok(())
}

// ANCHOR: named
/// The limit that ended a run. A script can neither throw nor catch one.
fn named(error: &JsError) -> Option<&'static str> {
    let EngineError::RuntimeLimit(limit) = error.as_engine()? else {
        return None; // the engine found a fault of its own
    };
    Some(match limit {
        RuntimeLimitError::LoopIteration => "loop limit",
        RuntimeLimitError::Recursion => "recursion limit",
        RuntimeLimitError::StackSize => "stack limit",
    })
}
// ANCHOR_END: named
