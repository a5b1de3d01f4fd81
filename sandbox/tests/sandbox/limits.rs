//! Every limit fires, says its name, and leaves the sandbox usable.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use boa_engine::context::time::{Clock, JsInstant};
use pretty_assertions::assert_eq;
use sandbox::{Bounds, Failure, Limit, LimitHit, Limits, Sandbox, Value};

/// A clock that moves a millisecond whenever it is read: no test waits for time.
#[derive(Default)]
struct Ticks(Cell<u64>);

impl Clock for Ticks {
    fn now(&self) -> JsInstant {
        let millis = self.0.get();
        self.0.set(millis + 1);
        let nanos = u32::try_from(millis % 1000).unwrap() * 1_000_000;
        JsInstant::new(millis / 1000, nanos)
    }

    fn system_time_millis(&self) -> i64 {
        0
    }
}

fn ticking(limits: Limits) -> Sandbox {
    Sandbox::builder()
        .clock(Rc::new(Ticks::default()))
        .limits(limits)
        .build()
        .unwrap()
}

fn wall(millis: u64) -> Limits {
    Limits {
        wall: Some(Duration::from_millis(millis)),
        ..Limits::default()
    }
}

fn without_wall() -> Limits {
    Limits {
        wall: None,
        ..Limits::default()
    }
}

#[track_caller]
fn hit<T: std::fmt::Debug>(result: Result<T, Failure>) -> LimitHit {
    match result {
        Err(Failure::Limit(hit)) => hit,
        other => panic!("no limit was reached: {other:?}"),
    }
}

#[test]
fn the_wall_limit_ends_a_plain_loop_and_keeps_the_variables() {
    let mut sandbox = ticking(wall(100));
    let reached = hit(sandbox.run_file("orders.js", "var turns = 0;\nfor (;;) turns += 1;"));
    assert_eq!(reached.limit, Limit::Wall);
    // Not every instruction has a position.
    if let Some(position) = reached.position {
        assert_eq!(position.file.unwrap(), "orders.js");
    }
    let Value::Number(turns) = sandbox.run("turns").unwrap() else {
        panic!("turns is a number");
    };
    assert!(turns > 100.0, "{turns} turns");
}

#[test]
fn the_wall_limit_holds_with_the_systems_clock() {
    let mut sandbox = Sandbox::new(wall(20)).unwrap();
    let reached = hit(sandbox.run("for (;;);"));
    assert!(
        reached
            .to_string()
            .starts_with("wall limit of 20 ms reached")
    );
}

#[test]
fn the_wall_limit_reaches_called_functions_and_can_not_be_caught() {
    let mut sandbox = ticking(wall(100));
    let source = "
        var caught = 'nothing';
        function spin() { for (;;) { } }
        try { spin() } catch (error) { caught = 'limit' } finally { caught = 'finally' }
    ";
    assert_eq!(hit(sandbox.run(source)).limit, Limit::Wall);
    assert_eq!(sandbox.run("caught").unwrap(), "nothing".into());
}

#[test]
fn the_wall_limit_reaches_into_then_callbacks() {
    let mut sandbox = ticking(wall(100));
    let source = "Promise.resolve().then(() => { for (;;); }); 1";
    assert_eq!(hit(sandbox.run(source)).limit, Limit::Wall);
    assert_eq!(sandbox.run("1").unwrap(), Value::from(1));
}

#[test]
fn the_wall_limit_ends_an_endless_chain_of_promise_jobs() {
    let mut sandbox = ticking(wall(100));
    let source = "(function again() { Promise.resolve().then(again) })()";
    assert_eq!(hit(sandbox.run(source)).limit, Limit::Wall);
    // What was left in the queue is forgotten.
    assert_eq!(sandbox.run("1").unwrap(), Value::from(1));
}

#[test]
fn the_wall_limit_is_looked_at_in_host_functions_and_the_console() {
    for source in [
        "[1].map(() => { for (;;) price() })",
        "[1].map(() => { for (;;) console.log() })",
    ] {
        let mut sandbox = ticking(wall(100));
        sandbox.function("price", |_| Ok(Value::from(7))).unwrap();
        assert_eq!(hit(sandbox.run(source)).limit, Limit::Wall);
    }
}

