//! Exercise 1.4 · Parse once, run many
//!
//! A `Compiled` is parsed once and runs as often as one likes, each time as if it
//! were the first. The shape stands; write each `todo!`:
//!
//! - `parse`: a syntax error is an `Err`, and nothing of the script runs;
//! - `define`: one global for the run, whatever its name;
//! - `restore`: the global object is again what it was before the first run:
//!   what was added is gone, what was changed or deleted is back. Where nothing
//!   can do that, a new context and a new parse.
//!
//! Judge it: `cargo checker 1.4` · the whole task: `cargo checker show 1.4` ·
//! a hint: `cargo checker hint 1.4`

use boa_engine::{
    Context, JsError, JsResult, Script,
    property::{PropertyDescriptor, PropertyKey},
};
use serde_json::{Map, Value as Json};

/// A script that was parsed once and runs many times, fresh each time.
pub struct Compiled {
    /// For a new parse, where nothing else helps.
    source: String,
    /// A `Script` belongs to one realm of one context, so they live together.
    context: Context,
    script: Script,
    /// The global object's own properties before any run.
    pristine: Vec<(PropertyKey, PropertyDescriptor)>,
}

impl Compiled {
    /// Parses `source`. Nothing of it runs.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut context = Context::default();
        let pristine = own_properties(&mut context).map_err(text)?;
        todo!(
            "parse {} bytes and keep them with the {} globals of this context",
            source.len(),
            pristine.len()
        )
    }

    /// Runs the script with `globals` and gives its completion value.
    pub fn run(&mut self, globals: Map<String, Json>) -> Result<Json, String> {
        let outcome = self.evaluate(&globals).map_err(text);
        // On every path: a run that threw leaves globals behind as well.
        self.restore()?;
        outcome
    }

    fn evaluate(&mut self, globals: &Map<String, Json>) -> JsResult<Json> {
        for (name, json) in globals {
            self.define(name, json)?;
        }
        let value = self.script.evaluate(&mut self.context)?;
        // JSON has no `undefined`: it is told as null.
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }

    /// Makes `json` a global.
    fn define(&mut self, name: &str, json: &Json) -> JsResult<()> {
        todo!("define {json} as the global {name}")
    }

    /// Makes the global object what it was before the first run.
    fn restore(&mut self) -> Result<(), String> {
        todo!(
            "clear away what was left, put back {} properties, or parse the {} bytes again",
            self.pristine.len(),
            self.source.len()
        )
    }
}

/// The global object's own properties: names and symbols, hidden ones too.
fn own_properties(context: &mut Context) -> JsResult<Vec<(PropertyKey, PropertyDescriptor)>> {
    let global = context.global_object();
    let keys = global.own_property_keys(context)?;
    let global = global.borrow();
    let property = |key: PropertyKey| Some((key.clone(), global.properties().get(&key)?));
    Ok(keys.into_iter().filter_map(property).collect())
}

/// What was thrown, then one line for each call it came through.
fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { type Compiled { parse(&str), run(Map<String, Json>) } }
