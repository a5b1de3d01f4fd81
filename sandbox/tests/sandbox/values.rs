//! Plain data in and out.

use pretty_assertions::assert_eq;
use sandbox::{Failure, Limits, Sandbox, Value};
use serde_json::json;

fn sandbox() -> Sandbox {
    Sandbox::new(Limits::default()).unwrap()
}

#[test]
fn completion_values_come_out_as_they_are() {
    let cases: [(&str, Value); 12] = [
        ("", Value::Undefined),
        ("undefined", Value::Undefined),
        ("null", Value::Null),
        ("1 > 2", Value::Bool(false)),
        ("0.1 + 0.2", Value::Number(0.1 + 0.2)),
        ("2n ** 70n", Value::BigInt("1180591620717411303424".into())),
        ("-5n", Value::BigInt("-5".into())),
        ("'tea ☕'", "tea ☕".into()),
        ("if (true) { 'then' } else { 'else' }", "then".into()),
        ("let price = 7", Value::Undefined),
        (
            "[1, , 'two']",
            Value::Array(vec![1.into(), Value::Undefined, "two".into()]),
        ),
        (
            "({ b: 1, a: [null], 2: 'two', 1: 'one' })",
            Value::Object(vec![
                ("1".into(), "one".into()),
                ("2".into(), "two".into()),
                ("b".into(), 1.into()),
                ("a".into(), Value::Array(vec![Value::Null])),
            ]),
        ),
    ];
    let mut sandbox = sandbox();
    for (source, expected) in cases {
        assert_eq!(sandbox.run(source).unwrap(), expected, "{source}");
    }
}

#[test]
fn numbers_keep_their_oddities() {
    let mut sandbox = sandbox();
    assert!(matches!(sandbox.run("NaN").unwrap(), Value::Number(it) if it.is_nan()));
    assert_eq!(sandbox.run("-1 / 0").unwrap(), f64::NEG_INFINITY.into());
    assert!(matches!(sandbox.run("-0").unwrap(), Value::Number(it) if it.is_sign_negative()));
}

#[test]
fn what_is_not_plain_data_is_named_with_its_path() {
    let cases = [
        ("() => 1", "value is a function"),
        ("({ order: class Order {} })", "value.order is a function"),
        ("[0, Symbol('id')]", "value[1] is a symbol"),
        (
            "({ items: [1, 2, 3, { get price() { return 1 } }] })",
            "value.items[3].price is an accessor, and accessors are not run",
        ),
        ("var a = { b: {} }; a.b.c = a; a", "value.b.c is a cycle"),
        (
            "({ 'two words': new Proxy({}, {}) })",
            "value['two words'] is a proxy, and proxies are not run",
        ),
        (
            "new Proxy(() => 1, {})",
            "value is a proxy, and proxies are not run",
        ),
        ("[new Map()]", "value[0] is a Map, not plain data"),
        ("[new Set()]", "value[0] is a Set, not plain data"),
        ("[new Date()]", "value[0] is a Date, not plain data"),
        ("[/a/]", "value[0] is a RegExp, not plain data"),
        ("[new Error('no')]", "value[0] is an Error, not plain data"),
        (
            "[Promise.resolve()]",
            "value[0] is a Promise, not plain data",
        ),
        (
            "[new Uint8Array(2)]",
            "value[0] is an exotic object, not plain data",
        ),
        (
            "'half \\ud83d'",
            "value has a lone surrogate, which is not text",
        ),
        (
            "({ '\\ud83d': 1 })",
            "value['\u{fffd}'] has a lone surrogate, which is not text",
        ),
        (
            "new Promise(() => {})",
            "value is a promise that is still pending",
        ),
    ];
    let mut sandbox = sandbox();
    for (source, expected) in cases {
        let failure = sandbox.run(source).unwrap_err();
        assert!(matches!(failure, Failure::Value(_)), "{source}");
        assert_eq!(failure.to_string(), expected, "{source}");
    }
}

#[test]
fn paths_stay_short() {
    let mut sandbox = sandbox();
    let failure = sandbox.run("({ ['k'.repeat(1e5)]: () => 1 })").unwrap_err();
    assert!(failure.to_string().len() < 100, "{failure}");
}

