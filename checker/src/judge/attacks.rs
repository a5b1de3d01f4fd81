//! The attacks on a room: what they are called, and their source text.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use sandbox::Value;

use crate::exercise::Exercise;
use crate::files;

/// The most that is read of an attack.
pub const ATTACK_BYTES: usize = 256 * 1024;

/// One attack.
#[derive(Debug, Clone)]
pub struct Attack {
    /// What its test is called by, such as `the reference`.
    pub name: String,
    /// A guest program.
    pub source: String,
}

/// The attacks that a fixed room must stand: the reference, its variants, and
/// the one that came with the fix.
pub fn on_a_fix(room: &Exercise, own: Option<&Attack>) -> Result<Vec<Attack>> {
    let mut attacks = vec![Attack {
        name: "the reference".to_owned(),
        source: files::read(&room.solution_attack())?,
    }];
    attacks.extend(variants(room)?);
    attacks.extend(own.cloned());
    Ok(attacks)
}

/// The variants of the reference attack, by name.
pub fn variants(room: &Exercise) -> Result<Vec<Attack>> {
    let folder = room.piece("attacks");
    let listed =
        fs::read_dir(&folder).with_context(|| format!("failed to list {}", room.shown(&folder)))?;
    let mut attacks = Vec::new();
    for entry in listed {
        let path = entry?.path();
        attacks.push(Attack {
            name: format!(
                "the {}",
                path.file_stem().unwrap_or_default().to_string_lossy()
            ),
            source: files::read(&path)?,
        });
    }
    attacks.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(attacks)
}

/// A learner's own attack, in the file `path`, if it was begun.
pub fn attack_in(room: &Exercise, path: &Path) -> Result<Option<Attack>> {
    let Some(bytes) = files::bytes_if_there(path)? else {
        return Ok(None);
    };
    anyhow::ensure!(
        bytes.len() <= ATTACK_BYTES,
        "{} has {} bytes; an attack has at most {ATTACK_BYTES}",
        room.shown(path),
        bytes.len()
    );
    let source = String::from_utf8(bytes)
        .with_context(|| format!("{} is no UTF-8 text", room.shown(path)))?;
    Ok((!source.trim().is_empty()).then(|| Attack {
        name: "your own".to_owned(),
        source,
    }))
}

/// What is done with a room: it is attacked, or a fix of it must stand attacks.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// Whether the attack shall succeed.
    pub breach: bool,
    /// One in a breach; none where the exercise is no room.
    pub attacks: Vec<Attack>,
}

impl Scene {
    /// As the prelude takes it.
    pub fn to_value(&self) -> Value {
        let field = |name: &str, value: Value| (name.to_owned(), value);
        let attacks = self.attacks.iter().map(|attack| {
            Value::Object(vec![
                field("name", Value::String(attack.name.clone())),
                field("source", Value::String(attack.source.clone())),
            ])
        });
        Value::Object(vec![
            field("breach", self.breach.into()),
            field("attacks", Value::Array(attacks.collect())),
        ])
    }
}
