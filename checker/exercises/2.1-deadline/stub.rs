//! Exercise 2.1 · A deadline that holds
//!
//! A script runs in a process of its own, which is killed when its time is over.
//! What the guest process does stands below, except for one blank. Write each `todo!`:
//!
//! - `run_within`: start the guest, hand over the source, wait for its line until
//!   the deadline and no longer, end the guest whatever came, and tell the
//!   endings apart: answered, too much, died, too late;
//! - `failed`: a limit of the engine is named, with its size; all else is an error.
//!
//! Judge it: `cargo checker 2.1` · the whole task: `cargo checker show 2.1` ·
//! a hint: `cargo checker hint 2.1`

use std::io;

use boa_engine::builtins::promise::PromiseState;
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

/// Runs `source` in a process of its own for `ms` milliseconds at most. When this
/// returns, the process is gone. `Err` if the host can't do its part.
pub fn run_within(source: &str, ms: u64) -> Result<Outcome, String> {
    todo!(
        "start `harness::process(\"guest\")`, hand over {} bytes, read {ANSWER_KIB} KiB at most, \
         and end it after {ms} ms",
        source.len()
    )
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

/// The limit of the engine that ended the run, or what was thrown. No loop limit
/// is set, so that one counts as "all else".
fn failed(error: &JsError, context: &Context) -> Outcome {
    let limits = context.runtime_limits();
    todo!("tell {error}, or name the limit among {limits:?}")
}

harness::serve! { fn run_within(&str, u64), process guest }
