/*!
From sources to stories: reads, fetches, annotates, groups and keeps.

A [`Desk`] is a store and the engine that groups what comes into it. [`Desk::ingest`] reads inputs
of all kinds, [`Desk::look`] asks the feeds that are due, and the pages
of their entries [again](Again), and [`Desk::synopsis`] compares the
reports of a story. [`Desk::split`], [`Desk::merge`] and [`Desk::pin`] overrule the engine,
[`Desk::decisions`] lists that and [`Desk::undo`] takes it back. Whoever shows long work is a
[`Monitor`].

```
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Unwatched};

# let folder = tempfile::tempdir()?;
# let file = folder.path().join("reports.jsonl");
# std::fs::write(&file, concat!(
#     r#"{"id": "h", "outlet": "Herald", "text": "The Marlin ferry sank off Pier Sorrel on Monday."}"#,
#     "\n",
#     r#"{"id": "g", "outlet": "Gazette", "text": "Off Pier Sorrel the ferry Marlin sank on Monday."}"#,
# ))?;
let mut desk = Desk::in_memory(&DeskOptions::default())?;
let stop = AtomicBool::new(false);
let gathering = Gathering { fetcher: None, pages: Pages::Never, from_start: false, stop: &stop };
let report = desk.ingest(&[file.clone()], &gathering, &Unwatched)?;
assert_eq!((report.new, report.unchanged), (2, 0));

// The same again: nothing is doubled.
let report = desk.ingest(&[file], &gathering, &Unwatched)?;
assert_eq!((report.new, report.unchanged), (0, 2));
# Ok::<(), Box<dyn std::error::Error>>(())
```

| code of a diagnostic | what happened |
| --- | --- |
| `duplicate-id` | an id stands for two articles of one file; the second is kept under another |
| `empty-input` | a folder holds no report |
| `no-text` | a record, page or entry holds no text of a report |
| `not-fetched` | an address is named where nothing is fetched |
| `other-files` | files of a folder were left alone |
| `other-page` | a page that was asked again holds another article now; what was kept stays |
| `read-before` | a file is read on from where an earlier run was |
| `too-deep` | a list of addresses led to another list, and so on |
| `unreadable` | a file or folder cannot be opened |

The codes of reading, of archives, of feeds and of fetching are those of their crates; the codes of
an [`Error`] are those of the store, and `batch-failed`.
*/

#![allow(
    clippy::disallowed_methods,
    reason = "the desk is a door: it opens files, asks the clock and the network"
)]

mod again;
pub mod checking;
mod collecting;
mod decisions;
mod desk;
mod draft;
mod editing;
mod entry;
mod error;
pub mod export;
mod findings;
mod gathering;
mod holding;
pub mod identity;
mod input;
mod keeping;
mod monitor;
pub mod outline;
mod piece;
mod reading;
mod repeats;
mod report;
mod restoring;
mod settling;
mod synopses;
mod taking;
mod twins;
mod undoing;
mod watching;
mod web;

pub use rashomon_feeds as feeds;
pub use rashomon_fetch as fetch;
pub use rashomon_store as store;

pub use again::Again;
pub use collecting::{Collected, collect};
pub use decisions::{Decision, Origin, decisions};
pub use desk::{Desk, DeskOptions};
pub use error::Error;
pub use gathering::Gathering;
pub use input::{Input, inputs, is_address};
pub use monitor::{Monitor, Unwatched};
pub use piece::{Mark, Matter, Piece};
pub use rashomon::HandDecision;
pub use reading::Limits;
pub use report::Report;
pub use synopses::synopsis;
pub use taking::Taken;
pub use undoing::Undone;
pub use watching::Look;
pub use web::Pages;
