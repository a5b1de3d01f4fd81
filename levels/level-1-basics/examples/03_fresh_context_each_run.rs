//! A context for each script: a vandal breaks only what is its own.

use boa_engine::{Context, JsResult, Source};

// ANCHOR: vandal
/// A player's script that spoils everything within its reach.
const VANDAL: &str = "
    cheats = true;
    Math.max = () => 0;
    Array.prototype.sort = () => { throw 'no ranking today' };
    delete globalThis.JSON;
    'done'
";
// ANCHOR_END: vandal

/// Another player's script, which expects the language as it is written down.
const HONEST: &str = "
    const scores = [12, 40, 31];
    const ranked = scores.sort((a, b) => b - a);
    JSON.stringify({ best: Math.max(...scores), ranked, cheats: typeof cheats })
";

fn main() -> JsResult<()> {
    // ANCHOR: shared
    let mut table = Context::default();
    table.eval(Source::from_bytes(VANDAL))?;
    let shared = table.eval(Source::from_bytes(HONEST));
    // ANCHOR_END: shared
    let error = shared.expect_err("the vandal was here first").to_string();
    println!(
        "one context for both: {}",
        error.lines().next().unwrap_or("")
    );

    // ANCHOR: fresh
    run_alone(VANDAL)?;
    let result = run_alone(HONEST)?;
    // ANCHOR_END: fresh
    assert_eq!(
        result,
        r#"{"best":40,"ranked":[40,31,12],"cheats":"undefined"}"#
    );
    println!("a context for each:   {result}");

    // ANCHOR: many
    let mut contexts = Vec::new();
    for player in 0..100 {
        let mut context = Context::default();
        context.eval(Source::from_bytes(&format!("var id = {player}")))?;
        contexts.push(context);
    }
    contexts.remove(41); // dropped: its globals are gone with it
    let mut sum = 0.0;
    for context in &mut contexts {
        let id = context.eval(Source::from_bytes("id"))?;
        sum += id.as_number().unwrap_or(f64::NAN);
    }
    // ANCHOR_END: many
    assert_eq!(sum, 4950.0 - 41.0);
    println!("{} contexts at once, ids sum up to {sum}", contexts.len());
    Ok(())
}

// ANCHOR: run_alone
/// The context lives as long as this call.
fn run_alone(source: &str) -> JsResult<String> {
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes(source))?;
    Ok(value.to_string(&mut context)?.to_std_string_lossy())
}
// ANCHOR_END: run_alone
