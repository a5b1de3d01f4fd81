//! `checker reset`: the stub as it was, after a backup.

use std::path::{Path, PathBuf};

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

/// Puts the stub back and says where the learner's file is kept. In a room the
/// attack is a learner's file as well.
pub fn text(session: &Session, exercise: &Exercise) -> Result<String> {
    let mut said = Vec::new();
    let stub = files::read(&exercise.piece("stub.rs"))?;
    said.extend(put_back(session, exercise, &exercise.file(), &stub)?);
    if exercise.is_room() {
        said.extend(put_back(session, exercise, &exercise.attack(), "")?);
    }
    if said.is_empty() {
        return Ok(message::nothing_to_reset(exercise));
    }
    Ok(said.join("\n"))
}

/// Makes `file` hold `stub`; says so if it did not.
fn put_back(
    session: &Session,
    exercise: &Exercise,
    file: &Path,
    stub: &str,
) -> Result<Option<String>> {
    // Bytes, not text: what a learner wrote is kept even if it is no UTF-8.
    let backup = match files::bytes_if_there(file)? {
        Some(own) if own == stub.as_bytes() => return Ok(None),
        Some(own) if !own.is_empty() => Some(backup(session, exercise, file, &own)?),
        _ => None,
    };
    files::write(file, stub)?;
    let backup = backup.map(|path| exercise.shown(&path));
    let said = message::was_reset(&exercise.shown(file), backup.as_deref());
    Ok(Some(said))
}

fn backup(session: &Session, exercise: &Exercise, file: &Path, own: &[u8]) -> Result<PathBuf> {
    let folder = progress::folder(&session.course).join("backups");
    let name = format!("{}-{}", exercise.id(), exercise.name());
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    let path = files::unused(&folder, &name, &extension);
    files::write(&path, own).context(message::nothing_was_reset())?;
    Ok(path)
}
