//! Where in a value something is.

use std::fmt;

use crate::inspect;

/// A place in a value, like `value.items[3].price`.
pub(crate) struct Path {
    root: String,
    steps: Vec<Step>,
}

enum Step {
    Index(usize),
    Key(String),
}

impl Path {
    /// Keys are guests' text: one is shown up to this many characters, and
    /// a path up to this many steps.
    const SHOWN: usize = 40;

    pub(crate) fn new(root: &str) -> Self {
        Self {
            root: root.to_owned(),
            steps: Vec::new(),
        }
    }

    pub(crate) fn push_index(&mut self, index: usize) {
        self.steps.push(Step::Index(index));
    }

    pub(crate) fn push_key(&mut self, key: &str) {
        let mut short: String = key.chars().take(Self::SHOWN).collect();
        if short.len() < key.len() {
            short.push('…');
        }
        self.steps.push(Step::Key(short));
    }

    pub(crate) fn pop(&mut self) {
        self.steps.pop();
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.root)?;
        for step in self.steps.iter().take(Self::SHOWN) {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if inspect::is_identifier(key) => write!(f, ".{key}")?,
                Step::Key(key) => write!(f, "[{}]", inspect::quoted(key))?,
            }
        }
        if self.steps.len() > Self::SHOWN {
            f.write_str("…")?;
        }
        Ok(())
    }
}
