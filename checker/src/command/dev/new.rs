//! `checker dev new`: a new exercise with all its files, ready to be filled.

use anyhow::{Result, bail};

use crate::command::{Session, out};
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::files;
use crate::message;
use crate::render::terminal::wrapped;

pub fn new(session: &Session, level: &str, name: &str) -> Result<Exit> {
    let root = session.course.root();
    let course = &session.course;
    if !root.join("levels").join(level).join("Cargo.toml").is_file() {
        let levels: Vec<&str> = course.exercises().iter().map(Exercise::level).collect();
        bail!(message::unknown_level(level, &levels));
    }
    let allowed =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if !name.starts_with(|letter: char| letter.is_ascii_lowercase()) || !name.chars().all(allowed) {
        bail!(message::bad_exercise_name(name));
    }
    if let Some(other) = course
        .exercises()
        .iter()
        .find(|exercise| exercise.name() == name)
    {
        bail!("exercise {} is called {name} already", other.id());
    }
    let level_number = level
        .split('-')
        .find_map(|part| part.parse::<u32>().ok())
        .ok_or_else(|| anyhow::anyhow!(message::unknown_level(level, &[])))?;
    let number = 1 + course
        .exercises()
        .iter()
        .filter(|exercise| !exercise.is_room())
        .map(Exercise::order)
        .filter(|(of_level, _)| *of_level == level_number)
        .map(|(_, number)| number)
        .max()
        .unwrap_or(0);
    let id = format!("{level_number}.{number}");
    let bin = format!("{number:02}_{}", name.replace('-', "_"));
    let pieces = format!("checker/exercises/{id}-{name}");
    let fill = |template: &str| {
        template
            .replace("{id}", &id)
            .replace("{name}", name)
            .replace("{bin}", &bin)
            .replace("{level}", level)
            .replace("{level_number}", &level_number.to_string())
    };
    let wrong = ["one", "two", "three", "four"].map(|n| {
        (
            format!("{pieces}/wrong/{n}.rs"),
            format!("{WRONG}{SOLUTION}"),
        )
    });
    let fixed = [
        (format!("levels/{level}/exercises/{bin}.rs"), STUB),
        (format!("{pieces}/stub.rs"), STUB),
        (format!("solutions/{level}/exercises/{bin}.rs"), SOLUTION),
        (format!("{pieces}/exercise.toml"), MANIFEST),
        (format!("{pieces}/brief.md"), BRIEF),
        (format!("{pieces}/hints.md"), HINTS),
        (format!("{pieces}/tests.js"), TESTS),
        (format!("{pieces}/explanation.md"), EXPLANATION),
        (
            format!("book/src/level-{level_number}/exercises/{id}-{name}.md"),
            PAGE,
        ),
    ]
    .map(|(path, template)| (path, template.to_owned()));
    let all: Vec<(String, String)> = fixed.into_iter().chain(wrong).collect();
    if let Some((path, _)) = all.iter().find(|(path, _)| root.join(path).exists()) {
        bail!("{path} exists already; nothing was written");
    }
    for (path, template) in &all {
        files::write(&root.join(path), fill(template))?;
    }
    for (manifest, prefix) in [
        (format!("levels/{level}/Cargo.toml"), ""),
        (format!("solutions/{level}/Cargo.toml"), "solution-"),
    ] {
        let path = root.join(&manifest);
        let text = files::read(&path)?;
        let bin = fill(&BIN.replace("{prefix}", prefix));
        files::write(
            &path,
            format!("{}\n{bin}", text.trim_end_matches('\n').to_owned() + "\n"),
        )?;
    }
    for (path, _) in &all {
        out(path)?;
    }
    out(&wrapped(&message::new_exercise(&id, name), ""))?;
    Ok(Exit::Passed)
}

const MANIFEST: &str = r#"id = "{id}"
name = "{name}"
title = "A title"
file = "{level}/exercises/{bin}.rs"
chapter = "level-{level_number}/CHAPTER.md"
minutes = 20
points = 2
"#;

const STUB: &str = r#"//! {id} {name}: one sentence that says what is built.
//!
//! - a requirement

/// What it does.
pub fn answer(question: &str) -> Result<String, String> {
    todo!("answer {question:?}")
}

harness::serve! { fn answer(&str) }
"#;

const SOLUTION: &str = r#"//! {id} {name}: one sentence that says what is built.

/// What it does.
pub fn answer(question: &str) -> Result<String, String> {
    Ok(question.to_owned())
}

harness::serve! { fn answer(&str) }
"#;

const WRONG: &str = "// Caught by: an answer repeats the question\n";

const BRIEF: &str = "One paragraph: what is built, and what for.

### The contract

`answer(question: &str) -> Result<String, String>`

### What the tests look for

- a rule
";

const HINTS: &str = "## 1. Where to look

Which part of the chapter helps.

## 2. Which API

Which types and functions are needed.

## 3. Nearly the code

The steps in order, in words.
";

const TESTS: &str = r#"test("an answer repeats the question", () => {
  const word = random.word();
  assert.equal(solution.answer(word), word);
}, { points: 2, cause: "the answer was written down in place of computed" });
"#;

const EXPLANATION: &str =
    "Why the reference is good, one alternative, and what it does not cover.\n";

const PAGE: &str = "# Exercise {id} · A title

*20 minutes*

{{#include ../../../../checker/exercises/{id}-{name}/brief.md}}
";

const BIN: &str = r#"[[bin]]
name = "{prefix}{bin}"
path = "exercises/{bin}.rs"
test = false
"#;
