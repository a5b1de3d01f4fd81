//! The course: its root folder and its exercises, in their order.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::exercise::{Exercise, shown};
use crate::message;

/// All exercises, sorted by level and number.
#[derive(Debug, Clone)]
pub struct Course {
    root: PathBuf,
    exercises: Vec<Exercise>,
}

impl Course {
    /// Loads the course that the current folder lies in, or else the one that
    /// this checker was built in.
    pub fn find() -> Result<Self> {
        let here = std::env::current_dir().context("failed to ask for the current folder")?;
        let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
        let root = here
            .ancestors()
            .chain(built_in)
            .find(|folder| {
                folder.join("checker/exercises").is_dir() && folder.join("levels").is_dir()
            })
            .with_context(message::no_course)?;
        Self::load(root)
    }

    /// Loads the course whose root is `root`.
    pub fn load(root: &Path) -> Result<Self> {
        let folder = root.join("checker/exercises");
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("failed to list {}", folder.display()))?;
        let mut exercises = Vec::new();
        for entry in entries {
            let path = entry
                .with_context(|| format!("failed to list {}", folder.display()))?
                .path();
            if path.is_dir() {
                exercises.push(Exercise::load(root, &path)?);
            }
        }
        exercises.sort_by_key(|exercise| (exercise.order(), exercise.name().to_owned()));
        if let Some(pair) = exercises
            .windows(2)
            .find(|pair| pair[0].id() == pair[1].id() || pair[0].name() == pair[1].name())
        {
            bail!(
                "{} and {} share an id or a name; each must be the only one of its kind",
                shown(root, &pair[0].piece("exercise.toml")),
                shown(root, &pair[1].piece("exercise.toml")),
            );
        }
        if exercises.is_empty() {
            bail!("{} holds no exercise", folder.display());
        }
        Ok(Self {
            root: root.to_path_buf(),
            exercises,
        })
    }

    /// The folder that holds `Cargo.toml`, `levels`, `checker` and `book`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All exercises, in order.
    pub fn exercises(&self) -> &[Exercise] {
        &self.exercises
    }

    /// The exercise that follows `exercise`.
    pub fn after(&self, exercise: &Exercise) -> Option<&Exercise> {
        self.exercises
            .iter()
            .find(|other| other.order() > exercise.order())
    }

    /// The exercise that a person means by `text`: an id (`1.1`), a name
    /// (`evaluate`), a file name, or the beginning of one if it is the only one.
    pub fn find_exercise(&self, text: &str) -> Result<&Exercise> {
        let wanted = text.trim().to_lowercase();
        let names = |exercise: &Exercise| {
            [
                exercise.id().to_owned(),
                exercise.name().to_owned(),
                format!("{}-{}", exercise.id(), exercise.name()),
                exercise.bin(),
            ]
        };
        if let Some(exact) = self
            .exercises
            .iter()
            .find(|exercise| names(exercise).contains(&wanted))
        {
            return Ok(exact);
        }
        let begun: Vec<&Exercise> = self
            .exercises
            .iter()
            .filter(|exercise| {
                !wanted.is_empty() && names(exercise).iter().any(|name| name.starts_with(&wanted))
            })
            .collect();
        match begun[..] {
            [one] => Ok(one),
            [] => {
                let nearest = self
                    .exercises
                    .iter()
                    .flat_map(|exercise| names(exercise).map(|name| (exercise, name)))
                    .max_by(|(_, a), (_, b)| {
                        strsim::jaro_winkler(a, &wanted)
                            .total_cmp(&strsim::jaro_winkler(b, &wanted))
                    })
                    .map(|(exercise, _)| exercise);
                bail!(message::unknown_exercise(text, nearest))
            }
            ref several => bail!(message::ambiguous_exercise(text, several)),
        }
    }
}
