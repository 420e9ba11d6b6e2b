//! What the commands that keep things share: the store, the fetcher, Ctrl-C.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context as _, bail};
use etcetera::BaseStrategy as _;
use rashomon_desk::fetch::{FetchOptions, Fetcher};
use rashomon_desk::{Desk, DeskOptions, Pages};

use crate::arguments::desk::{self, FetchArguments, StoreArguments};
use crate::report::say;

/// The store that a command works on.
fn path(db: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(path) = db {
        return Ok(path.to_owned());
    }
    let folders = etcetera::choose_base_strategy()
        .context("this system tells no folder for a user's data; name the store with --db FILE")?;
    Ok(folders.data_dir().join("rashomon").join("desk.db"))
}

/// The file that a store is or will be in; its folder is there afterwards.
pub fn place(arguments: &StoreArguments) -> anyhow::Result<PathBuf> {
    let path = path(arguments.db.as_deref())?;
    if arguments.db.is_none()
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("{}: cannot be made", folder.display()))?;
    }
    Ok(path)
}

/// Opens the store to write, and makes it where there is none.
pub fn open(arguments: &StoreArguments) -> anyhow::Result<Desk> {
    open_with(arguments, &DeskOptions::default())
}

/// The same, with other options.
pub fn open_with(arguments: &StoreArguments, options: &DeskOptions) -> anyhow::Result<Desk> {
    Ok(Desk::open(&place(arguments)?, options)?)
}

/// Opens a store that must be there.
pub fn open_existing(arguments: &StoreArguments) -> anyhow::Result<Desk> {
    Ok(Desk::open(&existing(arguments.db.as_deref())?, &DeskOptions::default())?)
}

/// Opens a store that must be there, to read it: it may belong to somebody else.
pub fn open_to_read(db: Option<&Path>) -> anyhow::Result<Desk> {
    let (path, options) = (existing(db)?, DeskOptions::default());
    // Who may write clears the log away in the end; a reader alone would leave it lying there.
    match Desk::open(&path, &options) {
        Err(refused) if refused.code() == "read-only" => Ok(Desk::open_to_read(&path, &options)?),
        desk => Ok(desk?),
    }
}

fn existing(db: Option<&Path>) -> anyhow::Result<PathBuf> {
    let path = path(db)?;
    if !path.exists() {
        bail!(
            "{}: there is no store yet; `rashomon ingest` makes one, --db FILE names another",
            path.display()
        );
    }
    Ok(path)
}

pub fn fetcher(arguments: &FetchArguments) -> anyhow::Result<Fetcher> {
    Ok(Fetcher::new(fetching(arguments))?)
}

pub fn fetching(arguments: &FetchArguments) -> FetchOptions {
    let defaults = FetchOptions::default();
    FetchOptions {
        user_agent: arguments.user_agent.clone().unwrap_or(defaults.user_agent.clone()),
        total_timeout: arguments.timeout,
        read_timeout: defaults.read_timeout.min(arguments.timeout),
        connect_timeout: defaults.connect_timeout.min(arguments.timeout),
        delay_per_host: arguments.delay,
        allow_private: arguments.allow_private,
        ..defaults
    }
}

pub fn pages(arguments: &FetchArguments) -> Pages {
    match arguments.pages {
        desk::Pages::Auto => Pages::Auto,
        desk::Pages::Always => Pages::Always,
        desk::Pages::Never => Pages::Never,
    }
}

/// The exit code of work that Ctrl-C ended, as shells give it.
pub const STOPPED: u8 = 130;

/// Set by Ctrl-C or a polite kill: work ends at the next safe place. A second Ctrl-C ends at once,
/// which loses nothing that was kept.
pub fn on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let handler = move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(i32::from(STOPPED));
        }
        say("stopping after what is at hand; once more to stop at once");
    };
    // Without a handler, Ctrl-C ends at once, which is as safe.
    let _ = ctrlc::set_handler(handler);
    stop
}
