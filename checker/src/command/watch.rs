//! `checker watch`: judges again on save, and only what was saved. It never
//! moves on by itself.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result};
use crossterm::event::{self, Event as TerminalEvent, KeyCode, KeyEventKind, KeyModifiers};
use notify_debouncer_mini::notify::{
    self, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
};
use notify_debouncer_mini::{Config, Debouncer, new_debouncer_opt};

use super::{Session, hint, list, out, reset, status};
use crate::cli;
use crate::exercise::Exercise;
use crate::exit::Exit;
use crate::interrupt;
use crate::message;
use crate::render::terminal::{self, QUIET, styled, wrapped};

/// Editors save in several steps; what happens within this is one save.
const DEBOUNCE: Duration = Duration::from_millis(60);

/// How often `--poll` looks.
const POLL: Duration = Duration::from_millis(500);

/// What can happen.
enum Event {
    /// Something happened in a watched folder.
    Saved,
    Key(char),
    /// The keyboard is gone: stdin ended.
    NoKeys,
}

pub fn watch(session: &mut Session, arguments: &cli::Watch) -> Result<Exit> {
    let only = arguments
        .id
        .as_deref()
        .map(|id| session.pick(Some(id)))
        .transpose()?;
    let watched: Vec<Exercise> = match &only {
        Some(exercise) => vec![exercise.clone()],
        None => session.course.exercises().to_vec(),
    };
    let (events_in, events) = channel();
    let _watcher = Watching::start(&watched, arguments.poll, events_in.clone())?;
    // Before anything is judged: what is saved meanwhile is judged afterwards.
    let mut seen = Seen::now(&watched);
    let mut last = session.pick(only.as_ref().map(Exercise::id))?;
    judge(session, &last)?;
    let _keyboard = Keyboard::start(events_in);
    out(&keys())?;
    loop {
        if interrupt::requested() {
            return Ok(Exit::Interrupted);
        }
        let event = next(&events)?;
        // Whatever the event: a folder that was replaced sends none any more.
        for exercise in seen.saved_since(&watched) {
            last = exercise.clone();
            judge(session, &last)?;
            out(&keys())?;
        }
        match event {
            None | Some(Event::Saved | Event::NoKeys) => {}
            Some(Event::Key(key)) => {
                match key {
                    'h' => out(&hint::text(session, &last, None)?)?,
                    'l' => out(&list::table(session, Some(&last)))?,
                    'r' => out(&reset::text(session, &last)?)?,
                    'q' => return Ok(Exit::Passed),
                    _ => continue,
                }
                out(&keys())?;
            }
        }
    }
}

/// When each watched file was last written. Events say only where to look:
/// reading a file makes some, too, and compiling reads it.
struct Seen(Vec<Option<SystemTime>>);

impl Seen {
    fn now(watched: &[Exercise]) -> Self {
        Self(watched.iter().map(written).collect())
    }

    /// The exercises that were written since the last look.
    fn saved_since<'a>(&mut self, watched: &'a [Exercise]) -> Vec<&'a Exercise> {
        let mut saved = Vec::new();
        for (exercise, seen) in watched.iter().zip(&mut self.0) {
            let now = written(exercise);
            // A file that is gone for a moment is one that an editor replaces.
            if now.is_some() && now != *seen {
                saved.push(exercise);
                *seen = now;
            }
        }
        saved
    }
}

/// The latest of its files: a room has an attack, too.
fn written(exercise: &Exercise) -> Option<SystemTime> {
    let modified = |path: PathBuf| {
        std::fs::metadata(path)
            .and_then(|file| file.modified())
            .ok()
    };
    let attack = exercise.is_room().then(|| exercise.attack());
    modified(exercise.file()).max(attack.and_then(modified))
}

