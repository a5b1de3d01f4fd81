// Caught by: runs that throw or replace a built-in do not cost a parse each
//! A failed run is taken for one that can't be cleaned up.

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
        if outcome.is_err() {
            *self = Self::parse(&self.source)?;
        } else {
            self.restore()?;
        }
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

    /// Empties the global object and fills it from `pristine`. Where that is not
    /// enough, starts over with a new context.
    fn restore(&mut self) -> Result<(), String> {
        let global = self.context.global_object();
        for key in global.own_property_keys(&mut self.context).map_err(text)? {
            // What `var`, `function` and `Object.defineProperty` make can't be
            // deleted, so it is overwritten from outside by something that can.
            let loose = PropertyDescriptor::builder()
                .configurable(true)
                .complete_with_defaults();
            global.insert_property(key.clone(), loose);
            global
                .delete_property_or_throw(key, &mut self.context)
                .map_err(text)?;
        }
        for (key, property) in &self.pristine {
            global.insert_property(key.clone(), property.clone());
        }
        // Nothing makes a frozen object extensible again.
        if !global.is_extensible(&mut self.context).map_err(text)? {
            *self = Self::parse(&self.source)?;
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
