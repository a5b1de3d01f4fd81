// Caught by: a hundred runs of a big script cost one parse
//! The safest kind of fresh: a new context for every run. The script is parsed as often.

use boa_engine::{Context, JsError, JsString, JsValue, Script, Source, property::Attribute};
use serde_json::{Map, Value as Json};

pub struct Compiled {
    source: String,
}

impl Compiled {
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut context = Context::default();
        Script::parse(Source::from_bytes(source), None, &mut context).map_err(text)?;
        Ok(Self {
            source: source.to_owned(),
        })
    }

    pub fn run(&mut self, globals: Map<String, Json>) -> Result<Json, String> {
        let mut context = Context::default();
        for (name, json) in &globals {
            let value = JsValue::from_json(json, &mut context).map_err(text)?;
            context
                .register_global_property(JsString::from(name.as_str()), value, Attribute::all())
                .map_err(text)?;
        }
        let value = context
            .eval(Source::from_bytes(&self.source))
            .map_err(text)?;
        let value = value.to_json(&mut context).map_err(text)?;
        Ok(value.unwrap_or(Json::Null))
    }
}

fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { type Compiled { parse(&str), run(Map<String, Json>) } }
