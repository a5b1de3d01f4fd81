// Caught by: a script's value is that of its last statement that has one
//! Believes that a script is an expression.

use boa_engine::{Context, Source};
use serde::Serialize;
use serde_json::Value as Json;

/// What a script completed with.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// No value.
    Undefined,
    /// Everything that JSON can express.
    Json(Json),
}

/// Runs `source` in a context of its own and returns its completion value.
pub fn evaluate(source: &str) -> Result<Value, String> {
    let mut context = Context::default();
    let wrapped = format!("JSON.stringify({source})");
    let value = context
        .eval(Source::from_bytes(&wrapped))
        .map_err(|thrown| thrown.to_string())?;
    match value.as_string() {
        None => Ok(Value::Undefined),
        Some(text) => serde_json::from_str(&text.to_std_string_lossy())
            .map(Value::Json)
            .map_err(|error| error.to_string()),
    }
}

harness::serve! { fn evaluate(&str) }
