//! `checker room [N]`: the escape room. A room that was not begun is shown; one
//! that was is judged: the attack on it, then the fix.

use anyhow::{Result, bail};

use super::{Session, list, out, show, status};
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::message;
use crate::render::terminal::wrapped;
use crate::room;

pub fn room(session: &mut Session, number: Option<u32>) -> Result<Exit> {
    let rooms: Vec<&Exercise> = session
        .course
        .exercises()
        .iter()
        .filter(|exercise| exercise.is_room())
        .collect();
    let Some(last) = rooms.last() else {
        bail!(message::no_rooms());
    };
    let wanted = match number {
        Some(number) => {
            let id = format!("room-{number}");
            match rooms.iter().find(|room| room.id() == id) {
                Some(room) => room,
                None => bail!(message::unknown_room(number, rooms.len())),
            }
        }
        None => rooms
            .iter()
            .find(|room| !session.progress.of(room.id()).passed)
            .unwrap_or(last),
    };
    let wanted = (*wanted).clone();
    if number.is_none() {
        out(&list::table_of(session, &rooms, Some(&wanted)))?;
    }
    if room::is_untouched(&wanted) {
        show::task(&wanted)?;
        out("")?;
        let [attack, fix] = [wanted.attack(), wanted.file()].map(|file| wanted.shown(&file));
        out(&wrapped(&message::begin_room(&wanted, &attack, &fix), ""))?;
    } else {
        status::judge(session, &wanted)?;
    }
    Ok(Exit::Passed)
}
