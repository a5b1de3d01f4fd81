//! A block-list over the text of price rules, and ten rules that get past it.

use boa_engine::{Context, JsResult, JsValue, Source};

// ANCHOR: list
const FORBIDDEN: [&str; 8] = [
    "constructor",
    "prototype",
    "__proto__",
    "function",
    "eval",
    "import",
    "this",
    "new",
];

/// Whether a rule holds a forbidden word, however it is written, or an assignment.
fn is_blocked(rule: &str) -> bool {
    let text = rule.to_lowercase();
    let mut rest = text.clone();
    for comparison in ["===", "!==", "<=", ">=", "=>"] {
        rest = rest.replace(comparison, " ");
    }
    FORBIDDEN.iter().any(|word| text.contains(word))
        || ["=", "++", "--"].iter().any(|sign| rest.contains(sign))
}
// ANCHOR_END: list

const WAYS: [(&str, &str); 10] = [
    ("joined", r#"order["con" + "structor"]["con" + "structor"]"#),
    ("escaped name", r"order.\u0063onstructor.\u0063onstructor"),
    (
        "escaped text",
        r#"order["\x63onstructor"]["\x63onstructor"]"#,
    ),
    (
        "turned round",
        r#"(k => order[k][k])([..."rotcurtsnoc"].reverse().join(""))"#,
    ),
    (
        "decoded",
        r#"(k => order[k][k])(decodeURI("%63onstructor"))"#,
    ),
    (
        "from a pattern",
        r#"(k => order[k][k])(/con.structor/.source.replace(".", ""))"#,
    ),
    ("from the data", "order[order.note][order.note]"),
    ("by a loop", "for (order.total of [0]) order.total"),
    ("by a built-in", r#"Reflect.set(order, "total", 0)"#),
    ("for all rules", "Object.assign(Math, { max: () => 0 })"),
];

fn main() -> JsResult<()> {
    for rule in [
        "order.total > 50 ? order.total * 0.9 : order.total",
        "order.total = 0",
        "order.constructor.constructor('return 1')()",
    ] {
        let answer = if is_blocked(rule) {
            "blocked".to_owned()
        } else {
            run(rule)?.0.display().to_string()
        };
        println!("{answer:>8}  {rule}");
    }

    println!();
    for (number, (way, rule)) in (1..).zip(WAYS) {
        assert!(!is_blocked(rule), "{rule}");
        let (_, effect) = run(rule)?;
        println!("{number:>2} {way:<14} {effect:<18} {rule}");
        assert_ne!(effect, "nothing");
    }
    Ok(())
}

/// Runs a rule for an order of its own; gives its value and what it got hold of.
fn run(rule: &str) -> JsResult<(JsValue, &'static str)> {
    const ORDER: &str = "order = { total: 90, note: 'constructor' }";
    const STATE: &str = "JSON.stringify([order, Math.max(1, 2)])";
    let context = &mut Context::default();
    context.eval(Source::from_bytes(ORDER))?;
    let before = context.eval(Source::from_bytes(STATE))?;
    let value = context.eval(Source::from_bytes(rule))?;
    let function = context.intrinsics().constructors().function().constructor();
    if value.strict_equals(&JsValue::from(function)) {
        return Ok((value, "reaches Function"));
    }
    let after = context.eval(Source::from_bytes(STATE))?;
    let changed = !before.strict_equals(&after);
    Ok((
        value,
        if changed {
            "changes the state"
        } else {
            "nothing"
        },
    ))
}
