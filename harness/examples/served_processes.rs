//! An exercise with processes of its own.
//!
//! Driven over pipes by `tests/served/processes.rs`.

use std::io::{Read, Write};
use std::process::Stdio;

use serde_json::{Value, json};

/// Hands `text` to the process `name` and tells what it printed and how it ended.
fn hand(name: &str, text: &str) -> Result<Value, String> {
    let told = || -> std::io::Result<Value> {
        let mut child = harness::process(name)?
            .arg("one more argument")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut stdin = child.stdin.take().expect("piped");
        // A child that does not read breaks the pipe.
        let _ = stdin.write_all(text.as_bytes());
        drop(stdin);
        let output = child.wait_with_output()?;
        Ok(json!({
            "code": output.status.code(),
            "stdout": String::from_utf8_lossy(&output.stdout),
            "stderr": String::from_utf8_lossy(&output.stderr),
        }))
    };
    told().map_err(|error| error.to_string())
}

fn shout() {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).expect("UTF-8");
    let last = std::env::args().next_back().unwrap_or_default();
    print!("{}, {last}", text.to_uppercase());
}

fn fails() {
    panic!("out of tea");
}

/// Takes well over 100 MB of stack.
fn deep() {
    fn down(levels: u32) -> u32 {
        let page = std::hint::black_box([levels; 1024]);
        if levels == 0 {
            page[0]
        } else {
            down(levels - 1) + std::hint::black_box(page[1] - levels)
        }
    }
    print!("{}", down(20_000));
}

harness::serve! { fn hand(&str, &str), process shout, process fails; process deep }
