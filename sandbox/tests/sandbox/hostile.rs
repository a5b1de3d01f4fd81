//! Guests that mean harm. What gets past these ends the test's own process.

use std::time::Duration;

use pretty_assertions::assert_eq;
use sandbox::{Failure, Limit, Limits, STACK_BYTES, Sandbox, Value};

/// Runs `test` on a stack that the default limits are made for.
fn on_a_large_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    thread.spawn(test).unwrap().join().unwrap();
}

/// A busy machine is no reason to fail.
fn without_wall() -> Limits {
    Limits {
        wall: None,
        ..Limits::default()
    }
}

/// Every way to nest that is known to overflow the native stack.
fn nested(levels: usize) -> Vec<(&'static str, String)> {
    let around =
        |open: &str, close: &str| format!("{}1{}", open.repeat(levels), close.repeat(levels));
    vec![
        ("parentheses", around("(", ")")),
        ("unclosed", "(".repeat(levels)),
        ("arrays", around("[", "]")),
        ("objects", format!("x={}", around("{a:", "}"))),
        ("templates", around("`${", "}`")),
        ("classes", around("(class{x=", "})")),
        ("getters", around("({get a(){return ", "}})")),
        ("computed keys", around("({[", "]:1})")),
        ("defaults", around("(function(a=", "){})")),
        ("functions", around("function f(){", "}")),
        ("blocks", around("{", "}")),
        ("switches", around("switch(1){case 1:", "}")),
        ("tries", around("try{", "}catch(e){}")),
        (
            "patterns",
            format!("var {}=1", around("[", "]").replace('1', "a")),
        ),
        ("imports", around("import(", ")")),
        (
            "groups of a regular expression",
            format!("/{}/", around("(", ")")),
        ),
        ("alternatives", format!("/{}/", "a|".repeat(levels * 10))),
        ("arrows", "a=>".repeat(levels) + "1"),
        ("async arrows", "async x=>".repeat(levels) + "1"),
        ("ifs", "if(1)".repeat(levels) + "1"),
        ("else ifs", "if(1);else ".repeat(levels) + "1"),
        (
            "else ifs that return",
            "if(0)throw 1;else ".repeat(levels) + "1",
        ),
        ("else ifs with blocks", "if(0){}else ".repeat(levels) + "1"),
        ("else ifs on lines", "if(0)x\nelse ".repeat(levels) + "1"),
        ("fors", "for(;0;)".repeat(levels) + "1"),
        (
            "dos",
            format!("{};{}", "do ".repeat(levels), "while(0)".repeat(levels)),
        ),
        ("withs", "with(a)".repeat(levels) + "1"),
        (
            "labels",
            (0..levels).map(|it| format!("l{it}:")).collect::<String>() + "1",
        ),
        ("signs", "!".repeat(levels) + "1"),
        ("typeofs", "typeof ".repeat(levels) + "1"),
        ("news", "new ".repeat(levels) + "A"),
        ("increments", "++\n".repeat(levels) + "a"),
        ("awaits", format!("async()=>{}1", "await ".repeat(levels))),
        (
            "awaits on lines",
            format!("async()=>{}1", "await\n".repeat(levels)),
        ),
        (
            "yields",
            format!("(function*(){{{}1}})", "yield ".repeat(levels)),
        ),
        ("ands", "a&&".repeat(levels * 10) + "a"),
        ("sums", "1+".repeat(levels * 10) + "1"),
        ("sums of objects", "({})+".repeat(levels * 10) + "1"),
        ("sums of let", "let+".repeat(levels * 10) + "1"),
        ("sums of properties", "a.return+".repeat(levels * 10) + "1"),
        ("powers", "1**".repeat(levels) + "1"),
        ("conditions", "1?1:".repeat(levels) + "1"),
        ("assignments", "a=".repeat(levels) + "1"),
        ("commas", "1,".repeat(levels * 10) + "1"),
        ("members", "a".to_owned() + &".a".repeat(levels * 10)),
        ("calls", "a".to_owned() + &"()".repeat(levels * 10)),
        ("indices", "a".to_owned() + &"[0]".repeat(levels * 10)),
        ("tags", "a".to_owned() + &"`x`".repeat(levels * 10)),
        (
            "heritages",
            "class A extends ".repeat(levels) + "B" + &"{}".repeat(levels),
        ),
        (
            "brackets with chains",
            format!("({}", "!".repeat(1000)).repeat(50) + "1",
        ),
    ]
}

