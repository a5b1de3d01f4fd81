//! What a guest throws, read without running it.

use pretty_assertions::assert_eq;
use sandbox::{Failure, Limits, Phase, Sandbox, Thrown, Value};
use serde_json::json;

#[track_caller]
fn thrown(source: &str) -> Thrown {
    // A busy machine is no reason to fail.
    let mut sandbox = Sandbox::new(Limits {
        wall: None,
        ..Limits::default()
    })
    .unwrap();
    match sandbox.run_file("orders.js", source) {
        Err(Failure::Thrown(thrown)) => *thrown,
        other => panic!("nothing was thrown: {other:?}"),
    }
}

#[test]
fn an_error_has_its_name_message_place_and_stack() {
    let thrown = thrown(
        "function total(order) {\n  return order.items.length;\n}\nfunction bill() {\n  total({});\n}\nbill();",
    );
    assert_eq!(thrown.phase, Phase::Run);
    assert_eq!(thrown.name, "TypeError");
    assert_eq!(thrown.position.unwrap().to_string(), "orders.js:2:22");
    assert_eq!(
        thrown.stack,
        [
            "total (orders.js:2:22)",
            "bill (orders.js:5:8)",
            "<main> (orders.js:7:5)"
        ]
    );
}

#[test]
fn an_error_reads_well() {
    assert_eq!(
        thrown("throw new RangeError('no such order')").to_string(),
        "RangeError: no such order (orders.js:1:7)"
    );
    assert_eq!(
        thrown("throw 'no such order'").to_string(),
        "thrown: no such order (orders.js:1:7)"
    );
}

#[test]
fn without_a_file_positions_are_lines_and_columns() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    let Err(Failure::Thrown(thrown)) = sandbox.run("\n  throw new Error('no')") else {
        panic!("it throws");
    };
    let position = thrown.position.unwrap();
    assert_eq!((position.file, position.line), (None, 2));
    assert_eq!(thrown.stack, ["<main> (2:9)"]);
}

#[test]
fn a_syntax_error_is_of_the_parse_phase() {
    let thrown = thrown("let order = 1;\nlet = ;");
    assert_eq!(thrown.phase, Phase::Parse);
    assert_eq!(thrown.name, "SyntaxError");
    assert_eq!(thrown.position.unwrap().to_string(), "orders.js:2:7");
    assert!(!thrown.message.contains("at line"), "{}", thrown.message);
}

#[test]
fn nothing_of_a_source_that_does_not_parse_runs() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    sandbox.run("console.log('ran'); let let = 1").unwrap_err();
    assert_eq!(sandbox.take_console(), []);
}

#[test]
fn errors_of_own_classes_keep_their_properties() {
    let thrown = thrown(
        "class StockError extends Error {
           constructor(message, left) { super(message); this.name = 'StockError'; this.left = left }
         }
         throw new StockError('out of tea', 0)",
    );
    assert_eq!(thrown.name, "StockError");
    assert_eq!(thrown.message, "out of tea");
    assert_eq!(thrown.value.unwrap().get("left"), Some(&0.into()));
}

#[test]
fn errors_of_classes_in_the_old_style_are_errors() {
    let thrown = thrown(
        "function StockError(message) { this.message = message }
         StockError.prototype = Object.create(Error.prototype);
         StockError.prototype.name = 'StockError';
         throw new StockError('out of tea')",
    );
    assert_eq!(
        (&*thrown.name, &*thrown.message),
        ("StockError", "out of tea")
    );
}

#[test]
fn other_values_can_be_thrown() {
    let cases = [
        ("throw 'text'", "text", Some("text".into())),
        ("throw 7", "7", Some(7.into())),
        ("throw null", "null", Some(Value::Null)),
        ("throw undefined", "undefined", Some(Value::Undefined)),
        (
            "throw { code: 7 }",
            "{ code: 7 }",
            Some(json!({ "code": 7 }).into()),
        ),
        ("throw () => 1", "[Function (anonymous)]", None),
        ("throw Symbol('id')", "Symbol(id)", None),
    ];
    for (source, message, value) in cases {
        let thrown = thrown(source);
        assert_eq!(thrown.name, "", "{source}");
        assert_eq!(thrown.message, message, "{source}");
        assert_eq!(thrown.value, value, "{source}");
    }
}

#[test]
fn causes_are_followed_so_far() {
    let outer = thrown(
        "const inner = new TypeError('no connection');
         throw new Error('no order', { cause: inner })",
    );
    let cause = outer.cause.unwrap();
    assert_eq!(
        cause.to_string(),
        "TypeError: no connection (orders.js:1:15)"
    );

    let endless = thrown("const e = new Error('round'); e.cause = e; throw e");
    let causes = std::iter::successors(Some(&endless), |it| it.cause.as_deref());
    assert_eq!(causes.count(), 9);
}

