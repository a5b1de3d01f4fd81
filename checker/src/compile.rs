//! Compiling exercises with cargo: the learner's own files in their level's
//! crate, and any other file (a solution, a colleague's attempt) in a package
//! of its own that shares every dependency already compiled.

mod attempts;
mod cargo;
mod package;
pub mod programs;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use crate::course::Course;
use crate::exercise::Exercise;
use crate::files;
use crate::message;
use crate::render::terminal;

/// A run that is older than this was killed, whatever it judged.
const LEFT_BEHIND: Duration = Duration::from_secs(24 * 3600);

/// One file to compile and the exercise it answers.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// The exercise that it answers.
    pub exercise: &'a Exercise,
    /// The file to compile in place of the learner's; `None` is the learner's.
    pub file: Option<PathBuf>,
}

impl<'a> Source<'a> {
    /// The learner's own file.
    pub fn learner(exercise: &'a Exercise) -> Self {
        Self {
            exercise,
            file: None,
        }
    }

    /// Another file.
    pub fn other(exercise: &'a Exercise, file: impl Into<PathBuf>) -> Self {
        Self {
            exercise,
            file: Some(file.into()),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> PathBuf {
        self.file.clone().unwrap_or_else(|| self.exercise.file())
    }

    /// `text` of the compiler or of the program, with the name of the file in
    /// the place of that of its copy.
    pub fn told(&self, text: &str) -> String {
        match &self.file {
            None => text.to_owned(),
            Some(file) => text.replace(&attempts::copy(&self.bin()), &self.exercise.shown(file)),
        }
    }

    fn package(&self) -> &str {
        match self.file {
            None => self.exercise.level(),
            Some(_) => "attempts",
        }
    }

    fn bin(&self) -> String {
        match &self.file {
            None => self.exercise.bin(),
            // One name for one path, so that a second run finds it compiled.
            Some(file) => {
                let mut hasher = DefaultHasher::new();
                file.hash(&mut hasher);
                format!(
                    "attempt-{}-{:016x}",
                    self.exercise.id().replace('.', "-"),
                    hasher.finish()
                )
            }
        }
    }
}

/// What compiling gave, in the order of the sources.
pub struct Compiled {
    /// A program, or what the compiler wrote.
    pub programs: Vec<Result<PathBuf, String>>,
    /// How long cargo took.
    pub millis: u64,
    /// Private links to the programs, so that another build can't swap them.
    _links: TempDir,
}

/// Compiles `sources`, which are all the learner's or all other files.
///
/// # Errors
/// What is not the compiler's verdict on a source: no toolchain, a broken
/// manifest, a folder that can't be written.
pub fn compile(course: &Course, sources: &[Source<'_>], color: bool) -> Result<Compiled> {
    let begun = Instant::now();
    let own = own_folder(course)?;
    // One checker at a time builds and links; they judge side by side.
    let _turn = files::lock(&own.join("lock"), tell_waiting)?;
    sweep_links(&own);
    for source in sources {
        renew(source, &own)?;
    }
    let mut cargo = cargo_build(course, color);
    if sources.iter().any(|source| source.file.is_some()) {
        let manifest = attempts::write(course, &own.join("attempts"), sources)?;
        keep_attempts(course, &sources.iter().map(Source::bin).collect::<Vec<_>>())?;
        in_package(&mut cargo, course, &manifest)?;
    }
    let mut packages: Vec<&str> = sources.iter().map(Source::package).collect();
    packages.sort_unstable();
    packages.dedup();
    for package in packages {
        cargo.args(["--package", package]);
    }
    let bins: Vec<String> = sources.iter().map(Source::bin).collect();
    for bin in &bins {
        cargo.args(["--bin", bin]);
    }

    let messages = cargo::run(cargo)?;
    let links = tempfile::Builder::new()
        .prefix("run-")
        .tempdir_in(&own)
        .with_context(|| format!("failed to make a folder in {}", own.display()))?;
    let programs = bins
        .iter()
        .enumerate()
        .map(|(index, bin)| match messages.executables.get(bin) {
            Some(program) => link(program, &links.path().join(format!("{index}-{bin}"))).map(Ok),
            None => messages
                .errors_of(bin)
                .map(|errors| Err(sources[index].told(&errors))),
        })
        .collect::<Result<_>>()?;
    Ok(Compiled {
        programs,
        millis: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        _links: links,
    })
}

/// `cargo build`, which says what it does as JSON.
fn cargo_build(course: &Course, color: bool) -> Command {
    let mut cargo = cargo::cargo();
    cargo
        .args(["build", "--keep-going", "--message-format"])
        .arg(if color {
            "json-diagnostic-rendered-ansi"
        } else {
            "json"
        })
        .current_dir(course.root());
    cargo
}

/// Has `cargo` build a package of ours, with what the course has compiled.
fn in_package(cargo: &mut Command, course: &Course, manifest: &Path) -> Result<()> {
    cargo
        // Each is compiled once: nothing to gain, and twice the disk.
        .env("CARGO_INCREMENTAL", "0")
        .arg("--offline")
        .arg("--manifest-path")
        .arg(manifest)
        .arg("--target-dir")
        .arg(target_dir(course)?);
    Ok(())
}

/// Makes a learner's file newer than its program if its text is not the one
/// that was compiled: cargo looks at times and not at texts, and a backup that
/// was moved back keeps its old time.
fn renew(source: &Source<'_>, own: &Path) -> Result<()> {
    if source.file.is_some() {
        return Ok(());
    }
    let path = source.path();
    let text = fs::read(&path).with_context(|| format!("failed to read {}", path.display()))?;
    let compiled = own.join("compiled").join(source.bin());
    let before = fs::read(&compiled).ok();
    if before.as_ref() == Some(&text) {
        return Ok(());
    }
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    if before.is_some() && time(&path) <= time(&compiled) {
        // Fails for a file that can't be written; then nobody moved it, either.
        let _ = fs::File::options()
            .append(true)
            .open(&path)
            .and_then(|file| file.set_modified(SystemTime::now()));
    }
    files::write_scratch(&compiled, &text)
}

/// Forgets what was compiled for other files, 20 MB each.
pub fn forget_attempts(course: &Course) -> Result<()> {
    let _turn = files::lock(&own_folder(course)?.join("lock"), tell_waiting)?;
    keep_attempts(course, &[])
}

fn tell_waiting() {
    terminal::note(message::waiting());
}

/// Removes folders of links that a killed checker left behind.
fn sweep_links(own: &Path) {
    let Ok(entries) = fs::read_dir(own) else {
        return;
    };
    for entry in entries.flatten() {
        let old = entry
            .metadata()
            .and_then(|folder| folder.modified())
            .is_ok_and(|made| made.elapsed().is_ok_and(|age| age > LEFT_BEHIND));
        if old && entry.file_name().to_string_lossy().starts_with("run-") {
            // Only disk space is at stake.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Removes the programs of other files than `bins`, so that judging a hundred
/// files fills no disk. cargo's own `clean` passes over them.
fn keep_attempts(course: &Course, bins: &[String]) -> Result<()> {
    let debug = target_dir(course)?.join("debug");
    let kept: Vec<String> = bins.iter().map(|bin| bin.replace('-', "_")).collect();
    for folder in [debug.join("deps"), debug] {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().replace('-', "_");
            if name.starts_with("attempt_") && !kept.iter().any(|kept| name.starts_with(kept)) {
                // Only disk space is at stake.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
    Ok(())
}

/// The checker's folder in cargo's target folder.
fn own_folder(course: &Course) -> Result<PathBuf> {
    Ok(target_dir(course)?.join("checker"))
}

/// cargo's target folder, in which the package of attempts finds compiled what
/// the course needs: the one that was asked for, or else the one in which this
/// program lies, or else cargo's default.
fn target_dir(course: &Course) -> Result<PathBuf> {
    if let Some(asked) = env::var_os("CARGO_TARGET_DIR") {
        return std::path::absolute(asked).context("failed to find CARGO_TARGET_DIR");
    }
    let around = env::current_exe().ok().and_then(|program| {
        let folder = program.parent()?.parent()?;
        folder
            .join("CACHEDIR.TAG")
            .is_file()
            .then(|| folder.to_path_buf())
    });
    Ok(around.unwrap_or_else(|| course.root().join("target")))
}

/// A program under a name that only this run knows.
fn link(program: &Path, to: &Path) -> Result<PathBuf> {
    let to = to.with_extension(env::consts::EXE_EXTENSION);
    if fs::hard_link(program, &to).is_err() {
        fs::copy(program, &to).with_context(|| format!("failed to copy {}", program.display()))?;
    }
    Ok(to)
}
