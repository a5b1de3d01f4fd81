//! `checker show`: the task of an exercise.

use anyhow::Result;

use super::{Session, out};
use crate::exit::Exit;
use crate::files;
use crate::message;
use crate::render::markdown::markdown;
use crate::render::terminal::{STRONG, styled, wrapped};

pub fn show(session: &Session, id: Option<&str>) -> Result<Exit> {
    let exercise = session.pick(id)?;
    let title = format!("{} {}", exercise.id(), exercise.manifest().title);
    out(&styled(STRONG, &title))?;
    out(&wrapped(&message::where_it_is(&exercise), ""))?;
    out("")?;
    out(&markdown(&files::read(&exercise.piece("brief.md"))?))?;
    Ok(Exit::Passed)
}
