//! `checker hint`: help in three rungs, from where to look to nearly the code.

use anyhow::{Result, bail};

use super::{Session, out, warn};
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::files;
use crate::message;
use crate::render::markdown::markdown;
use crate::render::terminal::{STRONG, styled, wrapped};

pub fn hint(session: &mut Session, id: Option<&str>, rung: Option<u32>) -> Result<Exit> {
    let exercise = session.pick(id)?;
    out(&text(session, &exercise, rung)?)?;
    Ok(Exit::Passed)
}

/// The rung that was asked for, or the next one that was not read.
pub fn text(session: &mut Session, exercise: &Exercise, rung: Option<u32>) -> Result<String> {
    let rungs = rungs(exercise)?;
    let last = u32::try_from(rungs.len()).unwrap_or(u32::MAX);
    let read = session.progress.of(exercise.id()).hints;
    let number = rung.unwrap_or(read + 1).clamp(1, last.max(1));
    let Some(rung) = rungs.get(number as usize - 1) else {
        bail!("{} has no hints", exercise.id());
    };
    let remembered = session.progress.remember(exercise.id(), |exercise| {
        exercise.hints = exercise.hints.max(number);
    });
    if let Err(error) = remembered {
        warn(&message::progress_not_saved(&error));
    }
    let title = format!(
        "{} {}, hint {number} of {last}: {}",
        exercise.id(),
        exercise.name(),
        rung.title
    );
    Ok(format!(
        "{}\n\n{}\n\n{}",
        styled(STRONG, &title),
        markdown(&rung.text),
        wrapped(&message::more_hints(exercise, number, last), "")
    ))
}

/// One rung of the hints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// What it helps with, such as "Where to look".
    pub title: String,
    /// The hint, in Markdown.
    pub text: String,
}

/// The rungs of an exercise: the parts of `hints.md` under `## N. Title`.
pub fn rungs(exercise: &Exercise) -> Result<Vec<Rung>> {
    Ok(parted(&files::read(&exercise.piece("hints.md"))?))
}

fn parted(text: &str) -> Vec<Rung> {
    let mut rungs: Vec<Rung> = Vec::new();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        match (line.strip_prefix("## "), rungs.last_mut()) {
            (Some(title), _) if !in_code => rungs.push(Rung {
                title: title
                    .trim_start_matches(|c: char| c.is_ascii_digit() || ". ".contains(c))
                    .to_owned(),
                text: String::new(),
            }),
            (_, Some(rung)) => {
                rung.text.push_str(line);
                rung.text.push('\n');
            }
            (_, None) => {}
        }
    }
    for rung in &mut rungs {
        rung.text = rung.text.trim().to_owned();
    }
    rungs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_parted_at_their_headings_and_not_in_code() {
        let rungs =
            parted("# Hints\n## 1. Where to look\nHere.\n\n## 2. Which API\n```rust\n## no\n```\n");
        let titles: Vec<_> = rungs.iter().map(|rung| rung.title.as_str()).collect();
        assert_eq!(titles, ["Where to look", "Which API"]);
        assert_eq!(rungs[0].text, "Here.");
        assert!(rungs[1].text.contains("## no"));
    }
}
