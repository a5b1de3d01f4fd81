//! Processes that an exercise starts of itself.

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::worker::{Worker, command};

fn hand(name: &str, text: &str) -> Value {
    let mut worker = Worker::greeted("served_processes");
    let reply = worker.call("hand", json!([name, text]));
    worker.end().assert_quiet();
    reply["ok"].clone()
}

#[test]
fn a_process_has_its_streams_and_arguments_for_itself() {
    assert_eq!(
        hand("shout", "two bags"),
        json!({ "code": 0, "stdout": "TWO BAGS, one more argument", "stderr": "" })
    );
}

#[test]
fn a_panic_ends_a_process_with_101_and_its_message() {
    let told = hand("fails", "");
    assert_eq!((&told["code"], &told["stdout"]), (&json!(101), &json!("")));
    let stderr = told["stderr"].as_str().expect("text");
    assert!(stderr.contains("out of tea"), "{stderr}");
}

#[test]
fn a_process_has_a_large_stack() {
    assert_eq!(
        hand("deep", ""),
        json!({ "code": 0, "stdout": "0", "stderr": "" })
    );
}

#[test]
fn a_process_that_is_not_named_is_told_with_those_that_are() {
    let expected = json!({
        "code": 1,
        "stdout": "",
        "stderr": "there is no process \"hand\" in `serve!`; it has [shout, fails, deep]\n",
    });
    assert_eq!(hand("hand", ""), expected, "a function is no process");
    let output = command("served_processes")
        .arg("--process")
        .output()
        .expect("the example runs");
    assert_eq!(output.status.code(), Some(1), "no name at all");
}

#[test]
fn processes_are_not_served() {
    let mut worker = Worker::greeted("served_processes");
    assert_eq!(
        worker.call("shout", json!([])),
        json!({ "refused": "there is no function `shout`; served: hand" })
    );
    worker.end().assert_quiet();
}
