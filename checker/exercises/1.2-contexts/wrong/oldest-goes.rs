// Caught by: over a hundred contexts live side by side
//! Believes that a playground needs a few dozen contexts at most.

use std::collections::{HashMap, VecDeque};

use boa_engine::{Context, JsError, Source};
use serde_json::Value as Json;

/// Contexts by name. A name gets its context when it is first run.
#[derive(Default)]
pub struct Playground {
    contexts: HashMap<String, Context>,
    order: VecDeque<String>,
}

impl Playground {
    /// A playground without contexts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `source` in the context called `name`; its completion value as
    /// JSON, where `undefined` is `null`.
    pub fn run(&mut self, name: &str, source: &str) -> Result<Json, String> {
        if !self.contexts.contains_key(name) {
            if self.contexts.len() == 48
                && let Some(oldest) = self.order.pop_front()
            {
                self.contexts.remove(&oldest);
            }
            self.order.push_back(name.to_owned());
        }
        let context = self.contexts.entry(name.to_owned()).or_default();
        let value = context.eval(Source::from_bytes(source)).map_err(text)?;
        let json = value.to_json(context).map_err(text)?;
        Ok(json.unwrap_or(Json::Null))
    }

    /// Forgets the context called `name`. Was there one?
    pub fn destroy(&mut self, name: &str) -> bool {
        self.order.retain(|kept| kept != name);
        self.contexts.remove(name).is_some()
    }
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { type Playground { new(), run(&str, &str), destroy(&str) } }
