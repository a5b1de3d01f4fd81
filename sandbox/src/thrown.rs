//! Reading what a guest threw without running any of its code.

use boa_engine::builtins::error::Error;
use boa_engine::builtins::proxy::Proxy;
use boa_engine::object::builtins::JsFunction;
use boa_engine::property::PropertyKey;
use boa_engine::vm::SourcePath;
use boa_engine::{Context, JsError, JsObject, JsResult, JsString, JsValue, js_string};

use crate::budget::TRAMPOLINE;
use crate::error::{Phase, Position, Thrown};
use crate::inspect;
use crate::limits::Bounds;
use crate::walk;

/// A message or name longer than this is cut: it is for people to read.
const TEXT_BYTES: usize = 16 * 1024;

/// Longer cause chains are cut.
const CAUSES: usize = 8;

/// Longer prototype chains are not followed.
const PROTOTYPES: usize = 64;

/// How to read the backtrace of a thrown error.
#[derive(Clone)]
pub(crate) struct Reader {
    /// The realm's own `get stack`, taken before any guest ran: the one public
    /// way to a backtrace without the error's text before it.
    stack: JsFunction,
    /// The realm's `Error.prototype`.
    prototype: JsObject,
}

impl Reader {
    pub(crate) fn new(context: &mut Context) -> JsResult<Self> {
        let prototype = context.intrinsics().constructors().error().prototype();
        let stack = walk::own(&prototype, &js_string!("stack").into())
            .and_then(|property| property.get().and_then(JsValue::as_object))
            .and_then(JsFunction::from_object)
            .ok_or_else(|| boa_engine::js_error!("Error.prototype has no stack"))?;
        Ok(Self { stack, prototype })
    }

    /// What `error` says. `frames` of a backtrace's outermost entries belong to
    /// runs before this one. An error of the engine itself is given back.
    pub(crate) fn read(
        &self,
        error: JsError,
        phase: Phase,
        frames: usize,
        bounds: Bounds,
        context: &mut Context,
    ) -> Result<Thrown, JsError> {
        let trace = match error.as_opaque() {
            Some(value) if !is_error(value) => trace_of_value(&error, value),
            _ => None,
        };
        let value = error.into_opaque(context)?;
        let mut thrown = self.value(&value, phase, frames, bounds, context, CAUSES);
        if let Some(trace) = trace {
            (thrown.position, thrown.stack) = entries(&trace, frames);
        }
        if phase == Phase::Parse {
            // The parser writes its position at the end of its message.
            thrown.stack.clear();
            thrown.value = None;
            thrown.position = parsed_position(&mut thrown.message);
        }
        Ok(thrown)
    }

    fn value(
        &self,
        value: &JsValue,
        phase: Phase,
        frames: usize,
        bounds: Bounds,
        context: &mut Context,
        causes: usize,
    ) -> Thrown {
        let Some(object) = value.as_object().filter(|it| self.is_like_error(it)) else {
            return Thrown {
                phase,
                name: String::new(),
                message: match value.as_string() {
                    Some(text) => cut(&text),
                    None => inspect::value(value, context),
                },
                position: None,
                stack: Vec::new(),
                value: walk::outward(value, "value", bounds, context).ok(),
                cause: None,
            };
        };
        let trace = self
            .stack
            .call(value, &[], context)
            .ok()
            .and_then(|stack| stack.as_string())
            .map(|stack| stack.to_std_string_lossy());
        let (position, stack) = entries(trace.as_deref().unwrap_or(""), frames);
        let cause = walk::own(&object, &js_string!("cause").into())
            .filter(|_| causes > 0)
            .and_then(|property| property.value().cloned())
            .map(|cause| Box::new(self.value(&cause, phase, frames, bounds, context, causes - 1)));
        Thrown {
            phase,
            name: text(&object, "name", context),
            message: text(&object, "message", context),
            position,
            stack,
            value: walk::properties(&object, bounds, context).ok(),
            cause,
        }
    }

    /// A true error, or an object of a class in the old style whose prototype
    /// chain has `Error.prototype`.
    fn is_like_error(&self, object: &JsObject) -> bool {
        if object.is::<Error>() {
            return true;
        }
        object.is_ordinary()
            && chain(object)
                .skip(1)
                .any(|it| JsObject::equals(&it, &self.prototype))
    }
}

