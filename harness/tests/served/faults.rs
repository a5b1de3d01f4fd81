//! Code that goes wrong, through a real worker: the answer tells what and where,
//! and the worker lives on.

use std::path::Path;

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::worker::Worker;

/// The source of the served code, as rustc names it.
const FILE: &str = "examples/served_faults.rs";
const SOURCE: &str = include_str!("../../examples/served_faults.rs");

fn faults() -> Worker {
    Worker::greeted("served_faults")
}

/// The reply is a panic with this message, in the line where the source has `code`.
fn assert_panic(reply: &Value, message: &str, code: &str) {
    let panic = &reply["panic"];
    assert_eq!(panic["message"], message, "{reply}");
    let file = panic["file"].as_str().expect("the place is known");
    assert!(Path::new(file).ends_with(FILE), "{file}");
    let line = panic["line"].as_u64().expect("the line is known");
    let text = SOURCE
        .lines()
        .nth(line as usize - 1)
        .expect("the line exists");
    assert!(text.contains(code), "line {line} is {text:?}");
    let column = panic["column"].as_u64().expect("the column is known");
    assert!(
        (1..=text.len() as u64).contains(&column),
        "column {column} of {text:?}"
    );
}

#[test]
fn a_panic_is_answered_with_message_and_place() {
    let mut worker = faults();
    let reply = worker.call("index", json!([7]));
    assert_panic(
        &reply,
        "index out of bounds: the len is 3 but the index is 7",
        "to_vec()[at]",
    );
    assert_panic(
        &worker.call("fixed", json!([])),
        "out of tea",
        "panic!(\"out of tea\")",
    );
    assert_eq!(
        worker.call("index", json!([2])),
        json!({ "ok": 30 }),
        "the worker lives on"
    );
    worker.end().assert_quiet();
}

#[test]
fn a_payload_that_is_no_text_is_answered() {
    let mut worker = faults();
    let message = "a panic whose payload is not text";
    assert_panic(&worker.call("payload", json!([])), message, "panic_any(42)");
    assert_panic(
        &worker.call("payload_that_panics", json!([])),
        message,
        "panic_any(Bomb)",
    );
    assert_eq!(worker.call("index", json!([0])), json!({ "ok": 10 }));
    worker.end().assert_quiet();
}

#[test]
fn todo_and_unimplemented_are_unwritten() {
    let mut worker = faults();
    for (function, arguments, text) in [
        ("todo_with_text", json!(["1 + 1"]), "evaluate `source`"),
        ("todo_without", json!([]), ""),
        ("unimplemented_text", json!([]), "BigInt"),
    ] {
        assert_eq!(
            worker.call(function, arguments),
            json!({ "unwritten": text }),
            "{function}"
        );
    }
    assert_eq!(
        worker.ask(json!({ "new": "Unbuilt" })),
        json!({ "unwritten": "build it" })
    );
    worker.end().assert_quiet();
}

#[test]
fn a_panic_in_another_thread_is_printed_and_nothing_more() {
    let mut worker = faults();
    assert_eq!(
        worker.call("in_a_thread", json!([])),
        json!({ "ok": "joined" })
    );
    let ended = worker.end();
    assert!(ended.status.success());
    assert!(ended.stderr.contains("thread 'helper'"), "{}", ended.stderr);
    assert!(ended.stderr.contains("the helper fell"), "{}", ended.stderr);
}

#[test]
fn a_panic_of_another_thread_passed_on_keeps_its_message() {
    let mut worker = faults();
    assert_eq!(
        worker.call("passed_on_from_a_thread", json!([])),
        json!({ "panic": { "message": "passed on" } })
    );
    assert!(worker.end().status.success());
}

#[test]
fn a_panic_that_the_exercise_catches_is_its_own_business() {
    let mut worker = faults();
    assert_eq!(worker.call("caught", json!([])), json!({ "ok": "caught" }));
    worker.end().assert_quiet();
}

