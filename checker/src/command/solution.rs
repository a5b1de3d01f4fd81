//! `checker solution`: why the reference is as it is, and how yours differs.

use anyhow::{Result, bail};

use super::{Session, out, warn};
use crate::exit::Exit;
use crate::files;
use crate::message;
use crate::render::diff::changes;
use crate::render::markdown::markdown;
use crate::render::terminal::{STRONG, styled, visible, wrapped};

pub fn solution(session: &mut Session, id: Option<&str>, give_up: bool) -> Result<Exit> {
    let exercise = match id {
        // Without a name, the one that was passed last is meant, not the next.
        None if !give_up => session
            .course
            .exercises()
            .iter()
            .rev()
            .find(|exercise| session.progress.of(exercise.id()).passed)
            .cloned()
            .map_or_else(|| session.pick(None), Ok)?,
        id => session.pick(id)?,
    };
    let remembered = session.progress.of(exercise.id());
    if !remembered.passed && !give_up && !remembered.gave_up {
        bail!(message::solution_not_yet(&exercise));
    }
    let reference = files::read(&exercise.solution())?;
    if !remembered.passed
        && let Err(error) = session
            .progress
            .remember(exercise.id(), |exercise| exercise.gave_up = true)
    {
        warn(&message::progress_not_saved(&error));
    }
    let title = format!("{} {}", exercise.id(), exercise.manifest().title);
    out(&styled(STRONG, &title))?;
    out("")?;
    out(&markdown(&files::read(&exercise.piece("explanation.md"))?))?;
    out("")?;
    let own = files::read(&exercise.file()).unwrap_or_default();
    if own == reference {
        out(&message::same_as_reference())?;
    } else if remembered.passed {
        out(&styled(STRONG, &message::diff_title(&exercise)))?;
        out(&changes(&visible(&own), &visible(&reference)))?;
    } else {
        let path = exercise.shown(&exercise.solution());
        out(&styled(STRONG, &path))?;
        out("")?;
        out(reference.trim_end())?;
    }
    if exercise.is_room() {
        let attack = exercise.solution_attack();
        out("")?;
        out(&styled(STRONG, &exercise.shown(&attack)))?;
        out("")?;
        out(files::read(&attack)?.trim_end())?;
    }
    out("")?;
    match session.course.after(&exercise) {
        Some(next) => out(&wrapped(&message::up_next(next), ""))?,
        None => out(&wrapped(&message::end_of_course(), ""))?,
    }
    Ok(Exit::Passed)
}
