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
    let backup = match std::fs::read(&file) {
        Ok(own) if own == stub.as_bytes() => return Ok(message::nothing_to_reset(exercise)),
        Ok(own) if own.is_empty() => None,
        Ok(_) => Some(backup(session, exercise)?),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(error).with_context(|| format!("failed to read {}", file.display()));
        }
    };
    files::write(&file, &stub)?;
    Ok(message::was_reset(
        exercise,
        backup.map(|path| exercise.shown(&path)).as_deref(),
    ))
}

fn backup(session: &Session, exercise: &Exercise) -> Result<PathBuf> {
    let folder = progress::folder(&session.course).join("backups");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("failed to make {}", folder.display()))?;
    let path = files::unused(
        &folder,
        &format!("{}-{}", exercise.id(), exercise.name()),
        "rs",
    );
    std::fs::copy(exercise.file(), &path).with_context(|| {
        format!(
            "failed to copy your file to {}; nothing was reset",
            path.display()
        )
    })?;
    Ok(path)
}
