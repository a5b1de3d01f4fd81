//! Judging: the hidden tests of an exercise, run in a sandboxed context, ask a
//! worker and judge its answers.
//!
//! - `attacks`: those on a room of the escape room.
//! - `bench`: one context with the tests in it, and the worker they ask.
//! - `call`: a call as one would write it.
//! - `outcome`: what a test came to.
//! - `prelude.js`: the language of the tests.

mod attacks;
mod bench;
mod call;
mod outcome;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;

use anyhow::{Result, anyhow, bail};

use crate::compile::programs;
use crate::exercise::Exercise;
use crate::files;
use crate::report::{TestReport, Verdict};
pub use attacks::{Attack, attack_in, variants};
use attacks::{Scene, on_a_fix};
use bench::Bench;

/// The stack of a thread that holds a context: Boa parses and runs natively
/// recursive, and a dev build needs several times what a release build needs.
const STACK: usize = 64 * 1024 * 1024;

/// What a caller may choose.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the tests' randomness begins with.
    pub seed: u32,
    /// Only tests whose name contains this.
    pub only: Option<String>,
    /// The attack that shall break a room; `None` judges a fix of it, and any
    /// exercise that is no room.
    pub breach: Option<Attack>,
    /// The attack that came with a fix of a room, and that it must stand as well.
    pub own_attack: Option<Attack>,
}

impl Options {
    /// Whether the test `name` is among those that were asked for.
    pub fn admits(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }

    fn scene(&self, exercise: &Exercise) -> Result<Scene> {
        Ok(match &self.breach {
            Some(attack) => Scene {
                breach: true,
                attacks: vec![attack.clone()],
            },
            None if exercise.is_room() => Scene {
                breach: false,
                attacks: on_a_fix(exercise, self.own_attack.as_ref())?,
            },
            None => Scene::default(),
        })
    }
}

/// One declared test.
#[derive(Debug, Clone)]
pub struct Declared {
    /// A sentence: what should hold.
    pub name: String,
    /// What it is worth.
    pub points: u32,
    /// The most common reason for it to fail.
    pub cause: Option<String>,
}

/// The tests that an exercise declares.
pub fn declared(exercise: &Exercise) -> Result<Vec<Declared>> {
    let tests = files::read(&exercise.piece("tests.js"))?;
    let scene = Options::default().scene(exercise)?;
    let mut declared =
        on_a_large_stack(|| Ok(Bench::new(exercise, &tests, &scene, 0)?.declared().to_vec()))?;
    let programs = programs::programs(exercise)?;
    declared.extend(programs.into_iter().map(|program| program.test));
    Ok(declared)
}

/// A program that may still be being built; `None` if there will be none.
pub type Program = OnceLock<Option<PathBuf>>;

/// Judges `program`, a worker, by the tests of `exercise`. The tests are read
/// and declared while it is still being built.
///
/// # Errors
/// Only what is not the learner's doing: tests that can't be run, a program
/// that can't be started.
pub fn judge(exercise: &Exercise, program: &Program, options: &Options) -> Result<Vec<TestReport>> {
    let tests = files::read(&exercise.piece("tests.js"))?;
    let scene = options.scene(exercise)?;
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<TestReport>>> = Mutex::default();
    let unstartable = OnceLock::new();
    let work = || -> Result<Vec<Declared>> {
        let bench = Bench::new(exercise, &tests, &scene, options.seed)?;
        let Some(program) = program.wait() else {
            return Ok(Vec::new());
        };
        loop {
            // From the last to the first: the long tests stand at the end of a
            // file, and begun early they leave no core idle.
            let declared = bench.declared();
            let done = next.fetch_add(1, Ordering::SeqCst);
            let Some((index, test)) = declared.iter().enumerate().rev().nth(done) else {
                return Ok(declared.to_vec());
            };
            if !options.admits(&test.name) {
                continue;
            }
            let report = bench.run(index, program, &unstartable)?;
            let mut results = results
                .lock()
                .map_err(|_| anyhow!("a judging thread died"))?;
            if results.len() <= index {
                results.resize(index + 1, None);
            }
            results[index] = Some(report);
        }
    };
    // A worker keeps one core busy while its tests wait for it.
    let threads = thread::available_parallelism().map_or(1, |n| n.get().min(4));
    let declared = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|_| {
                thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, work)
            })
            .collect();
        let mut declared = Vec::new();
        for handle in handles {
            declared = join(handle?)?;
        }
        Ok::<_, anyhow::Error>(declared)
    })?;

    if declared.is_empty() && program.wait().is_some() {
        bail!(
            "{} declares no test",
            exercise.shown(&exercise.piece("tests.js"))
        );
    }

    // Exactly one result for every declared test: one that has none is missing.
    let mut results = results
        .into_inner()
        .map_err(|_| anyhow!("a judging thread died"))?;
    results.resize(declared.len(), None);
    let chosen = declared
        .into_iter()
        .zip(results)
        .filter(|(test, _)| options.admits(&test.name));
    let reports: Vec<TestReport> = chosen
        .map(|(test, report)| report.unwrap_or_else(|| missing(test)))
        .collect();
    Ok(reports)
}

fn missing(test: Declared) -> TestReport {
    TestReport {
        message: Some("this test was declared and has no result".to_owned()),
        ..TestReport::new(test.name, Verdict::Missing, test.points)
    }
}

fn join<T>(handle: thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    handle
        .join()
        .unwrap_or_else(|_| Err(anyhow!("a judging thread panicked")))
}

fn on_a_large_stack<T: Send>(work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
    thread::scope(|scope| {
        join(
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, work)?,
        )
    })
}
