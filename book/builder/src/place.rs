//! Where the book is, whatever folder the command was called from.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

/// The folders a build reads.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder that holds `book.toml`.
    pub book: PathBuf,
}

impl Place {
    /// The book in `given`, or the one this crate was compiled beside.
    pub fn find(given: Option<&Path>) -> Result<Self> {
        let book = match given {
            Some(folder) => folder.to_path_buf(),
            None => Self::own(),
        };
        ensure!(
            book.join("book.toml").is_file(),
            "{} has no book.toml; give the book's folder with --book DIR",
            book.display()
        );
        Ok(Self { book })
    }

    /// Cargo says at run time where the crate is; without Cargo, the place it
    /// was compiled at has to do.
    fn own() -> PathBuf {
        let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        crate_folder
            .parent()
            .map_or(crate_folder.clone(), Path::to_path_buf)
    }

    /// The chapters.
    pub fn src(&self) -> PathBuf {
        self.book.join("src")
    }

    /// Everything a save of which changes the pages: the book's own files, and
    /// the folders beside it that chapters include from.
    pub fn sources(&self) -> Vec<PathBuf> {
        let beside = self.book.parent().unwrap_or(&self.book);
        [
            self.book.join("book.toml"),
            self.src(),
            self.book.join("theme"),
            beside.join("checker").join("exercises"),
            beside.join("levels"),
        ]
        .into_iter()
        .filter(|path| path.exists())
        .collect()
    }

    /// `path` as a reader would type it: from the folder above the book.
    pub fn shown(&self, path: &Path) -> String {
        let beside = self.book.parent().unwrap_or(&self.book);
        path.strip_prefix(beside)
            .unwrap_or(path)
            .display()
            .to_string()
    }
}
