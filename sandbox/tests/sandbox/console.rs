//! The captured console.

use pretty_assertions::assert_eq;
use sandbox::{Level, Limits, Sandbox};

fn logged(source: &str) -> String {
    // A busy machine is no reason to fail.
    let mut sandbox = Sandbox::new(Limits {
        wall: None,
        ..Limits::default()
    })
    .unwrap();
    sandbox.run(source).unwrap();
    let entries = sandbox.take_console();
    entries
        .iter()
        .map(|it| it.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_level_is_captured_in_order_and_taken_once() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    sandbox
        .run("for (const level of ['log', 'info', 'warn', 'error', 'debug']) console[level](level)")
        .unwrap();
    let entries = sandbox.take_console();
    let levels: Vec<_> = entries.iter().map(|it| it.level).collect();
    assert_eq!(
        levels,
        [
            Level::Log,
            Level::Info,
            Level::Warn,
            Level::Error,
            Level::Debug
        ]
    );
    for entry in &entries {
        assert_eq!(entry.level.to_string(), entry.text);
    }
    assert_eq!(sandbox.take_console(), []);
}

#[test]
fn entries_of_a_run_that_failed_are_kept() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    sandbox
        .run("console.log('before'); throw new Error('no')")
        .unwrap_err();
    assert_eq!(sandbox.take_console()[0].text, "before");
}

#[test]
fn values_are_shown_as_node_shows_them() {
    let cases = [
        ("'raw', \"it's\"", "raw it's"),
        ("", ""),
        ("1, -0, 1.5, NaN, 10n", "1 -0 1.5 NaN 10n"),
        (
            "undefined, null, true, Symbol('id')",
            "undefined null true Symbol(id)",
        ),
        ("{ a: 1, b: [1, 2] }", "{ a: 1, b: [ 1, 2 ] }"),
        ("{}, []", "{} []"),
        ("['x', \"it's\", 'a\\nb']", "[ 'x', \"it's\", 'a\\nb' ]"),
        (
            "{ 'two words': 1, 7: 2, [Symbol('id')]: 3 }",
            "{ '7': 2, 'two words': 1, [Symbol(id)]: 3 }",
        ),
        (
            "{ a: { b: { c: { d: 1 } } } }",
            "{ a: { b: { c: [Object] } } }",
        ),
        ("[[[[1]]]]", "[ [ [ [Array] ] ] ]"),
        ("[1, , 3]", "[ 1, <empty>, 3 ]"),
        (
            "Array(101).fill(0).map(() => 1)",
            &format!("[ {}... 1 more item ]", "1, ".repeat(100)),
        ),
        (
            "function order() {}, () => 1, class Order {}",
            "[Function: order] [Function (anonymous)] [class Order]",
        ),
        ("new (class Order { id = 7 })", "Order { id: 7 }"),
        ("Object.create(null)", "[Object: null prototype] {}"),
        (
            "new Map([['tea', { left: 1 }]]), new Set([1])",
            "Map(1) { 'tea' => { left: 1 } } Set(1) { 1 }",
        ),
        ("new Date(0), /a+/g", "1970-01-01T00:00:00.000Z /a+/g"),
        (
            "new RangeError('no'), new Error()",
            "[RangeError: no] [Error]",
        ),
        ("Promise.resolve(7)", "Promise { 7 }"),
        (
            "{ get a() { return 1 }, set b(it) {} }",
            "{ a: [Getter], b: [Setter] }",
        ),
        ("new Proxy({}, { get() { throw 1 } })", "[Proxy]"),
        (
            "(() => { const a = {}; a.self = a; return a })()",
            "{ self: [Circular] }",
        ),
    ];
    for (arguments, expected) in cases {
        assert_eq!(
            logged(&format!("console.log({arguments})")),
            expected,
            "{arguments}"
        );
    }
}

#[test]
fn inspecting_runs_no_guest_code() {
    let source = "
        const ran = () => { throw new Error('ran') };
        Object.prototype.toJSON = ran;
        console.log({ toString: ran, [Symbol.toPrimitive]: ran, get constructor() { ran() } });
    ";
    let text = logged(source);
    assert!(text.contains("constructor: [Getter]"), "{text}");
}

#[test]
fn one_value_makes_a_bounded_text() {
    let source = "
        let wide = { a: 'x'.repeat(1000) };
        for (let i = 0; i < 20; i++) wide = Array(100).fill(wide);
        console.log(Array(100).fill(Array(100).fill(Array(100).fill('x'.repeat(1000)))));
        let deep = []; for (let i = 0; i < 1e5; i++) deep = [deep];
        console.log(deep, wide);
        console.log(2n ** 100000n);
    ";
    let text = logged(source);
    assert!(text.len() < 100_000, "{} bytes", text.len());
}

#[test]
fn a_console_that_the_guest_replaced_is_the_guests() {
    assert_eq!(logged("console = { log() {} }; console.log('lost')"), "");
}