#[test]
fn deep_sources_are_refused_before_they_are_parsed() {
    on_a_large_stack(|| {
        for (what, source) in nested(20_000) {
            let mut sandbox = Sandbox::new(without_wall()).unwrap();
            match sandbox.run(&source) {
                Err(Failure::Limit(hit)) if hit.limit == Limit::Nesting => {}
                other => panic!("{what}: {other:?}"),
            }
        }
    });
}

#[test]
fn sources_just_below_the_limit_fit_the_stack() {
    on_a_large_stack(|| {
        for levels in [20, 60, 300, 500, 1000] {
            for (_, source) in nested(levels) {
                let mut sandbox = Sandbox::new(without_wall()).unwrap();
                let _ = sandbox.run(&source);
            }
        }
    });
}

/// Where a slash starts a regular expression and where it divides is how one
/// would hide brackets from a scanner.
#[test]
fn brackets_can_not_be_hidden_from_the_scanner() {
    on_a_large_stack(|| {
        let deep = "(".repeat(20_000);
        for start in [
            "1 /",
            "a /",
            ") /",
            "] /",
            "{} /",
            "x = {} /",
            "/'/; ",
            "a\n++/'/.x; ",
            "a++ /",
            "'\\\r\n' + ",
            "'\\\n' + ",
            "'\\\\' + ",
            "// '\u{2028}",
            "// '\u{2029}",
            "// '\r",
            "/* ' */ ",
            "#! '\n",
            "<!-- '\n",
            "/[/]'/; ",
            "/\\/'/; ",
            "/[\\]/']/; ",
            "if (1) /'/; ",
            "a.if (1) / 2; ",
            "while (0) /'/; ",
            "`'` + ",
            "`${'`'}` + ",
            "`\\`'` + ",
            "`${`'`}'` + ",
            "typeof /'/; ",
            "a.typeof / 2 + ",
            "yield / 2 + ",
            "({}) / 2 + ",
            "function f() {} /'/; ",
            "'\u{2028}' + ",
            "x = 1. / 2 + ",
            "1..a / 2 + ",
            "\\u{61} / 2 + ",
            "for (x of /'/) ",
            "/=/; ",
            "a /= ",
            "1 /**/ / 2 + ",
            "{} /a/ + /'/; ",
            "{}/1/'/+",
            "--> '\n",
        ] {
            let source = format!("{start}{deep}");
            let mut sandbox = Sandbox::new(without_wall()).unwrap();
            match sandbox.run(&source) {
                Err(Failure::Limit(hit)) if hit.limit == Limit::Nesting => {}
                // The parser stops at the start already.
                Err(Failure::Thrown(_)) => {}
                other => panic!("{start}: {other:?}"),
            }
        }
    });
}

#[test]
fn deep_data_does_not_leave() {
    on_a_large_stack(|| {
        let mut sandbox = Sandbox::new(without_wall()).unwrap();
        for source in [
            "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; a",
            "let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; o",
        ] {
            let Err(Failure::Limit(hit)) = sandbox.run(source) else {
                panic!("{source}");
            };
            assert_eq!(hit.limit, Limit::ValueDepth);
        }
        for source in [
            "throw a",
            "throw o",
            "throw Object.assign(new Error('deep'), { a, o })",
            "throw new Error('deep', { cause: a })",
            "console.log(a, o)",
        ] {
            let _ = sandbox.run(source);
        }
        assert_eq!(sandbox.run("1").unwrap(), Value::from(1));
    });
}

