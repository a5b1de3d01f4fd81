//! Calls and objects: what is asked, through a real worker, and what comes back.

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::worker::Worker;

fn orders() -> Worker {
    Worker::greeted("served_orders")
}

fn assert_refused(reply: &Value, reason: &str) {
    assert_eq!(reply, &json!({ "refused": reason }));
}

#[test]
fn values_of_every_shape_cross() {
    let mut worker = orders();
    let order = json!({ "item": "tea", "count": 2 });
    let nothing_ordered = json!({ "item": "tea", "count": 0 });
    for (function, arguments, expected) in [
        ("greet", json!(["Ada"]), json!({ "ok": "Hello, Ada!" })),
        (
            "greet",
            json!(["\u{1e}\n\"ü\\🦀"]),
            json!({ "ok": "Hello, \u{1e}\n\"ü\\🦀!" }),
        ),
        ("first_word", json!(["two words"]), json!({ "ok": "two" })),
        ("first_word", json!([""]), json!({ "ok": null })),
        ("parse_count", json!(["12"]), json!({ "ok": 12 })),
        (
            "parse_count",
            json!(["x"]),
            json!({ "err": "x: invalid digit found in string" }),
        ),
        ("total", json!([[order, order], 1]), json!({ "ok": 3 })),
        ("total", json!([[], null]), json!({ "ok": 0 })),
        ("place", json!([order]), json!({ "ok": order })),
        (
            "place",
            json!([nothing_ordered]),
            json!({ "err": nothing_ordered }),
        ),
        ("nothing", json!([]), json!({ "ok": null })),
        ("ratio", json!([1, 4]), json!({ "ok": 0.25 })),
        ("ratios", json!([[1, 2.5], 2]), json!({ "ok": [0.5, 1.25] })),
        (
            "echo",
            json!([{ "a": [1, -1, 1.5, true, null] }]),
            json!({ "ok": { "a": [1, -1, 1.5, true, null] } }),
        ),
        ("echo", json!([u64::MAX]), json!({ "ok": u64::MAX })),
    ] {
        assert_eq!(
            worker.call(function, arguments.clone()),
            expected,
            "{function}{arguments}"
        );
    }
    worker.end().assert_quiet();
}

#[test]
fn what_json_would_lose_is_refused() {
    let mut worker = orders();
    for (function, arguments, reason) in [
        (
            "ratio",
            json!([1, 0]),
            "ratio returned inf, and JSON has no such number",
        ),
        (
            "ratio",
            json!([0, 0]),
            "ratio returned NaN, and JSON has no such number",
        ),
        (
            "ratios",
            json!([[1, -1], 0]),
            "ratios returned inf, and JSON has no such number",
        ),
        (
            "ratios",
            json!([[1], -1]),
            "ratios returned Err: NaN, and JSON has no such number",
        ),
        (
            "by_place",
            json!([1]),
            "by_place returned a value that JSON can't carry: key must be a string",
        ),
        (
            "nested",
            json!([127]),
            "nested returned a value nested more than 126 levels deep",
        ),
        (
            "nested",
            json!([10_000]),
            "nested returned a value nested more than 126 levels deep",
        ),
    ] {
        assert_refused(&worker.call(function, arguments), reason);
    }
    worker.end().assert_quiet();
}

