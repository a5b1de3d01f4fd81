//! What a run may use, and what is said when it used that up.

use std::fmt;
use std::time::Duration;

use crate::error::Position;

/// How much native stack a thread needs for guests at the default limits.
///
/// The engine parses and runs by native recursion, and a native stack overflow
/// ends the whole process: nothing can catch it. The default `nesting`,
/// `recursion` and `value.depth` are chosen for a stack of this many bytes in a
/// build without optimization. Start the thread that owns the sandbox with
/// [`std::thread::Builder::stack_size`]; unused stack costs address space only.
pub const STACK_BYTES: usize = 32 * 1024 * 1024;

/// The bounds of one run; each has a name, [`Limit`], that is told when it is reached.
///
/// No limit here is a boundary against hostile code: see the crate page for
/// what each one can't stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Time for one `run` or `call`, its promise jobs included. Default: 1 s.
    ///
    /// Looked at between slices of instructions, between promise jobs, and in
    /// every host function, so it does **not** stop code that a native calls
    /// (a `sort` callback, a getter) nor a native that works long (a regular
    /// expression, `Array.prototype.fill`): the loop iteration and recursion
    /// limits end most of the former, nothing in the process ends the latter.
    pub wall: Option<Duration>,
    /// Turns of all loops within one call of one function. Default: 50 million,
    /// so that in a plain loop the wall limit comes first.
    ///
    /// The engine counts per call frame: a function with a loop of 900 turns
    /// that is called 900 times passes a limit of 1,000.
    pub loop_iterations: Option<u64>,
    /// Calls within calls, natives that call back included. Default: 256.
    pub recursion: usize,
    /// Values on the engine's own stack. Default: 10,240.
    pub stack: usize,
    /// Bytes of console text not yet taken; every entry costs 32 bytes more
    /// than its text. Default: 1 MiB.
    pub output_bytes: usize,
    /// Bytes that the sandbox may add to what the builder's memory gauge
    /// showed when the sandbox was made. Default: no limit.
    ///
    /// Looked at wherever `wall` is, so one large allocation passes by it.
    pub memory_bytes: Option<u64>,
    /// Brackets within brackets in a source, before it is parsed. Default: 64.
    ///
    /// Code that nests without brackets (`a + b + …`, `else if`) may chain
    /// sixteen times as many operators and keywords in one statement. `default:`
    /// may stand within `default:` 12 levels deep, whatever is set here: each
    /// level doubles the time that the engine takes to parse it.
    pub nesting: usize,
    /// The size of one value that crosses, in either direction.
    pub value: Bounds,
}

/// The bounds of one value that crosses between guest and host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Arrays and objects within each other. Default: 64.
    pub depth: usize,
    /// Bytes of text, of keys, and 8 for every value. Default: 1 MiB.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall: Some(Duration::from_secs(1)),
            loop_iterations: Some(50_000_000),
            recursion: 256,
            stack: 10_240,
            output_bytes: 1024 * 1024,
            memory_bytes: None,
            nesting: 64,
            value: Bounds::default(),
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            depth: 64,
            bytes: 1024 * 1024,
        }
    }
}

/// The name of a limit; its `Display` is the name used everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`Limits::wall`]
    Wall,
    /// [`Limits::loop_iterations`]
    LoopIterations,
    /// [`Limits::recursion`]
    Recursion,
    /// [`Limits::stack`]
    Stack,
    /// [`Limits::output_bytes`]
    Output,
    /// [`Limits::memory_bytes`]
    Memory,
    /// [`Limits::nesting`]
    Nesting,
    /// [`Bounds::depth`]
    ValueDepth,
    /// [`Bounds::bytes`]
    ValueSize,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wall => "wall",
            Self::LoopIterations => "loop iteration",
            Self::Recursion => "recursion",
            Self::Stack => "stack",
            Self::Output => "output",
            Self::Memory => "memory",
            Self::Nesting => "nesting",
            Self::ValueDepth => "value depth",
            Self::ValueSize => "value size",
        })
    }
}

/// A limit that was reached, with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitHit {
    /// Which limit.
    pub limit: Limit,
    /// What it was set to, in `unit`.
    pub value: u64,
    /// What `value` counts: `ms`, `bytes`, `calls`, `levels`; empty for loop turns.
    pub unit: &'static str,
    /// For the limits of values: the path, like `value.items[3]`.
    pub path: Option<String>,
    /// Where the guest was, if that is known.
    pub position: Option<Position>,
}

impl LimitHit {
    /// `limit` as it is set in `limits`.
    pub(crate) fn new(limit: Limit, limits: &Limits) -> Self {
        let (value, unit) = match limit {
            Limit::Wall => (
                limits.wall.map_or(0, |wall| {
                    u64::try_from(wall.as_millis()).unwrap_or(u64::MAX)
                }),
                "ms",
            ),
            Limit::LoopIterations => (limits.loop_iterations.unwrap_or(0), ""),
            Limit::Recursion => (limits.recursion as u64, "calls"),
            Limit::Stack => (limits.stack as u64, "values"),
            Limit::Output => (limits.output_bytes as u64, "bytes"),
            Limit::Memory => (limits.memory_bytes.unwrap_or(0), "bytes"),
            Limit::Nesting => (limits.nesting as u64, "levels"),
            Limit::ValueDepth => (limits.value.depth as u64, "levels"),
            Limit::ValueSize => (limits.value.bytes as u64, "bytes"),
        };
        Self {
            limit,
            value,
            unit,
            path: None,
            position: None,
        }
    }

    /// One of the two limits of values, at `path`.
    pub(crate) fn of_value(limit: Limit, bounds: Bounds, path: String) -> Self {
        let limits = Limits {
            value: bounds,
            ..Limits::default()
        };
        Self {
            path: Some(path),
            ..Self::new(limit, &limits)
        }
    }
}

impl fmt::Display for LimitHit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} limit of {}", self.limit, self.value)?;
        if !self.unit.is_empty() {
            write!(f, " {}", self.unit)?;
        }
        f.write_str(" reached")?;
        if self.limit == Limit::LoopIterations {
            f.write_str(" (counted per call frame)")?;
        }
        if let Some(path) = &self.path {
            write!(f, " at {path}")?;
        }
        if let Some(position) = &self.position {
            write!(f, " at {position}")?;
        }
        Ok(())
    }
}
