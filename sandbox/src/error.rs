//! What can end a run other than a value.

use std::fmt;

use crate::limits::LimitHit;
use crate::value::Value;

/// Why a run gave no value.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Failure {
    /// The guest's code is not valid, or it threw and nothing caught it.
    #[error("{0}")]
    Thrown(Box<Thrown>),
    /// A limit was reached; the guest could not catch that.
    #[error("{0}")]
    Limit(LimitHit),
    /// The run ended, but its value is not plain data.
    #[error("{0}")]
    Value(ValueError),
    /// A host function ended the run with [`HostError::Stop`](crate::HostError).
    #[error("stopped by the host: {0}")]
    Stopped(String),
    /// The engine failed; the sandbox refuses every later run.
    #[error("the engine failed: {0}")]
    Engine(String),
}

/// When an error came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Before any of the source ran: it is not valid JavaScript.
    Parse,
    /// While it ran.
    Run,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Parse => "parse",
            Self::Run => "run",
        })
    }
}

/// A place in a guest's source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The name given to `run_file`; none for `run` and for code from strings.
    pub file: Option<String>,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{file}:{}:{}", self.line, self.column),
            None => write!(f, "{}:{}", self.line, self.column),
        }
    }
}

/// What a guest threw, as plain data.
///
/// It is read without running guest code: a getter in place of `message` is
/// told, not called.
#[derive(Debug, Clone, PartialEq)]
pub struct Thrown {
    /// Whether the source could be parsed at all.
    pub phase: Phase,
    /// The error's `name`; empty if what was thrown is not an error.
    pub name: String,
    /// The error's `message`; of another value its text (a string) or inspection.
    pub message: String,
    /// Where the error was made. Thrown objects that are no errors have none.
    pub position: Option<Position>,
    /// The calls from the innermost out, like `total (orders.js:3:9)`.
    pub stack: Vec<String>,
    /// The thrown value where it can cross; of an error its own enumerable
    /// properties, as an object.
    pub value: Option<Value>,
    /// The error's `cause`, at most eight of them.
    pub cause: Option<Box<Thrown>>,
}

impl fmt::Display for Thrown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.name.as_str(), self.message.as_str()) {
            ("", message) => write!(f, "thrown: {message}")?,
            (name, "") => f.write_str(name)?,
            (name, message) => write!(f, "{name}: {message}")?,
        }
        if let Some(position) = &self.position {
            write!(f, " ({position})")?;
        }
        Ok(())
    }
}

/// A value that is not plain data, and where in it the trouble is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} {reason}")]
pub struct ValueError {
    /// Like `value.items[3].price`.
    pub path: String,
    /// What is wrong there.
    pub reason: Unfit,
}

/// Why a value is not plain data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Getters are guest code, so they are not run.
    #[error("is an accessor, and accessors are not run")]
    Accessor,
    /// The object is within itself.
    #[error("is a cycle")]
    Cycle,
    /// A function or class.
    #[error("is a function")]
    Function,
    /// A symbol.
    #[error("is a symbol")]
    Symbol,
    /// Reading a proxy would run guest code.
    #[error("is a proxy, and proxies are not run")]
    Proxy,
    /// The run's own value is a promise that nothing settled.
    #[error("is a promise that is still pending")]
    Pending,
    /// An object that is more than its properties.
    #[error("is {0}, not plain data")]
    Object(&'static str),
    /// JavaScript strings may hold half a character, Rust's may not.
    #[error("has a lone surrogate, which is not text")]
    LoneSurrogate,
    /// The host's text in a [`Value::BigInt`] is no whole number.
    #[error("is not a BigInt in decimal digits")]
    Digits,
    /// The value has no JSON form.
    #[error("is {0}, which has no JSON form")]
    NotJson(&'static str),
}

impl From<LimitHit> for Failure {
    fn from(hit: LimitHit) -> Self {
        Self::Limit(hit)
    }
}

impl From<ValueError> for Failure {
    fn from(error: ValueError) -> Self {
        Self::Value(error)
    }
}

impl From<Thrown> for Failure {
    fn from(thrown: Thrown) -> Self {
        Self::Thrown(Box::new(thrown))
    }
}
