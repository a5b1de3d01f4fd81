//! The course's checker: it compiles a learner's exercise, runs hidden tests
//! against it, and tells what came out.
//!
//! Three zones, and nothing but data crosses between them: the hidden tests run
//! in a sandboxed context in this process, the learner's code runs in a worker
//! process that answers calls and nothing more, and the verdict is made here. So
//! no exit code, printed text or patched comparison of the learner's can forge
//! a pass.
//!
//! | module | noun |
//! |---|---|
//! | `course`, `exercise` | what there is to learn |
//! | `compile` | a source becomes a program |
//! | `group` | a child process, killed with all it started |
//! | `worker`, `wire` | a program answers calls |
//! | `judge` | tests ask, and judge the answers |
//! | `trial` | sources are compiled and judged |
//! | `room` | a room is attacked, and its fix judged |
//! | `report` | what was found, as data |
//! | `render` | a report, as text |
//! | `progress` | what is remembered of a learner |
//! | `command`, `cli` | what can be typed |
//! | `message` | every sentence a person reads |

mod cli;
mod command;
mod compile;
mod course;
mod exercise;
mod exit;
mod files;
mod group;
mod interrupt;
mod judge;
mod message;
mod progress;
mod render;
pub mod report;
mod room;
mod trial;
mod wire;
mod worker;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

use crate::exit::Exit;
use crate::render::terminal::{BAD, styled, visible, wrapped};

/// The whole program.
pub fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    interrupt::listen();
    group::adopt_orphans();
    let exit = command::perform(cli).unwrap_or_else(|error| {
        if interrupt::requested() {
            return Exit::Interrupted;
        }
        if let Some(error) = error.downcast_ref::<io::Error>()
            && error.kind() == io::ErrorKind::BrokenPipe
        {
            return Exit::Passed;
        }
        let said = visible(&format!("{error:#}"));
        // What a tool wrote over several lines keeps them.
        let said = match said.split_once('\n') {
            None => wrapped(&said, ""),
            Some(_) => said,
        };
        // Nobody is left to be told that stderr is closed.
        let _ = writeln!(anstream::stderr(), "{} {said}", styled(BAD, "error:"));
        Exit::Setup
    });
    exit.into()
}
