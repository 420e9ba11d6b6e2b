use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use rashomon::language::{Language, english};
use rashomon::read::ReadOptions;
use rashomon::{Stream, StreamOptions};
use rashomon_store::{OpenOptions, Store};

use crate::Error;
use crate::again::Again;
use crate::holding::Held;
use crate::reading::Limits;

/// How a desk works.
#[derive(Clone, Debug)]
pub struct DeskOptions {
    /// The most bytes of one record: a page, a text, a row.
    pub max_bytes: usize,
    /// How long to wait for another process that is writing.
    pub wait: Duration,
    /// How stories form.
    pub stream: StreamOptions,
    /// How many synopses of growing stories are held in memory: some for a desk that watches, none
    /// for reading an archive. Each takes about half a megabyte for each of its reports.
    pub held_synopses: usize,
    /// When the pages of feeds' entries are asked again.
    pub again: Again,
    /// What time it is; tests set their own.
    pub clock: fn() -> Timestamp,
}

impl Default for DeskOptions {
    fn default() -> DeskOptions {
        DeskOptions {
            max_bytes: 64 << 20,
            wait: Duration::from_secs(5),
            stream: StreamOptions::default(),
            held_synopses: 0,
            again: Again::default(),
            clock: Timestamp::now,
        }
    }
}

/// A store, and the engine that groups what comes into it.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) stream: Stream,
    pub(crate) language: &'static Language,
    pub(crate) clock: fn() -> Timestamp,
    pub(crate) limits: Limits,
    pub(crate) again: Again,
    pub(crate) held: Held,
    wait: Duration,
    pub(crate) options: StreamOptions,
    /// Changes when somebody else writes to the store; `None` before the engine is restored.
    pub(crate) others: Option<i64>,
    /// Whether engine and store know the same: not after a batch that could not be kept.
    pub(crate) is_whole: bool,
}

impl Desk {
    /// Opens a store, or makes a new one, and goes on where it was left.
    pub fn open(path: &Path, options: &DeskOptions) -> Result<Desk, Error> {
        let how = OpenOptions { wait: options.wait, ..OpenOptions::default() };
        Desk::over(Store::open(path, &how)?, options)
    }

    /// Opens a store that is there, only to read it. What would write gives the error `read-only`.
    pub fn open_to_read(path: &Path, options: &DeskOptions) -> Result<Desk, Error> {
        let how = OpenOptions {
            create: false,
            read_only: true,
            wait: options.wait,
            ..OpenOptions::default()
        };
        Desk::over(Store::open(path, &how)?, options)
    }

    /// A desk that forgets everything in the end.
    pub fn in_memory(options: &DeskOptions) -> Result<Desk, Error> {
        Desk::over(Store::in_memory()?, options)
    }

    fn over(store: Store, options: &DeskOptions) -> Result<Desk, Error> {
        let language = english();
        // Restored by the first batch: who only reads has no need of it.
        let (stream, others) = (Stream::new(options.stream.clone()), None);
        Ok(Desk {
            store,
            stream,
            language,
            clock: options.clock,
            again: options.again.clone(),
            held: Held::new(options.held_synopses),
            limits: Limits { max_bytes: options.max_bytes },
            wait: options.wait,
            options: options.stream.clone(),
            others,
            is_whole: true,
        })
    }

    /// The same desk with another limit for the bytes of one record.
    pub fn limited(mut self, max_bytes: usize) -> Desk {
        self.limits.max_bytes = max_bytes;
        self
    }

    /// What is kept.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store, to change what the engine does not know of: feeds, saved searches.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    pub(crate) fn read_options(&self) -> ReadOptions {
        ReadOptions { max_bytes: self.limits.max_bytes }
    }

    /// Another connection to the same file, for a thread that only reads.
    pub(crate) fn reader(&self) -> Result<Option<Store>, Error> {
        let how = OpenOptions { read_only: true, wait: self.wait, ..OpenOptions::default() };
        Ok(self.store.path().map(|path| Store::open(path, &how)).transpose()?)
    }

    /// Refuses to go on after a batch that could not be kept.
    pub(crate) fn whole(&self) -> Result<(), Error> {
        if self.is_whole {
            return Ok(());
        }
        let message = "an earlier batch could not be kept; open the store again to go on";
        Err(Error::new("batch-failed", message))
    }
}
