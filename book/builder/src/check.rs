//! `cargo book check`: a build into a temporary folder, every link followed, every
//! quiz looked at.

use std::fs;

use anyhow::{Context, Result};

use crate::build::{Wish, build};
use crate::link::{self, Chapter};
use crate::place::Place;
use crate::problem;
use crate::quiz;

/// Prints what is wrong with the book, or one line that nothing is.
pub fn command(place: &Place, verbose: bool) -> Result<bool> {
    let temporary = tempfile::Builder::new()
        .prefix("course-book-")
        .tempdir()
        .context("cannot make a temporary folder for the pages")?;
    let built = build(
        place,
        &Wish {
            dest: Some(temporary.path()),
            ..Wish::default()
        },
    )?;
    let mut problems = built.problems;
    // Links of a book that could not be built would only repeat the reason.
    if problems.is_empty() {
        let followed = link::follow(temporary.path(), |page| chapter(place, page))?;
        if verbose {
            println!("Links that leave the book (not followed):");
            for (url, page) in &followed.external {
                println!("  {url}  on {page}");
            }
        }
        let asked = quiz::check(place, temporary.path())?;
        problems = followed.problems;
        problems.extend(asked.problems);
        if problems.is_empty() {
            let noun = if asked.quizzes == 1 {
                "quiz"
            } else {
                "quizzes"
            };
            println!(
                "The book is whole: {} links on {} pages and stylesheets lead somewhere, {} {noun} can be answered, and no page asks another site for anything.",
                followed.links, followed.pages, asked.quizzes
            );
        }
    }
    if !problems.is_empty() {
        problem::print(&problems);
    }
    Ok(problems.is_empty())
}

/// The chapter a page was made from; none for the pages that mdBook makes up.
fn chapter(place: &Place, page: &str) -> Option<Chapter> {
    let file = place
        .src()
        .join(page.strip_suffix(".html")?.to_owned() + ".md");
    let text = fs::read_to_string(&file).ok()?;
    Some(Chapter {
        shown: place.shown(&file),
        text,
    })
}
