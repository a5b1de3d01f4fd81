//! A trial: sources are compiled together, then each is judged by its tests.

use std::path::PathBuf;
use std::time::Instant;
use std::{fs, thread};

use anyhow::{Result, anyhow, bail};

use crate::compile::{self, Compiled, Source, programs};
use crate::course::Course;
use crate::interrupt;
use crate::judge::{self, Options, Program};
use crate::message;
use crate::report::{self, ExerciseReport, ExerciseVerdict, Millis, Points, TestReport, Verdict};

/// The largest source that is compiled; an exercise is some KiB.
const SOURCE_BYTES: u64 = 1024 * 1024;

/// Compiles `sources` (all the learner's, or all other files) and judges each by
/// its options; one report for each, in their order.
///
/// # Errors
/// Trouble with the set-up, in which nothing was judged.
pub fn hold(
    course: &Course,
    sources: &[Source<'_>],
    options: impl Fn(&Source<'_>) -> Options,
    color: bool,
) -> Result<Vec<ExerciseReport>> {
    let refused: Vec<Option<String>> = sources.iter().map(unreadable).collect();
    let readable: Vec<Source<'_>> = sources
        .iter()
        .zip(&refused)
        .filter(|(_, refused)| refused.is_none())
        .map(|(source, _)| source.clone())
        .collect();
    let program = Program::new();
    thread::scope(|scope| {
        // However this ends, nobody waits for a program that does not come.
        let _end = Withdrawn(&program);
        // The usual case: the tests are declared while the exercise is built.
        let mut early = match &readable[..] {
            [one] => {
                let exercise = one.exercise;
                let program = &program;
                let options = options(one);
                Some(scope.spawn(move || judge::judge(exercise, program, &options)))
            }
            _ => None,
        };
        let mut judge = |source: &Source<'_>, built: PathBuf| {
            let options = options(source);
            let mut tests = match early.take() {
                Some(judging) => {
                    // Set once, here: there is one source.
                    let _ = program.set(Some(built));
                    judging
                        .join()
                        .unwrap_or_else(|_| Err(anyhow!("a judging thread panicked")))?
                }
                None => judge::judge(source.exercise, &Program::from(Some(built)), &options)?,
            };
            tests.extend(judge_programs(course, source, &options)?);
            Ok(tests)
        };
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
            let program = match refused {
                // It was not compiled, so none of the programs is its.
                Some(why) => Err(why),
                None => programs
                    .next()
                    .cloned()
                    .unwrap_or_else(|| Err(message::cargo_failed())),
            };
            reports.push(report(source, program, millis, &mut judge));
            if interrupt::requested() {
                bail!(interrupt::SAID);
            }
        }
        Ok(reports)
    })
}

/// Says that no program will come, when it is dropped.
struct Withdrawn<'a>(&'a Program);

impl Drop for Withdrawn<'_> {
    fn drop(&mut self) {
        // Fails if one has come.
        let _ = self.0.set(None);
    }
}

/// Judges one source: its `program`, or why there is none.
fn report(
    source: &Source<'_>,
    program: Result<PathBuf, String>,
    build_millis: u64,
    judge: &mut impl FnMut(&Source<'_>, PathBuf) -> Result<Vec<TestReport>>,
) -> ExerciseReport {
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
            build: build_millis,
            judge: 0,
        },
    };
    let program = match program {
        Ok(program) => program,
        Err(why) => {
            report.message = Some(why);
            return report;
        }
    };
    let begun = Instant::now();
    match judge(source, program) {
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
    report.millis.judge = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    report
}

/// Judges what the compiler must refuse or accept, if the exercise has such.
fn judge_programs(
    course: &Course,
    source: &Source<'_>,
    options: &Options,
) -> Result<Vec<TestReport>> {
    let mut programs = programs::programs(source.exercise)?;
    programs.retain(|program| options.admits(&program.test.name));
    if programs.is_empty() {
        return Ok(Vec::new());
    }
    programs::judge(course, source, &programs)
}

fn points(tests: &[TestReport]) -> Points {
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
