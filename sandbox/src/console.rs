//! `console.log` and its siblings, captured.

use std::fmt;

use boa_engine::object::ObjectInitializer;
use boa_engine::property::Attribute;
use boa_engine::{Context, JsResult, JsValue, NativeFunction, js_string};

use crate::inspect;
use crate::limits::{Limit, LimitHit};
use crate::state::State;

/// Every entry costs this much more of [`Limits::output_bytes`](crate::Limits)
/// than its text, so that empty ones count too.
const ENTRY_BYTES: usize = 32;

/// Which function of the console it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// `console.log`
    Log,
    /// `console.info`
    Info,
    /// `console.warn`
    Warn,
    /// `console.error`
    Error,
    /// `console.debug`
    Debug,
}

impl Level {
    const ALL: [Self; 5] = [Self::Log, Self::Info, Self::Warn, Self::Error, Self::Debug];

    const fn name(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
            Self::Debug => "debug",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One call of one of the console's functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleEntry {
    /// Which function.
    pub level: Level,
    /// The arguments with spaces between: strings as they are, other values
    /// inspected. It is the guest's text: make control characters visible
    /// before it reaches a terminal.
    pub text: String,
}

/// What was captured and not yet taken.
#[derive(Default)]
pub(crate) struct Console {
    pub(crate) entries: Vec<ConsoleEntry>,
    pub(crate) bytes: usize,
}

/// Makes the global `console`.
pub(crate) fn install(context: &mut Context) -> JsResult<()> {
    let mut console = ObjectInitializer::new(context);
    for level in Level::ALL {
        let write = NativeFunction::from_copy_closure(move |_this, arguments, context| {
            write(level, arguments, context)
        });
        console.function(write, js_string!(level.name()), 0);
    }
    let console = console.build();
    context.register_global_property(
        js_string!("console"),
        console,
        Attribute::WRITABLE | Attribute::CONFIGURABLE,
    )
}

fn write(level: Level, arguments: &[JsValue], context: &mut Context) -> JsResult<JsValue> {
    let state = State::of(context);
    state.check()?;
    let limit = state.limits.output_bytes;
    let used = state.console.borrow().bytes + ENTRY_BYTES;
    let mut text = String::new();
    for (index, argument) in arguments.iter().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        match argument.as_string() {
            // A string of hundreds of megabytes costs the guest little to make:
            // it is not copied to find out that it is too long.
            Some(string) if string.len() > limit => text.push_str(&"x".repeat(limit)),
            Some(string) => text.push_str(&string.to_std_string_lossy()),
            None => text.push_str(&inspect::value(argument, context)),
        }
        if used + text.len() > limit {
            return Err(state.stop(LimitHit::new(Limit::Output, &state.limits)));
        }
    }
    if used > limit {
        return Err(state.stop(LimitHit::new(Limit::Output, &state.limits)));
    }
    let mut console = state.console.borrow_mut();
    console.bytes = used + text.len();
    console.entries.push(ConsoleEntry { level, text });
    Ok(JsValue::undefined())
}
