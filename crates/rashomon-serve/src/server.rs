use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rashomon_desk::Desk;
use rashomon_desk::fetch::{FetchOptions, Fetcher};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::Error;
use crate::alerts::{Courier, Post};
use crate::events::Events;
use crate::newsroom::{Newsroom, Rounds};
use crate::options::ServeOptions;
use crate::routes::routes;
use crate::shelf::Shelf;
use crate::state::Office;

/// How long requests that are being answered may take once the server goes down.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until `stop` is set. `ready` is told the address once the server listens.
pub fn serve(
    options: ServeOptions,
    stop: Arc<AtomicBool>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Error> {
    check(&options)?;
    crate::priority::background();
    let fetcher = match &options.fetch {
        Some(fetch) => Some(Fetcher::new(fetch.clone()).map_err(|error| {
            Error::new("bad-value", format!("addresses cannot be fetched: {error}"))
        })?),
        None => None,
    };
    // Whom people name is told also where no feeds are asked.
    let messenger = fetcher.clone().or_else(|| Fetcher::new(FetchOptions::default()).ok());
    let post = match &options.mail {
        Some(mail) => Some(Post::new(&mail.server, &mail.from)?),
        None => None,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime
        .map_err(|error| Error::new("cannot-listen", format!("no threads to serve on: {error}")))?;
    runtime.block_on(async move {
        let address = options.address;
        let listener = TcpListener::bind(address).await.map_err(|error| {
            let help = "another server may be there; --listen takes another address";
            Error::new(
                "cannot-listen",
                format!("{address}: cannot be listened on: {error}; {help}"),
            )
        })?;
        // Only now: a server that cannot listen leaves no store behind.
        let desk = Desk::open(&options.store, &options.desk)?;
        let local = listener.local_addr().unwrap_or(address);
        let events = Events::new();
        let rounds = Rounds { fetcher, pages: options.pages, every: options.every };
        let shelf = Shelf::new(options.shelf_bytes);
        let (newsroom, thread) =
            Newsroom::open(desk, rounds, events.clone(), shelf.clone(), Arc::clone(&stop));
        let (close, closing) = watch::channel(false);
        let office = Office::new(options, newsroom, events, shelf, closing)?;
        let courier = Courier {
            readers: office.readers.clone(),
            newsroom: office.newsroom.clone(),
            fetcher: messenger,
            post,
            events: office.events.clone(),
        };
        tokio::spawn(courier.work(office.closing.clone()));
        let hurry = office.newsroom.clone();
        tokio::spawn(async move {
            while !stop.load(Ordering::Relaxed) {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            hurry.hurry();
            // Whoever listens to events is let go.
            let _ = close.send(true);
        });
        tracing::info!(address = %local, "serving");
        ready(local);
        let (down, late) = (closed(office.closing.clone()), closed(office.closing.clone()));
        let service = routes(office).into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(listener, service).with_graceful_shutdown(down);
        tokio::select! {
            served = async { serving.await } => {
                served.map_err(|error| Error::new("io", format!("serving failed: {error}")))?;
            }
            () = async { late.await; tokio::time::sleep(GRACE).await } => {
                tracing::warn!("requests that took too long were cut off");
            }
        }
        let joined = tokio::task::spawn_blocking(move || thread.join()).await;
        if !matches!(joined, Ok(Ok(()))) {
            return Err(Error::new("io", "the newsroom ended before its time"));
        }
        Ok(())
    })
}

/// The routes over a store, with a newsroom that is open until `stop` is set, and nothing that
/// listens or fetches: for tests.
#[doc(hidden)]
pub fn open(options: ServeOptions, stop: Arc<AtomicBool>) -> Result<axum::Router, Error> {
    let desk = Desk::open(&options.store, &options.desk)?;
    let (events, shelf) = (Events::new(), Shelf::new(options.shelf_bytes));
    let rounds = Rounds { fetcher: None, pages: options.pages, every: options.every };
    let (newsroom, _) =
        Newsroom::open(desk, rounds, events.clone(), shelf.clone(), Arc::clone(&stop));
    let (close, closing) = watch::channel(false);
    std::thread::spawn(move || {
        while !stop.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(50));
        }
        // Whoever listens to events is let go.
        let _ = close.send(true);
    });
    Ok(routes(Office::new(options, newsroom, events, shelf, closing)?))
}

async fn closed(mut closing: watch::Receiver<bool>) {
    // A sender that is gone says the same.
    let _ = closing.wait_for(|closing| *closing).await;
}

/// Refuses what would let strangers in.
fn check(options: &ServeOptions) -> Result<(), Error> {
    let is_clean = |token: &str| {
        token.len() >= 16
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b))
    };
    match &options.token {
        None if !options.address.ip().is_loopback() => {
            let message = format!(
                "{}: can be reached from other machines; set a token with --token or \
                 RASHOMON_TOKEN, or listen on 127.0.0.1",
                options.address
            );
            Err(Error::new("token-needed", message))
        }
        Some(token) if !is_clean(token) => {
            let message = "the token must have at least 16 letters, digits or -._~+/=";
            Err(Error::new("bad-value", message))
        }
        _ => Ok(()),
    }
}
