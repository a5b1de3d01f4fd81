//! `cargo book serve`: the book on this machine, made again on every save.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;

use anyhow::{Context, Result};
use axum::Router;
use axum::routing::get;
use tower_http::services::{ServeDir, ServeFile};

use crate::build::{Built, Wish, build};
use crate::place::Place;
use crate::problem;
use crate::reload::{ENDPOINT, LISTENER, Reload};
use crate::watch::{self, Sources};

/// Serves until the process is ended. `Ok(false)` when the book cannot be built
/// at all, so that there is nothing to show.
pub fn command(place: &Place, port: u16, open: bool) -> Result<bool> {
    // Before the build: a taken port should not cost a wait.
    let listener = bind(port)?;
    let address = listener.local_addr().context("cannot read the port")?;

    let sources = Sources::now(place);
    let built = make(place)?;
    if built.folder.as_os_str().is_empty() {
        return Ok(false);
    }
    let reload = Reload::new();
    rebuild_on_save(place.clone(), sources, reload.clone());

    let url = format!("http://{address}/");
    println!("The book is at {url} and follows every save. Ctrl-C ends it.");
    if open && let Err(error) = opener::open_browser(&url) {
        eprintln!("No browser could be opened ({error}); open {url} yourself.");
    }
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start the server")?
        .block_on(serve(listener, &built.folder, reload))?;
    Ok(true)
}

/// Only this machine can reach the book: 127.0.0.1, never 0.0.0.0.
fn bind(port: u16) -> Result<TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let listener = TcpListener::bind(address).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is taken by another program; choose another one: cargo book serve --port {}",
            port.checked_add(1).unwrap_or(3000)
        ),
        std::io::ErrorKind::PermissionDenied => anyhow::anyhow!(
            "this user may not open port {port}; choose one above 1023: cargo book serve --port 3000"
        ),
        _ => anyhow::Error::new(error).context(format!("cannot open port {port} on 127.0.0.1")),
    })?;
    listener
        .set_nonblocking(true)
        .context("cannot prepare the port")?;
    Ok(listener)
}

fn make(place: &Place) -> Result<Built> {
    let built = build(
        place,
        &Wish {
            dest: None,
            listener: Some(LISTENER),
        },
    )?;
    if !built.problems.is_empty() {
        problem::print(&built.problems);
    }
    Ok(built)
}

fn rebuild_on_save(place: Place, sources: Sources, reload: Reload) {
    std::thread::spawn(move || {
        let watched = watch::forever(&place, sources, || match make(&place) {
            Ok(built) => {
                // A page with a mistake in it is worth seeing; without pages the
                // reader keeps the last good ones.
                if !built.folder.as_os_str().is_empty() {
                    println!("Made again.");
                    reload.announce();
                }
            }
            Err(error) => eprintln!("error: {error:#}"),
        });
        if let Err(error) = watched {
            eprintln!("Saves are not followed: {error:#}. Start again after each change.");
        }
    });
}

async fn serve(listener: TcpListener, folder: &Path, reload: Reload) -> Result<()> {
    let missing = ServeFile::new(folder.join("404.html"));
    let app = Router::new()
        .route(ENDPOINT, get(move || async move { reload.listen() }))
        .fallback_service(ServeDir::new(folder).not_found_service(missing));
    let listener =
        tokio::net::TcpListener::from_std(listener).context("cannot use the opened port")?;
    axum::serve(listener, app).await.context("the server ended")
}
