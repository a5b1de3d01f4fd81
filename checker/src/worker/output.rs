//! What a worker writes: two threads read its pipes, part frames from prints,
//! and stop when it is too much.

use std::io::Read;
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::wire::{self, Piece};

/// How much of what was printed is kept to be shown.
const SHOWN_BYTES: usize = 64 * 1024;

/// How much of the end of stderr is kept to tell what a crash was.
const LAST_WORDS_BYTES: usize = 4 * 1024;

/// What the reading threads tell.
pub enum Event {
    /// A frame.
    Frame(Vec<u8>),
    /// A frame that is too large.
    TooLarge,
    /// Too much was printed.
    Flood,
    /// stdout ended.
    End,
}

/// What the worker printed.
#[derive(Default)]
pub struct Output {
    /// What is kept to be shown.
    pub shown: Vec<u8>,
    /// The end of stderr: a crash's last words.
    pub last_words: Vec<u8>,
    /// How many bytes were printed in all.
    pub total: u64,
}

/// What was printed so far; a reader that panicked leaves it readable.
pub fn lock(output: &Mutex<Output>) -> MutexGuard<'_, Output> {
    output.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps `bytes` to be shown; says whether that is still within `flood` bytes.
fn keep(output: &Mutex<Output>, bytes: &[u8], flood: u64) -> bool {
    let mut output = lock(output);
    output.total += bytes.len() as u64;
    let room = SHOWN_BYTES.saturating_sub(output.shown.len());
    output
        .shown
        .extend_from_slice(&bytes[..room.min(bytes.len())]);
    output.total <= flood
}

/// Reads stdout until it ends, is too much, or nobody listens.
pub fn read_stdout(
    mut stdout: impl Read,
    events: &SyncSender<Event>,
    output: &Mutex<Output>,
    flood: u64,
) {
    let mut parts = wire::Parts::default();
    let mut chunk = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = stdout.read(&mut chunk) {
        let mut go_on = true;
        parts.feed(&chunk[..length], |piece| {
            let event = match piece {
                Piece::Frame(frame) => Event::Frame(frame),
                Piece::Text(text) if keep(output, &text, flood) => return,
                Piece::Text(_) => Event::Flood,
                Piece::TooLarge => Event::TooLarge,
            };
            go_on &= matches!(event, Event::Frame(_));
            // The receiver is gone when the test is over.
            go_on &= events.send(event).is_ok();
        });
        if !go_on {
            return;
        }
    }
    let _ = events.send(Event::End);
}

/// Reads stderr, all of which is print.
pub fn read_stderr(
    mut stderr: impl Read,
    events: &SyncSender<Event>,
    output: &Mutex<Output>,
    flood: u64,
) {
    let mut chunk = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = stderr.read(&mut chunk) {
        let bytes = &chunk[..length];
        {
            let last_words = &mut lock(output).last_words;
            last_words.extend_from_slice(bytes);
            let extra = last_words.len().saturating_sub(LAST_WORDS_BYTES);
            last_words.drain(..extra);
        }
        if !keep(output, bytes, flood) {
            let _ = events.send(Event::Flood);
            return;
        }
    }
}
