//! The package in which other files than the learner's are compiled.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use super::Source;
use crate::course::Course;
use crate::files;

/// Where the source of `bin` is copied to, in the package.
pub fn copy(bin: &str) -> String {
    format!("src/{bin}.rs")
}

/// Writes it into `folder`, and returns its manifest: copies of the sources,
/// the level's dependencies, the workspace's versions, profile and lock file, so
/// that cargo finds all of the latter compiled.
///
/// Copies, because cargo looks at times and not at texts: a file that was
/// unpacked or moved over another keeps its old time, and the program of the
/// file before it would be judged (`an_older_file_in_the_place_of_a_newer_one`).
pub fn write(course: &Course, folder: &Path, sources: &[Source<'_>]) -> Result<PathBuf> {
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
        let copy = copy(&source.bin());
        let path = source.path();
        let text = fs::read(&path).with_context(|| format!("failed to read {}", path.display()))?;
        if fs::read(folder.join(&copy)).ok().as_ref() != Some(&text) {
            files::write_scratch(&folder.join(&copy), &text)?;
        }
        bins.push(toml::Value::Table(toml::Table::from_iter([
            ("name".to_owned(), source.bin().into()),
            ("path".to_owned(), copy.into()),
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
    let path = folder.join("Cargo.toml");
    files::write_scratch(
        &path,
        &toml::to_string(&manifest).context("failed to write a manifest")?,
    )?;
    let lock = files::read(&root.join("Cargo.lock"))?;
    files::write_scratch(&folder.join("Cargo.lock"), &lock)?;
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
