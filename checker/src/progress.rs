//! Progress: one TOML file, keyed by exercise id, that this learner's checker
//! remembers things in. What it does not know is kept as it is; a file that
//! can't be understood is set aside, never overwritten.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use toml::{Table, Value};

use crate::course::Course;
use crate::files;
use crate::message;

/// The version of the file's format.
const VERSION: i64 = 1;

/// What is remembered of one exercise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remembered {
    /// It passed once.
    pub passed: bool,
    /// The solution was shown before it passed.
    pub gave_up: bool,
    /// How many rungs of its hints were read.
    pub hints: u32,
}

/// The progress of one learner.
#[derive(Debug, Clone)]
pub struct Progress {
    path: PathBuf,
    table: Table,
    /// What happened to the file, if it was set aside.
    notice: Option<String>,
}

impl Progress {
    /// Reads the progress of the learner in `course`.
    ///
    /// # Errors
    /// The file can't be read, or a newer checker wrote it.
    pub fn load(course: &Course) -> Result<Self> {
        Self::read(&folder(course).join("progress.toml"))
    }

    fn read(path: &Path) -> Result<Self> {
        let mut progress = Self {
            path: path.to_path_buf(),
            table: Table::new(),
            notice: None,
        };
        let Some(bytes) = files::bytes_if_there(path)? else {
            return Ok(progress);
        };
        // Not text at all is as broken as a file can be.
        let Ok(text) = String::from_utf8(bytes) else {
            progress.set_aside("it is not text")?;
            return Ok(progress);
        };
        match understood(&text) {
            Ok(table) => progress.table = table,
            Err(Wrong::Newer(version)) => bail!(message::newer_progress(path, version)),
            Err(Wrong::Broken(why)) => progress.set_aside(&why)?,
        }
        Ok(progress)
    }

    /// Moves a broken file away under a name of its own.
    fn set_aside(&mut self, why: &str) -> Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let aside = files::unused(folder, "progress-broken", "toml");
        std::fs::rename(&self.path, &aside)
            .with_context(|| format!("failed to set {} aside", self.path.display()))?;
        self.notice = Some(message::progress_set_aside(&self.path, &aside, why));
        Ok(())
    }

    /// What happened to the file, to be told once.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// What is remembered of the exercise `id`.
    pub fn of(&self, id: &str) -> Remembered {
        let entry = self
            .table
            .get("exercises")
            .and_then(|exercises| exercises.get(id));
        let field = |name: &str| entry.and_then(|entry| entry.get(name));
        let flag = |name| field(name).and_then(Value::as_bool).unwrap_or_default();
        Remembered {
            passed: flag("passed"),
            gave_up: flag("gave_up"),
            hints: field("hints")
                .and_then(Value::as_integer)
                .and_then(|hints| u32::try_from(hints).ok())
                .unwrap_or_default(),
        }
    }

    /// Changes what is remembered of the exercise `id` and writes it down. The
    /// file is read anew under a lock, so that two checkers lose nothing.
    pub fn remember(&mut self, id: &str, change: impl Fn(&mut Remembered)) -> Result<()> {
        // Known from here on, even if it can't be written.
        self.change(id, &change);
        let _turn = files::lock(&self.path.with_extension("lock"), || ())?;
        let notice = self.notice.take();
        *self = Self::read(&self.path)?;
        self.notice = self.notice.take().or(notice);
        if !self.change(id, &change) {
            return Ok(());
        }
        let text = toml::to_string(&self.table).context("failed to write the progress down")?;
        files::write(&self.path, format!("{}{text}", message::progress_header()))
    }

    /// Says whether anything is different afterwards.
    fn change(&mut self, id: &str, change: impl Fn(&mut Remembered)) -> bool {
        let before = self.of(id);
        let mut now = before;
        change(&mut now);
        if now != before {
            self.insert(id, now);
        }
        now != before
    }

    fn insert(&mut self, id: &str, now: Remembered) {
        self.table
            .entry("version")
            .or_insert(Value::Integer(VERSION));
        let Value::Table(exercises) = self
            .table
            .entry("exercises")
            .or_insert_with(|| Value::Table(Table::new()))
        else {
            return;
        };
        let Value::Table(entry) = exercises
            .entry(id)
            .or_insert_with(|| Value::Table(Table::new()))
        else {
            return;
        };
        entry.insert("passed".to_owned(), now.passed.into());
        entry.insert("gave_up".to_owned(), now.gave_up.into());
        entry.insert("hints".to_owned(), i64::from(now.hints).into());
    }
}

