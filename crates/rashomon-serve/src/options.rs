use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use rashomon_desk::fetch::FetchOptions;
use rashomon_desk::{DeskOptions, Pages};

/// How a server works.
#[derive(Clone)]
pub struct ServeOptions {
    /// The file that keeps everything; made where there is none.
    pub store: PathBuf,
    /// Where to listen. Beyond loopback a [`token`](Self::token) is needed.
    pub address: SocketAddr,
    /// What a client must know: as `Authorization: Bearer`, or typed once into a browser.
    pub token: Option<String>,
    /// Names by which the server is called beside its address and `localhost`. Requests for other
    /// hosts are refused, so that no page of the web can reach the server under a name of its own.
    pub hosts: Vec<String>,
    /// How stories form.
    pub desk: DeskOptions,
    /// How feeds are fetched; `None` asks for none.
    pub fetch: Option<FetchOptions>,
    /// Whether the pages of entries are fetched.
    pub pages: Pages,
    /// How long to wait before a feed is asked again, where it says nothing else.
    pub every: Duration,
    /// The mail server that alerts are sent by.
    pub mail: Option<MailOptions>,
    /// How many connections read the store at once.
    pub readers: usize,
    /// The most bytes of pages of stories that are held in memory.
    pub shelf_bytes: usize,
    /// The most bytes of a request's body.
    pub max_body: usize,
    /// How long a request may take before it is given up.
    pub timeout: Duration,
}

/// A mail server.
#[derive(Clone)]
pub struct MailOptions {
    /// Its address: `smtps://name:password@mail.example:465`, `smtp://mail.example:587?tls=required`.
    pub server: String,
    /// Who writes: `Desk <desk@herald.example>`.
    pub from: String,
}

impl std::fmt::Debug for MailOptions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address may hold a password.
        f.debug_struct("MailOptions").field("from", &self.from).finish_non_exhaustive()
    }
}

impl ServeOptions {
    /// A server over a store on this machine, with all else as it is by default.
    pub fn new(store: PathBuf) -> ServeOptions {
        ServeOptions {
            store,
            address: SocketAddr::from(([127, 0, 0, 1], 7878)),
            token: None,
            hosts: Vec::new(),
            desk: DeskOptions { held_synopses: 16, ..DeskOptions::default() },
            fetch: Some(FetchOptions::default()),
            pages: Pages::Auto,
            every: Duration::from_secs(15 * 60),
            mail: None,
            readers: 8,
            shelf_bytes: 128 << 20,
            max_body: 64 << 20,
            timeout: Duration::from_secs(30),
        }
    }
}