/// Judges; trouble is told, and watching goes on: the next save may mend it.
fn judge(session: &mut Session, exercise: &Exercise) -> Result<()> {
    out(&styled(QUIET, &message::judging(exercise)))?;
    match status::judge(session, exercise) {
        // Nobody reads any more.
        Err(error) if error.is::<io::Error>() => return Err(error),
        Err(error) if !interrupt::requested() => super::warn(&format!("{error:#}")),
        _ => {}
    }
    Ok(())
}

/// The next event, or `None` when it is time to look whether Ctrl-C came.
fn next(events: &Receiver<Event>) -> Result<Option<Event>> {
    match events.recv_timeout(interrupt::LOOK) {
        Ok(event) => Ok(Some(event)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => anyhow::bail!("nothing is watched any more"),
    }
}

fn keys() -> String {
    styled(
        QUIET,
        &wrapped(&message::watch_keys(terminal::is_raw()), ""),
    )
}

/// Watches folders until it is dropped.
enum Watching {
    #[expect(dead_code, reason = "held for its Drop, which ends the watching")]
    Events(Debouncer<RecommendedWatcher>),
    #[expect(dead_code, reason = "held for its Drop, which ends the watching")]
    Poll(Debouncer<PollWatcher>),
}

impl Watching {
    fn start(exercises: &[Exercise], poll: bool, events: Sender<Event>) -> Result<Self> {
        let folders: BTreeSet<PathBuf> = exercises
            .iter()
            .filter_map(|exercise| exercise.file().parent().map(Path::to_path_buf))
            .collect();
        Ok(if poll {
            Self::Poll(debouncer(&folders, events)?)
        } else {
            Self::Events(debouncer(&folders, events)?)
        })
    }
}

fn debouncer<W: Watcher>(
    folders: &BTreeSet<PathBuf>,
    events: Sender<Event>,
) -> Result<Debouncer<W>> {
    let config = Config::default().with_timeout(DEBOUNCE).with_notify_config(
        notify::Config::default()
            .with_poll_interval(POLL)
            // Times are coarse on the file systems that need polling.
            .with_compare_contents(true),
    );
    let mut debouncer = new_debouncer_opt::<_, W>(
        config,
        move |saved: notify_debouncer_mini::DebounceEventResult| {
            if saved.is_ok() {
                // Nobody listens any more when the checker ends.
                let _ = events.send(Event::Saved);
            }
        },
    )
    .context(message::cannot_watch())?;
    for folder in folders {
        debouncer
            .watcher()
            .watch(folder, RecursiveMode::NonRecursive)
            .with_context(message::cannot_watch)
            .with_context(|| format!("failed to watch {}", folder.display()))?;
    }
    Ok(debouncer)
}

/// The keyboard: single keys from a terminal, lines from anything else. The
/// terminal is raw until this is dropped.
struct Keyboard;

impl Keyboard {
    fn start(events: Sender<Event>) -> Self {
        let raw = io::stdin().is_terminal() && terminal::set_raw(true);
        thread::spawn(move || {
            if raw {
                read_keys(&events)
            } else {
                read_lines(&events)
            }
        });
        Self
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        terminal::set_raw(false);
    }
}

fn read_keys(events: &Sender<Event>) {
    while let Ok(event) = event::read() {
        match key(&event) {
            None => {}
            Some(None) => interrupt::request(),
            Some(Some(key)) if events.send(Event::Key(key)).is_err() => return,
            Some(Some(_)) => {}
        }
    }
}

fn read_lines(events: &Sender<Event>) {
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        if let Some(key) = line.trim().chars().next()
            && events.send(Event::Key(key.to_ascii_lowercase())).is_err()
        {
            return;
        }
    }
    let _ = events.send(Event::NoKeys);
}

/// The key that was pressed: `Some(None)` is Ctrl-C, which raw mode hands over
/// as a key.
fn key(event: &TerminalEvent) -> Option<Option<char>> {
    let TerminalEvent::Key(key) = event else {
        return None;
    };
    match key.code {
        KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(None),
        KeyCode::Char(letter) if key.kind == KeyEventKind::Press => {
            Some(Some(letter.to_ascii_lowercase()))
        }
        _ => None,
    }
}
