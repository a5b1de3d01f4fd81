//! For a person at the keyboard: says what is served, reads calls typed as
//! JSON, and answers in words.

use std::env;
use std::path::Path;

use serde_json::{Value, json};

use crate::service::{Served, Service, Session};
use crate::wire::{Answer, Ask, Request};

/// Stands where the next call is typed.
pub const PROMPT: &[u8] = b"> ";

/// What is served, and how to call it.
pub fn greeting(service: &Service) -> String {
    let program = env::args().next().unwrap_or_default();
    let program = Path::new(&program)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    let mut text = format!("{program} serves:\n");
    for function in &service.functions {
        text += &format!("  {}\n", function.declaration());
    }
    for served in &service.types {
        text += &format!("  {}::{}\n", served.name, served.constructor.declaration());
        for method in &served.methods {
            text += &format!("    .{}\n", method.declaration());
        }
    }
    let calls = if service.types.is_empty() {
        "a call"
    } else {
        "calls"
    };
    text += &format!("\nType {calls} as JSON, for example:\n");
    for example in examples(service) {
        text += &format!("  {example}\n");
    }
    text += if cfg!(windows) {
        "Ctrl-Z and Enter end it.\n"
    } else {
        "Ctrl-D ends it.\n"
    };
    text
}

/// Answers one typed line.
pub fn answer(session: &mut Session, line: &[u8]) -> String {
    let answer = match read(session.service(), line) {
        Ok(ask) => in_words(&session.answer(&ask)),
        Err(problem) => {
            let examples = examples(session.service());
            let example = examples.first().map_or("", String::as_str);
            format!("{problem}; type a call as JSON, for example: {example}")
        }
    };
    answer + "\n"
}

/// Reads `["evaluate", "1 + 1"]`, `["new", "Playground"]`, `[1, "run", "x"]`,
/// `["drop", 1]`, or a whole request as it travels on the wire.
fn read(service: &Service, line: &[u8]) -> Result<Ask, String> {
    let value: Value =
        serde_json::from_slice(line).map_err(|error| format!("this line is not JSON ({error})"))?;
    let mut parts = match value {
        Value::Array(parts) => parts,
        request @ Value::Object(_) => {
            return serde_json::from_value::<Request>(request)
                .map(|request| request.ask)
                .map_err(|error| format!("this is not a request ({error})"));
        }
        _ => return Err("this is JSON, but not a call".to_owned()),
    };
    let is_function = |name: &str| {
        service
            .functions
            .iter()
            .any(|function| function.name == name)
    };
    let taken = match parts.as_slice() {
        // A function of the exercise may itself be called `new` or `drop`.
        [Value::String(word), Value::String(type_name), ..]
            if word == "new" && !is_function(word) =>
        {
            (
                2,
                Ask::New {
                    type_name: type_name.clone(),
                    arguments: Vec::new(),
                },
            )
        }
        [Value::String(word), Value::Number(object)] if word == "drop" && !is_function(word) => (
            2,
            Ask::Drop {
                object: number(object)?,
            },
        ),
        [Value::String(function), ..] => (
            1,
            Ask::Call {
                function: function.clone(),
                arguments: Vec::new(),
            },
        ),
        [Value::Number(object), Value::String(method), ..] => {
            let object = number(object)?;
            (
                2,
                Ask::Method {
                    object,
                    method: method.clone(),
                    arguments: Vec::new(),
                },
            )
        }
        _ => return Err("a call starts with the name of what to call".to_owned()),
    };
    let (words, mut ask) = taken;
    let rest = parts.split_off(words);
    match &mut ask {
        Ask::Call { arguments, .. }
        | Ask::New { arguments, .. }
        | Ask::Method { arguments, .. } => *arguments = rest,
        Ask::Drop { .. } => {}
    }
    Ok(ask)
}

fn number(number: &serde_json::Number) -> Result<u64, String> {
    number
        .as_u64()
        .ok_or_else(|| format!("objects are numbered 1, 2, 3, not {number}"))
}

