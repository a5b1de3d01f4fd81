//! A call as one would write it in Rust, for the report.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

/// The longest argument that is shown whole, in characters.
const ARGUMENT: usize = 400;

/// The longest call within a sentence, in characters.
const BRIEF: usize = 50;

/// Names the objects of one test: the first `Playground` is `playground`, the
/// second `playground2`.
#[derive(Debug, Default)]
pub struct Names {
    objects: HashMap<u64, String>,
    counts: HashMap<String, u32>,
}

impl Names {
    /// Gives the object `id` of `type_name` its name.
    pub fn object(&mut self, id: u64, type_name: &str) {
        let count = self.counts.entry(type_name.to_owned()).or_default();
        *count += 1;
        let mut name = snake_case(type_name);
        if *count > 1 {
            let _ = write!(name, "{count}");
        }
        self.objects.insert(id, name);
    }

    /// The name of the object `id`.
    pub fn of(&self, id: u64) -> &str {
        self.objects.get(&id).map_or("object", String::as_str)
    }
}

/// `PascalCase` as a variable is called.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// `function(arguments…)`.
pub fn shown(function: &str, arguments: &[Value]) -> String {
    let arguments: Vec<String> = arguments.iter().map(argument).collect();
    format!("{function}({})", arguments.join(", "))
}

/// A call within a sentence: `function(…)` where it is long or has several lines.
/// The whole call stands below the sentence.
pub fn brief(call: &str) -> String {
    if call.chars().count() <= BRIEF && !call.contains('\n') {
        return call.to_owned();
    }
    let function = call.split('(').next().unwrap_or_default();
    format!("{function}(…)")
}

fn argument(value: &Value) -> String {
    match value {
        Value::String(text) => literal(text),
        Value::Array(_) | Value::Object(_) => format!("json!({})", cut(&value.to_string())),
        other => other.to_string(),
    }
}

/// A string literal: raw where that reads better and hides nothing.
fn literal(text: &str) -> String {
    let raw = text.contains(['"', '\\', '\n'])
        && !text.contains("\"#")
        && text.chars().all(|c| c == '\n' || !c.is_control());
    let text = cut(text);
    if raw {
        format!("r#\"{text}\"#")
    } else {
        format!("{text:?}")
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(ARGUMENT) {
        Some((end, _)) => format!("{}… ({} characters)", &text[..end], text.chars().count()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn calls_read_as_one_would_write_them() {
        for (arguments, expected) in [
            (vec![json!("1 + 1")], r#"f("1 + 1")"#),
            (vec![json!("\"a\"")], r##"f(r#""a""#)"##),
            (vec![json!("a\nb"), json!(1)], "f(r#\"a\nb\"#, 1)"),
            (vec![json!("\u{1b}[31m\"")], r#"f("\u{1b}[31m\"")"#),
            (vec![json!({"a": [1]})], r#"f(json!({"a":[1]}))"#),
            (vec![], "f()"),
        ] {
            assert_eq!(shown("f", &arguments), expected);
        }
        assert!(shown("f", &[json!("x".repeat(5000))]).ends_with("… (5000 characters)\")"));
    }

    #[test]
    fn within_a_sentence_a_call_is_short() {
        for (call, expected) in [
            ("f(1)", "f(1)"),
            ("room.run(r#\"a\nb\"#)", "room.run(…)"),
            (&format!("f({})", "x".repeat(48)), "f(…)"),
        ] {
            assert_eq!(brief(call), expected);
        }
    }

    #[test]
    fn objects_are_named_by_their_type() {
        let mut names = Names::default();
        names.object(1, "SharedRealm");
        names.object(2, "SharedRealm");
        assert_eq!(
            (names.of(1), names.of(2)),
            ("shared_realm", "shared_realm2")
        );
    }
}
