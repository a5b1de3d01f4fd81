//! Builds, checks and serves the course's book.
//!
//! The book is a plain mdBook: `mdbook build book` with a stock mdbook gives the
//! same pages. This crate exists so that nobody has to install one, and because
//! a stock mdbook forgives what a reader would trip over: a missing include, an
//! include of an anchor that is not there, a link that leads nowhere.
//!
//! | command | |
//! |---|---|
//! | `cargo book build` | makes the pages, or fails and says which file to mend |
//! | `cargo book serve` | makes them, shows them, makes them again on every save |
//! | `cargo book check` | makes them in a temporary folder, follows every link, looks at every quiz |

mod address;
mod build;
mod check;
mod cli;
mod fieldset;
mod include;
mod link;
mod page;
mod place;
mod problem;
mod quiz;
mod reload;
mod report;
mod serve;
mod watch;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::cli::{Cli, Command};
use crate::place::Place;

/// Reads the command line and runs the command.
///
/// Exit codes are the course's: 0 done, 1 the book has problems, 2 the command
/// could not be carried out as given.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// `Ok(false)` when the book itself is at fault and its problems were printed.
fn run(cli: &Cli) -> Result<bool> {
    let place = Place::find(cli.book.as_deref())?;
    match &cli.command {
        Command::Build { dest } => build::command(&place, dest.as_deref()),
        Command::Serve { port, open } => serve::command(&place, *port, *open),
        Command::Check { verbose } => check::command(&place, *verbose),
    }
}
