//! `checker list`: all exercises and how they stand.

use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use super::{Session, out};
use crate::cli::Format;
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::message;
use crate::render::terminal::{GOOD, NOTE, QUIET, STRONG, styled, width};

pub fn list(session: &Session, format: Format) -> Result<Exit> {
    match format {
        Format::Text => out(&table(session, session.current()))?,
        Format::Json => out(&serde_json::to_string_pretty(&entries(session))?)?,
    }
    Ok(Exit::Passed)
}

/// An exercise and how it stands, version 1.
#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    name: &'a str,
    title: &'a str,
    level: &'a str,
    file: String,
    chapter: String,
    minutes: u32,
    points: u32,
    passed: bool,
    gave_up: bool,
    hints: u32,
}

#[derive(Serialize)]
struct List<'a> {
    version: u32,
    current: Option<&'a str>,
    exercises: Vec<Entry<'a>>,
}

fn entries(session: &Session) -> List<'_> {
    let entry = |exercise: &'_ Exercise| exercise.id().to_owned();
    let current = session.current().map(entry);
    List {
        version: 1,
        current: session
            .course
            .exercises()
            .iter()
            .map(Exercise::id)
            .find(|id| Some(*id) == current.as_deref()),
        exercises: session
            .course
            .exercises()
            .iter()
            .map(|exercise| {
                let remembered = session.progress.of(exercise.id());
                let manifest = exercise.manifest();
                Entry {
                    id: exercise.id(),
                    name: exercise.name(),
                    title: &manifest.title,
                    level: exercise.level(),
                    file: exercise.shown(&exercise.file()),
                    chapter: message::chapter(exercise),
                    minutes: manifest.minutes,
                    points: manifest.points,
                    passed: remembered.passed,
                    gave_up: remembered.gave_up,
                    hints: remembered.hints,
                }
            })
            .collect(),
    }
}

/// The course as a table, with a mark at `here`.
pub fn table(session: &Session, here: Option<&Exercise>) -> String {
    let all: Vec<&Exercise> = session.course.exercises().iter().collect();
    table_of(session, &all, here)
}

/// `exercises` as a table, with a mark at `here`.
pub fn table_of(session: &Session, exercises: &[&Exercise], here: Option<&Exercise>) -> String {
    let mut text = String::new();
    let mut level = "";
    let mut passed = 0;
    let widest = |field: fn(&Exercise) -> &str, is_room| {
        let of_kind = exercises.iter().filter(|one| one.is_room() == is_room);
        of_kind
            .map(|one| field(one).len())
            .max()
            .unwrap_or_default()
    };
    for exercise in exercises {
        let id_width = widest(Exercise::id, exercise.is_room());
        let name_width = widest(Exercise::name, exercise.is_room());
        if exercise.level() != level {
            level = exercise.level();
            let _ = writeln!(text, "{}", styled(STRONG, &message::level_title(level)));
        }
        let remembered = session.progress.of(exercise.id());
        passed += usize::from(remembered.passed);
        let is_here = here.is_some_and(|here| here.id() == exercise.id());
        let mark = match (remembered.passed, is_here) {
            (true, _) => styled(GOOD, "✓"),
            (false, true) => styled(NOTE, "▸"),
            (false, false) => styled(QUIET, "·"),
        };
        let manifest = exercise.manifest();
        let row = format!(
            "{:<id_width$} {:<name_width$} {}",
            exercise.id(),
            exercise.name(),
            manifest.title
        );
        let minutes = format!("{} min", manifest.minutes);
        // On a narrow terminal the minutes go, then the end of the title.
        let room = width().saturating_sub(4);
        let row = if row.chars().count() + minutes.len() + 2 <= room {
            let gap = room.min(68) - minutes.len();
            format!("{row:<gap$}{}", styled(QUIET, &minutes))
        } else {
            row.chars().take(room).collect()
        };
        let row = if is_here { styled(STRONG, &row) } else { row };
        let _ = writeln!(text, "  {mark} {row}");
    }
    let _ = writeln!(text, "{}", message::count_passed(passed, exercises.len()));
    text
}
