//! Room 9 · The template that becomes code
//!
//! A mail service fills in its customers' mails. A guest program runs in a context of
//! its own and gives a mail as data: a template, its parts and what to fill in. The
//! host compiles it, runs it, and seals the text with its key. The key is the flag.
//!
//! - Break it: `attack.js` is a guest program that gets the flag from its mail.
//! - Mend it: no attack works, and every ordinary mail is written.
//!
//! Judge both: `cargo checker room 9` · a hint: `cargo checker hint room-9`

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
        let code = compile(&mail)?;
        let sealed = self.write(&code, &mail);
        sealed.map_err(|error| error.to_string())
    }

    /// Runs the code of a mail.
    fn write(&mut self, code: &str, mail: &Mail) -> JsResult<Json> {
        let host = &mut self.host;
        let data = JsValue::from_json(&json!(mail.data), host)?;
        let write = host.eval(Source::from_bytes(code))?.to_object(host)?;
        let text = write.call(&JsValue::undefined(), &[data], host)?;
        let seal = host.eval(Source::from_bytes("seal"))?.to_object(host)?;
        let seal = seal.call(&JsValue::undefined(), std::slice::from_ref(&text), host)?;
        Ok(json!({ "title": mail.title, "text": text.to_json(host)?, "seal": seal.to_json(host)? }))
    }
}

/// What a guest program gives. It shares nothing with the host.
fn guest(source: &str) -> JsResult<Json> {
    let mut context = Context::default();
    let value = context.eval(Source::from_bytes(source))?;
    Ok(value.to_json(&mut context)?.unwrap_or(Json::Null))
}

/// A mail as a function of its data: code is quicker than looking at each tag again.
fn compile(mail: &Mail) -> Result<String, String> {
    let mut code = format!("(data) => {{ // {}\n", mail.title);
    for name in mail.data.keys() {
        code += &format!("const {name} = data[`{name}`];\n");
    }
    for (name, text) in &mail.parts {
        code += &format!("const {name} = () => {};\n", literal(text, mail)?);
    }
    Ok(code + &format!("return {};\n}}", literal(&mail.text, mail)?))
}

/// A template as a template literal: `Dear {{name}}` becomes `` `Dear ${name}` ``.
fn literal(template: &str, mail: &Mail) -> Result<String, String> {
    let mut code = "`".to_owned();
    let mut rest = template;
    while let Some((text, tail)) = rest.split_once("{{") {
        let (tag, tail) = tail.split_once("}}").ok_or("a tag has no end")?;
        let tag = tag.trim();
        let inside = match tag.strip_prefix('>').map(str::trim) {
            Some(part) if mail.parts.contains_key(part) => format!("{part}()"),
            None if mail.data.contains_key(tag) => tag.to_owned(),
            _ => return Err(format!("{tag:?} is not given")),
        };
        code += &format!("{}${{{inside}}}", quoted(text));
        rest = tail;
    }
    Ok(code + &quoted(rest) + "`")
}

/// Text that ends no template literal.
fn quoted(text: &str) -> String {
    text.replace('\\', r"\\").replace('`', r"\`")
}

harness::serve! { type Room { new(&str), run(&str) } }
