//! Frames, through a real worker: the greeting, garbage, big and deep ones, the end.

use std::io::{Read, Write};

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use crate::worker::{Worker, command};

fn orders() -> Worker {
    Worker::greeted("served_orders")
}

#[test]
fn the_greeting_names_everything_that_is_served() {
    let mut worker = Worker::spawn("served_orders");
    let (text, hello) = worker.frame();
    assert_eq!(text, "");
    assert_eq!(
        hello,
        json!({
            "wire": 1,
            "functions": {
                "greet": ["&str"],
                "first_word": ["&str"],
                "parse_count": ["String"],
                "total": ["Vec<Order>", "Option<u32>"],
                "place": ["Order"],
                "nothing": [],
                "echo": ["Value"],
                "ratio": ["f64", "f64"],
                "ratios": ["Vec<f64>", "f64"],
                "by_place": ["i32"],
                "repeat": ["&str", "usize"],
                "nested": ["u32"],
            },
            "types": {
                "Ledger": {
                    "constructor": { "name": "new", "arguments": [] },
                    "methods": { "add": ["&str"], "lines": [], "last": [] },
                },
                "Account": {
                    "constructor": { "name": "open", "arguments": ["i64"] },
                    "methods": { "cents": [] },
                },
            },
        })
    );
    worker.end().assert_quiet();
}

#[test]
fn a_frame_that_is_no_request_is_refused_and_the_next_one_answered() {
    let mut worker = orders();
    assert_eq!(worker.call("nothing", json!([])), json!({ "ok": null }));
    for (garbage, reason) in [
        (
            &b"\x1e{\"id\":1\n"[..],
            "EOF while parsing an object at line 1 column 7",
        ),
        (b"\x1e\n", "EOF while parsing a value at line 1 column 0"),
        (b"\x1e\xff\xfe\n", "expected value at line 1 column 1"),
        (
            b"\x1e[1,\"nothing\",null,null,null,[]]\n",
            "invalid type: sequence, expected a map",
        ),
        (b"\x1e{\"call\":\"nothing\"}\n", "missing field `id`"),
        (
            b"\x1e{\"id\":-1,\"call\":\"nothing\"}\n",
            "invalid value: integer `-1`",
        ),
        (
            b"\x1e{\"id\":1}\n",
            "a request has `call`, `new`, `object` with `call`, or `drop`",
        ),
        (b"\x1e{\"id\":1,\"object\":1}\n", "a request has `call`"),
        (
            b"\x1e{\"id\":1,\"drop\":1,\"arguments\":[]}\n",
            "a request has `call`",
        ),
        (
            b"\x1e{\"id\":1,\"shout\":\"nothing\"}\n",
            "unknown field `shout`",
        ),
        (
            b"{\"id\":1,\"call\":\"nothing\"}\n",
            "a request starts with the byte RS (0x1E)",
        ),
        (b"hello\n", "a request starts with the byte RS (0x1E)"),
    ] {
        worker.write(garbage);
        let (_, reply) = worker.frame();
        assert_eq!(reply["id"], Value::Null);
        let refused = reply["refused"].as_str().expect("a reason");
        assert!(refused.contains(reason), "{refused:?} has no {reason:?}");
    }
    // An empty line asks for nothing.
    worker.write(b"\n\r\n");
    assert_eq!(worker.call("nothing", json!([])), json!({ "ok": null }));
    worker.end().assert_quiet();
}

#[test]
fn a_last_request_without_a_line_feed_is_answered() {
    let mut worker = orders();
    worker.write(b"\x1e{\"id\":8,\"call\":\"nothing\"}");
    let ended = worker.end();
    assert_eq!(ended.stdout, "\u{1e}{\"id\":8,\"ok\":null}\n");
    assert!(ended.status.success());
}

#[test]
fn a_megabyte_crosses_both_ways() {
    let mut worker = orders();
    let megabyte = "ü".repeat(1 << 19);
    assert_eq!(
        worker.call("repeat", json!(["ü", 1 << 19])),
        json!({ "ok": megabyte })
    );
    assert_eq!(
        worker.call("echo", json!([megabyte])),
        json!({ "ok": megabyte })
    );
    worker.end().assert_quiet();
}

#[test]
fn deep_values_cross_and_deeper_ones_are_refused() {
    let nested = |levels| (0..levels).fold(Value::Null, |inner, _| json!([inner]));
    let mut worker = orders();
    assert_eq!(
        worker.call("echo", json!([nested(100)])),
        json!({ "ok": nested(100) })
    );
    assert_eq!(
        worker.call("nested", json!([126])),
        json!({ "ok": nested(126) })
    );

    let deep = "[".repeat(200);
    worker.write(format!("\u{1e}{{\"id\":5,\"call\":\"echo\",\"arguments\":{deep}\n").as_bytes());
    let (_, reply) = worker.frame();
    assert_eq!(reply["id"], Value::Null);
    let refused = reply["refused"].as_str().expect("a reason");
    assert!(refused.contains("recursion limit exceeded"), "{refused}");
    worker.end().assert_quiet();
}

#[test]
fn requests_sent_at_once_are_answered_in_order() {
    let mut worker = orders();
    let requests: String = (0..500)
        .map(|id| format!("\u{1e}{{\"id\":{id},\"call\":\"greet\",\"arguments\":[\"{id}\"]}}\n"))
        .collect();
    worker.write(requests.as_bytes());
    for id in 0..500 {
        let (_, reply) = worker.frame();
        assert_eq!(reply, json!({ "id": id, "ok": format!("Hello, {id}!") }));
    }
    worker.end().assert_quiet();
}

#[test]
fn a_broken_stdout_ends_the_worker_quietly() {
    let mut child = command("served_orders")
        .spawn()
        .expect("the example starts");
    drop(child.stdout.take());
    // If the greeting went out before the pipe broke, the reply will not. The
    // worker may be gone before it reads, so a failed write is fine here. And
    // stdin stays open: the end of the input is not what ends this worker.
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let _ = stdin.write_all(b"\x1e{\"id\":1,\"call\":\"nothing\"}\n");
    let mut stderr = String::new();
    let mut pipe = child.stderr.take().expect("stderr is piped");
    pipe.read_to_string(&mut stderr).expect("the worker writes");
    assert_eq!(stderr, "");
    assert!(child.wait().expect("the worker ends").success());
    drop(stdin);
}
