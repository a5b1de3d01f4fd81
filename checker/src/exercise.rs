//! One exercise: where its pieces lie and what `exercise.toml` says of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;

use crate::files;

/// What `exercise.toml` says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Level and number, such as `1.1`; `room-1` for a room.
    pub id: String,
    /// One word, such as `evaluate`.
    pub name: String,
    /// A line of a table of contents.
    pub title: String,
    /// The learner's file, below `levels/`; its solution has the same path below `solutions/`.
    pub file: PathBuf,
    /// The guide that teaches it, below `book/src/`.
    pub chapter: PathBuf,
    /// How long a learner who has read the chapter takes.
    pub minutes: u32,
    /// The sum of the tests' points.
    pub points: u32,
    /// What a worker may use; what is left out has its default.
    #[serde(default)]
    pub limits: Limits,
}

/// No level has as many exercises.
const ROOMS: u32 = 1000;

/// What a worker may use while it answers one test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Time for one call, in milliseconds.
    pub wall_ms: u64,
    /// Time for all calls of one test, in milliseconds.
    pub test_ms: u64,
    /// Processor time for one test, in seconds.
    pub cpu_s: u64,
    /// Address space of the worker, in MiB (256 of it are its thread's stack).
    pub memory_mib: u64,
    /// Text that the worker may print in one test, in KiB.
    pub output_kib: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            wall_ms: 2_000,
            test_ms: 10_000,
            cpu_s: 10,
            memory_mib: 1_024,
            output_kib: 1_024,
        }
    }
}

impl Limits {
    /// Time for one call.
    pub fn wall(&self) -> Duration {
        Duration::from_millis(self.wall_ms)
    }

    /// Time for all calls of one test.
    pub fn test(&self) -> Duration {
        Duration::from_millis(self.test_ms)
    }
}

/// An exercise of the course.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// The course's root.
    root: PathBuf,
    /// `checker/exercises/ID-name`.
    folder: PathBuf,
    manifest: Manifest,
}

impl Exercise {
    /// Reads the exercise whose checker's side lies in `folder`.
    pub fn load(root: &Path, folder: &Path) -> Result<Self> {
        let toml_path = folder.join("exercise.toml");
        let text = files::read(&toml_path)?;
        // toml's message holds line, column, the line itself and the key.
        let manifest: Manifest = toml::from_str(&text)
            .map_err(|error| anyhow::anyhow!("{error}"))
            .with_context(|| format!("failed to understand {}", shown(root, &toml_path)))?;
        let named = format!("{}-{}", manifest.id, manifest.name);
        if folder.file_name().is_none_or(|name| name != named.as_str()) {
            bail!(
                "{} says id \"{}\" and name \"{}\", so its folder must be called {named}",
                shown(root, &toml_path),
                manifest.id,
                manifest.name,
            );
        }
        let inside = |path: &Path| {
            path.components()
                .all(|part| matches!(part, std::path::Component::Normal(_)))
        };
        for (key, path) in [("file", &manifest.file), ("chapter", &manifest.chapter)] {
            if !inside(path) {
                bail!(
                    "{} says {key} = {path:?}; it must be a plain path below its folder",
                    shown(root, &toml_path)
                );
            }
        }
        let limits = manifest.limits;
        for (key, value) in [
            ("wall_ms", limits.wall_ms),
            ("test_ms", limits.test_ms),
            ("cpu_s", limits.cpu_s),
            ("memory_mib", limits.memory_mib),
            ("output_kib", limits.output_kib),
        ] {
            if value == 0 {
                bail!(
                    "{} says {key} = 0, and nothing runs within that; leave it out for the default",
                    shown(root, &toml_path)
                );
            }
        }
        Ok(Self {
            root: root.to_path_buf(),
            folder: folder.to_path_buf(),
            manifest,
        })
    }

    /// Level and number, such as `1.1`.
    pub fn id(&self) -> &str {
        &self.manifest.id
    }

    /// One word, such as `evaluate`.
    pub fn name(&self) -> &str {
        &self.manifest.name
    }

    /// What `exercise.toml` says.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The folder of its level, such as `level-1-basics`.
    pub fn level(&self) -> &str {
        self.manifest
            .file
            .iter()
            .next()
            .and_then(|part| part.to_str())
            .unwrap_or_default()
    }

    /// Whether it is a room of the escape room: solved twice, by an attack on it
    /// and by a fix of it.
    pub fn is_room(&self) -> bool {
        self.manifest.file.ends_with("room.rs")
    }

    /// The name of its bin target: `01_evaluate`, or `room-01-host-object` for a
    /// room, whose file is called as all rooms' are and whose folder is not.
    pub fn bin(&self) -> String {
        let name = |path: Option<&Path>| {
            path.and_then(Path::file_stem)
                .and_then(|stem| stem.to_str())
                .unwrap_or_default()
                .to_owned()
        };
        let file = &self.manifest.file;
        if self.is_room() {
            format!("room-{}", name(file.parent()))
        } else {
            name(Some(file))
        }
    }

    /// The task, in Markdown. A room's lies in the room.
    pub fn brief(&self) -> PathBuf {
        if self.is_room() {
            self.file().with_file_name("brief.md")
        } else {
            self.piece("brief.md")
        }
    }

    /// The learner's attack on a room.
    pub fn attack(&self) -> PathBuf {
        self.file().with_file_name("attack.js")
    }

    /// The reference attack on a room.
    pub fn solution_attack(&self) -> PathBuf {
        self.solution().with_file_name("attack.js")
    }

    /// The learner's file.
    pub fn file(&self) -> PathBuf {
        self.root.join("levels").join(&self.manifest.file)
    }

    /// The reference solution.
    pub fn solution(&self) -> PathBuf {
        self.root.join("solutions").join(&self.manifest.file)
    }

    /// A file of the checker's side, such as `tests.js`.
    pub fn piece(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// `path` as a person in the course's folder would write it.
    pub fn shown(&self, path: &Path) -> String {
        shown(&self.root, path)
    }

    /// Level and number as numbers, to sort by. The rooms follow the exercises of
    /// their level.
    pub fn order(&self) -> (u32, u32) {
        let number = |text: &str| text.parse().unwrap_or(u32::MAX);
        if let Some(room) = self.id().strip_prefix("room-") {
            let level = self.level().split('-').nth(1).unwrap_or_default();
            return (number(level), number(room).saturating_add(ROOMS));
        }
        let (level, place) = self.id().split_once('.').unwrap_or((self.id(), ""));
        (number(level), number(place))
    }
}

/// `path` relative to `root`, with forward slashes.
pub fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string()
        .replace('\\', "/")
}
