//! The wrong solutions of an exercise: `wrong/*.rs` are whole files, and
//! `wrong/*.patch` say what they change in the solution or in the stub.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use diffy::Patch;

use crate::exercise::Exercise;
use crate::files;

/// What stands first in each file; in a whole one, after `// `.
const CAUGHT_BY: &str = "Caught by: ";

/// A wrong solution.
#[derive(Debug)]
pub struct Wrong {
    /// The test that catches it.
    pub test: String,
    /// The file to compile.
    pub file: PathBuf,
}

/// The files in `wrong/` of `exercise`, sorted; none if there is no such folder.
pub fn paths(exercise: &Exercise) -> Result<Vec<PathBuf>> {
    let folder = exercise.piece("wrong");
    let mut paths = Vec::new();
    if folder.is_dir() {
        for entry in fs::read_dir(&folder)
            .with_context(|| format!("failed to list {}", exercise.shown(&folder)))?
        {
            paths.push(entry?.path());
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads the wrong solution at `path`. What a patch makes is written into
/// `folder`.
///
/// # Errors
/// What its author has to mend.
pub fn read(exercise: &Exercise, path: &Path, folder: &Path) -> Result<Wrong> {
    let text = files::read(path)?;
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let is_patch = path
        .extension()
        .is_some_and(|extension| extension == "patch");
    let comment = if is_patch { "" } else { "// " };
    let test = first
        .strip_prefix(comment)
        .and_then(|words| words.strip_prefix(CAUGHT_BY))
        .with_context(|| {
            format!(
                "{} does not begin with `{comment}{CAUGHT_BY}NAME OF A TEST`",
                exercise.shown(path)
            )
        })?
        .trim()
        .to_owned();
    if !is_patch {
        let file = path.to_owned();
        return Ok(Wrong { test, file });
    }
    let patched = patched(exercise, rest)
        .with_context(|| format!("{} is of no use", exercise.shown(path)))?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let file = folder.join(format!("{}-{name}.rs", exercise.name()));
    files::write_scratch(&file, patched)?;
    Ok(Wrong { test, file })
}

fn patched(exercise: &Exercise, patch: &str) -> Result<String> {
    let patch = Patch::from_str(patch).context("it is no unified diff")?;
    let base = match patch.original() {
        Some("solution") => exercise.solution(),
        Some("stub") => exercise.piece("stub.rs"),
        _ => anyhow::bail!("its line `---` names neither `solution` nor `stub`"),
    };
    diffy::apply(&files::read(&base)?, &patch)
        .with_context(|| format!("{} has changed since", exercise.shown(&base)))
}
