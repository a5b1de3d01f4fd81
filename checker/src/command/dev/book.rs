//! Whether the book and the files agree.

use std::path::Path;

use anyhow::Result;

use crate::course::Course;
use crate::exercise::Exercise;
use crate::files;

/// What is wrong between `exercise` and the book.
pub fn problems(course: &Course, exercise: &Exercise) -> Result<Vec<String>> {
    let source = course.root().join("book/src");
    let summary = files::read(&source.join("SUMMARY.md"))?;
    let chapter = exercise
        .manifest()
        .chapter
        .to_string_lossy()
        .replace('\\', "/");
    let page = format!(
        "level-{}/exercises/{}-{}.md",
        exercise.order().0,
        exercise.id(),
        exercise.name()
    );
    let mut problems = Vec::new();
    for wanted in [&chapter, &page] {
        if !source.join(wanted).is_file() {
            problems.push(format!("book/src/{wanted} is missing"));
        } else if !links_to(&summary, wanted) {
            problems.push(format!("book/src/SUMMARY.md does not link to {wanted}"));
        }
    }
    if let Some(text) = files::read_if_there(&source.join(&page))? {
        let brief = exercise.shown(&exercise.brief());
        if !includes(&text, &brief) {
            problems.push(format!("book/src/{page} does not include {brief}"));
        }
        for (wanted, what) in [
            (exercise.manifest().title.clone(), "the title"),
            (
                format!("{} min", exercise.manifest().minutes),
                "the minutes",
            ),
        ] {
            if !text.contains(&wanted) {
                problems.push(format!(
                    "book/src/{page} does not say {what} of exercise.toml, {wanted:?}"
                ));
            }
        }
    }
    if let Some(text) = files::read_if_there(&source.join(&chapter))? {
        let page = Path::new(&page)
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        if !text.contains(page.as_ref()) {
            problems.push(format!(
                "book/src/{chapter} does not link to its exercise {page}"
            ));
        }
    }
    Ok(problems)
}

fn links_to(summary: &str, page: &str) -> bool {
    summary.contains(&format!("({page})")) || summary.contains(&format!("(./{page})"))
}

fn includes(page: &str, file: &str) -> bool {
    page.lines()
        .any(|line| line.contains("{{#include") && line.contains(file))
}
