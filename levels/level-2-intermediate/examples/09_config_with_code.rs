//! A configuration file that is a JavaScript program: run once, within limits, into plain data.

use boa_engine::{Context, JsResult, Script, Source};
use serde::Deserialize;

// ANCHOR: file
const FILE: &str = r#"
// Parcels, in grams and cents. Read once, when the server starts.
const grams = [500, 1000, 2000, 5000, 10000];
const day = 24 * 60;
({
    currency: "EUR",
    quoteMinutes: 2 * day,
    parcels: grams.map((upTo) => ({ upTo, cents: 390 + Math.round(upTo * 0.08) })),
})
"#;
// ANCHOR_END: file

// ANCHOR: config
/// What the server knows afterwards. There is no place in it for a function.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Config {
    currency: String,
    quote_minutes: u32,
    parcels: Vec<Parcel>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parcel {
    up_to: u32,
    cents: u32,
}
// ANCHOR_END: config

// ANCHOR: load
fn load(file: &str) -> Result<Config, String> {
    let context = &mut Context::default(); // and gone when `load` ends
    let limits = context.runtime_limits_mut();
    limits.set_loop_iteration_limit(10_000);
    limits.set_recursion_limit(100);

    let json = json(file, context).map_err(|error| error.to_string())?;
    if json.len() > 64 * 1024 {
        return Err(format!("{} bytes are no configuration", json.len()));
    }
    let config: Config = serde_json::from_str(&json).map_err(|error| error.to_string())?;
    check(&config).map_err(str::to_owned)?;
    Ok(config)
}

/// The completion value as JSON text. Code of the file can run here, and no later.
fn json(file: &str, context: &mut Context) -> JsResult<String> {
    let stringify = context.eval(Source::from_bytes("JSON.stringify"))?; // before the file
    let value = Script::parse(Source::from_bytes(file), None, context)?.evaluate(context)?;
    let this = context.global_object().into();
    let stringify = stringify.as_callable().expect("a function in each realm");
    let text = stringify.call(&this, &[value], context)?;
    Ok(text.to_string(context)?.to_std_string_lossy())
}
// ANCHOR_END: load

// ANCHOR: check
/// What types can't say.
fn check(config: &Config) -> Result<(), &'static str> {
    if config.parcels.is_empty() {
        return Err("no parcels");
    }
    if !config.parcels.is_sorted_by(|a, b| a.up_to < b.up_to) {
        return Err("the parcels are not in order");
    }
    Ok(())
}
// ANCHOR_END: check

fn main() {
    let config = load(FILE).expect("the file is right");
    println!("{} for {} minutes", config.currency, config.quote_minutes);
    for parcel in &config.parcels {
        println!("  up to {:>5} g: {:>4} cents", parcel.up_to, parcel.cents);
    }
    assert_eq!(config.parcels[4].cents, 1190);

    println!("refused:");
    // ANCHOR: refused
    for (right, wrong) in [
        ("currency:", "curency:"),
        ("2 * day", "2 * dya"),
        ("2 * day", "() => 2 * day"),
        ("2 * day", "day / 0"),
        ("10000", "100"),
        ("24 * 60", "(() => { for (;;); })()"),
    ] {
        let error = load(&FILE.replace(right, wrong)).expect_err("one mistake in it");
        println!("  {wrong:<23} {}", error.lines().next().unwrap_or_default());
    }
    // ANCHOR_END: refused
}
