//! `checker show`: the task of an exercise.

use anyhow::Result;

use super::{Session, out};
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::files;
use crate::message;
use crate::render::markdown::markdown;
use crate::render::terminal::{STRONG, styled, wrapped};

pub fn show(session: &Session, id: Option<&str>) -> Result<Exit> {
    task(&session.pick(id)?)?;
    Ok(Exit::Passed)
}

/// Prints the task of `exercise`.
pub fn task(exercise: &Exercise) -> Result<()> {
    let title = format!("{} {}", exercise.id(), exercise.manifest().title);
    out(&styled(STRONG, &title))?;
    out(&wrapped(&message::where_it_is(exercise), ""))?;
    out("")?;
    out(&markdown(&files::read(&exercise.brief())?))
}
