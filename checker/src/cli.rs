//! What can be typed: clap's types, and nothing else.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Judges your solutions of the course's exercises.
#[derive(Debug, Parser)]
#[command(
    name = "checker",
    bin_name = "cargo checker",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    after_help = "An exercise is named by its id (1.1), its name (evaluate), or the beginning of either.\n\
                  Exit codes of `run`: 0 passed, 1 not passed, 2 usage or set-up, 3 the checker's own fault."
)]
pub struct Cli {
    /// What to do; without it, where you are and how the current exercise stands.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The exercise to judge in place of the current one.
    pub id: Option<String>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge exercises and exit with 0 only if all passed (for scripts).
    Run(Run),
    /// Judge again whenever a file is saved.
    Watch(Watch),
    /// List all exercises and how they stand.
    List {
        /// How to print.
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// The escape room: show its rooms, or judge your attack on one and your fix.
    Room {
        /// The room's number; the first that is not solved if left out.
        number: Option<u32>,
    },
    /// Show the task of an exercise.
    Show {
        /// The exercise; the current one if left out.
        id: Option<String>,
    },
    /// Show the next hint of an exercise, one rung at a time.
    Hint {
        /// The exercise; the current one if left out.
        id: Option<String>,
        /// The rung: 1 where to look, 2 which API, 3 nearly the code.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=3))]
        rung: Option<u32>,
    },
    /// Put the stub of an exercise back; your file is kept as a backup.
    Reset {
        /// The exercise.
        id: String,
    },
    /// Explain the reference solution and compare yours with it, after passing.
    Solution {
        /// The exercise; the current one if left out.
        id: Option<String>,
        /// Show it although the exercise has not passed yet.
        #[arg(long)]
        give_up: bool,
    },
    /// For authors: check the course itself, or begin a new exercise.
    #[command(subcommand)]
    Dev(Dev),
}

/// `checker run`.
#[derive(Debug, Args)]
pub struct Run {
    /// The exercises; the current one if left out.
    #[arg(conflicts_with = "all")]
    pub id: Vec<String>,
    /// All exercises of the course.
    #[arg(long)]
    pub all: bool,
    /// Judge this file in place of the learner's; with --all, a folder that
    /// holds files as `levels` does, such as `solutions`.
    #[arg(long, value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// Only tests whose name contains this.
    #[arg(long, value_name = "TEXT")]
    pub test: Option<String>,
    /// Repeat the randomness of an earlier run.
    #[arg(long, value_name = "N")]
    pub seed: Option<u32>,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// `checker watch`.
#[derive(Debug, Args)]
pub struct Watch {
    /// The only exercise to watch; all of them if left out.
    pub id: Option<String>,
    /// Look at the files every half second, for file systems that send no events.
    #[arg(long)]
    pub poll: bool,
}

/// `checker dev`.
#[derive(Debug, Subcommand)]
pub enum Dev {
    /// Prove that stubs fail, solutions pass, wrong solutions are caught, and
    /// files and book agree.
    Check {
        /// Only these exercises.
        id: Vec<String>,
    },
    /// Begin a new exercise with all its files.
    New {
        /// The level's folder, such as level-1-basics.
        level: String,
        /// One word in lower case, such as realms.
        name: String,
    },
}

/// How to print a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}