/// The folder in which the checker keeps what is this learner's: progress and
/// backups. It outlives `cargo clean`.
pub fn folder(course: &Course) -> PathBuf {
    course.root().join(".checker")
}

enum Wrong {
    Newer(i64),
    Broken(String),
}

/// The table in `text`, if it has the shape that this checker writes.
fn understood(text: &str) -> Result<Table, Wrong> {
    let broken = |why: anyhow::Error| Wrong::Broken(why.to_string());
    let table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| broken(anyhow!(error.message().to_owned())))?;
    match table.get("version") {
        Some(Value::Integer(VERSION)) => {}
        Some(Value::Integer(newer)) if *newer > VERSION => return Err(Wrong::Newer(*newer)),
        _ => return Err(broken(anyhow!("it does not say which version it is"))),
    }
    match table.get("exercises") {
        None => {}
        Some(Value::Table(exercises)) => {
            if let Some((id, _)) = exercises.iter().find(|(_, entry)| !entry.is_table()) {
                return Err(broken(anyhow!("its entry {id:?} is no table")));
            }
        }
        Some(_) => return Err(broken(anyhow!("its `exercises` is no table"))),
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("progress.toml");
        std::fs::write(&path, text).expect("a file");
        (folder, path)
    }

    #[test]
    fn what_it_does_not_know_is_kept() {
        let (_folder, path) = written(
            b"version = 1\nmood = \"good\"\n[exercises.\"9.9\"]\npassed = true\nstars = 3\n",
        );
        let mut progress = Progress::read(&path).expect("readable");
        assert!(progress.of("9.9").passed);
        progress
            .remember("1.1", |one| one.passed = true)
            .expect("written");
        progress
            .remember("9.9", |one| one.hints = 2)
            .expect("written");
        let text = std::fs::read_to_string(&path).expect("text");
        for kept in [
            "mood = \"good\"",
            "stars = 3",
            "[exercises.\"1.1\"]",
            "hints = 2",
        ] {
            assert!(text.contains(kept), "{kept} is missing in {text}");
        }
    }

    #[test]
    fn two_checkers_lose_nothing() {
        let (_folder, path) = written(b"version = 1\n");
        let mut one = Progress::read(&path).expect("readable");
        let mut two = Progress::read(&path).expect("readable");
        one.remember("1.1", |exercise| exercise.passed = true)
            .expect("written");
        two.remember("1.2", |exercise| exercise.passed = true)
            .expect("written");
        let both = Progress::read(&path).expect("readable");
        assert!(both.of("1.1").passed && both.of("1.2").passed);
    }

    #[test]
    fn a_broken_file_is_set_aside_whole() {
        for broken in [
            &b"version = 1\n[exercises"[..],
            b"",
            b"exercises = 3\nversion = 1",
            b"\xff\xfe\x00",
            b"version = \"one\"",
            b"version = 1\n[exercises]\n\"1.1\" = true",
        ] {
            let (folder, path) = written(broken);
            let mut progress = Progress::read(&path).expect("set aside");
            assert!(
                progress
                    .notice()
                    .is_some_and(|notice| notice.contains("progress-broken.toml"))
            );
            progress
                .remember("1.1", |one| one.passed = true)
                .expect("written");
            let aside = std::fs::read(folder.path().join("progress-broken.toml"));
            assert_eq!(aside.expect("set aside"), broken);
            assert!(Progress::read(&path).expect("readable").of("1.1").passed);
        }
    }

    #[test]
    fn a_newer_file_is_left_alone() {
        let (_folder, path) = written(b"version = 2\n");
        let error = Progress::read(&path).expect_err("refused").to_string();
        assert!(error.contains("version 2"), "{error}");
        assert_eq!(std::fs::read(&path).expect("text"), b"version = 2\n");
    }
}
