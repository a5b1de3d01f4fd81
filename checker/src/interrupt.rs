//! Ctrl-C and termination: the handler only notes it. Whoever waits for
//! something looks here at least every [`LOOK`], ends what it started, and
//! returns, so that no child, terminal mode or half-written file stays behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The longest that anything waits before it looks again.
pub const LOOK: Duration = Duration::from_millis(50);

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Starts to listen. A second Ctrl-C ends the process on the spot.
pub fn listen() {
    // Fails only if called twice; then it listens already.
    let _ = ctrlc::set_handler(|| {
        if REQUESTED.swap(true, Ordering::SeqCst) {
            // Does nothing unless `watch` has changed the terminal.
            crate::render::terminal::set_raw(false);
            std::process::exit(130);
        }
    });
}

/// Whether a person wants this to end.
pub fn requested() -> bool {
    REQUESTED.load(Ordering::SeqCst)
}

/// Ctrl-C came in another way: as a key of a terminal in raw mode.
pub fn request() {
    REQUESTED.store(true, Ordering::SeqCst);
}

/// What is said of work that was not finished.
pub const SAID: &str = "interrupted";
