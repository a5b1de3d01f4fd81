//! One build of the book, strict where mdBook forgives.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;

use crate::include;
use crate::place::Place;
use crate::problem::{self, Problem};
use crate::report;

/// Where the pages go, and what `serve` adds to them.
#[derive(Debug, Default)]
pub struct Wish<'a> {
    /// The folder for the pages; without it, the one in book.toml.
    pub dest: Option<&'a Path>,
    /// What stands at the end of each page, by which it hears of a rebuild.
    pub listener: Option<&'static str>,
}

/// A finished build.
#[derive(Debug)]
pub struct Built {
    /// The folder that holds `index.html`.
    pub folder: PathBuf,
    /// Empty when the book is whole.
    pub problems: Vec<Problem>,
}

/// `cargo book build`.
pub fn command(place: &Place, dest: Option<&Path>) -> Result<bool> {
    let built = build(
        place,
        &Wish {
            dest,
            ..Wish::default()
        },
    )?;
    if built.problems.is_empty() {
        println!("The book is in {}", built.folder.display());
    } else {
        problem::print(&built.problems);
    }
    Ok(built.problems.is_empty())
}

/// Builds the book. A book at fault gives `Ok` with its problems; `Err` is for
/// what the text cannot help, such as a full disk.
pub fn build(place: &Place, wish: &Wish<'_>) -> Result<Built> {
    let mut problems = include::check(place)?;
    let includes_are_whole = problems.is_empty();

    let (result, complaints) = report::listen(|| render(place, wish));
    let folder = match result {
        Ok(folder) => folder,
        // A missing chapter or a typing error in book.toml ends up here.
        Err(error) => {
            problems.push(Problem::new(
                place.shown(&place.book),
                format!("mdBook cannot build it: {error:#}"),
                "Compare SUMMARY.md and book.toml with the files that are there.",
            ));
            PathBuf::new()
        }
    };

    // A broken include was already named with its chapter and line: mdBook's own
    // words about it, less exact, are heard only when the first look missed it.
    problems.extend(
        complaints
            .into_iter()
            .filter(|complaint| includes_are_whole || !is_about_includes(complaint))
            .map(|complaint| {
                Problem::new(
                    place.shown(&place.src()),
                    format!("mdBook complains: {complaint}"),
                    "Mend the chapter: the page would show this mistake.",
                )
            }),
    );
    Ok(Built { folder, problems })
}

fn render(place: &Place, wish: &Wish<'_>) -> Result<PathBuf> {
    let mut book = MDBook::load(&place.book)
        .with_context(|| format!("loading {}", place.shown(&place.book)))?;
    if let Some(dest) = wish.dest {
        // mdBook reads a relative one as below the book; here it is what every
        // other command line takes it for: below the current folder.
        book.config.build.build_dir =
            std::path::absolute(dest).with_context(|| format!("reading {}", dest.display()))?;
    }
    if let Some(listener) = wish.listener {
        book.book
            .for_each_chapter_mut(|chapter| chapter.content.push_str(listener));
        book.config.set("output.html.site-url", "/")?;
    }
    book.build()?;
    Ok(book.build_dir_for("html"))
}

fn is_about_includes(complaint: &str) -> bool {
    complaint.starts_with("Error updating") || complaint.starts_with("Caused By")
}
