//! One context is one world: what a script leaves there, the next one finds.

use boa_engine::{Context, JsResult, Source};

fn main() -> JsResult<()> {
    let mut shop = Context::default();

    // ANCHOR: remembers
    run(&mut shop, "let stock = 10")?;
    run(&mut shop, "var sold = 0")?;
    run(
        &mut shop,
        "function sell(n) { stock -= n; return sold += n }",
    )?;
    assert_eq!(run(&mut shop, "sell(3)")?, "3");
    assert_eq!(run(&mut shop, "stock")?, "7");
    // ANCHOR_END: remembers

    // ANCHOR: survives
    let thrown = run(&mut shop, "sell(2); throw new RangeError('till is shut')");
    assert!(thrown.is_err());
    assert_eq!(
        run(&mut shop, "stock")?,
        "5",
        "the sale was not rolled back"
    );
    // ANCHOR_END: survives

    // ANCHOR: again
    let again = run(&mut shop, "let stock = 99");
    assert!(again.is_err(), "a name is declared with `let` only once");
    assert_eq!(run(&mut shop, "stock")?, "5");
    // ANCHOR_END: again

    // ANCHOR: globals
    assert_eq!(run(&mut shop, "'sold' in globalThis")?, "true");
    assert_eq!(run(&mut shop, "'sell' in globalThis")?, "true");
    assert_eq!(run(&mut shop, "'stock' in globalThis")?, "false");
    // ANCHOR_END: globals
    Ok(())
}

/// Runs one chunk and prints it with what came of it.
fn run(context: &mut Context, chunk: &str) -> JsResult<String> {
    match context.eval(Source::from_bytes(chunk)) {
        Ok(value) => {
            let text = value.display().to_string();
            println!("{chunk:<50} -> {text}");
            Ok(text)
        }
        Err(error) => {
            let text = error.to_string();
            let headline = text.lines().next().unwrap_or_default();
            println!("{chunk:<50} -> {headline}");
            Err(error)
        }
    }
}
