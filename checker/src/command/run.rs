//! `checker run`: for scripts.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Session, color, judged, out};
use crate::cli::{self, Format};
use crate::compile::Source;
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::judge::{self, Options};
use crate::message;
use crate::render;
use crate::report::Report;

pub fn run(session: &mut Session, arguments: cli::Run) -> Result<Exit> {
    let exercises = chosen(session, &arguments)?;
    let sources = exercises
        .iter()
        .map(|exercise| source(exercise, arguments.file.as_deref(), arguments.all))
        .collect::<Result<Vec<_>>>()?;
    let options = Options {
        seed: arguments.seed.unwrap_or_else(|| fastrand::u32(..)),
        only: arguments.test,
        ..Options::default()
    };
    if let Some(text) = &options.only {
        for exercise in &exercises {
            let tests = judge::declared(exercise)?;
            if !tests.iter().any(|test| test.name.contains(text)) {
                bail!(message::no_such_test(exercise, text));
            }
        }
    }
    let color = color() && arguments.format == Format::Text;
    let results = judged(&session.course, &sources, &options, color)?;
    for (result, source) in results.iter().zip(&sources) {
        // A part of the tests, or somebody else's file, is no pass of one's own.
        if source.file.is_none() && options.only.is_none() {
            session.note(result);
        }
    }
    let report = Report::new(options.seed, results);
    match arguments.format {
        Format::Json => out(&serde_json::to_string_pretty(&report)?)?,
        Format::Text => {
            for (result, exercise) in report.results.iter().zip(&exercises) {
                if report.results.len() == 1 || !result.passed() {
                    out(&render::report::exercise(result, exercise, report.seed))?;
                }
            }
            if report.results.len() > 1 {
                out(&render::report::summary(&report))?;
            }
        }
    }
    Ok(if report.faulty() {
        Exit::Fault
    } else if report.all_passed() {
        Exit::Passed
    } else {
        Exit::NotPassed
    })
}

fn chosen(session: &Session, arguments: &cli::Run) -> Result<Vec<Exercise>> {
    if arguments.all {
        return Ok(session.course.exercises().to_vec());
    }
    if arguments.id.is_empty() {
        return Ok(vec![session.pick(None)?]);
    }
    if arguments.file.is_some() && arguments.id.len() > 1 {
        bail!(message::one_file_for_several());
    }
    let mut exercises: Vec<Exercise> = Vec::new();
    for id in &arguments.id {
        let exercise = session.pick(Some(id))?;
        if exercises.iter().all(|other| other.id() != exercise.id()) {
            exercises.push(exercise);
        }
    }
    Ok(exercises)
}

fn source<'a>(exercise: &'a Exercise, file: Option<&Path>, all: bool) -> Result<Source<'a>> {
    match file {
        None => Ok(Source::learner(exercise)),
        Some(folder) if all => {
            if !folder.is_dir() {
                bail!(message::all_of_a_file(folder));
            }
            Ok(Source::other(
                exercise,
                folder.join(&exercise.manifest().file),
            ))
        }
        Some(file) if !file.exists() => bail!(message::no_such_file(file)),
        Some(file) if file.is_dir() => {
            bail!(message::file_is_a_folder(&file.display().to_string()))
        }
        Some(file) => Ok(Source::other(exercise, file)),
    }
}
