//! `checker watch`: judges again on save, and only what was saved. It never
//! moves on by itself.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use crossterm::event::{self, Event as TerminalEvent, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;
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
use crate::render::terminal::{QUIET, styled, wrapped};

/// Editors save in several steps; what happens within this is one save.
const DEBOUNCE: Duration = Duration::from_millis(60);

/// How often `--poll` looks.
const POLL: Duration = Duration::from_millis(500);

/// What can happen.
enum Event {
    Saved(Vec<PathBuf>),
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
    let mut last = session.pick(only.as_ref().map(Exercise::id))?;
    judge(session, &last);
    let keyboard = Keyboard::start(events_in);
    keyboard.paused(|| out(&keys(keyboard.raw)))?;
    loop {
        if interrupt::requested() {
            return Ok(Exit::Interrupted);
        }
        let Some(event) = next(&events)? else {
            continue;
        };
        match event {
            Event::Saved(paths) => {
                let saved: Vec<&Exercise> = watched
                    .iter()
                    .filter(|exercise| paths.iter().any(|path| same_file(path, &exercise.file())))
                    .collect();
                for exercise in saved {
                    last = exercise.clone();
                    keyboard.paused(|| {
                        judge(session, &last);
                        out(&keys(keyboard.raw))
                    })?;
                }
            }
            Event::Key('q') => return Ok(Exit::Passed),
            Event::Key(key) => keyboard.paused(|| -> Result<()> {
                match key {
                    'h' => out(&hint::text(session, &last, None)?)?,
                    'l' => out(&list::table(session, Some(&last)))?,
                    'r' => out(&reset::text(session, &last)?)?,
                    _ => {}
                }
                out(&keys(keyboard.raw))
            })?,
            Event::NoKeys => {}
        }
    }
}

/// Judges; trouble is told, and watching goes on: the next save may mend it.
fn judge(session: &mut Session, exercise: &Exercise) {
    if let Err(error) = status::judge(session, exercise)
        && !interrupt::requested()
    {
        super::warn(&format!("{error:#}"));
    }
}

/// The next event, or `None` when it is time to look whether Ctrl-C came.
fn next(events: &Receiver<Event>) -> Result<Option<Event>> {
    match events.recv_timeout(interrupt::LOOK) {
        Ok(event) => Ok(Some(event)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => anyhow::bail!("nothing is watched any more"),
    }
}

fn keys(raw: bool) -> String {
    let text = message::watch_keys(raw);
    styled(QUIET, &wrapped(&text, ""))
}

/// Saves often replace a file, so paths are compared, not files watched.
fn same_file(a: &Path, b: &Path) -> bool {
    a == b || (a.file_name() == b.file_name() && a.canonicalize().ok() == b.canonicalize().ok())
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
            if let Ok(saved) = saved {
                let mut paths: Vec<PathBuf> = saved.into_iter().map(|event| event.path).collect();
                paths.sort();
                paths.dedup();
                // Nobody listens any more when the checker ends.
                let _ = events.send(Event::Saved(paths));
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

/// The keyboard: single keys from a terminal, lines from anything else.
struct Keyboard {
    raw: bool,
}

impl Keyboard {
    fn start(events: Sender<Event>) -> Self {
        let raw = io::stdin().is_terminal() && terminal::enable_raw_mode().is_ok();
        thread::spawn(move || {
            if raw {
                while let Ok(event) = event::read() {
                    if let Some(key) = key(&event) {
                        let Some(key) = key else {
                            interrupt::request();
                            continue;
                        };
                        if events.send(Event::Key(key)).is_err() {
                            return;
                        }
                    }
                }
            } else {
                for line in io::stdin().lock().lines().map_while(Result::ok) {
                    if let Some(key) = line.trim().chars().next()
                        && events.send(Event::Key(key.to_ascii_lowercase())).is_err()
                    {
                        return;
                    }
                }
                let _ = events.send(Event::NoKeys);
            }
        });
        Self { raw }
    }

    /// Does `work` with the terminal as usual: what is printed needs one that
    /// ends lines.
    fn paused<T>(&self, work: impl FnOnce() -> T) -> T {
        self.set(false);
        let result = work();
        self.set(true);
        result
    }

    fn set(&self, raw: bool) {
        if self.raw {
            // A terminal that went away needs no mode.
            let _ = if raw {
                terminal::enable_raw_mode()
            } else {
                terminal::disable_raw_mode()
            };
        }
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        self.set(false);
    }
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