#[test]
fn getters_of_errors_are_not_run() {
    let thrown = thrown(
        "const e = new Error();
         const ran = () => { console.log('ran'); for (;;); };
         for (const name of ['name', 'message', 'cause', 'stack', 'toString', 'code'])
           Object.defineProperty(e, name, { get: ran, enumerable: true });
         throw e",
    );
    assert_eq!(thrown.name, "[name is a getter, which is not run]");
    assert_eq!(thrown.message, "[message is a getter, which is not run]");
    assert_eq!(thrown.cause, None);
    assert_eq!(thrown.value, None);
    assert_eq!(thrown.position.unwrap().to_string(), "orders.js:1:11");
}

#[test]
fn proxies_in_place_of_errors_are_not_run() {
    let trap = "new Proxy(new Error('x'), { get() { for (;;); }, getPrototypeOf() { for (;;); } })";
    assert_eq!(thrown(&format!("throw {trap}")).message, "[Proxy]");
    let thrown = thrown(&format!(
        "throw Object.setPrototypeOf(new Error('x'), {trap})"
    ));
    assert_eq!((&*thrown.name, &*thrown.message), ("", "x"));
}

#[test]
fn text_in_what_is_thrown_can_not_forge_a_position() {
    let forged = "x\\n    at forged (evil.js:7:7)";
    for source in [
        format!("throw '{forged}'"),
        format!("throw new Error('{forged}')"),
        format!("throw Symbol('{forged}')"),
        format!("const e = new Error('x'); e.name = '{forged}'; throw e"),
        format!("const e = new Error('x'); e.stack = '{forged}'; throw e"),
        format!(
            "(() => {{ Object.defineProperty(Error.prototype, 'stack', {{ get: () => '{forged}' }}); throw new Error('x') }})()"
        ),
    ] {
        let thrown = thrown(&source);
        let file = thrown.position.unwrap().file.unwrap();
        assert_eq!(file, "orders.js", "{source}");
        assert!(!thrown.stack.join("\n").contains("evil.js"), "{source}");
    }
    // A thrown object has no position, true or forged.
    assert_eq!(thrown(&format!("throw {{ a: '{forged}' }}")).position, None);
    // The parser quotes the guest's text in its message.
    let parse = thrown("let a = 'at line 99, col 99' b");
    assert_eq!(parse.position.unwrap().line, 1);
}

#[test]
fn huge_texts_are_cut() {
    let message = thrown("throw new Error('x'.repeat(1e6))").message;
    assert!(message.len() < 20_000, "{} bytes", message.len());
    let message = thrown("throw Array(1e6).fill({ a: 'x'.repeat(1e4) })").message;
    assert!(message.len() < 20_000, "{} bytes", message.len());
}

#[test]
fn lone_surrogates_in_messages_do_no_harm() {
    assert_eq!(
        thrown("throw new Error('half \\ud83d')").message,
        "half \u{fffd}"
    );
}

#[test]
fn rejections_that_nothing_handles_are_thrown() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    let failure = sandbox.run("Promise.reject(new Error('lost order')); 1");
    assert!(
        failure
            .unwrap_err()
            .to_string()
            .starts_with("Error: lost order")
    );
    let handled = sandbox.run("Promise.reject(new Error('found')).catch(() => {}); 1");
    assert_eq!(handled.unwrap(), 1.into());
    let awaited = sandbox.run("(async () => { await null; throw new TypeError('late') })()");
    assert!(
        awaited
            .unwrap_err()
            .to_string()
            .starts_with("TypeError: late")
    );
}

#[test]
fn a_thrown_error_leaves_variables_and_promise_jobs_alone() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    let source = "var seen = 0; Promise.resolve().then(() => seen = 1); throw new Error('no')";
    sandbox.run(source).unwrap_err();
    assert_eq!(sandbox.run("seen").unwrap(), 1.into());
}

#[test]
fn code_from_strings_is_refused_unless_it_is_allowed() {
    for source in [
        "eval('1')",
        "(0, eval)('1')",
        "Function('return 1')()",
        "(() => {}).constructor('return 1')()",
        "(function* () {}).constructor('yield 1')",
        "(async () => {}).constructor('await 1')",
    ] {
        let thrown = thrown(source);
        assert_eq!(thrown.name, "EvalError", "{source}");
        assert_eq!(
            thrown.message, "code from strings is not allowed in this sandbox",
            "{source}"
        );
    }
    let mut sandbox = Sandbox::builder().eval(true).build().unwrap();
    assert_eq!(sandbox.run("Function('return 7')()").unwrap(), 7.into());
}

#[test]
fn no_module_can_be_imported() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    let failure = sandbox.run("import('./Cargo.toml')").unwrap_err();
    assert!(matches!(failure, Failure::Thrown(_)), "{failure}");
}
