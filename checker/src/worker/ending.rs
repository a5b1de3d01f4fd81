//! Why a worker can't go on.

use std::process::ExitStatus;

use crate::exercise::Limits;
use crate::message;
use crate::report::Verdict;

use super::limits::FILE_MIB;

/// Why a worker can't go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What the test's verdict is.
    pub verdict: Verdict,
    /// What happened, in a sentence.
    pub message: String,
}

impl Ending {
    /// An ending with `verdict`, told by `message`.
    pub fn new(verdict: Verdict, message: impl Into<String>) -> Self {
        Self {
            verdict,
            message: message.into(),
        }
    }
}

/// What the end of a worker was.
pub fn ending(
    status: Option<ExitStatus>,
    last_words: &str,
    limits: &Limits,
    doing: &str,
) -> Ending {
    let Some(status) = status else {
        return Ending::new(Verdict::Crashed, message::closed_pipe(doing));
    };
    match signal(status) {
        Some("SIGXCPU") => Ending::new(Verdict::TimeLimit, message::cpu_limit(limits, doing)),
        Some("SIGXFSZ") => Ending::new(Verdict::OutputLimit, message::file_limit(FILE_MIB, doing)),
        Some(signal) if last_words.contains("memory allocation of") => Ending::new(
            Verdict::MemoryLimit,
            message::memory_limit(limits, signal, doing),
        ),
        Some(signal) if last_words.contains("has overflowed its stack") => {
            Ending::new(Verdict::Crashed, message::stack_overflow(signal, doing))
        }
        Some(signal) => Ending::new(Verdict::Crashed, message::killed(signal, doing)),
        None if last_words.contains("memory allocation of") => Ending::new(
            Verdict::MemoryLimit,
            message::memory_limit(limits, "abort", doing),
        ),
        None => Ending::new(Verdict::Crashed, message::exited(status.code(), doing)),
    }
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<&'static str> {
    use std::os::unix::process::ExitStatusExt as _;
    let number = status.signal()?;
    Some(
        nix::sys::signal::Signal::try_from(number)
            .map_or("an unknown signal", |signal| signal.as_str()),
    )
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<&'static str> {
    None
}
