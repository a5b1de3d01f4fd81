//! One thing that is wrong with the book: where, what, and what to do.

use std::fmt;

/// A fault of the book's text, never of this program.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file to open, with a line where one is known.
    pub place: String,
    /// What is wrong there, naming the link or include.
    pub what: String,
    /// The next step.
    pub mend: String,
}

impl Problem {
    /// A problem in `place`.
    pub fn new(place: impl Into<String>, what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
            mend: mend.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    {}", self.place, self.what, self.mend)
    }
}

/// Prints problems to stderr, under one line that counts them.
pub fn print(problems: &[Problem]) {
    let noun = if problems.len() == 1 {
        "problem"
    } else {
        "problems"
    };
    eprintln!("The book has {} {noun}:", problems.len());
    for problem in problems {
        eprintln!("\n{problem}");
    }
}
