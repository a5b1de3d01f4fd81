//! What a test came to, as the prelude's `run` returns it.

use anyhow::{Result, anyhow, bail};
use sandbox::Value;

use crate::message;
use crate::report::Verdict;
use crate::worker::Ending;

/// A value that is longer than this on one line is shown on several.
const LINE: usize = 60;

/// What a test came to.
pub struct Outcome {
    /// Whether it holds.
    pub verdict: Verdict,
    /// What happened, in a sentence.
    pub message: Option<String>,
    /// The value that was expected.
    pub expected: Option<String>,
    /// The value that came.
    pub got: Option<String>,
    /// The test could not use an answer; the last one is worth showing.
    pub broken: bool,
}

impl Outcome {
    /// The worker could not go on.
    pub fn ended(ending: Ending) -> Self {
        Self {
            verdict: ending.verdict,
            message: Some(ending.message),
            expected: None,
            got: None,
            broken: false,
        }
    }

    /// Reads what the prelude's `run` returned.
    pub fn read(value: &Value) -> Result<Self> {
        let outcome = match field(value, "outcome") {
            Some(Value::String(outcome)) => outcome.as_str(),
            _ => bail!("it has no field `outcome`"),
        };
        let message = match field(value, "message") {
            Some(Value::String(message)) => Some(message.clone()),
            _ => None,
        };
        let (verdict, message) = match outcome {
            "passed" => (Verdict::Passed, None),
            "failed" => (Verdict::Failed, message),
            "broken" => (
                Verdict::Failed,
                message.map(|message| message::unusable_answer(&message)),
            ),
            other => return Err(anyhow!("{other:?} is no outcome")),
        };
        let (expected, got) = shown_pair(field(value, "expected"), field(value, "got"));
        Ok(Self {
            verdict,
            message,
            expected,
            got,
            broken: outcome == "broken",
        })
    }
}

/// Both sides of a comparison, each on one line or both on several.
fn shown_pair(expected: Option<&Value>, got: Option<&Value>) -> (Option<String>, Option<String>) {
    let lines = [expected, got]
        .into_iter()
        .flatten()
        .any(|side| shown_side(side, false).chars().count() > LINE);
    (
        expected.map(|side| shown_side(side, lines)),
        got.map(|side| shown_side(side, lines)),
    )
}

/// `{ value }`, `{ err }` or `{ text }`, as the prelude wraps them.
fn shown_side(side: &Value, lines: bool) -> String {
    if let Some(Value::String(text)) = field(side, "text") {
        return text.clone();
    }
    if let Some(data) = field(side, "err") {
        return format!("Err({})", shown_value(data, lines));
    }
    field(side, "value").map_or_else(|| "undefined".to_owned(), |value| shown_value(value, lines))
}

fn shown_value(value: &Value, lines: bool) -> String {
    match value {
        // Text of several lines is compared line by line.
        Value::String(text) if lines && text.contains('\n') => text.clone(),
        Value::Array(_) | Value::Object(_) if lines => serde_json::Value::try_from(value.clone())
            .ok()
            .and_then(|json| serde_json::to_string_pretty(&json).ok())
            .unwrap_or_else(|| value.to_string()),
        _ => value.to_string(),
    }
}

/// The field `name` of an object.
pub fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .find_map(|(key, value)| (key == name).then_some(value)),
        _ => None,
    }
}