fn in_words(answer: &Answer) -> String {
    match answer {
        Answer::Ok(value) => format!("ok {value}"),
        Answer::Err(value) => format!("err {value}"),
        Answer::Object(number) => format!("object {number}"),
        Answer::Panic(panic) => panic.to_string(),
        Answer::Unwritten(text) if text.is_empty() => "not written yet".to_owned(),
        Answer::Unwritten(text) => format!("not written yet: {text}"),
        Answer::Refused(reason) => format!("refused: {reason}"),
    }
}

/// A few calls that fit what is served.
fn examples(service: &Service) -> Vec<String> {
    let mut examples = Vec::new();
    if let Some(function) = service.functions.first() {
        examples.push(example(vec![json!(function.name)], function));
    }
    if let Some(served) = service.types.first() {
        examples.push(example(
            vec![json!("new"), json!(served.name)],
            &served.constructor,
        ));
        if let Some(method) = served.methods.first() {
            examples.push(example(vec![json!(1), json!(method.name)], method));
        }
    }
    examples
}

fn example<Call>(words: Vec<Value>, served: &Served<Call>) -> String {
    let arguments = served.signature.iter().map(|argument| sample(argument));
    let parts: Vec<_> = words
        .into_iter()
        .chain(arguments)
        .map(|part| part.to_string())
        .collect();
    format!("[{}]", parts.join(", "))
}

/// A value that likely fits a type of which only the name is known.
fn sample(argument: &str) -> Value {
    match argument {
        "f32" | "f64" => json!(1.5),
        "bool" => json!(true),
        "Value" | "serde_json::Value" => json!(null),
        "&str" | "String" | "Cow<'_, str>" => json!("1 + 1"),
        _ if argument.starts_with(['i', 'u']) => json!(1),
        _ if argument.starts_with("Option") => json!(null),
        _ if argument.starts_with("Vec") || argument.starts_with('[') => json!([]),
        _ => json!({}),
    }
}

#[cfg(test)]
mod tests {
    use pretty_assertions::assert_eq;
    use serde_json::json;

    use super::{greeting, sample};
    use crate::service::{Served, Service, Type};
    use crate::wire::Signature;

    fn served<Call>(name: &'static str, signature: Signature, call: Call) -> Served<Call> {
        Served {
            name,
            path: name,
            signature,
            call,
        }
    }

    #[test]
    fn the_greeting_lists_what_is_served_and_examples_to_type() {
        let service = Service {
            functions: vec![served("evaluate", &["&str"], |_| Err(String::new()))],
            types: vec![Type {
                name: "Playground",
                constructor: served("new", &[], |_| Err(String::new())),
                methods: vec![served("run", &["&str", "u32"], |_, _| Err(String::new()))],
            }],
            processes: Vec::new(),
        };
        let text = greeting(&service);
        let (_, text) = text
            .split_once('\n')
            .expect("a first line with the program's name");
        let (text, end) = text.trim_end().rsplit_once('\n').expect("a last line");
        assert_eq!(
            text,
            r#"  evaluate(&str)
  Playground::new()
    .run(&str, u32)

Type calls as JSON, for example:
  ["evaluate", "1 + 1"]
  ["new", "Playground"]
  [1, "run", "1 + 1", 1]"#
        );
        assert!(end.ends_with("it."), "{end}");
    }

    #[test]
    fn samples_fit_their_types() {
        for (argument, expected) in [
            ("&str", json!("1 + 1")),
            ("String", json!("1 + 1")),
            ("Cow<'_, str>", json!("1 + 1")),
            ("u64", json!(1)),
            ("isize", json!(1)),
            ("f64", json!(1.5)),
            ("bool", json!(true)),
            ("Value", json!(null)),
            ("Option<String>", json!(null)),
            ("Vec<String>", json!([])),
            ("[u8; 0]", json!([])),
            ("BTreeMap<String, Value>", json!({})),
        ] {
            assert_eq!(sample(argument), expected, "{argument}");
        }
    }
}
