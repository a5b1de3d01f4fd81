//! A trial: sources are compiled together, then each is judged by its tests.

use std::fs;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::compile::{self, Compiled, Source};
use crate::course::Course;
use crate::interrupt;
use crate::judge::{self, Options};
use crate::message;
use crate::report::{self, ExerciseReport, ExerciseVerdict, Millis, Points, Verdict};

/// The largest source that is compiled; an exercise is some KiB.
const SOURCE_BYTES: u64 = 1024 * 1024;

/// Compiles `sources` (all the learner's, or all other files) and judges them;
/// one report for each, in their order.
///
/// # Errors
/// Trouble with the set-up, in which nothing was judged.
pub fn hold(
    course: &Course,
    sources: &[Source<'_>],
    options: &Options,
    color: bool,
) -> Result<Vec<ExerciseReport>> {
    let refused: Vec<Option<String>> = sources.iter().map(unreadable).collect();
    let readable: Vec<Source<'_>> = sources
        .iter()
        .zip(&refused)
        .filter(|(_, refused)| refused.is_none())
        .map(|(source, _)| source.clone())
        .collect();
    let compiled = if readable.is_empty() {
        None
    } else {
        Some(compile::compile(course, &readable, color)?)
    };
    let millis = compiled.as_ref().map_or(0, |compiled| compiled.millis);
    let mut programs = compiled
        .iter()
        .flat_map(|compiled: &Compiled| &compiled.programs);
    let mut reports = Vec::new();
    for (source, refused) in sources.iter().zip(refused) {
        let exercise = source.exercise;
        let mut report = ExerciseReport {
            id: exercise.id().to_owned(),
            name: exercise.name().to_owned(),
            verdict: ExerciseVerdict::BuildFailed,
            message: None,
            tests: Vec::new(),
            points: Points {
                earned: 0,
                possible: exercise.manifest().points,
            },
            millis: Millis {
                build: millis,
                judge: 0,
            },
        };
        let program = match refused {
            // It was not compiled, so none of the programs is its.
            Some(why) => Err(why),
            None => programs
                .next()
                .cloned()
                .unwrap_or_else(|| Err(message::cargo_failed())),
        };
        match program {
            Err(why) => report.message = Some(why),
            Ok(program) => {
                let begun = Instant::now();
                match judge::judge(exercise, &program, options) {
                    Ok(mut tests) => {
                        for test in &mut tests {
                            test.message = test.message.take().map(|said| source.told(&said));
                        }
                        report.verdict = report::verdict(&tests);
                        report.points = points(&tests);
                        report.tests = tests;
                    }
                    Err(error) => {
                        report.verdict = ExerciseVerdict::Fault;
                        report.message = Some(format!("{error:#}"));
                    }
                }
                report.millis.judge =
                    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            }
        }
        if interrupt::requested() {
            bail!(interrupt::SAID);
        }
        reports.push(report);
    }
    Ok(reports)
}

fn points(tests: &[report::TestReport]) -> Points {
    let sum = |earned: bool| {
        tests
            .iter()
            .filter(|test| !earned || test.verdict == Verdict::Passed)
            .map(|test| test.points)
            .sum()
    };
    Points {
        earned: sum(true),
        possible: sum(false),
    }
}

/// Why a source can't even be given to the compiler, if so.
fn unreadable(source: &Source<'_>) -> Option<String> {
    let path = source.path();
    let shown = source.exercise.shown(&path);
    let own = source.file.is_none().then_some(source.exercise);
    match fs::metadata(&path) {
        Ok(file) if file.is_dir() => Some(message::file_is_a_folder(&shown)),
        // A pipe or a device could be read without end.
        Ok(file) if !file.is_file() => Some(message::file_is_no_file(&shown)),
        Ok(file) if file.len() > SOURCE_BYTES => {
            Some(message::file_is_too_large(&shown, SOURCE_BYTES))
        }
        Ok(file) if file.len() == 0 => Some(message::file_is_empty(&shown, own)),
        Ok(_) => match fs::read(&path) {
            Ok(bytes) if std::str::from_utf8(&bytes).is_err() => {
                Some(message::file_is_no_text(&shown))
            }
            Ok(_) => None,
            Err(error) => Some(message::file_is_unreadable(&shown, &error, own)),
        },
        Err(error) => Some(message::file_is_unreadable(&shown, &error, own)),
    }
}
