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
mod newsroom;
mod options;
mod pages;
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
