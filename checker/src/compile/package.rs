//! A package outside of the workspace, that finds compiled what the workspace
//! needs: the level's dependencies, the workspace's versions, profile and lock
//! file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};

use crate::course::Course;
use crate::files;

/// What a package has: names, and files below its folder.
#[derive(Debug, Default)]
pub struct Targets {
    pub lib: Option<(String, String)>,
    pub bins: Vec<(String, String)>,
}

/// Writes the package `name` with its `targets` into `folder` and returns its
/// manifest. It has the dependencies of `levels`.
pub fn write(
    course: &Course,
    folder: &Path,
    name: &str,
    levels: &BTreeSet<&str>,
    targets: &Targets,
) -> Result<PathBuf> {
    let root = course.root();
    let workspace = table(&root.join("Cargo.toml"))?;
    let mut dependencies = toml::Table::new();
    for level in levels {
        let level = table(&root.join("levels").join(level).join("Cargo.toml"))?;
        if let Some(toml::Value::Table(of_level)) = level.get("dependencies") {
            for (name, value) in of_level {
                dependencies.insert(name.clone(), resolved(root, &workspace, name, value)?);
            }
        }
    }
    let target = |(name, path): &(String, String)| {
        toml::Value::Table(toml::Table::from_iter([
            ("name".to_owned(), name.as_str().into()),
            ("path".to_owned(), path.as_str().into()),
        ]))
    };
    let bins = targets.bins.iter().map(target).collect();
    let edition = workspace
        .get("workspace")
        .and_then(|workspace| workspace.get("package")?.get("edition"))
        .cloned()
        .unwrap_or_else(|| "2024".into());
    let mut manifest = toml::Table::from_iter([
        (
            "package".to_owned(),
            toml::Value::Table(toml::Table::from_iter([
                ("name".to_owned(), name.into()),
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
    if let Some(lib) = &targets.lib {
        manifest.insert("lib".to_owned(), target(lib));
    }
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

/// Copies `from` to `to` if its text differs, so that cargo, which looks at
/// times, compiles what changed and nothing else.
pub fn copy_text(from: &Path, to: &Path) -> Result<()> {
    let text = std::fs::read(from).with_context(|| format!("failed to read {}", from.display()))?;
    write_text(to, &text)
}

/// Writes `text` to `to` if another one is there.
pub fn write_text(to: &Path, text: &[u8]) -> Result<()> {
    if std::fs::read(to).ok().as_deref() == Some(text) {
        return Ok(());
    }
    files::write_scratch(to, text)
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
