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
    for section in sections(exercises) {
        let _ = writeln!(text, "{}", styled(STRONG, &title(section)));
        text += &rows(session, section, here);
    }
    text + &count(session, exercises) + "\n"
}

/// The course in short: the section of `here` as a table, the others as a line each.
pub fn overview(session: &Session, here: &Exercise) -> String {
    let all: Vec<&Exercise> = session.course.exercises().iter().collect();
    let mut text = String::new();
    for section in sections(&all) {
        let is_here = section.iter().any(|one| one.id() == here.id());
        let passed = styled(
            QUIET,
            &format!("{} of {}", passed(session, section), section.len()),
        );
        let _ = writeln!(text, "{} {passed}", styled(STRONG, &title(section)));
        if is_here {
            text += &rows(session, section, Some(here));
        }
    }
    text + &count(session, &all) + "\n"
}

/// Each level's exercises, and the rooms for themselves.
fn sections<'a>(exercises: &'a [&'a Exercise]) -> impl Iterator<Item = &'a [&'a Exercise]> {
    exercises.chunk_by(|one, next| one.level() == next.level() && one.is_room() == next.is_room())
}

fn title(section: &[&Exercise]) -> String {
    match section {
        [room, ..] if room.is_room() => message::escape_room(),
        [exercise, ..] => message::level_title(exercise.level()),
        [] => String::new(),
    }
}

fn count(session: &Session, exercises: &[&Exercise]) -> String {
    message::count_passed(passed(session, exercises), exercises.len())
}

fn passed(session: &Session, exercises: &[&Exercise]) -> usize {
    exercises
        .iter()
        .filter(|exercise| session.progress.of(exercise.id()).passed)
        .count()
}

fn rows(session: &Session, section: &[&Exercise], here: Option<&Exercise>) -> String {
    let widest = |field: fn(&Exercise) -> &str| {
        let lengths = section.iter().map(|one| field(one).len());
        lengths.max().unwrap_or_default()
    };
    let (id_width, name_width) = (widest(Exercise::id), widest(Exercise::name));
    let mut text = String::new();
    for exercise in section {
        let is_here = here.is_some_and(|here| here.id() == exercise.id());
        let mark = match (session.progress.of(exercise.id()).passed, is_here) {
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
    text
}