#[test]
fn the_wall_limit_holds_for_calls() {
    let mut sandbox = ticking(wall(100));
    sandbox.run("function spin() { for (;;); }").unwrap();
    assert_eq!(hit(sandbox.call("spin", &[])).limit, Limit::Wall);
    sandbox.run("const add = (a, b) => a + b").unwrap();
    let sum = sandbox.call("add", &[2.into(), 3.into()]).unwrap();
    assert_eq!(sum, 5.into());
}

#[test]
fn a_run_within_the_wall_limit_is_left_alone() {
    let mut sandbox = ticking(wall(100_000));
    let sum = sandbox.run("let s = 0; for (let i = 0; i < 50_000; i++) s += i; s");
    assert_eq!(sum.unwrap(), Value::from(1_249_975_000));
}

/// The engine keeps the frames of a stopped run: they must not use up the
/// limits of later runs, nor show up in their stacks.
#[test]
fn stopped_runs_take_nothing_from_later_ones() {
    let mut sandbox = ticking(Limits {
        recursion: 60,
        ..wall(20)
    });
    let deep = "(function down(n) { if (n > 0) down(n - 1); else for (;;); })(40)";
    for _ in 0..30 {
        assert_eq!(hit(sandbox.run(deep)).limit, Limit::Wall);
    }
    let calls = "(function down(n) { return n > 0 ? 1 + down(n - 1) : 1 })(50)";
    assert_eq!(sandbox.run(calls).unwrap(), Value::from(51));
    let reached = hit(sandbox.run("(function down(n) { down(n + 1) })(0)"));
    assert_eq!(reached.limit, Limit::Recursion);
    let Err(Failure::Thrown(thrown)) = sandbox.run_file("a.js", "null.price") else {
        panic!("null has no price");
    };
    assert_eq!(thrown.stack, ["<main> (a.js:1:6)"]);
}

#[test]
fn the_loop_iteration_limit_allows_as_many_turns_as_it_says() {
    let mut sandbox = Sandbox::new(Limits {
        loop_iterations: Some(1000),
        ..without_wall()
    })
    .unwrap();
    let looping = |turns: u32| format!("for (let i = 0; i < {turns}; i++) {{ i }}");
    sandbox.run(&looping(1000)).unwrap();
    let reached = hit(sandbox.run(&looping(1001)));
    assert_eq!(reached.limit, Limit::LoopIterations);
    let text = reached.to_string();
    let expected = "loop iteration limit of 1000 reached (counted per call frame)";
    assert!(text.starts_with(expected), "{text}");
    sandbox.run(&looping(1000)).unwrap();
}

#[test]
fn the_loop_iteration_limit_is_counted_per_call_frame() {
    let mut sandbox = Sandbox::new(Limits {
        loop_iterations: Some(1000),
        ..without_wall()
    })
    .unwrap();
    let source = "
        let turns = 0;
        const some = () => { for (let i = 0; i < 900; i++) turns += 1 };
        for (let i = 0; i < 900; i++) some();
        turns
    ";
    assert_eq!(sandbox.run(source).unwrap(), Value::from(810_000));
}

#[test]
fn the_loop_iteration_limit_reaches_what_natives_call() {
    for source in [
        "[1].forEach(() => { for (;;); })",
        "[2, 1].sort(() => { for (;;); })",
        "'a'.replace(/a/, () => { for (;;); })",
        "({ get price() { for (;;); } }).price",
        "`${{ toString() { for (;;); } }}`",
        "new Proxy({}, { get() { for (;;); } }).price",
        "JSON.stringify({ toJSON() { for (;;); } })",
        "new Promise(() => { for (;;); })",
        "[...(function* () { for (;;); })()]",
        "Reflect.apply(() => { for (;;); }, null, [])",
    ] {
        let mut sandbox = Sandbox::new(Limits {
            loop_iterations: Some(1000),
            ..without_wall()
        })
        .unwrap();
        let reached = hit(sandbox.run(source));
        assert_eq!(reached.limit, Limit::LoopIterations, "{source}");
        assert_eq!(sandbox.run("1").unwrap(), Value::from(1), "{source}");
    }
}

/// The engine loses a limit of its own that is reached after an `await`: the
/// function ends, but its promise stays pending.
#[test]
fn a_loop_after_an_await_ends_with_its_promise_pending() {
    let mut sandbox = Sandbox::new(Limits {
        loop_iterations: Some(1000),
        ..without_wall()
    })
    .unwrap();
    let result = sandbox.run("(async () => { await 1; for (;;); })()");
    assert_eq!(
        result.unwrap_err().to_string(),
        "value is a promise that is still pending"
    );
}

