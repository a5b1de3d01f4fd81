// Caught by: the globals that a run makes are gone in the next
//! Takes away what the host brought, and leaves what the guest made.

use boa_engine::{
    Context, JsError, JsResult, JsString, JsValue, Script, Source, property::Attribute,
};
use serde_json::{Map, Value as Json};

pub struct Compiled {
    context: Context,
    script: Script,
}

impl Compiled {
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut context = Context::default();
        let script = Script::parse(Source::from_bytes(source), None, &mut context).map_err(text)?;
        Ok(Self { context, script })
    }

    pub fn run(&mut self, globals: Map<String, Json>) -> Result<Json, String> {
        let outcome = self.evaluate(&globals).map_err(text);
        let global = self.context.global_object();
        for name in globals.keys() {
            let name = JsString::from(name.as_str());
            global
                .delete_property_or_throw(name, &mut self.context)
                .map_err(text)?;
        }
        outcome
    }

    fn evaluate(&mut self, globals: &Map<String, Json>) -> JsResult<Json> {
        for (name, json) in globals {
            let value = JsValue::from_json(json, &mut self.context)?;
            self.context.register_global_property(
                JsString::from(name.as_str()),
                value,
                Attribute::all(),
            )?;
        }
        let value = self.script.evaluate(&mut self.context)?;
        Ok(value.to_json(&mut self.context)?.unwrap_or(Json::Null))
    }
}

fn text(thrown: JsError) -> String {
    thrown.to_string()
}

harness::serve! { type Compiled { parse(&str), run(Map<String, Json>) } }