fn is_error(value: &JsValue) -> bool {
    value.as_object().is_some_and(|object| object.is::<Error>())
}

/// `object` and its prototypes, as far as no proxy is among them.
pub(crate) fn chain(object: &JsObject) -> impl Iterator<Item = JsObject> {
    std::iter::successors(Some(object.clone()), JsObject::prototype)
        .take(PROTOTYPES)
        .take_while(|object| !object.is::<Proxy>())
}

/// The text of an error's `name` or `message`, inherited ones included.
fn text(object: &JsObject, name: &str, context: &mut Context) -> String {
    let key = PropertyKey::from(js_string!(name));
    let Some(property) = chain(object).find_map(|it| walk::own(&it, &key)) else {
        return String::new();
    };
    match property.value() {
        None => format!("[{name} is a getter, which is not run]"),
        Some(value) => match value.as_string() {
            Some(text) => cut(&text),
            None => inspect::value(value, context),
        },
    }
}

fn cut(text: &JsString) -> String {
    if text.len() <= TEXT_BYTES {
        return text.to_std_string_lossy();
    }
    let mut short = text
        .get(..TEXT_BYTES)
        .map_or_else(String::new, |head| head.to_std_string_lossy());
    short.push('…');
    short
}

/// The backtrace of a thrown value that is no error.
///
/// Only the engine's `Display` has it, after the value's own text. Other
/// objects are left out: to display one, the engine walks all of it, however
/// deep it is, and that ends in a native stack overflow.
fn trace_of_value(error: &JsError, value: &JsValue) -> Option<String> {
    if value.is_object()
        || value
            .as_string()
            .is_some_and(|text| text.len() > TEXT_BYTES)
    {
        return None;
    }
    // The same value without a backtrace is how long the guest's text is, so
    // nothing that the guest wrote is taken for a position.
    let text = JsError::from_opaque(value.clone()).to_string();
    error.to_string().strip_prefix(&text).map(str::to_owned)
}

/// Where a limit of the engine was reached.
pub(crate) fn position_of_engine_error(error: &JsError) -> Option<Position> {
    entries(&error.to_string(), 0).0
}

/// A backtrace of the engine, innermost call first.
fn entries(trace: &str, frames: usize) -> (Option<Position>, Vec<String>) {
    let mut stack: Vec<&str> = trace
        .lines()
        .filter_map(|line| line.strip_prefix("    at "))
        .collect();
    stack.truncate(stack.len().saturating_sub(frames));
    stack.retain(|entry| !entry.ends_with(')') || !entry.contains(&format!("({TRAMPOLINE}:")));
    let position = stack.iter().find_map(|entry| position(entry));
    let stack = stack
        .into_iter()
        .map(|entry| match entry.strip_prefix(' ') {
            Some(place) => format!("<anonymous> {place}"),
            None => entry.replacen("(unknown at :", "(", 1),
        })
        .collect();
    (position, stack)
}

/// The position in `NAME (PATH:LINE:COLUMN)`; natives have none.
fn position(entry: &str) -> Option<Position> {
    let (_, place) = entry.strip_suffix(')')?.rsplit_once(" (")?;
    let (place, column) = place.rsplit_once(':')?;
    let (path, line) = place.rsplit_once(':')?;
    Some(Position {
        file: file(path),
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

fn file(path: &str) -> Option<String> {
    // What the engine writes for a source without a path.
    let unnamed = path.is_empty() || path == "unknown at " || path == "eval at ";
    (!unnamed).then(|| path.to_owned())
}

/// Takes ` at line L, col C` off the end of the parser's message.
fn parsed_position(message: &mut String) -> Option<Position> {
    let (text, place) = message.rsplit_once(" at line ")?;
    let (line, column) = place.split_once(", col ")?;
    let position = Position {
        file: None,
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    };
    *message = text.to_owned();
    Some(position)
}

/// Where the innermost frame of `context` is of which that is known: a loop
/// without a body has no position of its own.
pub(crate) fn here(context: &Context) -> Option<Position> {
    let (place, position) = context.stack_trace().find_map(|frame| {
        let place = frame.position();
        let position = place.position?;
        Some((place, position))
    })?;
    Some(Position {
        file: match place.path {
            SourcePath::Path(path) => Some(path.display().to_string()),
            _ => None,
        },
        line: position.line_number(),
        column: position.column_number(),
    })
}
