// Caught by: runs that throw or replace a built-in do not cost a parse each
//! Takes new globals away, and gives up as soon as an old one is not what it was.

use boa_engine::{
    Context, JsError, JsResult, JsString, JsValue, Script, Source,
    property::{Attribute, PropertyDescriptor, PropertyKey},
};
use serde_json::{Map, Value as Json};

/// A script that was parsed once and runs many times, fresh each time.
pub struct Compiled {
    /// Kept for the day on which the context can't be put back.
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
        let script = Script::parse(Source::from_bytes(source), None, &mut context).map_err(text)?;
        Ok(Self {
            source: source.to_owned(),
            context,
            script,
            pristine,
        })
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

    /// Makes `json` a global. Defined, not assigned: an assignment to `__proto__`
    /// would change what the global object inherits from.
    fn define(&mut self, name: &str, json: &Json) -> JsResult<()> {
        let value = JsValue::from_json(json, &mut self.context)?;
        let name = JsString::from(name);
        self.context
            .register_global_property(name, value, Attribute::all())
    }

    /// Takes away what is new. A lost or replaced built-in costs a new context.
    fn restore(&mut self) -> Result<(), String> {
        let global = self.context.global_object();
        let touched = {
            let global = global.borrow();
            self.pristine.iter().any(|(key, property)| {
                let now = global.properties().get(key);
                now.is_none_or(|now| now.value() != property.value())
            })
        };
        if touched || !global.is_extensible(&mut self.context).map_err(text)? {
            *self = Self::parse(&self.source)?;
            return Ok(());
        }
        for key in global.own_property_keys(&mut self.context).map_err(text)? {
            if self.pristine.iter().any(|(old, _)| *old == key) {
                continue;
            }
            let loose = PropertyDescriptor::builder()
                .configurable(true)
                .complete_with_defaults();
            global.insert_property(key.clone(), loose);
            global
                .delete_property_or_throw(key, &mut self.context)
                .map_err(text)?;
        }
        Ok(())
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
