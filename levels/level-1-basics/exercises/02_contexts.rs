//! Exercise 1.2 · Named contexts
//!
//! A playground keeps one context for each name, as a REPL with tabs does.
//! Write each `todo!`. What is required:
//!
//! - a name gets its context on first use, and keeps it until it is destroyed;
//! - the value comes back by `JsValue::to_json`, and `undefined` is `null`;
//! - what is thrown is an `Err` with its text, and the context stays as it stands.
//!
//! Judge it: `cargo checker 1.2` · the whole task: `cargo checker show 1.2` ·
//! a hint: `cargo checker hint 1.2`

use std::collections::HashMap;

use boa_engine::Context;
use serde_json::Value as Json;

/// Contexts by name.
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
        let (length, made) = (source.len(), self.contexts.len());
        todo!("run a script of {length} bytes in the context called {name:?} ({made} made so far)")
    }

    /// Forgets the context called `name`. Was there one?
    pub fn destroy(&mut self, name: &str) -> bool {
        todo!("forget the context called {name:?}, and tell whether there was one")
    }
}

harness::serve! { type Playground { new(), run(&str, &str), destroy(&str) } }
