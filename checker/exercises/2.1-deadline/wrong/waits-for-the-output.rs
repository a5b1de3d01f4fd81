// Caught by: an endless loop ends at its deadline, however it is written
//! `wait_with_output` has no deadline: the clock is looked at when it is too late.

use std::io::{self, Write as _};
use std::process::Stdio;
use std::time::{Duration, Instant};

use boa_engine::builtins::promise::PromiseState;
use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, Source};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

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

/// Runs `source` in a process of its own, and looks at the clock afterwards.
pub fn run_within(source: &str, ms: u64) -> Result<Outcome, String> {
    let begun = Instant::now();
    let attempt = || -> io::Result<_> {
        let mut guest = harness::process("guest")?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        if let Some(mut stdin) = guest.stdin.take() {
            stdin.write_all(source.as_bytes())?;
        }
        guest.wait_with_output()
    };
    let output = attempt().map_err(|error| error.to_string())?;
    Ok(if begun.elapsed() >= Duration::from_millis(ms) {
        Outcome::Limit(Limit::Time(format!("{ms} ms")))
    } else if output.stdout.len() > ANSWER_KIB * 1024 {
        Outcome::Limit(Limit::Answer(format!("{ANSWER_KIB} KiB")))
    } else if !output.status.success() {
        Outcome::Limit(Limit::Crash(output.status.to_string()))
    } else {
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| Outcome::Limit(Limit::Answer(error.to_string())))
    })
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
