//! The command line, and nothing else.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Builds, checks and serves the course's book.
#[derive(Debug, Parser)]
#[command(name = "cargo book", bin_name = "cargo book", version)]
pub struct Cli {
    /// The folder that holds book.toml [default: book/ of this workspace]
    #[arg(long, global = true, value_name = "DIR")]
    pub book: Option<PathBuf>,

    #[command(subcommand)]
    pub command: Command,
}

/// What to do with the book.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the pages; fails when an include or a chapter is missing
    Build {
        /// Where the pages go [default: book/book]
        #[arg(long, value_name = "DIR")]
        dest: Option<PathBuf>,
    },
    /// Make the pages, show them on this machine, make them again on every save
    Serve {
        /// The port on 127.0.0.1; 0 lets the system choose one
        #[arg(long, default_value_t = 3000)]
        port: u16,
        /// Open the book in the default browser
        #[arg(long)]
        open: bool,
    },
    /// Make the pages in a temporary folder, follow every link, look at every quiz
    Check {
        /// Also list the links that leave the book; they are not followed
        #[arg(long, short)]
        verbose: bool,
    },
}
