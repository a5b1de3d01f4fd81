// Caught by: two playgrounds share nothing
//! Believes that there is one playground.

use std::{cell::RefCell, collections::HashMap};

use boa_engine::{Context, JsError, Source};
use serde_json::Value as Json;

/// Contexts by name. A name gets its context when it is first run.
#[derive(Default)]
pub struct Playground;

thread_local! {
    static CONTEXTS: RefCell<HashMap<String, Context>> = RefCell::default();
}

impl Playground {
    /// A playground without contexts.
    pub fn new() -> Self {
        Self
    }

    /// Runs `source` in the context called `name`; its completion value as
    /// JSON, where `undefined` is `null`.
    pub fn run(&mut self, name: &str, source: &str) -> Result<Json, String> {
        CONTEXTS.with_borrow_mut(|contexts| {
            let context = contexts.entry(name.to_owned()).or_default();
            let value = context.eval(Source::from_bytes(source)).map_err(text)?;
            let json = value.to_json(context).map_err(text)?;
            Ok(json.unwrap_or(Json::Null))
        })
    }

    /// Forgets the context called `name`. Was there one?
    pub fn destroy(&mut self, name: &str) -> bool {
        CONTEXTS.with_borrow_mut(|contexts| contexts.remove(name).is_some())
    }
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { type Playground { new(), run(&str, &str), destroy(&str) } }
