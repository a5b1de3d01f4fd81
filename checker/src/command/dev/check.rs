//! `cargo checker dev check`: proves of the course what its learners rely on.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::book;
use super::wrong::{self, Wrong};
use crate::command::hint::rungs;
use crate::command::{Session, out};
use crate::compile::{self, Source};
use crate::course::Course;
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::files;
use crate::judge::{self, Declared, Options};
use crate::render::terminal::{BAD, GOOD, indented, styled, wrapped};
use crate::report::{ExerciseReport, ExerciseVerdict, Verdict};
use crate::trial;

/// How many words a hint may have.
const HINT_WORDS: std::ops::RangeInclusive<usize> = 15..=60;

/// How many wrong solutions an exercise has at least.
const WRONG: usize = 4;

/// How many wrong fixes a room has at least.
const WRONG_FIXES: usize = 2;

/// What the two tests of an attack on a room are worth.
const BREACH_POINTS: u32 = 2;

/// How many variants of its reference attack a room has at least.
const VARIANTS: usize = 4;

/// A solution passes whatever the tests' randomness begins with.
const SEEDS: [u32; 3] = [1, 2, 3_000_000_000];

pub fn check(session: &Session, ids: &[String]) -> Result<Exit> {
    let course = &session.course;
    let exercises: Vec<Exercise> = if ids.is_empty() {
        course.exercises().to_vec()
    } else {
        ids.iter()
            .map(|id| session.pick(Some(id)))
            .collect::<Result<_>>()?
    };
    let mut problems = Vec::new();
    for exercise in &exercises {
        problems.push(pieces(course, exercise)?);
    }
    for (exercise, found) in judged(course, &exercises)? {
        problems[exercise].extend(found);
    }
    let mut count = 0;
    for (exercise, problems) in exercises.iter().zip(&problems) {
        let (style, mark) = if problems.is_empty() {
            (GOOD, "✓")
        } else {
            (BAD, "✗")
        };
        out(&format!(
            "{} {} {}",
            styled(style, mark),
            exercise.id(),
            exercise.name()
        ))?;
        for problem in problems {
            // What the compiler wrote keeps its lines.
            let shown = if problem.contains('\n') {
                indented(problem, "    ")
            } else {
                wrapped(problem, "    ")
            };
            out(&shown)?;
        }
        count += problems.len();
    }
    if count == 0 {
        out(&format!(
            "{} exercises: stubs compile and fail, solutions pass, every wrong solution is caught, files and book agree",
            exercises.len()
        ))?;
        return Ok(Exit::Passed);
    }
    out(&format!("{count} problems"))?;
    Ok(Exit::NotPassed)
}

/// What is missing or wrong in the files of `exercise`.
fn pieces(course: &Course, exercise: &Exercise) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    let pieces =
        ["explanation.md", "hints.md", "tests.js", "stub.rs"].map(|name| exercise.piece(name));
    for path in pieces.into_iter().chain([exercise.brief()]) {
        if files::read_if_there(&path)?.is_none_or(|text| text.trim().is_empty()) {
            problems.push(format!("{} is missing or empty", exercise.shown(&path)));
        }
    }
    if !problems.is_empty() {
        return Ok(problems);
    }
    let rungs = rungs(exercise)?;
    if rungs.len() != 3 {
        problems.push(format!("hints.md has {} rungs in place of 3", rungs.len()));
    }
    for (number, rung) in (1..).zip(&rungs) {
        let words = rung.text.split_whitespace().count();
        if !HINT_WORDS.contains(&words) {
            problems.push(format!(
                "hint {number} has {words} words in place of {HINT_WORDS:?}"
            ));
        }
    }
    if exercise.manifest().minutes == 0 {
        problems.push("exercise.toml says that it takes no minutes".to_owned());
    }
    if files::read_if_there(&exercise.file())?.as_deref()
        != Some(&files::read(&exercise.piece("stub.rs"))?)
    {
        problems.push(format!(
            "{} and {} differ; `reset` puts the latter in the place of the former",
            exercise.shown(&exercise.file()),
            exercise.shown(&exercise.piece("stub.rs")),
        ));
    }
    if exercise.is_room() {
        problems.extend(room_pieces(exercise)?);
    }
    match judge::declared(exercise) {
        Ok(tests) => problems.extend(tests_problems(exercise, &tests)),
        Err(error) => problems.push(format!("{error:#}")),
    }
    problems.extend(book::problems(course, exercise)?);
    Ok(problems)
}

