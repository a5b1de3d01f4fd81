//! Compiling exercises with cargo: the learner's own files in their level's
//! crate, and any other file (a solution, a colleague's attempt) in a package
//! of its own that shares every dependency already compiled.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Instant;
use std::{env, fs, thread};

use anyhow::{Context as _, Result, anyhow, bail};
use serde::Deserialize;
use tempfile::TempDir;

use crate::course::Course;
use crate::exercise::Exercise;
use crate::files;
use crate::interrupt;
use crate::message;

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

    fn package(&self) -> &str {
        match self.file {
            None => self.exercise.level(),
            Some(_) => "attempts",
        }
    }

    fn bin(&self) -> String {
        match &self.file {
            None => self.exercise.bin().to_owned(),
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
    let _turn = files::lock(&own.join("lock"))?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--keep-going", "--message-format"])
        .arg(if color {
            "json-diagnostic-rendered-ansi"
        } else {
            "json"
        })
        .current_dir(course.root());
    if sources.iter().any(|source| source.file.is_some()) {
        let manifest = write_attempts(course, sources)?;
        cargo
            .arg("--offline")
            .arg("--manifest-path")
            .arg(manifest)
            .arg("--target-dir")
            .arg(target_dir(course)?);
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

    let messages = run(cargo)?;
    let links = tempfile::Builder::new()
        .prefix("run-")
        .tempdir_in(&own)
        .with_context(|| format!("failed to make a folder in {}", own.display()))?;
    let programs = bins
        .iter()
        .enumerate()
        .map(|(index, bin)| match messages.executables.get(bin) {
            Some(program) => link(program, &links.path().join(format!("{index}-{bin}"))).map(Ok),
            None => messages.errors_of(bin).map(Err),
        })
        .collect::<Result<_>>()?;
    Ok(Compiled {
        programs,
        millis: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        _links: links,
    })
}

/// Forgets what was compiled for other files (25 MB each).
pub fn forget_attempts(course: &Course) -> Result<()> {
    let _turn = files::lock(&own_folder(course)?.join("lock"))?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["clean", "--quiet", "--offline", "--package", "attempts"])
        .arg("--manifest-path")
        .arg(own_folder(course)?.join("attempts/Cargo.toml"))
        .arg("--target-dir")
        .arg(target_dir(course)?)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // Only disk space is at stake.
    let _ = cargo.status();
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

/// What cargo said of a build.
#[derive(Default)]
struct Messages {
    executables: HashMap<String, PathBuf>,
    /// Errors as rustc wrote them, by the target in which they are.
    errors: Vec<(String, String)>,
    stderr: String,
}

impl Messages {
    /// Why `bin` was not built.
    fn errors_of(&self, bin: &str) -> Result<String> {
        let own: String = self
            .errors
            .iter()
            .filter(|(target, _)| target == bin)
            .map(|(_, text)| text.as_str())
            .collect();
        if !own.is_empty() {
            return Ok(own);
        }
        // Something under it is broken, or cargo did not come so far.
        let others: String = self.errors.iter().map(|(_, text)| text.as_str()).collect();
        Err(anyhow!(if others.is_empty() {
            self.stderr.trim().to_owned()
        } else {
            others
        })
        .context(message::cargo_failed()))
    }
}

/// The parts of cargo's JSON messages that matter here.
#[derive(Deserialize)]
struct CargoMessage {
    reason: String,
    target: Option<Target>,
    executable: Option<PathBuf>,
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    rendered: Option<String>,
}

fn run(mut cargo: Command) -> Result<Messages> {
    let name = cargo.get_program().to_string_lossy().into_owned();
    let mut child = cargo
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => anyhow!(message::no_toolchain(&name)),
            _ => anyhow!(error).context(format!("failed to run `{name}`")),
        })?;
    let stderr = child.stderr.take().map(|mut stderr| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // What could be read is what can be shown.
            let _ = stderr.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        })
    });
    let stdout = child.stdout.take().map(|stdout| {
        thread::spawn(move || {
            let mut messages = Messages::default();
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Lines that are no message are prints of a build script.
                if let Ok(message) = serde_json::from_str(&line) {
                    take(message, &mut messages);
                }
            }
            messages
        })
    });
    let ended = wait(&mut child);
    let mut messages = stdout
        .and_then(|thread| thread.join().ok())
        .unwrap_or_default();
    messages.stderr = stderr
        .and_then(|thread| thread.join().ok())
        .unwrap_or_default();
    ended?;
    Ok(messages)
}

