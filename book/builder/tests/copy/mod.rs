//! A small book of its own in a temporary folder, to be broken on purpose.
//!
//! It has the real `book.toml` and theme, and three short pages, so that these
//! tests do not depend on what the chapters say today.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A whole book that a test may break.
pub struct Copy {
    folder: tempfile::TempDir,
}

impl Copy {
    /// A book that passes every check.
    pub fn whole() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let copy = Self { folder };
        for file in ["book.toml", "theme/header.hbs", "theme/course.css"] {
            let text = fs::read_to_string(real_book().join(file)).expect("the real book's file");
            copy.write(file, &text);
        }
        copy.write(
            "src/SUMMARY.md",
            "- [Orders](orders.md)\n- [Invoices](sub/invoices.md)\n",
        );
        copy.write(
            "src/orders.md",
            "# Orders\n\n## The total\n\nSee [how one is paid](sub/invoices.md#paying).\n",
        );
        copy.write(
            "src/sub/invoices.md",
            "# Invoices\n\n## Paying\n\n{{#include ../../../shared/brief.md}}\n\n\
             ```rust\n{{#include ../../../shared/pay.rs:pay}}\n```\n\nBack to [the total](../orders.md#the-total).\n",
        );
        copy.write("../shared/brief.md", "Pay within 30 days.\n");
        copy.write(
            "../shared/pay.rs",
            "// ANCHOR: pay\nfn pay() {}\n// ANCHOR_END: pay\n",
        );
        copy
    }

    /// The folder of its `book.toml`.
    pub fn book(&self) -> PathBuf {
        self.folder.path().join("book")
    }

    /// Writes a file, given below the book's folder.
    pub fn write(&self, file: &str, text: &str) -> &Self {
        let path = self.book().join(file);
        // `..` in the path of a folder that is not there yet would not resolve.
        fs::create_dir_all(self.book()).expect("the book's folder");
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("its folder");
        fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// Puts more text at the end of a file.
    pub fn append(&self, file: &str, more: &str) -> &Self {
        let text = fs::read_to_string(self.book().join(file)).expect("the file to add to");
        self.write(file, &(text + more))
    }

    /// Removes a file.
    pub fn remove(&self, file: &str) -> &Self {
        fs::remove_file(self.book().join(file)).expect("the file to remove");
        self
    }

    /// The program's command on this book.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = program();
        command.arg("--book").arg(self.book()).args(words);
        command
    }

    /// Runs `check`, which must refuse the book; returns what it says.
    pub fn refused(&self) -> String {
        let output = self.command(&["check"]).output().expect("the program runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(1), "{said}");
        said
    }
}

/// The program, called from a folder that has nothing to do with the course.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_book-builder"));
    command.current_dir(std::env::temp_dir());
    command
}

/// All that a person would see.
pub fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn real_book() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the builder is in the book's folder")
}