#[test]
fn a_replaced_panic_hook_costs_the_place_only() {
    let mut worker = faults();
    worker.call("replace_hook", json!([]));
    let reply = worker.call("fixed", json!([]));
    assert_eq!(reply, json!({ "panic": { "message": "out of tea" } }));
    worker.end().assert_quiet();
}

#[test]
fn an_object_whose_method_panicked_stays_usable() {
    let mut worker = faults();
    worker.ask(json!({ "new": "Fragile", "arguments": [false] }));
    let reply = worker.method(1, "use_it", json!([false]));
    assert_panic(&reply, "handled badly", "assert!(well");
    assert_eq!(
        worker.method(1, "use_it", json!([true])),
        json!({ "ok": 2 })
    );
    assert_eq!(worker.ask(json!({ "drop": 1 })), json!({ "ok": null }));
    worker.end().assert_quiet();
}

#[test]
fn a_panic_in_drop_is_answered() {
    let mut worker = faults();
    worker.ask(json!({ "new": "Fragile", "arguments": [true] }));
    let reply = worker.ask(json!({ "drop": 1 }));
    assert_panic(&reply, "fell to the ground", "panic!(\"fell");
    assert_eq!(
        worker.ask(json!({ "drop": 1 })),
        json!({ "refused": "object 1 was dropped" })
    );
    // The end drops this one; nobody waits for that answer.
    worker.ask(json!({ "new": "Fragile", "arguments": [true] }));
    worker.end().assert_quiet();
}

#[test]
fn a_panic_during_a_panic_ends_the_process_and_says_why() {
    let mut worker = faults();
    worker.write(b"\x1e{\"id\":1,\"call\":\"fall_twice\"}\n");
    let ended = worker.wait();
    assert!(!ended.status.success());
    assert_eq!(ended.stdout, "", "no answer");
    assert!(
        ended.stderr.contains("fell to the ground"),
        "{}",
        ended.stderr
    );
    assert!(
        ended
            .stderr
            .contains("panic in a destructor during cleanup"),
        "{}",
        ended.stderr
    );
}

#[test]
fn a_serialize_that_fails_is_refused() {
    let mut worker = faults();
    assert_eq!(
        worker.call("stubborn", json!([])),
        json!({
            "refused": "stubborn returned a value that JSON can't carry: the stubborn one stays"
        })
    );
    worker.end().assert_quiet();
}

#[test]
fn prints_stand_before_the_answer_in_order() {
    let mut worker = faults();
    for (function, text, result) in [
        ("print_without_line_feed", "half a line", 1),
        ("print_lines", "one\ntwo\n", 2),
        ("print_without_line_feed", "half a line", 1),
    ] {
        let (printed, reply) = worker.ask_printing(json!({ "call": function }));
        assert_eq!((printed.as_str(), reply), (text, json!({ "ok": result })));
    }
    worker.end().assert_quiet();
}

#[test]
fn a_thread_that_prints_breaks_no_frame() {
    let mut worker = faults();
    let mut text = String::new();
    let start = json!({ "call": "print_from_a_thread", "arguments": [2000] });
    text += &worker.ask_printing(start).0;
    for _ in 0..200 {
        let request = json!({ "call": "index", "arguments": [1] });
        let (printed, reply) = worker.ask_printing(request);
        assert_eq!(reply, json!({ "ok": 20 }));
        text += &printed;
    }
    // The end of the worker may cut the thread off between two lines.
    text += &worker.end().stdout;
    for (number, line) in text.lines().enumerate() {
        assert_eq!(line, format!("line {number}"));
    }
}

#[test]
fn an_exit_inside_a_call_leaves_what_was_printed() {
    let mut worker = faults();
    worker.write(b"\x1e{\"id\":1,\"call\":\"exit\"}\n");
    let ended = worker.wait();
    assert_eq!(ended.status.code(), Some(7));
    assert_eq!(ended.stdout, "leaving");
}

#[test]
fn the_stack_is_large() {
    let mut worker = faults();
    // A level takes over 1 KiB: more than 100 MiB in all.
    assert_eq!(
        worker.call("deep", json!([100_000])),
        json!({ "ok": 100_000 })
    );
    worker.end().assert_quiet();
}
