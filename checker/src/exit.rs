//! Exit codes: three kinds of trouble, kept apart for scripts.

use std::process::ExitCode;

/// How the checker ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All that was asked for holds.
    Passed,
    /// The learner's code does not pass.
    NotPassed,
    /// Wrong usage or set-up: the person at the keyboard can mend it.
    Setup,
    /// The checker's or the course's own fault.
    Fault,
    /// Ctrl-C.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Passed => 0,
            Exit::NotPassed => 1,
            Exit::Setup => 2,
            Exit::Fault => 3,
            // What a shell reports of a program that SIGINT ended.
            Exit::Interrupted => 130,
        })
    }
}
