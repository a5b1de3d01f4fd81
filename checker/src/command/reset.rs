//! `checker reset`: the stub as it was, after a backup.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::{Session, out};
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::files;
use crate::message;
use crate::progress;

pub fn reset(session: &Session, id: &str) -> Result<Exit> {
    let exercise = session.pick(Some(id))?;
    out(&text(session, &exercise)?)?;
    Ok(Exit::Passed)
}

/// Puts the stub back and says where the learner's file is kept.
pub fn text(session: &Session, exercise: &Exercise) -> Result<String> {
    let stub = files::read(&exercise.piece("stub.rs"))?;
    let file = exercise.file();
    // Bytes, not text: what a learner wrote is kept even if it is no UTF-8.
    let backup = match files::bytes_if_there(&file)? {
        Some(own) if own == stub.as_bytes() => return Ok(message::nothing_to_reset(exercise)),
        Some(own) if !own.is_empty() => Some(backup(session, exercise, &own)?),
        _ => None,
    };
    files::write(&file, &stub)?;
    Ok(message::was_reset(
        exercise,
        backup.map(|path| exercise.shown(&path)).as_deref(),
    ))
}

fn backup(session: &Session, exercise: &Exercise, own: &[u8]) -> Result<PathBuf> {
    let folder = progress::folder(&session.course).join("backups");
    let name = format!("{}-{}", exercise.id(), exercise.name());
    let path = files::unused(&folder, &name, "rs");
    files::write(&path, own).context(message::nothing_was_reset())?;
    Ok(path)
}
