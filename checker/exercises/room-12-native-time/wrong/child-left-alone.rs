// Caught by: the reference attack captures nothing
//! Room 12 · A limit that natives ignore, mended: the guest is a process, and processes
//! can be ended.

use std::io::{self, Read as _, Write as _};
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use boa_engine::{Context, JsResult, Source};
use serde_json::Value as Json;

/// What each guest has, and what the next one waits at most.
const LIMIT: Duration = Duration::from_millis(250);

/// The longest answer that the host reads, in bytes.
const LONGEST: u64 = 1024 * 1024;

/// Runs a guest's program and gives its completion value.
pub fn run(source: &str) -> Result<Json, String> {
    match in_child(source) {
        Ok(Some(answer)) => serde_json::from_slice(&answer)
            .unwrap_or_else(|_| Err("the guest ended without a result".to_owned())),
        Ok(None) => Err(format!("no result within {LIMIT:?}")),
        Err(error) => Err(format!("failed to run the guest: {error}")),
    }
}

/// What a child process answers to `source`, or `None` when the time is over. Nothing
/// in an engine ends a native function. What ends a process is the system.
fn in_child(source: &str) -> io::Result<Option<Vec<u8>>> {
    let mut child = harness::process("guest")?
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let pipes = child.stdin.take().zip(child.stdout.take());
    let source = source.to_owned();
    let (send, receive) = mpsc::channel();
    // A thread of its own: a pipe has no deadline, and a full one waits for its reader.
    thread::spawn(move || {
        let Some((mut stdin, stdout)) = pipes else {
            return;
        };
        // A guest that died takes nothing and answers nothing, and that is told below.
        let _ = stdin.write_all(source.as_bytes());
        drop(stdin);
        let mut answer = Vec::new();
        let _ = stdout.take(LONGEST).read_to_end(&mut answer);
        let _ = send.send(answer);
    });
    let answer = receive.recv_timeout(LIMIT).ok();
    // In every case: what has ended must be waited for, or it stays in the process table.
    if answer.is_some() {
        child.wait()?;
    }
    Ok(answer)
}

/// What the child does: a source in, a result out.
fn guest() {
    let result = match io::read_to_string(io::stdin()) {
        Ok(source) => evaluate(&source).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    print!("{}", serde_json::json!(result));
}

fn evaluate(source: &str) -> JsResult<Json> {
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes(source))?;
    Ok(value.to_json(&mut context)?.unwrap_or_default())
}

harness::serve! { fn run(&str), process guest }
