//! A template engine that writes a program, and what text can do to it. Then one that does not.

use boa_engine::{Context, JsResult, JsValue, Source, js_string};
use serde_json::{Map, Value as Json, json};

// ANCHOR: engine
const ENGINE: &str = r#"
    let refunded = 0;
    function refund(euros) { refunded += euros; return "" } // the shop's own

    const html = (value) => String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

    let program;
    function compile(template, options) {
        const name = options.variable ?? "data";
        program = template.split(/{{(.*?)}}/).map((part, i) =>
            `    page += ${i % 2 ? `html(${value(name, part.trim())})` : quote(part)};\n`).join("");
        return new Function(name, `let page = "";\n${program}return page;`);
    }
"#;
// ANCHOR_END: engine

// ANCHOR: fixes
const FIRST: &str = r#"
    var value = (name, part) => `${name}.${part}`;
    var quote = (part) => `"${part.replaceAll('"', '\\"')}"`;
"#;
const ONLY_NAMES: &str = "value = (name, part) => `${name}[${JSON.stringify(part)}]`";
const ALL_QUOTED: &str = "quote = (part) => JSON.stringify(part)";
// ANCHOR_END: fixes

fn main() -> JsResult<()> {
    let context = &mut Context::default();
    context.eval(Source::from_bytes(ENGINE))?;
    let order = json!({ "buyer": "Ann <3", "total": 1200 });
    let (tag, text) = ("Dear {{ buyer, refund(5) }}", r#"Dear \"; refund(5); //"#);
    // Here the template is harmless. The data is a form that a buyer filled in.
    let form = json!({ "buyer": "Bob", "variable": "data = refund(5) || data" });

    // ANCHOR: attacks
    for (title, fix, template, data, refunded) in [
        ("a page", FIRST, "Dear {{ buyer }}: {{ total }}", &order, 0),
        ("a tag is code", "", tag, &order, 5),
        ("tags are names", ONLY_NAMES, tag, &order, 5),
        ("text is code", "", text, &order, 10),
        ("text is quoted", ALL_QUOTED, text, &order, 10),
        ("data is code", "", "Dear {{ buyer }}", &form, 15),
    ] {
        context.eval(Source::from_bytes(fix))?;
        let global = context.global_object();
        global.set(js_string!("template"), js_string!(template), true, context)?;
        let fields = JsValue::from_json(data, context)?;
        global.set(js_string!("fields"), fields, true, context)?;
        // As on many servers, the fields are the data, and the options as well.
        let page = context.eval(Source::from_bytes("compile(template, fields)(fields)"))?;
        let program = context.eval(Source::from_bytes("program"))?;
        let total = context.eval(Source::from_bytes("refunded"))?;
        println!("{title}: {}, refunded {}", page.display(), total.display());
        println!("{}", program.to_string(context)?.to_std_string_lossy());
        assert_eq!(total.as_number(), Some(refunded.into()));
    }
    // ANCHOR_END: attacks

    println!("interpreted:");
    for (template, data) in [(tag, &order), (text, &order), ("Dear {{ buyer }}", &form)] {
        let data = data.as_object().expect("an object, as written above");
        println!("    {:?}", interpret(template, data));
    }
    Ok(())
}

// ANCHOR: interpret
/// Text is copied, and a name is looked up. Neither is ever part of a program.
fn interpret(template: &str, data: &Map<String, Json>) -> Result<String, String> {
    let mut page = String::new();
    let mut rest = template;
    while let Some((text, tag)) = rest.split_once("{{") {
        let (name, after) = tag.split_once("}}").ok_or("a tag has no end")?;
        let name = name.trim();
        let value = data.get(name).ok_or(format!("there is no {name:?}"))?;
        page += text;
        match value {
            Json::String(text) => page += &html(text),
            other => page += &html(&other.to_string()),
        }
        rest = after;
    }
    Ok(page + rest)
}
// ANCHOR_END: interpret

// ANCHOR: html
/// Escaped for text between tags, and for both kinds of quotes.
fn html(text: &str) -> String {
    let one = |c| match c {
        '&' | '<' | '>' | '"' | '\'' => format!("&#{};", u32::from(c)),
        _ => String::from(c),
    };
    text.chars().map(one).collect()
}
// ANCHOR_END: html
