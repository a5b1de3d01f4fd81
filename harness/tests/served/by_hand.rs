//! Lines typed by a person, through a real worker: answers to read.

use std::io::{Read, Write};

use pretty_assertions::assert_eq;

use crate::worker::{Worker, command};

/// What the worker answers to these lines, after its greeting.
fn answers(example: &str, lines: &str) -> String {
    let mut worker = Worker::greeted(example);
    worker.write(lines.as_bytes());
    let ended = worker.end();
    assert!(ended.status.success());
    assert_eq!(ended.stderr, "");
    ended.stdout
}

#[test]
fn calls_are_answered_in_words() {
    let typed = r#"
["greet", "Ada"]
  ["parse_count", "12"]
["parse_count", "x"]
["nothing"]
["new", "Account", 500]
["new", "Account", -500]
[1, "cents"]
["new", "Ledger"]
[2, "add", "tea"]
["drop", 2]
["drop", 2]
{"id": 7, "call": "greet", "arguments": ["Grace"]}
["greet"]
["great", "Ada"]
["ratio", 1, 0]
"#;
    assert_eq!(
        answers("served_orders", typed),
        r#"ok "Hello, Ada!"
ok 12
err "x: invalid digit found in string"
ok null
object 1
err "-500 is a debt"
ok 500
object 2
ok 1
closed after 1 lines
ok null
refused: object 2 was dropped
ok "Hello, Grace!"
refused: greet takes 1 argument (&str), got 0
refused: there is no function `great`; served: greet, first_word, parse_count, total, place, nothing, echo, ratio, ratios, by_place, repeat, nested
refused: ratio returned inf, and JSON has no such number
"#
    );
}

#[test]
fn faults_are_answered_in_words() {
    let typed = r#"["todo_with_text", "1 + 1"]
["todo_without"]
["print_lines"]
["fixed"]
"#;
    let text = answers("served_faults", typed);
    let (rest, panic) = text.trim_end().rsplit_once('\n').expect("several lines");
    assert_eq!(
        rest,
        "not written yet: evaluate `source`\nnot written yet\none\ntwo\nok 2"
    );
    assert!(panic.starts_with("panic at "), "{panic}");
    let place = format!(
        "{}:",
        if cfg!(windows) {
            r"examples\served_faults.rs"
        } else {
            "examples/served_faults.rs"
        }
    );
    assert!(panic.contains(&place), "{panic}");
    assert!(panic.ends_with(": out of tea"), "{panic}");
}

#[test]
fn a_line_that_is_no_call_gets_one_sentence_with_an_example() {
    let example = r#"; type a call as JSON, for example: ["greet", "1 + 1"]"#;
    for (typed, problem) in [
        (
            "hello",
            "this line is not JSON (expected value at line 1 column 1)",
        ),
        (
            r#"["greet", "Ada""#,
            "this line is not JSON (EOF while parsing a list at line 1 column 15)",
        ),
        ("12", "this is JSON, but not a call"),
        ("[]", "a call starts with the name of what to call"),
        ("[null]", "a call starts with the name of what to call"),
        (r#"[-1, "cents"]"#, "objects are numbered 1, 2, 3, not -1"),
        (r#"["drop", 1.5]"#, "objects are numbered 1, 2, 3, not 1.5"),
        (
            r#"{"call": "greet"}"#,
            "this is not a request (missing field `id`)",
        ),
    ] {
        assert_eq!(
            answers("served_orders", typed),
            format!("{problem}{example}\n"),
            "{typed}"
        );
    }
}

#[test]
fn the_example_in_that_sentence_is_answered() {
    let text = answers("served_orders", "?\n");
    let (_, example) = text.split_once("for example: ").expect("an example");
    assert_eq!(answers("served_orders", example), "ok \"Hello, 1 + 1!\"\n");
}

#[test]
fn a_frame_after_typed_lines_gets_a_frame() {
    let text = answers(
        "served_orders",
        "[\"nothing\"]\n\u{1e}{\"id\":3,\"call\":\"nothing\"}\n",
    );
    assert_eq!(text, "ok null\n\u{1e}{\"id\":3,\"ok\":null}\n");
}

#[test]
fn a_backtrace_is_printed_when_it_is_asked_for() {
    let mut child = command("served_faults")
        .env("RUST_BACKTRACE", "1")
        .spawn()
        .expect("the example starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(b"[\"fixed\"]\n").expect("the worker reads");
    drop(stdin);
    let mut stderr = String::new();
    let mut pipe = child.stderr.take().expect("stderr is piped");
    pipe.read_to_string(&mut stderr).expect("the worker writes");
    assert!(
        stderr.contains("out of tea") && stderr.contains("stack backtrace"),
        "{stderr}"
    );
    assert!(child.wait().expect("the worker ends").success());
}
