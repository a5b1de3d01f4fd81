// Caught by: a native that never ends does so at the deadline
//! A turn of a loop was measured, and turns are counted in place of time.

use std::io;

use boa_engine::builtins::promise::PromiseState;
use boa_engine::error::{EngineError, RuntimeLimitError};
use boa_engine::object::builtins::JsPromise;
use boa_engine::{Context, JsError, JsNativeError, JsResult, JsValue, Source};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

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

/// Runs `source` with limits, of which one stands for the deadline.
pub fn run_within(source: &str, ms: u64) -> Result<Outcome, String> {
    let mut context = Context::default();
    // A turn takes some 50 ns.
    let turns = ms.saturating_mul(20_000);
    context.runtime_limits_mut().set_loop_iteration_limit(turns);
    Ok(outcome(source, &mut context, ms))
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
    outcome(source, &mut Context::default(), 0)
}

fn outcome(source: &str, context: &mut Context, ms: u64) -> Outcome {
    let value = context
        .eval(Source::from_bytes(source))
        .and_then(|value| settled(value, context))
        .and_then(|value| value.to_json(context));
    match value {
        // JSON has no `undefined`: it is told as null.
        Ok(json) => Outcome::Value(json.unwrap_or(Json::Null)),
        Err(error) => match error.as_engine() {
            Some(EngineError::RuntimeLimit(RuntimeLimitError::LoopIteration)) => {
                Outcome::Limit(Limit::Time(format!("{ms} ms")))
            }
            _ => failed(&error, context),
        },
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
        _ => return Outcome::Error(error.to_string()),
    };
    Outcome::Limit(limit)
}

harness::serve! { fn run_within(&str, u64), process guest }
