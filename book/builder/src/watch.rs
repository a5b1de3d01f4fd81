//! Waits for a save in the book's sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};
use notify_debouncer_mini::new_debouncer;
use notify_debouncer_mini::notify::RecursiveMode;

use crate::place::Place;

/// An editor saves in several steps; this long after the last one it is done.
const QUIET: Duration = Duration::from_millis(150);

/// The sources as they were at one moment.
#[derive(Debug, PartialEq, Eq)]
pub struct Sources(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Sources {
    /// Take this before a build reads them, so that no save is missed between.
    pub fn now(place: &Place) -> Self {
        let mut stamps = BTreeMap::new();
        for source in place.sources() {
            stamp(&source, &mut stamps);
        }
        Self(stamps)
    }
}

/// Calls `changed` after every save since `built`, for as long as the process
/// lives.
pub fn forever(place: &Place, mut built: Sources, mut changed: impl FnMut()) -> Result<()> {
    let (send, receive) = channel();
    let mut debouncer = new_debouncer(QUIET, send).context("cannot watch files on this system")?;
    for source in place.sources() {
        // A file is watched through its folder: editors that save by renaming
        // put another file in its place.
        let (folder, mode) = if source.is_dir() {
            (source.clone(), RecursiveMode::Recursive)
        } else {
            (place.book.clone(), RecursiveMode::NonRecursive)
        };
        debouncer
            .watcher()
            .watch(&folder, mode)
            .with_context(|| format!("cannot watch {}", folder.display()))?;
    }
    loop {
        // A build reads the sources and writes beside them; some systems report
        // that as events, so only a changed stamp counts as a save. The first
        // look is for a save that came before the watching.
        let now = Sources::now(place);
        if now != built {
            built = now;
            changed();
        }
        match receive.recv() {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => {
                eprintln!("The system reports a problem with watching files: {error}");
            }
            Err(_) => return Ok(()),
        }
    }
}

/// Size and time of every file below `path`.
fn stamp(path: &Path, stamps: &mut BTreeMap<PathBuf, (u64, Option<SystemTime>)>) {
    if let Ok(entries) = fs::read_dir(path) {
        for entry in entries.flatten() {
            stamp(&entry.path(), stamps);
        }
    } else if let Ok(data) = fs::metadata(path) {
        stamps.insert(path.to_path_buf(), (data.len(), data.modified().ok()));
    }
}
