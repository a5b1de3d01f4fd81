//! Functions of the host.

use std::cell::RefCell;
use std::rc::Rc;

use pretty_assertions::assert_eq;
use sandbox::{Bounds, Failure, HostError, Limits, Sandbox, Value};
use serde_json::json;

fn sandbox() -> Sandbox {
    Sandbox::new(Limits::default()).unwrap()
}

#[test]
fn arguments_and_results_are_plain_data() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let mut sandbox = sandbox();
    let log = Rc::clone(&seen);
    sandbox
        .function("price", move |arguments| {
            log.borrow_mut().push(arguments.to_vec());
            Ok(json!({ "cents": 250 }).into())
        })
        .unwrap();
    let value = sandbox.run("price('tea', { size: [1, 2] }).cents + price().cents");
    assert_eq!(value.unwrap(), 500.into());
    assert_eq!(
        *seen.borrow(),
        [vec!["tea".into(), json!({ "size": [1, 2] }).into()], vec![]]
    );
    assert_eq!(sandbox.run("price.name").unwrap(), "price".into());
}

#[test]
fn results_are_of_the_guests_realm() {
    let mut sandbox = sandbox();
    sandbox
        .function("orders", |_| Ok(json!([{}]).into()))
        .unwrap();
    let source = "[orders() instanceof Array, orders()[0] instanceof Object]";
    assert_eq!(sandbox.run(source).unwrap(), json!([true, true]).into());
}

fn failing(data: Option<Value>) -> Sandbox {
    let mut sandbox = sandbox();
    sandbox
        .function("order", move |_| {
            Err(HostError::Throw {
                name: "StockError".into(),
                message: "out of tea".into(),
                data: data.clone(),
            })
        })
        .unwrap();
    sandbox
}

#[test]
fn a_host_error_is_an_error_that_the_guest_can_catch() {
    let mut sandbox = failing(Some(json!({ "left": 0 }).into()));
    let source = "
        try { order() } catch (error) {
          [error instanceof Error, error.name, error.message, error.data, String(error),
           Object.keys(error)]
        }
    ";
    let expected = json!([
        true,
        "StockError",
        "out of tea",
        { "left": 0 },
        "StockError: out of tea",
        ["data"]
    ]);
    assert_eq!(sandbox.run(source).unwrap(), expected.into());
}

#[test]
fn a_host_error_that_nothing_catches_comes_back_with_its_data() {
    let mut sandbox = failing(Some("tea".into()));
    let Err(Failure::Thrown(thrown)) = sandbox.run_file("a.js", "\n  order()") else {
        panic!("it throws");
    };
    assert_eq!(thrown.to_string(), "StockError: out of tea (a.js:2:8)");
    assert_eq!(thrown.value.unwrap().get("data"), Some(&"tea".into()));
    let mut sandbox = failing(None);
    assert_eq!(
        sandbox
            .run("try { order() } catch (error) { 'data' in error }")
            .unwrap(),
        false.into()
    );
}

#[test]
fn a_stop_ends_the_run_wherever_it_comes_from() {
    for source in [
        "stop()",
        "try { stop() } catch { ran() } finally { ran() } ran()",
        "[1].map(() => { try { stop() } catch { ran() } })",
        "new Promise(() => stop()).catch(ran).finally(ran)",
        "Promise.resolve().then(() => stop()).catch(ran)",
        "(async () => { try { await 1; stop(); } catch { ran() } ran() })()",
        "(async () => { try { stop() } catch { ran() } })()",
        "({ get a() { return stop() } }).a",
        "`${{ toString: stop }}`",
        "[...(function* () { try { yield stop() } finally { ran() } })()]",
        "Reflect.apply(stop, null, [])",
    ] {
        let mut sandbox = sandbox();
        sandbox
            .function("stop", |_| {
                Err(HostError::Stop("the shop is closed".into()))
            })
            .unwrap();
        sandbox
            .function("ran", |_| panic!("guest code ran after the stop"))
            .unwrap();
        let failure = sandbox.run(source).unwrap_err();
        assert_eq!(
            failure,
            Failure::Stopped("the shop is closed".into()),
            "{source}"
        );
        assert_eq!(
            failure.to_string(),
            "stopped by the host: the shop is closed"
        );
        assert_eq!(sandbox.run("1 + 1").unwrap(), 2.into(), "{source}");
    }
}

