// Caught by: each script runs once
//! Believes that a script can be tried first at no cost.

use std::collections::HashMap;

use boa_engine::{Context, JsError, Source};
use serde_json::Value as Json;

/// Contexts by name. A name gets its context when it is first run.
#[derive(Default)]
pub struct Playground {
    contexts: HashMap<String, Context>,
}

impl Playground {
    /// A playground without contexts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `source` in the context called `name`; its completion value as
    /// JSON, where `undefined` is `null`.
    pub fn run(&mut self, name: &str, source: &str) -> Result<Json, String> {
        let context = self.contexts.entry(name.to_owned()).or_default();
        if let Err(thrown) = context.eval(Source::from_bytes(source)) {
            return Err(text(thrown));
        }
        let value = context.eval(Source::from_bytes(source)).map_err(text)?;
        let json = value.to_json(context).map_err(text)?;
        Ok(json.unwrap_or(Json::Null))
    }

    /// Forgets the context called `name`. Was there one?
    pub fn destroy(&mut self, name: &str) -> bool {
        self.contexts.remove(name).is_some()
    }
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { type Playground { new(), run(&str, &str), destroy(&str) } }