#[test]
fn walking_out_runs_no_guest_code() {
    let mut sandbox = Sandbox::new(Limits {
        wall: None,
        ..Limits::default()
    })
    .unwrap();
    let source = "
        const ran = () => { for (;;); };
        Object.defineProperty(Object.prototype, 'toJSON', { get: ran, configurable: true });
        Object.defineProperty(Object.prototype, 'price', { get: ran, set: ran });
        Object.defineProperty(Array.prototype, 0, { get: ran, set: ran });
        Array.prototype[Symbol.iterator] = ran;
        Array.prototype.map = Array.prototype.push = Object.keys = ran;
        Object.defineProperty(Symbol.prototype, 'description', { get: ran });
        ({ list: [, 1], inner: Object.setPrototypeOf({ a: 1 }, new Proxy({}, { get: ran })) })
    ";
    let value = sandbox.run(source).unwrap();
    assert_eq!(
        value.to_string(),
        "{ list: [ undefined, 1 ], inner: { a: 1 } }"
    );
    // Nor does walking in.
    let value = Value::Object(vec![("price".into(), Value::Array(vec![7.into()]))]);
    sandbox.inject("order", &value).unwrap();
    assert_eq!(sandbox.run("order").unwrap(), value);
}

/// The engine asserts that this can't happen.
#[test]
fn a_panic_of_the_engine_poisons_the_sandbox() {
    on_a_large_stack(|| {
        let mut sandbox = Sandbox::new(without_wall()).unwrap();
        let failure = sandbox
            .run("async function* g() { yield* g() } g().next()")
            .unwrap_err();
        assert!(matches!(failure, Failure::Engine(_)), "{failure}");
        assert_eq!(sandbox.run("1").unwrap_err(), failure);
        // Another one is not touched.
        let mut other = Sandbox::new(without_wall()).unwrap();
        assert_eq!(other.run("1").unwrap(), Value::from(1));
    });
}

#[test]
fn recursion_in_every_disguise_ends_by_a_limit() {
    on_a_large_stack(|| {
        for source in [
            "(function f() { f() })()",
            "(function f() { [1].map(f) })()",
            "(function f() { [1, 2].sort(f) })()",
            "var o = { get a() { return this.a } }; o.a",
            "new Proxy({}, { get(t, k, r) { return r[k] } }).a",
            "var o = { toJSON() { return JSON.stringify(o) } }; JSON.stringify(o)",
            "(function f() { 'a'.replace(/a/, f) })()",
            "function* g() { yield* g() } [...g()]",
            "(function f() { Reflect.apply(f, null, []) })()",
            "class A { constructor() { new A } } new A",
            "(function f() { new Promise(f) })()",
            "(function f() { f.bind()() })()",
            "class A { static [Symbol.hasInstance](x) { return x instanceof A } } 1 instanceof A",
            "var o = { [Symbol.iterator]() { return [...o] } }; [...o]",
            "(function f() { Array.from([1], f) })()",
        ] {
            let mut sandbox = Sandbox::new(without_wall()).unwrap();
            let hit = match sandbox.run(source) {
                Err(Failure::Limit(hit)) => hit,
                other => panic!("{source}: {other:?}"),
            };
            assert!(
                matches!(hit.limit, Limit::Recursion | Limit::Stack),
                "{source}: {hit}"
            );
            assert_eq!(sandbox.run("1").unwrap(), Value::from(1), "{source}");
        }
    });
}

#[test]
fn a_guest_can_not_wait() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    let source = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)";
    assert!(matches!(sandbox.run(source), Err(Failure::Thrown(_))));
    // A promise that only time would settle is left pending.
    let failure = sandbox.run("new Promise(() => {})").unwrap_err();
    assert!(matches!(failure, Failure::Value(_)));
}

#[test]
fn the_wall_limit_is_per_run_and_sandboxes_do_not_share_it() {
    let limits = Limits {
        wall: Some(Duration::from_millis(10)),
        ..Limits::default()
    };
    let mut spinning = Sandbox::new(limits).unwrap();
    let mut working = Sandbox::new(Limits::default()).unwrap();
    working.run("var orders = 1").unwrap();
    for _ in 0..3 {
        assert!(spinning.run("for (;;);").is_err());
        assert_eq!(
            working.run("orders += 1; typeof turns").unwrap(),
            "undefined".into()
        );
    }
    assert_eq!(working.run("orders").unwrap(), 4.into());
}
