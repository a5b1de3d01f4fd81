//! What mdBook complained about while it built.
//!
//! mdBook logs a broken include, prints the raw `{{#include …}}` into the page
//! and reports success. It offers no stricter mode, and its log is the only
//! place where the complaint can be had, so this listens to the log.

use std::fmt::{self, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Runs `work` and returns its result with every warning and error that mdBook
/// logged on this thread meanwhile.
pub fn listen<T>(work: impl FnOnce() -> T) -> (T, Vec<String>) {
    let listener = Listener::default();
    let heard = Arc::clone(&listener.heard);
    let result = tracing::subscriber::with_default(listener, work);
    let heard = std::mem::take(&mut *heard.lock().unwrap_or_else(PoisonError::into_inner));
    (result, heard)
}

#[derive(Default)]
struct Listener {
    heard: Arc<Mutex<Vec<String>>>,
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Levels grow with detail: ERROR < WARN < INFO.
        *metadata.level() <= Level::WARN && metadata.target().starts_with("mdbook")
    }

    fn event(&self, event: &Event<'_>) {
        let mut text = Text::default();
        event.record(&mut text);
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(text.0);
    }

    // Spans carry no complaint; every one is the same.
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// The message of one event; other fields are of no use to a reader.
#[derive(Default)]
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            // Writing to a String cannot fail.
            let _ = write!(self.0, "{value:?}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::listen;

    #[test]
    fn hears_what_mdbook_warns_of_and_nothing_else() {
        let ((), heard) = listen(|| {
            tracing::error!(target: "mdbook_driver::links", "no such file: {}", "brief.md");
            tracing::warn!(target: "mdbook_html", "unclosed tag");
            tracing::info!(target: "mdbook_driver", "Book building has started");
            tracing::error!(target: "tokio", "not about the book");
        });
        assert_eq!(heard, ["no such file: brief.md", "unclosed tag"]);
    }
}
