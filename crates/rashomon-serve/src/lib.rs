/*!
The desk in the browser: pages, an API and alerts over one store, in one process.

[`serve`] opens a store, asks its feeds, groups and compares what comes, and answers requests until
it is told to stop.

```no_run
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use rashomon_serve::{ServeOptions, serve};

let stop = Arc::new(AtomicBool::new(false));
let ready = |address| println!("http://{address}/");
serve(ServeOptions::new("desk.db".into()), stop, ready)?;
# Ok::<(), rashomon_serve::Error>(())
```

# What holds

- One thread, the newsroom, writes; any number read beside it, each on a connection of its own.
- A page is whole without scripts. With one it is kept up to date by server-sent events.
- Who is not on this machine needs a token, no other site can change anything, and no page runs or
  loads anything that does not come from this server.
- Everything that a page shows in the type of the reports stands so in a report.
- All of it is JSON under `/api/v1`, described by `/api/v1/openapi.json` (OpenAPI 3.1) and, for
  people, by `/api`. Offsets are code points, as in all our JSON.
- Whole answers have strong tags, and what a client has is not sent again.

# Problems

A refusal is a document of RFC 9457 with a `code`: one of the store's, the desk's or [`Error`]'s, or

| code | status | what happened |
| --- | --- | --- |
| `bad-request` | 400 | a query or body that cannot be read |
| `bad-address` | 400 | no address of the web |
| `unauthorized` | 401 | the token is missing or wrong |
| `forbidden` | 403 | a page of another site wants to change something |
| `method-not-allowed` | 405 | the header `Allow` names the methods |
| `too-large` | 413 | a body of more than [`ServeOptions::max_body`] |
| `unsupported-type` | 415 | a body of a kind that is not read |
| `misdirected` | 421 | a host that the server is not called by |
| `no-report` | 422 | nothing that was sent is a report |
| `too-many` | 429 | another machine asks too much |
| `internal` | 500 | a mistake in the program |
| `timeout` | 503 | it took longer than [`ServeOptions::timeout`]; what was to be changed may be changed |
*/

#![allow(
    clippy::disallowed_methods,
    reason = "the server is a door: it listens, and asks the clock"
)]

mod alerts;
mod api;
mod assets;
mod error;
mod events;
mod guard;
pub mod mcp;
mod menu;
mod newsroom;
mod options;
mod packed;
mod pages;
mod priority;
mod problem;
mod readers;
mod routes;
mod server;
mod shelf;
mod state;
mod watch;

pub use error::Error;
pub use options::{MailOptions, ServeOptions};
#[doc(hidden)]
pub use server::open;
pub use server::serve;
