//! Tells open pages that there are new ones.
//!
//! By server-sent events, a part of HTTP. mdBook's own live reload wants a
//! WebSocket, whose crates would take some 40 MB of everybody's target folder.

use std::convert::Infallible;

use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use futures_util::stream::{Stream, once};
use tokio::sync::broadcast::{Sender, channel};

/// Where the pages listen, below the root of the site.
pub const ENDPOINT: &str = "/__livereload";

/// What a page needs to listen. The page of all chapters holds it many times and
/// listens once.
pub const LISTENER: &str = r#"

<script>
window.liveReload ??= new EventSource("/__livereload");
window.liveReload.onmessage = () => location.reload();
</script>
"#;

/// The hub: one sender, any number of open pages.
#[derive(Debug, Clone)]
pub struct Reload(Sender<()>);

impl Reload {
    /// A hub that nobody listens to yet.
    pub fn new() -> Self {
        // A page that misses a word has another one coming: it reloads anyway.
        Self(channel(4).0)
    }

    /// Makes every open page reload.
    pub fn announce(&self) {
        // Fails when no page is open, which is no fault.
        let _ = self.0.send(());
    }

    /// Answers a page that wants to be told. One word is enough: the page listens
    /// anew after it has reloaded. Falling behind counts as a word, too.
    pub fn listen(&self) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
        let mut receiver = self.0.subscribe();
        Sse::new(once(async move {
            let _ = receiver.recv().await;
            Ok(Event::default().data("reload"))
        }))
        .keep_alive(KeepAlive::default())
    }
}