#[test]
fn the_recursion_limit_ends_endless_calls() {
    let mut sandbox = Sandbox::new(Limits {
        recursion: 100,
        ..without_wall()
    })
    .unwrap();
    for source in [
        "(function again() { again() })()",
        "(function again() { [1].map(again) })()",
        "var o = { get self() { return this.self } }; o.self",
    ] {
        let reached = hit(sandbox.run(source));
        assert_eq!(reached.limit, Limit::Recursion, "{source}");
        let text = reached.to_string();
        let expected = "recursion limit of 100 calls reached";
        assert!(text.starts_with(expected), "{text}");
    }
    assert_eq!(sandbox.run("1").unwrap(), Value::from(1));
}

#[test]
fn the_stack_limit_ends_wide_calls() {
    let mut sandbox = Sandbox::new(Limits {
        stack: 200,
        ..without_wall()
    })
    .unwrap();
    let reached = hit(sandbox.run("(function again(a, b, c, d) { again(a, b, c, d) })()"));
    assert_eq!(reached.limit, Limit::Stack);
    let text = reached.to_string();
    assert!(
        text.starts_with("stack limit of 200 values reached"),
        "{text}"
    );
    assert_eq!(sandbox.run("1").unwrap(), Value::from(1));
}

#[test]
fn the_output_limit_counts_text_and_entries_until_they_are_taken() {
    let limits = Limits {
        output_bytes: 1000,
        ..without_wall()
    };
    for source in [
        "for (;;) console.log('an order')",
        "for (;;) console.log()",
        "console.log('x'.repeat(1e6))",
        "console.log(['x'.repeat(1e6)])",
        "console.log('x'.repeat(400), 'x'.repeat(400), 'x'.repeat(400))",
    ] {
        let mut sandbox = Sandbox::new(limits.clone()).unwrap();
        let reached = hit(sandbox.run(source));
        assert_eq!(reached.limit, Limit::Output, "{source}");
        assert_eq!(reached.to_string(), "output limit of 1000 bytes reached");
        let text: usize = sandbox.take_console().iter().map(|it| it.text.len()).sum();
        assert!(text <= 1000, "{text} bytes of {source}");
        sandbox.run("console.log('x'.repeat(900))").unwrap();
        assert_eq!(sandbox.take_console().len(), 1);
    }
}

#[test]
fn the_output_limit_can_not_be_caught() {
    let mut sandbox = Sandbox::new(Limits {
        output_bytes: 100,
        ..without_wall()
    })
    .unwrap();
    let source = "for (;;) { try { console.log('an order') } catch (error) { } }";
    assert_eq!(hit(sandbox.run(source)).limit, Limit::Output);
}

#[test]
fn the_nesting_limit_tells_where() {
    let mut sandbox = Sandbox::new(Limits::default()).unwrap();
    let source = format!("1;\n{}1{}", "[".repeat(65), "]".repeat(65));
    let reached = hit(sandbox.run_file("deep.js", &source));
    assert_eq!(
        reached.to_string(),
        "nesting limit of 64 levels reached at deep.js:2:66"
    );
    let source = format!("{}1{}", "[".repeat(64), "]".repeat(64));
    sandbox.run(&format!("{source}.length")).unwrap();
}

#[test]
fn nested_defaults_that_double_the_parsers_time_are_refused() {
    let nested = |levels: usize| {
        let open = "switch (1) { case 2: default: ".repeat(levels);
        format!(
            "var deepest = 0; {open} deepest = {levels}; {} deepest",
            "}".repeat(levels)
        )
    };
    let mut sandbox = Sandbox::new(Limits::default()).expect("a sandbox");
    assert_eq!(sandbox.run(&nested(12)), Ok(Value::from(12)));
    for levels in [13, 60] {
        let failure = sandbox.run(&nested(levels)).expect_err("refused");
        assert!(
            failure.to_string().starts_with("nesting limit"),
            "{failure}"
        );
    }
    // One after another is no nesting, and a name is no keyword.
    let flat = "switch (1) { default: }".repeat(40) + "({ default: 1 }).default";
    assert_eq!(sandbox.run(&flat), Ok(Value::from(1)));
}

