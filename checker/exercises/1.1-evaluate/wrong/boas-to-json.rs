// Caught by: NaN and the infinities are errors that name them
//! Believes that Boa's own conversion is strict.

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
    let value = context
        .eval(Source::from_bytes(source))
        .map_err(|thrown| thrown.to_string())?;
    match value.to_json(&mut context) {
        Ok(Some(json)) => Ok(Value::Json(json)),
        Ok(None) => Ok(Value::Undefined),
        Err(thrown) => Err(thrown.to_string()),
    }
}

harness::serve! { fn evaluate(&str) }
