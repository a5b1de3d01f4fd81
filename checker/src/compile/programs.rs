//! Programs against a learner's API that the compiler must refuse, or accept:
//! the hidden tests of what types promise.
//!
//! Each is a file in `programs/` of the checker's side, with a head of comments:
//!
//! ```text
//! // Test: a sandbox without limits can't run
//! // Refused: no method named `run`
//! // Cause: `run` is in an `impl` for every state
//! use solution::*;
//! ```
//!
//! `// Refused:` is followed by words of the compiler's error, so that a program
//! is not refused for a reason of its own; `// Accepted` stands alone.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context as _, Result, bail};

use super::package::Targets;
use super::{Source, cargo, cargo_build, in_package, own_folder, package, tell_waiting};
use crate::course::Course;
use crate::exercise::Exercise;
use crate::files;
use crate::judge::Declared;
use crate::message;
use crate::report::{TestReport, Verdict};

/// What each is worth.
const POINTS: u32 = 1;

/// The longest part of a compiler's error that is shown, in characters.
const SHOWN: usize = 2_000;

/// One program.
#[derive(Debug, Clone)]
pub struct Program {
    /// As a test: what should hold.
    pub test: Declared,
    /// Words of the error with which it must be refused; `None` if it must be
    /// accepted.
    refused: Option<String>,
    /// What follows the head.
    text: String,
}

/// The programs of `exercise`, by name of their files; most have none.
pub fn programs(exercise: &Exercise) -> Result<Vec<Program>> {
    let folder = exercise.piece("programs");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(&folder)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<Vec<_>, _>>()
        })
        .with_context(|| format!("failed to list {}", exercise.shown(&folder)))?;
    paths.sort();
    paths
        .iter()
        .map(|path| {
            understood(&files::read(path)?)
                .with_context(|| format!("failed to understand {}", exercise.shown(path)))
        })
        .collect()
}

fn understood(text: &str) -> Result<Program> {
    let head: Vec<&str> = text
        .lines()
        .map_while(|line| line.strip_prefix("// "))
        .collect();
    let field = |name: &str| {
        head.iter()
            .find_map(|line| line.strip_prefix(name))
            .map(|words| words.trim().to_owned())
    };
    let Some(name) = field("Test:") else {
        bail!("it does not begin with `// Test: NAME`");
    };
    let refused = field("Refused:");
    if refused.is_some() == field("Accepted").is_some() {
        bail!("it must say either `// Refused: WORDS` or `// Accepted`");
    }
    Ok(Program {
        test: Declared {
            name,
            points: POINTS,
            cause: field("Cause:"),
        },
        refused,
        text: text.lines().skip(head.len()).collect::<Vec<_>>().join("\n"),
    })
}

/// Has `programs` compiled against `source`, which compiles itself.
pub fn judge(
    course: &Course,
    source: &Source<'_>,
    programs: &[Program],
) -> Result<Vec<TestReport>> {
    let own = own_folder(course)?;
    let _turn = files::lock(&own.join("lock"), tell_waiting)?;
    let folder = own.join("programs");
    // A library, so that it is compiled once for all of them. Its `main` is then a
    // function that nobody calls.
    let solution = "src/solution.rs";
    package::copy_text(&source.path(), &folder.join(solution))?;
    let mut targets = Targets {
        lib: Some(("solution".to_owned(), solution.to_owned())),
        ..Targets::default()
    };
    for (index, program) in programs.iter().enumerate() {
        let bin = format!("program-{}-{index}", source.exercise.name());
        let path = format!("src/{bin}.rs");
        package::write_text(&folder.join(&path), program.text.as_bytes())?;
        targets.bins.push((bin, path));
    }
    let levels = BTreeSet::from([source.exercise.level()]);
    let manifest = package::write(course, &folder, "programs", &levels, &targets)?;
    let shown = source.exercise.shown(&source.path());
    let mut cargo = cargo_build(course, false);
    in_package(&mut cargo, course, &manifest)?;
    cargo.args(["--package", "programs"]);
    for (bin, _) in &targets.bins {
        cargo.args(["--bin", bin]);
    }
    let messages = cargo::run(cargo)?;
    programs
        .iter()
        .zip(&targets.bins)
        .map(|(program, (bin, _))| {
            let errors = match messages.executables.get(bin) {
                Some(_) => None,
                None => Some(messages.errors_of(bin)?.replace(solution, &shown)),
            };
            Ok(verdict(program, errors))
        })
        .collect()
}

/// What the compiler's `errors`, if any, say of `program`.
fn verdict(program: &Program, errors: Option<String>) -> TestReport {
    let (message, got) = match (&program.refused, errors) {
        (Some(words), Some(errors)) if errors.contains(words.as_str()) => return passed(program),
        (None, None) => return passed(program),
        (Some(words), Some(errors)) => (message::refused_otherwise(words), Some(errors)),
        (Some(_), None) => (message::must_not_compile().to_owned(), None),
        (None, Some(errors)) => (message::must_compile().to_owned(), Some(errors)),
    };
    TestReport {
        message: Some(message),
        call: Some(program.text.trim().to_owned()),
        got: got.map(|errors| errors.chars().take(SHOWN).collect()),
        cause: program.test.cause.clone(),
        ..TestReport::new(&program.test.name, Verdict::Failed, program.test.points)
    }
}

fn passed(program: &Program) -> TestReport {
    TestReport::new(&program.test.name, Verdict::Passed, program.test.points)
}