#[test]
fn objects_keep_their_state_apart_until_they_are_dropped() {
    let mut worker = orders();
    assert_eq!(
        worker.ask(json!({ "new": "Ledger", "arguments": [] })),
        json!({ "object": 1 })
    );
    assert_eq!(
        worker.ask(json!({ "new": "Ledger" })),
        json!({ "object": 2 })
    );
    assert_eq!(worker.method(1, "add", json!(["tea"])), json!({ "ok": 1 }));
    assert_eq!(worker.method(1, "add", json!(["milk"])), json!({ "ok": 2 }));
    assert_eq!(
        worker.method(2, "add", json!(["bread"])),
        json!({ "ok": 1 })
    );
    assert_eq!(
        worker.method(2, "add", json!([""])),
        json!({ "err": "an empty line" })
    );
    assert_eq!(worker.method(1, "last", json!([])), json!({ "ok": 2 }));
    assert_eq!(
        worker.method(2, "last", json!([])),
        json!({ "err": "an empty line" })
    );

    let (text, reply) = worker.ask_printing(json!({ "drop": 1 }));
    assert_eq!(
        (text.as_str(), reply),
        ("closed after 2 lines\n", json!({ "ok": null }))
    );
    assert_refused(
        &worker.method(1, "lines", json!([])),
        "object 1 was dropped",
    );
    assert_refused(&worker.ask(json!({ "drop": 1 })), "object 1 was dropped");
    assert_eq!(
        worker.method(2, "lines", json!([])),
        json!({ "ok": ["bread"] })
    );
    assert_eq!(
        worker.ask(json!({ "new": "Ledger" })),
        json!({ "object": 3 }),
        "no number twice"
    );

    let ended = worker.end();
    assert!(ended.status.success());
    assert_eq!(
        ended.stdout, "closed after 1 lines\nclosed after 0 lines\n",
        "the end drops the rest, the oldest first"
    );
}

#[test]
fn a_constructor_may_return_a_result() {
    let mut worker = orders();
    let open = |cents: i64| json!({ "new": "Account", "arguments": [cents] });
    assert_eq!(worker.ask(open(-5)), json!({ "err": "-5 is a debt" }));
    assert_eq!(worker.ask(open(5)), json!({ "object": 1 }));
    assert_eq!(worker.method(1, "cents", json!([])), json!({ "ok": 5 }));
    worker.end().assert_quiet();
}

#[test]
fn what_is_not_served_is_refused() {
    let mut worker = orders();
    worker.ask(json!({ "new": "Account", "arguments": [1] }));
    for (request, reason) in [
        (
            json!({ "call": "great", "arguments": ["Ada"] }),
            "there is no function `great`; served: greet, first_word, parse_count, total, place, \
             nothing, echo, ratio, ratios, by_place, repeat, nested",
        ),
        (
            json!({ "new": "Legder" }),
            "there is no type `Legder`; served: Ledger, Account",
        ),
        (
            json!({ "object": 1, "call": "open", "arguments": [1] }),
            "Account has no method `open`; served: cents",
        ),
        (
            json!({ "object": 9, "call": "cents" }),
            "there is no object 9",
        ),
        (json!({ "drop": 0 }), "there is no object 0"),
    ] {
        assert_refused(&worker.ask(request), reason);
    }
    worker.end().assert_quiet();
}

#[test]
fn wrong_arguments_are_refused_with_the_signature() {
    let mut worker = orders();
    worker.ask(json!({ "new": "Account", "arguments": [1] }));
    for (request, reason) in [
        (
            json!({ "call": "greet" }),
            "greet takes 1 argument (&str), got 0",
        ),
        (
            json!({ "call": "ratio", "arguments": [1] }),
            "ratio takes 2 arguments (f64, f64), got 1",
        ),
        (
            json!({ "object": 1, "call": "cents", "arguments": [1, 2, 3] }),
            "Account::cents takes no arguments, got 3",
        ),
        (
            json!({ "new": "Account", "arguments": [1.5] }),
            "Account::open(i64): argument 1 must be i64, got 1.5: \
             invalid type: floating point `1.5`, expected i64",
        ),
        (
            json!({ "call": "greet", "arguments": [5] }),
            "greet(&str): argument 1 must be &str, got 5: \
             invalid type: integer `5`, expected a string",
        ),
        (
            json!({ "call": "total", "arguments": [[{ "item": "tea" }], null] }),
            "total(Vec<Order>, Option<u32>): argument 1 must be Vec<Order>, \
             got [{\"item\":\"tea\"}]: missing field `count`",
        ),
    ] {
        assert_refused(&worker.ask(request), reason);
    }
    worker.end().assert_quiet();
}
