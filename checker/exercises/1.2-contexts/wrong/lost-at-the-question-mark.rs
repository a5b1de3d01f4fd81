// Caught by: a script that throws leaves behind what it did before
//! Believes that what was taken out of the map is put back on every way out.

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
        let mut context = self.contexts.remove(name).unwrap_or_default();
        let value = context.eval(Source::from_bytes(source)).map_err(text)?;
        let json = value.to_json(&mut context).map_err(text)?;
        self.contexts.insert(name.to_owned(), context);
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
