//! `{{#include …}}` in the chapters: is there what they name?
//!
//! mdBook's own complaint does not say which chapter it means, and an anchor that
//! the file does not have is no complaint at all: the page shows an empty block.
//! So the chapters are read once more, before mdBook reads them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place::Place;
use crate::problem::Problem;

/// Checks every include of every chapter.
pub fn check(place: &Place) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for chapter in markdown_files(&place.src())? {
        check_file(place, &chapter, &mut seen, &mut problems)?;
    }
    Ok(problems)
}

fn check_file(
    place: &Place,
    file: &Path,
    seen: &mut BTreeSet<PathBuf>,
    problems: &mut Vec<Problem>,
) -> Result<()> {
    // An included file may include others, even in a circle.
    if !seen.insert(file.to_path_buf()) {
        return Ok(());
    }
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new(""));
    for include in find(&text) {
        let here = format!("{}:{}", place.shown(file), include.line);
        let target = folder.join(include.path);
        let Ok(included) = fs::read_to_string(&target) else {
            problems.push(Problem::new(
                here,
                format!("includes {}, which cannot be read", include.path),
                format!("Write {}, or change the path.", place.shown(&tidy(&target))),
            ));
            continue;
        };
        if let Some(anchor) = include.anchor
            && !has_anchor(&included, anchor)
        {
            problems.push(Problem::new(
                here,
                format!(
                    "includes the anchor \"{anchor}\" of {}, which has no such anchor",
                    include.path
                ),
                format!(
                    "Put `// ANCHOR: {anchor}` and `// ANCHOR_END: {anchor}` around the lines in {}.",
                    place.shown(&tidy(&target))
                ),
            ));
        }
        if target
            .extension()
            .is_some_and(|extension| extension == "md")
        {
            check_file(place, &tidy(&target), seen, problems)?;
        }
    }
    Ok(())
}

/// One `{{#include path}}`, `{{#include path:anchor}}` or with line numbers.
#[derive(Debug, PartialEq, Eq)]
struct Include<'a> {
    path: &'a str,
    anchor: Option<&'a str>,
    line: usize,
}

fn find(text: &str) -> Vec<Include<'_>> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let mut rest = line;
        while let Some(start) = rest.find("{{#") {
            // `\{{#include …}}` is how a chapter shows the syntax itself.
            let escaped = rest[..start].ends_with('\\');
            let body = &rest[start + 3..];
            let Some(end) = body.find("}}") else { break };
            rest = &body[end + 2..];
            let mut words = body[..end].split_whitespace();
            if escaped || !matches!(words.next(), Some("include" | "rustdoc_include")) {
                continue;
            }
            if let Some(argument) = words.next() {
                let (path, part) = argument.split_once(':').unwrap_or((argument, ""));
                let first = part.split(':').next().unwrap_or_default();
                let is_anchor = !first.is_empty() && first.parse::<usize>().is_err();
                found.push(Include {
                    path,
                    anchor: is_anchor.then_some(first),
                    line: index + 1,
                });
            }
        }
    }
    found
}

fn has_anchor(text: &str, anchor: &str) -> bool {
    text.lines().any(|line| {
        line.split_once("ANCHOR:").is_some_and(|(_, after)| {
            let name = after.trim_start();
            let end = name
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
                .unwrap_or(name.len());
            &name[..end] == anchor
        })
    })
}

/// All `.md` files below `folder`, in a steady order.
pub fn markdown_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry
            .with_context(|| format!("cannot read {}", folder.display()))?
            .path();
        if path.is_dir() {
            files.extend(markdown_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// `path` without its `..`, so that it reads well and compares well.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        if part == std::path::Component::ParentDir && tidy.file_name().is_some() {
            tidy.pop();
        } else {
            tidy.push(part);
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::{Include, find, has_anchor};

    #[test]
    fn finds_paths_anchors_and_lines() {
        let text = "a\n{{#include x.md}} {{#include y.rs:run}}\n\\{{#include z.md}}\n\
                    {{#rustdoc_include y.rs:2:9}}\n{{#title T}}\n";
        let include = |path, anchor, line| Include { path, anchor, line };
        assert_eq!(
            find(text),
            [
                include("x.md", None, 2),
                include("y.rs", Some("run"), 2),
                include("y.rs", None, 4),
            ]
        );
    }

    #[test]
    fn an_anchor_is_a_whole_word() {
        assert!(has_anchor("    // ANCHOR: run\n", "run"));
        assert!(has_anchor("<!-- ANCHOR: run -->", "run"));
        assert!(!has_anchor("// ANCHOR: run_twice", "run"));
        assert!(!has_anchor("// ANCHOR_END: run", "run"));
    }
}