/// What is missing or wrong in the files that only a room has.
fn room_pieces(room: &Exercise) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    if files::read_if_there(&room.attack())?.as_deref() != Some("") {
        problems.push(format!(
            "{} must be there and empty",
            room.shown(&room.attack())
        ));
    }
    let variants = judge::variants(room)?.len();
    if variants < VARIANTS {
        problems.push(format!(
            "attacks/ has {variants} files in place of at least {VARIANTS}"
        ));
    }
    Ok(problems)
}

fn tests_problems(exercise: &Exercise, tests: &[Declared]) -> Vec<String> {
    let mut problems = Vec::new();
    let breach = if exercise.is_room() { BREACH_POINTS } else { 0 };
    let sum: u32 = breach + tests.iter().map(|test| test.points).sum::<u32>();
    if sum != exercise.manifest().points {
        problems.push(format!(
            "the tests' points add up to {sum}, and exercise.toml says {}",
            exercise.manifest().points
        ));
    }
    for test in tests {
        if test.cause.is_none() {
            problems.push(format!("the test {:?} has no cause", test.name));
        }
    }
    problems
}

/// A file to be judged, and what must come out.
struct Case {
    /// Which exercise it answers, as an index.
    exercise: usize,
    file: PathBuf,
    /// As its author knows it.
    shown: String,
    wanted: Wanted,
}

enum Wanted {
    /// The stub: compiles and does not pass.
    Unsolved,
    /// A room as it is given: ordinary guests are content, and no attack fails.
    Flawed,
    /// The reference solution: passes.
    Solved,
    /// A wrong solution: the test with this name catches it.
    Caught(String),
}

/// Compiles all files of all exercises at once and judges each.
fn judged(course: &Course, exercises: &[Exercise]) -> Result<Vec<(usize, Vec<String>)>> {
    let folder = tempfile::tempdir().context("failed to make a temporary folder")?;
    let mut found = Vec::new();
    let mut cases = Vec::new();
    for (index, exercise) in exercises.iter().enumerate() {
        let (of_exercise, problems) = cases_of(index, exercise, folder.path())?;
        cases.extend(of_exercise);
        found.push((index, problems));
    }
    let sources: Vec<Source<'_>> = cases
        .iter()
        .map(|case| Source::other(&exercises[case.exercise], &case.file))
        .collect();
    for (round, seed) in SEEDS.into_iter().enumerate() {
        // A stub fails and a wrong solution is caught whatever the seed is:
        // once will do for them.
        let (cases, sources): (Vec<&Case>, Vec<Source<'_>>) = cases
            .iter()
            .zip(&sources)
            .filter(|(case, _)| round == 0 || matches!(case.wanted, Wanted::Solved))
            .map(|(case, source)| (case, source.clone()))
            .unzip();
        let options = |source: &Source<'_>| Options {
            seed,
            // A wrong solution is judged by its test alone: by all of them, most of
            // the time would be theirs.
            only: cases
                .iter()
                .find(|case| source.file.as_ref() == Some(&case.file))
                .and_then(|case| match &case.wanted {
                    Wanted::Caught(test) => Some(test.clone()),
                    _ => None,
                }),
            ..Options::default()
        };
        let reports = trial::hold(course, &sources, options, false)?;
        for (case, report) in cases.into_iter().zip(&reports) {
            if let Some(problem) = problem(case, report) {
                found.push((case.exercise, vec![problem]));
            }
        }
    }
    compile::forget_attempts(course)?;
    Ok(found)
}