fn take(message: CargoMessage, messages: &mut Messages) {
    let Some(target) = message.target else { return };
    match (message.reason.as_str(), message.executable, message.message) {
        ("compiler-artifact", Some(program), _) if target.kind.iter().any(|kind| kind == "bin") => {
            messages.executables.insert(target.name, program);
        }
        ("compiler-message", _, Some(diagnostic)) if diagnostic.level.starts_with("error") => {
            let rendered = diagnostic.rendered.unwrap_or_default();
            // "aborting due to 2 previous errors" says nothing new.
            if !rendered.contains("aborting due to")
                && !rendered.contains("For more information about")
            {
                messages.errors.push((target.name, rendered));
            }
        }
        _ => {}
    }
}

fn wait(child: &mut Child) -> Result<()> {
    loop {
        if let Some(_status) = child.try_wait().context("failed to wait for cargo")? {
            if interrupt::requested() {
                bail!(message::interrupted());
            }
            return Ok(());
        }
        if interrupt::requested() {
            // cargo kills the compilers it has started.
            let _ = child.kill();
            let _ = child.wait();
            bail!(message::interrupted());
        }
        thread::sleep(std::time::Duration::from_millis(2));
    }
}

/// Writes the package in which other files are compiled: the level's
/// dependencies, the workspace's versions, profile and lock file, so that
/// cargo finds all of them compiled.
fn write_attempts(course: &Course, sources: &[Source<'_>]) -> Result<PathBuf> {
    let root = course.root();
    let workspace = table(&root.join("Cargo.toml"))?;
    let mut dependencies = toml::Table::new();
    let mut bins = Vec::new();
    for source in sources {
        let level = table(
            &root
                .join("levels")
                .join(source.exercise.level())
                .join("Cargo.toml"),
        )?;
        if let Some(toml::Value::Table(of_level)) = level.get("dependencies") {
            for (name, value) in of_level {
                dependencies.insert(name.clone(), resolved(root, &workspace, name, value)?);
            }
        }
        let path = source.path();
        let path = std::path::absolute(&path)
            .with_context(|| format!("failed to find {}", path.display()))?;
        bins.push(toml::Value::Table(toml::Table::from_iter([
            ("name".to_owned(), source.bin().into()),
            (
                "path".to_owned(),
                path.to_string_lossy().into_owned().into(),
            ),
        ])));
    }
    let edition = workspace
        .get("workspace")
        .and_then(|workspace| workspace.get("package")?.get("edition"))
        .cloned()
        .unwrap_or_else(|| "2024".into());
    let mut manifest = toml::Table::from_iter([
        (
            "package".to_owned(),
            toml::Value::Table(toml::Table::from_iter([
                ("name".to_owned(), "attempts".into()),
                ("version".to_owned(), "0.0.0".into()),
                ("edition".to_owned(), edition),
                ("autobins".to_owned(), false.into()),
            ])),
        ),
        ("bin".to_owned(), toml::Value::Array(bins)),
        ("dependencies".to_owned(), toml::Value::Table(dependencies)),
        (
            "workspace".to_owned(),
            toml::Value::Table(toml::Table::new()),
        ),
    ]);
    if let Some(profile) = workspace.get("profile") {
        manifest.insert("profile".to_owned(), profile.clone());
    }
    let folder = own_folder(course)?.join("attempts");
    let path = folder.join("Cargo.toml");
    files::write(
        &path,
        &toml::to_string(&manifest).context("failed to write a manifest")?,
    )?;
    let lock = files::read(&root.join("Cargo.lock"))?;
    files::write(&folder.join("Cargo.lock"), &lock)?;
    Ok(path)
}

fn table(path: &Path) -> Result<toml::Table> {
    files::read(path)?
        .parse()
        .map_err(|error| anyhow!("{error}"))
        .with_context(|| format!("failed to understand {}", path.display()))
}

/// A dependency as it is meant outside of the workspace.
fn resolved(
    root: &Path,
    workspace: &toml::Table,
    name: &str,
    value: &toml::Value,
) -> Result<toml::Value> {
    let mut resolved = match value {
        toml::Value::Table(own) if own.get("workspace").is_some() => {
            let shared = workspace
                .get("workspace")
                .and_then(|workspace| workspace.get("dependencies")?.get(name))
                .with_context(|| {
                    format!("Cargo.toml does not list the workspace dependency {name}")
                })?;
            shared.clone()
        }
        other => other.clone(),
    };
    if let toml::Value::Table(resolved) = &mut resolved
        && let Some(toml::Value::String(path)) = resolved.get("path")
    {
        let path = root.join(path).to_string_lossy().into_owned();
        resolved.insert("path".to_owned(), path.into());
    }
    Ok(resolved)
}
