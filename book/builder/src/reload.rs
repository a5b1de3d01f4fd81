//! Tells open pages that there are new ones.
//!
//! mdBook's own page template opens a WebSocket to the address given in
//! `live-reload-endpoint` and reloads when it hears "reload".

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use tokio::sync::broadcast::{Receiver, Sender, channel};

/// Where the pages listen, below the root of the site.
pub const ENDPOINT: &str = "__livereload";

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

    /// Answers a page that wants to be told.
    pub fn listen(&self, upgrade: WebSocketUpgrade) -> Response {
        let receiver = self.0.subscribe();
        upgrade.on_upgrade(move |socket| pass_on(socket, receiver))
    }
}

async fn pass_on(mut socket: WebSocket, mut receiver: Receiver<()>) {
    // One word is enough: the page closes the socket and opens a new one after
    // it has reloaded. Falling behind counts as a word, too.
    if !matches!(
        receiver.recv().await,
        Err(tokio::sync::broadcast::error::RecvError::Closed)
    ) {
        let _ = socket.send(Message::text("reload")).await;
    }
}