/// The files of one exercise, and what is wrong with their number or headers.
fn cases_of(index: usize, exercise: &Exercise, folder: &Path) -> Result<(Vec<Case>, Vec<String>)> {
    let case = |file: PathBuf, wanted| Case {
        exercise: index,
        shown: exercise.shown(&file),
        file,
        wanted,
    };
    let mut problems = Vec::new();
    let mut cases = vec![
        case(
            exercise.piece("stub.rs"),
            if exercise.is_room() {
                Wanted::Flawed
            } else {
                Wanted::Unsolved
            },
        ),
        case(exercise.solution(), Wanted::Solved),
    ];
    let wrong = wrong::paths(exercise)?;
    let least = if exercise.is_room() {
        WRONG_FIXES
    } else {
        WRONG
    };
    if wrong.len() < least {
        problems.push(format!(
            "wrong/ has {} files in place of at least {least}",
            wrong.len()
        ));
    }
    // Tests that can't be read are told by `pieces`; here every name will do.
    let tests = judge::declared(exercise).ok();
    let is_declared = |name: &str| {
        tests
            .as_ref()
            .is_none_or(|tests| tests.iter().any(|test| test.name == name))
    };
    for path in wrong {
        match wrong::read(exercise, &path, folder) {
            Ok(Wrong { test, file }) if is_declared(&test) => cases.push(Case {
                shown: exercise.shown(&path),
                ..case(file, Wanted::Caught(test))
            }),
            Ok(Wrong { test, .. }) => problems.push(format!(
                "{} names a test that does not exist: {test:?}",
                exercise.shown(&path),
            )),
            Err(error) => problems.push(format!("{error:#}")),
        }
    }
    Ok((cases, problems))
}

/// What is wrong with what came out, if anything.
fn problem(case: &Case, report: &ExerciseReport) -> Option<String> {
    let shown = &case.shown;
    if matches!(
        report.verdict,
        ExerciseVerdict::BuildFailed | ExerciseVerdict::Fault
    ) {
        let why = report.message.as_deref().unwrap_or_default();
        return Some(format!("{shown} could not be judged: {why}"));
    }
    match &case.wanted {
        Wanted::Unsolved => {
            let passed: Vec<_> = report
                .tests
                .iter()
                .filter(|test| test.verdict == Verdict::Passed)
                .map(|test| format!("{:?}", test.name))
                .collect();
            (!passed.is_empty()).then(|| format!("the stub passes {}", passed.join(", ")))
        }
        Wanted::Flawed => {
            let wrong: Vec<_> = report
                .tests
                .iter()
                .filter(|test| {
                    let captured = test.message.as_deref() == Some("the attack captured the flag");
                    let wanted = if test.name.ends_with(" attack captures nothing") {
                        captured
                    } else {
                        test.verdict == Verdict::Passed
                    };
                    !wanted
                })
                .map(|test| format!("{:?} ({:?})", test.name, test.verdict))
                .collect();
            (!wrong.is_empty()).then(|| {
                format!(
                    "as it is given, each attack must capture and each ordinary guest pass: {}",
                    wrong.join(", ")
                )
            })
        }
        Wanted::Solved => {
            let failed = report
                .tests
                .iter()
                .find(|test| test.verdict != Verdict::Passed)?;
            Some(format!(
                "the solution fails {:?}: {}",
                failed.name,
                failed.message.as_deref().unwrap_or_default()
            ))
        }
        Wanted::Caught(name) => match report.tests.iter().find(|test| test.name == *name) {
            Some(test) if test.verdict != Verdict::Passed => None,
            _ => Some(format!("{shown} is not caught by {name:?}")),
        },
    }
}
