// Caught by: what is filled in is no template
//! Room 9 · The template that becomes code, mended: a template is read, and not
//! compiled.

use std::collections::BTreeMap;

use boa_engine::{Context, JsResult, JsValue, Source, js_string, property::Attribute};
use serde::Deserialize;
use serde_json::{Value as Json, json};

/// The host's program: a seal tells whether a mail was changed on its way.
const HOST: &str = "
    const seal = (text) => {
      let sum = 7;
      for (const sign of flag + text) sum = (sum * 31 + sign.codePointAt(0)) % 4294967291;
      return sum.toString(16);
    };
";

/// How deep parts may stand in one another. In code the engine had counted that.
const DEEPEST: usize = 64;

/// What a guest program gives.
#[derive(Deserialize)]
struct Mail {
    /// What the mail is about.
    title: String,
    /// The template: text with `{{name}}` from the data and `{{> name}}` from the parts.
    text: String,
    /// Templates that stand in the text or in one another, by name.
    #[serde(default)]
    parts: BTreeMap<String, String>,
    /// What to fill in, by name.
    #[serde(default)]
    data: BTreeMap<String, Json>,
}

/// The mail service: the context with its key.
pub struct Room {
    host: Context,
}

impl Room {
    /// A service that seals with `flag`.
    pub fn new(flag: &str) -> Result<Self, String> {
        Self::build(flag).map_err(|error| error.to_string())
    }

    fn build(flag: &str) -> JsResult<Self> {
        let mut host = Context::default();
        host.register_global_property(js_string!("flag"), js_string!(flag), Attribute::READONLY)?;
        host.eval(Source::from_bytes(HOST))?;
        Ok(Self { host })
    }

    /// The mail of the customer whose program is `source`: its title, text and seal.
    pub fn run(&mut self, source: &str) -> Result<Json, String> {
        let mail = guest(source).map_err(|error| error.to_string())?;
        let mail: Mail = serde_json::from_value(mail).map_err(|error| error.to_string())?;
        let text = self.filled(&mail.text, &mail, 0)?;
        let seal = self.seal(&text).map_err(|error| error.to_string())?;
        Ok(json!({ "title": mail.title, "text": text, "seal": seal }))
    }

    /// Fills a template in. What a guest has written is looked at, piece by piece, and
    /// never becomes code: there is no sign and no name that would have to be forbidden.
    fn filled(&mut self, template: &str, mail: &Mail, depth: usize) -> Result<String, String> {
        if depth > DEEPEST {
            return Err(format!(
                "parts stand in one another more than {DEEPEST} deep"
            ));
        }
        if depth == 0 {
            let mut text = template.to_owned();
            for (name, part) in &mail.parts {
                text = text.replace(&format!("{{{{> {name}}}}}"), part);
            }
            for (name, value) in &mail.data {
                text = text.replace(
                    &format!("{{{{{name}}}}}"),
                    &self.text(value).unwrap_or_default(),
                );
            }
            return self.filled(&text, mail, 1);
        }
        let mut filled = String::new();
        let mut rest = template;
        while let Some((text, tail)) = rest.split_once("{{") {
            let (tag, tail) = tail.split_once("}}").ok_or("a tag has no end")?;
            let tag = tag.trim();
            let given = match tag.strip_prefix('>').map(str::trim) {
                Some(part) => match mail.parts.get(part) {
                    Some(part) => Some(self.filled(part, mail, depth + 1)?),
                    None => None,
                },
                None => match mail.data.get(tag) {
                    Some(value) => Some(self.text(value).map_err(|error| error.to_string())?),
                    None => None,
                },
            };
            filled += text;
            filled += &given.ok_or_else(|| format!("{tag:?} is not given"))?;
            rest = tail;
        }
        Ok(filled + rest)
    }

    /// A value as JavaScript writes it.
    fn text(&mut self, value: &Json) -> JsResult<String> {
        let value = JsValue::from_json(value, &mut self.host)?;
        Ok(value.to_string(&mut self.host)?.to_std_string_lossy())
    }

    /// The seal of a text, which goes to the host's function as an argument.
    fn seal(&mut self, text: &str) -> JsResult<String> {
        let host = &mut self.host;
        let seal = host.eval(Source::from_bytes("seal"))?.to_object(host)?;
        let seal = seal.call(&JsValue::undefined(), &[js_string!(text).into()], host)?;
        Ok(seal.to_string(host)?.to_std_string_lossy())
    }
}

/// What a guest program gives. It shares nothing with the host.
fn guest(source: &str) -> JsResult<Json> {
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes(source))?;
    Ok(value.to_json(&mut context)?.unwrap_or(Json::Null))
}

harness::serve! { type Room { new(&str), run(&str) } }
