//! Follows every link of a built book, without asking the network anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use percent_encoding::percent_decode_str;

use crate::address::{is_external, resolve, scheme};
use crate::page::{Page, Target, css_urls};
use crate::problem::Problem;

/// What following the links showed.
#[derive(Debug, Default)]
pub struct Followed {
    /// Links that lead nowhere, and requests that leave the book.
    pub problems: Vec<Problem>,
    /// Links to other sites, each with the first page that has it.
    pub external: BTreeMap<String, String>,
    /// How many pages were read.
    pub pages: usize,
    /// How many links were followed.
    pub links: usize,
}

/// The chapter that a page was made from.
#[derive(Debug)]
pub struct Chapter {
    /// As a person would type its path.
    pub shown: String,
    /// What its author wrote.
    pub text: String,
}

impl Chapter {
    /// A link as the author wrote it (`.md`, where the page has `.html`), and the
    /// place to look: with a line, unless the link came in by an include.
    fn find(&self, url: &str) -> (String, String) {
        for written in [url.to_owned(), url.replace(".html", ".md")] {
            let line = self.text.lines().position(|line| line.contains(&written));
            if let Some(line) = line {
                return (written, format!("{}:{}", self.shown, line + 1));
            }
        }
        (url.to_owned(), self.shown.clone())
    }
}

/// Follows the links of all pages and stylesheets below `folder`. `chapter` gives
/// the file that a page was made from, where there is one.
pub fn follow(folder: &Path, chapter: impl Fn(&str) -> Option<Chapter>) -> Result<Followed> {
    let site = Site::read(folder)?;
    let mut followed = Followed {
        pages: site.pages.len(),
        ..Followed::default()
    };
    let mut repeated = Vec::new();
    for (name, page) in &site.pages {
        let chapter = chapter(name);
        for target in &page.targets {
            followed.links += 1;
            let (written, place) = match &chapter {
                Some(chapter) => chapter.find(&target.url),
                None => (target.url.clone(), format!("{name}:{}", target.line)),
            };
            match site.judge(name, page, target, &written) {
                Verdict::Good => {}
                Verdict::External => {
                    followed
                        .external
                        .entry(target.url.clone())
                        .or_insert_with(|| name.clone());
                }
                Verdict::Bad(what, mend) => {
                    let problem = Problem::new(place, what, mend);
                    if chapter.is_none() && name.ends_with(".html") {
                        repeated.push(problem);
                    } else {
                        followed.problems.push(problem);
                    }
                }
            }
        }
    }
    // Pages without a chapter (the print page, the start page) hold chapters again
    // and so repeat their problems; their own count when nothing else is wrong.
    if followed.problems.is_empty() {
        followed.problems = repeated;
    }
    followed.problems.sort();
    followed.problems.dedup();
    Ok(followed)
}

enum Verdict {
    Good,
    External,
    /// What is wrong, and what to do.
    Bad(String, String),
}

/// The files of a built book.
struct Site {
    pages: BTreeMap<String, Page>,
    /// Paths below the book's folder, with `/` on every system.
    files: BTreeSet<String>,
}

impl Site {
    fn read(folder: &Path) -> Result<Self> {
        let mut site = Self {
            pages: BTreeMap::new(),
            files: BTreeSet::new(),
        };
        site.read_folder(folder, "")?;
        Ok(site)
    }

    fn read_folder(&mut self, folder: &Path, prefix: &str) -> Result<()> {
        let at = |path: &Path| format!("cannot read {}", path.display());
        let mut paths: Vec<PathBuf> = fs::read_dir(folder)
            .with_context(|| at(folder))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<_>>()
            .with_context(|| at(folder))?;
        paths.sort();
        for path in paths {
            let own = path.file_name().unwrap_or_default().to_string_lossy();
            let name = format!("{prefix}{own}");
            if path.is_dir() {
                self.read_folder(&path, &format!("{name}/"))?;
                continue;
            }
            if name.ends_with(".html") {
                let html = fs::read_to_string(&path).with_context(|| at(&path))?;
                self.pages.insert(name.clone(), Page::parse(&html));
            } else if name.ends_with(".css") {
                let css = fs::read_to_string(&path).with_context(|| at(&path))?;
                self.pages.insert(name.clone(), stylesheet(&css));
            }
            self.files.insert(name);
        }
        Ok(())
    }

    /// Judges one link on `page`; `written` is how its author would know it.
    fn judge(&self, from: &str, page: &Page, target: &Target, written: &str) -> Verdict {
        let url = target.url.as_str();
        let base = page.base.as_deref();
        let bad = |what: String, mend: &str| Verdict::Bad(what, mend.to_owned());
        match scheme(url) {
            Some("data") => return Verdict::Good,
            _ if target.fetched && is_external(url) => {
                return bad(
                    format!(
                        "{} \"{written}\" is a request to another site",
                        target.attribute
                    ),
                    "Put a copy into the book's folder and point to that: readers may be offline.",
                );
            }
            Some("file") => {
                return bad(
                    format!("the link \"{written}\" points into one machine's file system"),
                    "Use a path relative to this page.",
                );
            }
            Some(_) => return Verdict::External,
            None if is_external(url) => return Verdict::External,
            None => {}
        }

        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let path = path.split('?').next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy();
        let file = if path.is_empty() {
            // Even under `<base>` such a link is meant for its own page.
            from.to_owned()
        } else {
            match resolve(from, base, &path) {
                Ok(file) => file,
                Err(mend) => return bad(format!("the link \"{written}\" leaves the book"), mend),
            }
        };
        let index = format!("{}/index.html", file.trim_end_matches('/'));
        let file = if self.files.contains(index.trim_start_matches('/')) {
            index.trim_start_matches('/').to_owned()
        } else {
            file
        };
        if !self.files.contains(&file) {
            return bad(
                format!("the link \"{written}\" leads to {file}, which is not in the book"),
                "Correct the path, or add the chapter to SUMMARY.md.",
            );
        }
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        let Some(page) = self.pages.get(&file) else {
            return Verdict::Good;
        };
        if fragment.is_empty() || fragment == "top" || page.ids.contains(&*fragment) {
            return Verdict::Good;
        }
        let mend = match nearest(&fragment, &page.ids) {
            Some(id) => format!("Did you mean #{id}?"),
            None => "Copy the fragment from the address bar after a click on that heading.".into(),
        };
        bad(
            format!("the link \"{written}\" asks for #{fragment}, which {file} does not have"),
            &mend,
        )
    }
}

/// A stylesheet as a page without ids.
fn stylesheet(css: &str) -> Page {
    Page {
        targets: css_urls(css)
            .into_iter()
            .map(|url| Target {
                url,
                attribute: "the stylesheet's url".to_owned(),
                fetched: true,
                line: 1,
            })
            .collect(),
        ..Page::default()
    }
}

/// The id that shares most of its words with `wanted`.
fn nearest<'a>(wanted: &str, ids: &'a BTreeSet<String>) -> Option<&'a str> {
    let shared = |id: &str| {
        let words: BTreeSet<_> = wanted.split('-').collect();
        id.split('-').filter(|word| words.contains(word)).count()
    };
    ids.iter()
        .map(|id| (shared(id), id.as_str()))
        .filter(|(count, id)| *count > 0 && !id.starts_with("mdbook-"))
        .max_by_key(|(count, _)| *count)
        .map(|(_, id)| id)
}