#[test]
fn the_nesting_limit_does_not_count_what_is_not_code() {
    let deep = "([{".repeat(100);
    let mut sandbox = Sandbox::new(without_wall()).unwrap();
    for source in [
        format!("'{deep}'"),
        format!("\"{deep}\""),
        format!("`{deep}`"),
        format!("`${{1}}{deep}`"),
        format!("1 // {deep}"),
        format!("1 /* {deep} */"),
        format!("/[{deep}]/.source"),
        format!("'\\'{deep}'"),
        format!("if (1) /[{deep}]/.source"),
        "[]; ".repeat(1000),
        "(1 + 2) / 3;\n".repeat(1000),
        "var price = 1\nprice++\n".repeat(1000),
        "if (1) { } else { }\n".repeat(50),
        format!("[{}]", "{ a: -1 },".repeat(5000)),
    ] {
        let result = sandbox.run(&source);
        if let Err(Failure::Limit(hit)) = result {
            panic!("{hit} by {}", source.chars().take(40).collect::<String>());
        }
    }
}

#[test]
fn the_nesting_limit_holds_for_code_from_strings() {
    let mut sandbox = Sandbox::builder()
        .eval(true)
        .limits(without_wall())
        .build()
        .unwrap();
    for source in [
        "eval('('.repeat(100))",
        "(0, eval)('['.repeat(20_000))",
        "Function('('.repeat(20_000))",
        "new Function('a = ' + '['.repeat(20_000), '')",
        "(async () => {}).constructor('{'.repeat(20_000))",
        "try { eval('('.repeat(20_000)) } catch (error) { 'caught' }",
    ] {
        assert_eq!(hit(sandbox.run(source)).limit, Limit::Nesting, "{source}");
    }
    assert_eq!(sandbox.run("eval('1 + 1')").unwrap(), Value::from(2));
}

#[test]
fn the_value_limits_tell_the_path() {
    let mut sandbox = Sandbox::new(Limits {
        value: Bounds {
            depth: 3,
            bytes: 1000,
        },
        ..without_wall()
    })
    .unwrap();
    let reached = hit(sandbox.run("({ order: { items: [{ price: 1 }] } })"));
    assert_eq!(reached.limit, Limit::ValueDepth);
    assert_eq!(
        reached.to_string(),
        "value depth limit of 3 levels reached at value.order.items[0]"
    );
    for source in [
        "({ name: 'x'.repeat(1001) })",
        "({ name: 'é'.repeat(501) })",
        "({ name: 10n ** 1000n })",
        "({ name: Array(126).fill(null) })",
        "var a = []; a.length = 4294967295; ({ name: a })",
    ] {
        let reached = hit(sandbox.run(source));
        assert_eq!(reached.limit, Limit::ValueSize, "{source}");
        let text = reached.to_string();
        let expected = "value size limit of 1000 bytes reached at value.name";
        assert!(text.starts_with(expected), "{source}: {text}");
    }
    // Shared, not nested: the copies count.
    let shared = "let b = ['order']; for (let i = 0; i < 2; i++) b = [b, b, b, b, b, b, b, b]; b";
    assert_eq!(hit(sandbox.run(shared)).limit, Limit::ValueSize);
}

#[test]
fn the_value_limits_hold_for_what_the_host_gives() {
    let mut sandbox = Sandbox::new(Limits {
        value: Bounds {
            depth: 2,
            bytes: 100,
        },
        ..Limits::default()
    })
    .unwrap();
    let deep = Value::Array(vec![Value::Array(vec![Value::Array(vec![])])]);
    let reached = hit(sandbox.inject("orders", &deep));
    assert_eq!(
        reached.to_string(),
        "value depth limit of 2 levels reached at orders[0][0]"
    );
    let reached = hit(sandbox.inject("orders", &"x".repeat(101).into()));
    assert_eq!(reached.limit, Limit::ValueSize);
}

#[test]
fn every_limit_has_one_name() {
    let names = [
        (Limit::Wall, "wall"),
        (Limit::LoopIterations, "loop iteration"),
        (Limit::Recursion, "recursion"),
        (Limit::Stack, "stack"),
        (Limit::Output, "output"),
        (Limit::Memory, "memory"),
        (Limit::Nesting, "nesting"),
        (Limit::ValueDepth, "value depth"),
        (Limit::ValueSize, "value size"),
    ];
    for (limit, name) in names {
        assert_eq!(limit.to_string(), name);
    }
}
