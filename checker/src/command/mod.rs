//! One file for each subcommand, and what they share: the course and the
//! learner's progress.

mod dev;
mod hint;
mod list;
mod reset;
mod rooms;
mod run;
mod show;
mod solution;
mod status;
mod watch;

use std::io::{self, Write as _};

use anyhow::Result;

use crate::cli::{Cli, Command};
use crate::compile::Source;
use crate::course::Course;
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::judge::Options;
use crate::message;
use crate::progress::Progress;
use crate::render::terminal::{lines, note as warn};
use crate::report::ExerciseReport;
use crate::{room, trial};

/// Does what was typed.
pub fn perform(cli: Cli) -> Result<Exit> {
    let mut session = Session::open()?;
    match cli.command {
        None => status::status(&mut session, cli.id.as_deref()),
        Some(Command::Run(arguments)) => run::run(&mut session, arguments),
        Some(Command::Watch(arguments)) => watch::watch(&mut session, &arguments),
        Some(Command::List { format }) => list::list(&session, format),
        Some(Command::Room { number }) => rooms::room(&mut session, number),
        Some(Command::Show { id }) => show::show(&session, id.as_deref()),
        Some(Command::Hint { id, rung }) => hint::hint(&mut session, id.as_deref(), rung),
        Some(Command::Reset { id }) => reset::reset(&session, &id),
        Some(Command::Solution { id, give_up }) => {
            solution::solution(&mut session, id.as_deref(), give_up)
        }
        Some(Command::Dev(what)) => dev::dev(&session, what),
    }
}

/// The course and where this learner is in it.
pub struct Session {
    course: Course,
    progress: Progress,
}

impl Session {
    fn open() -> Result<Self> {
        let course = Course::find()?;
        let progress = Progress::load(&course)?;
        if let Some(notice) = progress.notice() {
            warn(notice);
        }
        Ok(Self { course, progress })
    }

    /// The first exercise that has not passed.
    fn current(&self) -> Option<&Exercise> {
        self.course
            .exercises()
            .iter()
            .find(|exercise| !self.progress.of(exercise.id()).passed)
    }

    /// The exercise that is named, or else the current one, or else the last.
    fn pick(&self, id: Option<&str>) -> Result<Exercise> {
        let exercise = match id {
            Some(id) => Some(self.course.find_exercise(id)?),
            None => self.current().or(self.course.exercises().last()),
        };
        exercise
            .cloned()
            .ok_or_else(|| anyhow::anyhow!(message::no_course()))
    }

    /// Notes a pass of the learner's own file.
    fn note(&mut self, report: &ExerciseReport) {
        if report.passed()
            && let Err(error) = self
                .progress
                .remember(&report.id, |exercise| exercise.passed = true)
        {
            warn(&message::progress_not_saved(&error));
        }
    }
}

/// Judges `sources`: exercises together, and each room in its two parts.
fn judged(
    course: &Course,
    sources: &[Source<'_>],
    options: &Options,
    color: bool,
) -> Result<Vec<ExerciseReport>> {
    let (rooms, exercises): (Vec<Source<'_>>, Vec<_>) = sources
        .iter()
        .cloned()
        .partition(|source| source.exercise.is_room());
    let mut reports = Vec::new();
    if !exercises.is_empty() {
        reports = trial::hold(course, &exercises, |_| options.clone(), color)?;
    }
    for source in &rooms {
        reports.push(room::hold(course, source, options, color)?);
    }
    // As they were asked for.
    let place = |report: &ExerciseReport| {
        sources
            .iter()
            .position(|source| source.exercise.id() == report.id)
    };
    reports.sort_by_key(place);
    Ok(reports)
}

/// Prints to stdout.
///
/// # Errors
/// A reader that went away (`| head`) ends the command, which is no trouble:
/// see `main`.
fn out(text: &str) -> Result<()> {
    let text = format!("{text}\n");
    Ok(anstream::stdout()
        .lock()
        .write_all(lines(&text).as_bytes())?)
}

/// Whether rustc should color its errors.
fn color() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}