#[test]
fn only_own_enumerable_properties_come_out() {
    let source = "
        class Order { total = 7; #secret = 1; get tax() { return 1 } }
        const order = new Order();
        order[Symbol('id')] = 1;
        Object.defineProperty(order, 'hidden', { value: 1, enumerable: false });
        Object.prototype.polluted = 1;
        order
    ";
    let value = sandbox().run(source).unwrap();
    assert_eq!(value, json!({ "total": 7 }).into());
}

#[test]
fn the_same_object_twice_is_no_cycle() {
    let value = sandbox().run("const tea = { id: 1 }; [tea, tea]").unwrap();
    assert_eq!(value, json!([{ "id": 1 }, { "id": 1 }]).into());
}

#[test]
fn settled_promises_come_out_as_their_values() {
    let mut sandbox = sandbox();
    let value = sandbox.run("(async () => { await null; return { id: 7 } })()");
    assert_eq!(value.unwrap(), json!({ "id": 7 }).into());
    let value = sandbox.run("var log = []; Promise.resolve(1).then(it => log.push(it)); log");
    // The jobs run before the value is walked out.
    assert_eq!(value.unwrap(), json!([1]).into());
}

#[test]
fn injected_values_are_copies_of_the_guests_realm() {
    let mut sandbox = sandbox();
    let order = json!({ "id": 7, "items": [{ "name": "tea" }], "none": null });
    sandbox.inject("order", &order.clone().into()).unwrap();
    let source = "[order instanceof Object, order.items instanceof Array, order.items[0].name]";
    assert_eq!(
        sandbox.run(source).unwrap(),
        json!([true, true, "tea"]).into()
    );
    assert_eq!(sandbox.run("order").unwrap(), order.into());
    sandbox.run("order.id = 8").unwrap();
    assert_eq!(sandbox.run("order.id").unwrap(), 8.into());
}

#[test]
fn injected_values_of_every_kind_arrive() {
    let mut sandbox = sandbox();
    let values = [
        (Value::Undefined, "undefined"),
        (Value::Number(f64::NAN), "number"),
        (Value::BigInt("-12345678901234567890".into()), "bigint"),
        ("tea ☕".into(), "string"),
        (Value::Bool(true), "boolean"),
    ];
    for (value, kind) in values {
        sandbox.inject("it", &value).unwrap();
        assert_eq!(sandbox.run("typeof it").unwrap(), kind.into());
        let back = sandbox.run("it").unwrap();
        assert_eq!(back.to_string(), value.to_string());
    }
}

#[test]
fn a_key_named_proto_is_an_ordinary_property() {
    let mut sandbox = sandbox();
    let value = Value::from(json!({ "__proto__": { "admin": true } }));
    sandbox.inject("order", &value).unwrap();
    assert_eq!(sandbox.run("order.admin").unwrap(), Value::Undefined);
    assert_eq!(sandbox.run("order").unwrap(), value);
}

#[test]
fn a_bigint_from_the_host_is_digits() {
    let mut sandbox = sandbox();
    for digits in ["", "-", "1.5", "0x10", " 1", "many"] {
        let failure = sandbox.inject("it", &Value::BigInt(digits.into()));
        let expected = "it is not a BigInt in decimal digits";
        assert_eq!(failure.unwrap_err().to_string(), expected, "{digits}");
    }
}

#[test]
fn a_global_that_can_not_be_changed_is_told() {
    let mut sandbox = sandbox();
    sandbox.run("Object.freeze(globalThis)").unwrap();
    let failure = sandbox.inject("order", &Value::Null).unwrap_err();
    assert!(matches!(failure, Failure::Thrown(_)), "{failure}");
}

#[test]
fn values_print_on_one_line_as_node_shows_them() {
    let cases = [
        (json!({}), "{}"),
        (json!([]), "[]"),
        (json!({ "a": 1, "b": "x" }), "{ a: 1, b: 'x' }"),
        (
            json!([1, [2, { "c-d": null }]]),
            "[ 1, [ 2, { 'c-d': null } ] ]",
        ),
        (json!("it's"), "\"it's\""),
        (json!("line\n\u{1b}[31m"), "'line\\n\\x1B[31m'"),
        (json!(1.5), "1.5"),
        (json!(1e21), "1e+21"),
    ];
    for (value, expected) in cases {
        assert_eq!(Value::from(value).to_string(), expected);
    }
    assert_eq!(Value::Number(-0.0).to_string(), "-0");
    assert_eq!(Value::BigInt("10".into()).to_string(), "10n");
    assert_eq!(Value::Undefined.to_string(), "undefined");
}

#[test]
fn json_keeps_whole_numbers_whole() {
    let value = json!({ "whole": 7, "part": 7.5, "list": [true, null, "x"] });
    let back = serde_json::Value::try_from(Value::from(value.clone())).unwrap();
    assert_eq!(back, value);
    let big = serde_json::Value::try_from(Value::Number(1e300)).unwrap();
    assert_eq!(big, json!(1e300));
}

#[test]
fn what_has_no_json_form_is_named_with_its_path() {
    let cases = [
        (
            Value::Undefined,
            "value is undefined, which has no JSON form",
        ),
        (
            Value::Object(vec![(
                "n".into(),
                vec![Value::Null, f64::NAN.into()].into(),
            )]),
            "value.n[1] is NaN, which has no JSON form",
        ),
        (
            f64::INFINITY.into(),
            "value is an infinity, which has no JSON form",
        ),
        (
            Value::BigInt("1".into()),
            "value is a BigInt, which has no JSON form",
        ),
    ];
    for (value, expected) in cases {
        let error = serde_json::Value::try_from(value).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