#[test]
fn arguments_that_can_not_cross_are_errors_of_the_guests() {
    let mut sandbox = Sandbox::new(Limits {
        value: Bounds {
            depth: 4,
            bytes: 1000,
        },
        ..Limits::default()
    })
    .unwrap();
    sandbox
        .function("keep", |_| panic!("the host saw that call"))
        .unwrap();
    let cases = [
        (
            "keep(1, { f() {} })",
            "TypeError: arguments[1].f is a function",
        ),
        (
            "keep('x'.repeat(1001))",
            "RangeError: value size limit of 1000 bytes reached at arguments[0]",
        ),
        (
            "keep([[[[[]]]]])",
            "RangeError: value depth limit of 4 levels reached at arguments[0][0][0][0][0]",
        ),
    ];
    for (call, expected) in cases {
        let value = sandbox.run(&format!(
            "try {{ {call} }} catch (error) {{ String(error) }}"
        ));
        assert_eq!(value.unwrap(), expected.into(), "{call}");
    }
}

#[test]
fn a_result_that_can_not_cross_is_an_error_of_the_guests() {
    let mut sandbox = sandbox();
    sandbox
        .function("digits", |_| Ok(Value::BigInt("many".into())))
        .unwrap();
    let value = sandbox.run("try { digits() } catch (error) { error.message }");
    assert_eq!(
        value.unwrap(),
        "result is not a BigInt in decimal digits".into()
    );
}

#[test]
fn a_function_can_be_replaced_by_the_host() {
    let mut sandbox = sandbox();
    sandbox.function("price", |_| Ok(1.into())).unwrap();
    sandbox.function("price", |_| Ok(2.into())).unwrap();
    assert_eq!(sandbox.run("price()").unwrap(), 2.into());
}

/// A panic unwinds through the engine, which is not to be used after that.
#[test]
fn a_panic_of_a_host_function_poisons_the_sandbox() {
    let mut sandbox = sandbox();
    sandbox
        .function("price", |_| panic!("no price list"))
        .unwrap();
    let failure = sandbox.run("price()").unwrap_err();
    assert_eq!(
        failure.to_string(),
        "the engine failed: a panic: no price list"
    );
    assert_eq!(sandbox.run("1").unwrap_err(), failure);
    assert_eq!(sandbox.inject("a", &Value::Null).unwrap_err(), failure);
    assert_eq!(sandbox.call("price", &[]).unwrap_err(), failure);
}

#[test]
fn the_host_calls_functions_of_the_guest() {
    let mut sandbox = sandbox();
    sandbox
        .run(
            "function total(items, ...more) { return [items.length, more, this === globalThis] }
             const later = async it => { await null; return it.id };
             let price = 7;
             function fail() { throw new RangeError('no') }",
        )
        .unwrap();
    let total = sandbox.call(
        "total",
        &[json!([1, 2]).into(), "x".into(), Value::Undefined],
    );
    let expected = vec![
        2.into(),
        Value::Array(vec!["x".into(), Value::Undefined]),
        true.into(),
    ];
    assert_eq!(total.unwrap(), expected.into());
    assert_eq!(
        sandbox.call("later", &[json!({ "id": 7 }).into()]).unwrap(),
        7.into()
    );
    assert_eq!(
        sandbox.call("isNaN", &[f64::NAN.into()]).unwrap(),
        true.into()
    );
    let cases = [
        ("price", "TypeError: price is not a function"),
        ("missing", "ReferenceError: missing is not defined"),
        (
            "total()",
            "TypeError: `total()` is not the name of a global",
        ),
        ("fail", "RangeError: no"),
    ];
    for (name, expected) in cases {
        let failure = sandbox.call(name, &[]).unwrap_err().to_string();
        assert!(failure.starts_with(expected), "{name}: {failure}");
    }
}

#[test]
fn calls_leave_nothing_in_stacks_and_can_not_be_turned() {
    let mut sandbox = sandbox();
    let source = "
        const order = id => { throw new Error(id) };
        var f = 1, a = 2;
        Array.prototype[Symbol.iterator] = () => { throw new Error('turned') };
        Object.defineProperty(Object.prototype, 'f', { set() { throw new Error('turned') } });
        Object.freeze(globalThis);
    ";
    sandbox.run_file("a.js", source).unwrap();
    let Err(Failure::Thrown(thrown)) = sandbox.call("order", &[7.into()]) else {
        panic!("it throws");
    };
    assert_eq!(thrown.message, "7");
    assert_eq!(thrown.stack, ["order (a.js:2:37)"]);
}
