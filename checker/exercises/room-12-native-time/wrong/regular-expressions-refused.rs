// Caught by: the in-a-callback attack captures nothing
//! Room 12 · A limit that natives ignore
//!
//! A shop lets its customers compute, a quarter of a second each. The room looks at the
//! clock after every ten thousand instructions. The flag is the host's time: whoever
//! gets six times as much as was promised has captured it.
//!
//! - Break it: `attack.js` is a guest program that runs for more than 1.5 seconds, and
//!   for less than 20.
//! - Mend it: no attack works, and every ordinary guest does.
//!
//! Judge both: `cargo checker room 12` · a hint: `cargo checker hint room-12`

use std::pin::pin;
use std::task::{self, Poll, Waker};
use std::time::{Duration, Instant};

use boa_engine::{Context, JsResult, JsValue, Script, Source};
use serde_json::Value as Json;

/// What each guest has, and what the next one waits at most.
const LIMIT: Duration = Duration::from_millis(250);

/// How many instructions run between two looks at the clock.
const SLICE: u32 = 10_000;

/// Runs a guest's program and gives its completion value.
pub fn run(source: &str) -> Result<Json, String> {
    let context = &mut Context::default();
    match evaluate(source, context) {
        Some(outcome) => outcome.map_err(|error| error.to_string()),
        None => Err(format!("no result within {LIMIT:?}")),
    }
}

/// The value of `source`, or `None` when the time is over.
fn evaluate(source: &str, context: &mut Context) -> Option<JsResult<Json>> {
    let deadline = Instant::now() + LIMIT;
    let script = match Script::parse(Source::from_bytes(source), None, context) {
        Ok(script) => script,
        Err(error) => return Some(Err(error)),
    };
    let refuse =
        "RegExp.prototype.exec = RegExp.prototype.test = () => { throw TypeError('too slow'); }";
    if let Err(error) = context.eval(Source::from_bytes(refuse)) {
        return Some(Err(error));
    }
    let value = match sliced(&script, context, deadline)? {
        Ok(value) => value,
        Err(error) => return Some(Err(error)),
    };
    Some(value.to_json(context).map(Option::unwrap_or_default))
}

/// Evaluates `script` slice by slice, and not beyond the deadline.
fn sliced(script: &Script, context: &mut Context, deadline: Instant) -> Option<JsResult<JsValue>> {
    let mut run = pin!(script.evaluate_async_with_budget(context, SLICE));
    let mut nobody = task::Context::from_waker(Waker::noop());
    loop {
        match run.as_mut().poll(&mut nobody) {
            Poll::Ready(outcome) => return Some(outcome),
            Poll::Pending if Instant::now() > deadline => return None,
            Poll::Pending => {}
        }
    }
}

harness::serve! { fn run(&str) }
