//! `checker dev`: for authors.

mod book;
mod check;
mod new;
mod wrong;

use anyhow::Result;

use super::Session;
use crate::cli::Dev;
use crate::exit::Exit;

pub fn dev(session: &Session, what: Dev) -> Result<Exit> {
    match what {
        Dev::Check { id } => check::check(session, &id),
        Dev::New { level, name } => new::new(session, &level, &name),
    }
}
