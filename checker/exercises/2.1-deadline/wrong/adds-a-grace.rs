// Caught by: an endless loop ends at its deadline, however it is written
//! The host may return late. It takes what comes meanwhile for an answer in time.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use boa_engine::builtins::promise::PromiseState;
use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, Source};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// How late a run may be.
const GRACE: Duration = Duration::from_millis(600);

/// As much as the host reads of an answer.
const ANSWER_KIB: usize = 256;

/// How a run ended.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The completion value; of a promise, what it was fulfilled with.
    Value(Json),
    /// What was thrown, or what the promise was rejected with.
    Error(String),
    /// The limit that ended it.
    Limit(Limit),
}

/// A limit, with its size in words.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The deadline, such as "250 ms".
    Time(String),
    /// Calls inside one another, such as "512 calls".
    Recursion(String),
    /// Values on the engine's stack, such as "10240 values".
    Stack(String),
    /// The answer, such as "256 KiB"; or why it can't be read.
    Answer(String),
    /// The guest's process: how it ended without an answer.
    Crash(String),
}

/// Runs `source` in a process of its own for `ms` milliseconds at most. When this
/// returns, the process is gone. `Err` if the host can't do its part.
pub fn run_within(source: &str, ms: u64) -> Result<Outcome, String> {
    // Starting the guest and handing over the source is part of the run.
    let begun = Instant::now();
    let mut guest = start().map_err(|error| format!("failed to start the guest: {error}"))?;
    let answer = exchange(&mut guest, source.to_owned());
    let rest = (Duration::from_millis(ms) + GRACE).saturating_sub(begun.elapsed());
    let line = answer.recv_timeout(rest);
    // However the run ended: a guest that died by itself wants to be waited for, too.
    let status = guest
        .kill()
        .and_then(|()| guest.wait())
        .map_err(|error| format!("failed to end the guest: {error}"))?;
    Ok(match line {
        Ok(line) if line.ends_with(b"\n") => serde_json::from_slice(&line)
            .unwrap_or_else(|error| Outcome::Limit(Limit::Answer(error.to_string()))),
        Ok(line) if line.len() == ANSWER_KIB * 1024 => {
            Outcome::Limit(Limit::Answer(format!("{ANSWER_KIB} KiB")))
        }
        Ok(_) => Outcome::Limit(Limit::Crash(status.to_string())),
        Err(_) => Outcome::Limit(Limit::Time(format!("{ms} ms"))),
    })
}

/// A guest that waits for a source.
fn start() -> io::Result<Child> {
    harness::process("guest")?
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// Hands over `source` and receives the line that the guest answers, as much of it
/// as comes. A thread does it: a pipe has no deadline, and a channel has one.
fn exchange(guest: &mut Child, source: String) -> mpsc::Receiver<Vec<u8>> {
    let pipes = guest.stdin.take().zip(guest.stdout.take());
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let Some((mut stdin, stdout)) = pipes else {
            return;
        };
        // A dead guest takes no source. Its missing answer tells.
        let _ = stdin.write_all(source.as_bytes());
        // The guest reads until here, so it must be told.
        drop(stdin);
        let mut line = Vec::new();
        let mut stdout = BufReader::new(stdout).take(ANSWER_KIB as u64 * 1024);
        let _ = stdout.read_until(b'\n', &mut line);
        // Nobody waits for it when the deadline is over.
        let _ = send.send(line);
    });
    receive
}

/// What the child process does: a source in, until its end; a line of JSON out.
fn guest() {
    let source = io::read_to_string(io::stdin()).expect("the host sends UTF-8");
    // Written while it is made. Line feeds inside are written as \n.
    serde_json::to_writer(io::stdout(), &answer(&source)).expect("the host reads it");
    println!();
}

/// Runs `source` and its promise jobs, without a deadline.
fn answer(source: &str) -> Outcome {
    let context = &mut Context::default();
    let value = context
        .eval(Source::from_bytes(source))
        .and_then(|value| settled(value, context))
        .and_then(|value| value.to_json(context));
    match value {
        // JSON has no `undefined`: it is told as null.
        Ok(json) => Outcome::Value(json.unwrap_or(Json::Null)),
        Err(error) => failed(&error, context),
    }
}

/// Runs the jobs, then looks what became of the promise that `value` may be.
fn settled(value: JsValue, context: &mut Context) -> JsResult<JsValue> {
    context.run_jobs()?;
    let Some(Ok(promise)) = value.as_object().map(JsPromise::from_object) else {
        return Ok(value);
    };
    match promise.state() {
        PromiseState::Fulfilled(value) => Ok(value),
        PromiseState::Rejected(reason) => Err(JsError::from_opaque(reason)),
        PromiseState::Pending => Err(JsNativeError::error()
            .with_message("the promise is pending, and no job is left")
            .into()),
    }
}

/// The limit of the engine that ended the run, or what was thrown.
fn failed(error: &JsError, context: &Context) -> Outcome {
    let limits = context.runtime_limits();
    let limit = match error.as_engine() {
        Some(EngineError::RuntimeLimit(RuntimeLimitError::Recursion)) => {
            Limit::Recursion(format!("{} calls", limits.recursion_limit()))
        }
        Some(EngineError::RuntimeLimit(RuntimeLimitError::StackSize)) => {
            Limit::Stack(format!("{} values", limits.stack_size_limit()))
        }
        // There is no loop limit: it would refuse honest loops, and the deadline
        // ends the others.
        _ => return Outcome::Error(error.to_string()),
    };
    Outcome::Limit(limit)
}

harness::serve! { fn run_within(&str, u64), process guest }
