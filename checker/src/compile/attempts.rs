//! The package in which other files than the learner's are compiled.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::package::Targets;
use super::{Source, package};
use crate::course::Course;

/// Where the source of `bin` is copied to, in the package.
pub fn copy(bin: &str) -> String {
    format!("src/{bin}.rs")
}

/// Writes it into `folder`, with copies of the sources, and returns its manifest.
///
/// Copies, because cargo looks at times and not at texts: a file that was
/// unpacked or moved over another keeps its old time, and the program of the
/// file before it would be judged (`an_older_file_in_the_place_of_a_newer_one`).
pub fn write(course: &Course, folder: &Path, sources: &[Source<'_>]) -> Result<PathBuf> {
    let mut targets = Targets::default();
    for source in sources {
        let copy = copy(&source.bin());
        package::copy_text(&source.path(), &folder.join(&copy))?;
        targets.bins.push((source.bin(), copy));
    }
    let levels: BTreeSet<&str> = sources
        .iter()
        .map(|source| source.exercise.level())
        .collect();
    package::write(course, folder, "attempts", &levels, &targets)
}
