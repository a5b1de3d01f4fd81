//! Exercise 1.5 · Diagnose an error
//!
//! `diagnose` tells why a script failed: when, with what, where, and because of
//! what. The shape stands; write each `todo!`:
//!
//! - `first_error`: an error of the parser and an error of the run are two phases;
//! - `describe`: what was thrown and is no Error: its type, and its JSON or null;
//! - `name`: the error's own `name` if it has one (unusable, such as a number:
//!   "Error"); without one, its constructor's;
//! - `causes`: the messages of its causes, and an end to them;
//! - `parse_place`: line and column of a syntax error, from its message.
//!
//! Whatever the guest made of its error, nothing panics.
//!
//! Judge it: `cargo checker 1.5` · the whole task: `cargo checker show 1.5` ·
//! a hint: `cargo checker hint 1.5`

use std::path::Path;

use boa_engine::{
    Context, JsError, JsObject, JsValue, Script, Source, builtins::error::Error, js_string,
};
use serde::Serialize;
use serde_json::Value as Json;

/// What the script's own places are called in a backtrace.
const PATH: &str = "script";
/// How many causes are told. A getter can make a new one each time.
const MAX_CAUSES: usize = 8;

/// When a script failed.
#[derive(Serialize, Default, PartialEq)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// `Script::parse` failed, so nothing of it ran.
    Parse,
    /// `Script::evaluate` failed.
    #[default]
    Run,
}

/// Why a script failed.
#[derive(Serialize, Default)]
pub struct Diagnosis {
    phase: Phase,
    name: String,
    message: String,
    line: Option<u32>,
    column: Option<u32>,
    /// Left out for an Error, so that `throw null` can be told from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    thrown: Option<Json>,
    /// The messages of the causes, outermost first.
    causes: Vec<String>,
}

/// Runs `source`. `None` if it ends without an error.
pub fn diagnose(source: &str) -> Option<Diagnosis> {
    let context = &mut Context::default();
    let (phase, error) = first_error(source, context)?;
    // Before `into_opaque`, which needs the error for itself.
    let mut place = run_place(&error);
    let mut diagnosis = match error.into_opaque(context) {
        Ok(value) => describe(&value, context),
        Err(limit) => describe_limit(&limit),
    };
    if phase == Phase::Parse {
        place = parse_place(&diagnosis.message);
    }
    diagnosis.phase = phase;
    (diagnosis.line, diagnosis.column) = place.unzip();
    Some(diagnosis)
}

/// The error that ends `source`, and in which phase.
fn first_error(source: &str, context: &mut Context) -> Option<(Phase, JsError)> {
    let source = Source::from_bytes(source).with_path(Path::new(PATH));
    let script = Script::parse(source, None, context);
    todo!(
        "tell an error with its phase; parsed: {}, so what next?",
        script.is_ok()
    )
}

/// What was thrown: an Error, or any other value.
fn describe(value: &JsValue, context: &mut Context) -> Diagnosis {
    let error = value.as_object().filter(|object| object.is::<Error>());
    let (name, thrown, causes) = match &error {
        Some(error) => (name(error, context), None, causes(error, context)),
        None => todo!("tell the {} that was thrown", value.type_of()),
    };
    Diagnosis {
        name,
        message: message(value, context),
        thrown,
        causes,
        ..Diagnosis::default()
    }
}

/// What an error calls itself; one that has no name of its own, what its class is
/// called. "Error" where that is no name.
fn name(error: &JsObject, context: &mut Context) -> String {
    let own = error.has_own_property(js_string!("name"), context);
    todo!(
        "read the error's own name (it has one: {}), or its constructor's",
        own.unwrap_or(false)
    )
}

/// The messages of what `error` was caused by, outermost first.
fn causes(error: &JsObject, context: &mut Context) -> Vec<String> {
    let cause = error.get(js_string!("cause"), context);
    todo!(
        "follow the causes, {MAX_CAUSES} at most and none twice; the first can be read: {}",
        cause.is_ok()
    )
}

/// The message of an Error; any other value is its own message.
fn message(value: &JsValue, context: &mut Context) -> String {
    match value.as_object().filter(|object| object.is::<Error>()) {
        Some(error) => text(&error, "message", context).unwrap_or_default(),
        None => match value.as_string() {
            Some(text) => text.to_std_string_escaped(),
            // Not `to_string`, which runs the value's own `toString`.
            None => value.display().to_string(),
        },
    }
}

/// A property, if it is a string that says something and can be read: the guest
/// may have put a getter there, and a getter can throw.
fn text(object: &JsObject, key: &str, context: &mut Context) -> Option<String> {
    let value = object.get(js_string!(key), context).ok()?;
    let text = value.as_string()?.to_std_string_escaped();
    (!text.is_empty()).then_some(text)
}

/// A limit of the engine. It is no value, and no script can catch it.
fn describe_limit(limit: &JsError) -> Diagnosis {
    let text = limit
        .as_engine()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (name, message) = text.split_once(": ").unwrap_or((&text, ""));
    Diagnosis {
        name: name.to_owned(),
        message: message.to_owned(),
        ..Diagnosis::default()
    }
}

/// Where a syntax error is. The parser ends its message with ` at line 3, col 14`,
/// after text that it quotes from the source.
fn parse_place(message: &str) -> Option<(u32, u32)> {
    todo!("find the line and the column in: {message}")
}

/// The innermost place of the script in the backtrace, which Boa shows and does
/// not hand out: after the text of what was thrown comes, for each call,
/// `\n    at NAME (PATH:LINE:COLUMN)`.
fn run_place(error: &JsError) -> Option<(u32, u32)> {
    // The guest chose this part, so nothing is read from it.
    let thrown = match (error.as_opaque(), error.as_native(), error.as_engine()) {
        (Some(value), ..) => value.display().to_string(),
        (_, Some(native), _) => native.to_string(),
        (.., engine) => engine?.to_string(),
    };
    let text = error.to_string();
    text.strip_prefix(&thrown)?.lines().find_map(|call| {
        let (_, place) = call.rsplit_once(&format!(" ({PATH}:"))?;
        let (line, column) = place.strip_suffix(')')?.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    })
}

harness::serve! { fn diagnose(&str) }
