//! A store, and how it is opened.

use std::cell::OnceCell;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Kind, Result};
use crate::header;
use crate::marks::Marker;
use crate::migrations;
use crate::sql::Sql;

/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 128;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct OpenOptions {
    /// Make a new store where there is no file. Without it, a missing file is `not-found`.
    pub create: bool,
    /// Only read: nothing is ever written, not even to bring the file up to date.
    pub read_only: bool,
    /// How long to wait for another process that is writing.
    pub wait: Duration,
    /// Commits survive the loss of power. Without it they survive the end of the process, however
    /// sudden, and the loss of power may take the last ones, each of them whole.
    pub synchronous: bool,
    /// Look over the whole file before anything else. Takes time in proportion to its size.
    pub check: bool,
}

impl Default for OpenOptions {
    fn default() -> OpenOptions {
        OpenOptions {
            create: true,
            read_only: false,
            wait: Duration::from_secs(5),
            synchronous: true,
            check: false,
        }
    }
}

/// One SQLite file with articles, stories and what is found in them.
///
/// A store may be sent to another thread and is used by one at a time; several stores may be open
/// on one file, in one process or in many. One of them writes at a time, the others read what was
/// committed last.
#[derive(Debug)]
pub struct Store {
    pub(crate) sql: Sql,
    pub(crate) path: Option<PathBuf>,
    pub(crate) migrated_from: Option<u32>,
    /// Made when it is first needed.
    pub(crate) marker: OnceCell<Marker>,
}

impl Store {
    fn new(sql: Sql, path: Option<PathBuf>) -> Store {
        Store { sql, path, migrated_from: None, marker: OnceCell::new() }
    }
}

impl Store {
    /// Opens a store, or makes a new one.
    ///
    /// A file of an older version is brought up to date in one transaction. A file that is no
    /// store, or damaged where it shows at once, or of a newer version, is refused and stays as it
    /// was to the byte.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Store> {
        if !path.try_exists().map_err(|cause| Error::io(path, "look at it", cause))? {
            if options.read_only || !options.create {
                let message = format!("{}: there is no such file", path.display());
                return Err(Error::new(Kind::NotFound, message));
            }
            create(path, options)?;
        }
        header::check(path)?;
        let mut store = connect(path, options)?;
        store.migrated_from = store.bring_up_to_date(options)?;
        if !options.read_only {
            // A copy made by a backup keeps no log yet; of any other file this changes nothing.
            let mode = "PRAGMA journal_mode = WAL";
            store.sql.only(mode, [], |row| row.get::<_, String>(0))?;
        }
        if options.check {
            store.quick_check()?;
        }
        Ok(store)
    }

    /// A store that lives as long as the value does.
    pub fn in_memory() -> Result<Store> {
        let file = "the store in memory".to_owned();
        let connection =
            Connection::open_in_memory().map_err(|cause| Error::sqlite(&file, cause))?;
        let store = Store::new(Sql { connection, file }, None);
        store.configure(&OpenOptions::default())?;
        migrations::migrate(&store.sql)?;
        Ok(store)
    }

    /// The file, or `None` for a store in memory.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The version of the form of the file before it was opened, where opening changed it.
    pub fn migrated_from(&self) -> Option<u32> {
        self.migrated_from
    }

    fn bring_up_to_date(&self, options: &OpenOptions) -> Result<Option<u32>> {
        let found = migrations::version(&self.sql)?;
        if found == migrations::NEWEST {
            return Ok(None);
        }
        if options.read_only && found < migrations::NEWEST {
            let message = format!(
                "{}: of an older version of the program, and only opened to read; open it once \
                 to write, which brings it up to date",
                self.sql.file
            );
            return Err(Error::new(Kind::ReadOnly, message));
        }
        migrations::migrate(&self.sql).map(Some)
    }

    fn configure(&self, options: &OpenOptions) -> Result<()> {
        let connection = &self.sql.connection;
        connection.busy_timeout(options.wait).map_err(|e| self.sql.fail(e))?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let synchronous = if options.synchronous { "FULL" } else { "NORMAL" };
        self.sql.script(&format!(
            "PRAGMA foreign_keys = ON;
             PRAGMA synchronous = {synchronous};
             PRAGMA temp_store = MEMORY;
             PRAGMA journal_size_limit = 67108864;
             PRAGMA cache_size = -65536;
             PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON;"
        ))
    }
}

/// Opens a file that exists.
fn connect(path: &Path, options: &OpenOptions) -> Result<Store> {
    let access = match options.read_only {
        true => OpenFlags::SQLITE_OPEN_READ_ONLY,
        false => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let store = connect_as(path, path, access, options);
    if !options.read_only {
        let store = store?;
        let is_readonly = store.sql.connection.is_readonly("main");
        return match is_readonly.map_err(|cause| store.sql.fail(cause))? {
            true => Err(only_read(&store.sql.file)),
            false => Ok(store),
        };
    }
    // Readers of a log keep a file beside it. Where none can be made and there is no log, nobody
    // writes, and the file can be read by itself.
    match store {
        Err(error) if is_refused(&error) && !header::has_log(path) => {
            let address = header::unchanging(path);
            connect_as(path, Path::new(&address), access | OpenFlags::SQLITE_OPEN_URI, options)
        }
        store => store,
    }
}

fn connect_as(
    path: &Path,
    address: &Path,
    flags: OpenFlags,
    options: &OpenOptions,
) -> Result<Store> {
    let file = path.display().to_string();
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection =
        Connection::open_with_flags(address, flags).map_err(|cause| Error::sqlite(&file, cause))?;
    let sql = Sql { connection, file };
    let store = Store::new(sql, Some(path.to_owned()));
    store.configure(options)?;
    // The first reading shows whether the file can be read.
    migrations::version(&store.sql).map_err(|error| {
        let is_refused = is_refused(&error) && !options.read_only;
        if is_refused { only_read(&store.sql.file) } else { error }
    })?;
    Ok(store)
}

/// Whether the system gave no right to do it.
fn is_refused(error: &Error) -> bool {
    matches!(error.kind(), Kind::CannotOpen | Kind::ReadOnly)
}

fn only_read(file: &str) -> Error {
    let message = format!(
        "{file}: the file or its folder can only be read; ask for the right to write, or open it \
         only to read"
    );
    Error::new(Kind::ReadOnly, message)
}

/// Makes a new store beside the place where it belongs and then puts it there, so that nobody ever
/// sees half of one.
fn create(path: &Path, options: &OpenOptions) -> Result<()> {
    static DRAFTS: AtomicU32 = AtomicU32::new(0);
    let (process, count) = (std::process::id(), DRAFTS.fetch_add(1, Ordering::Relaxed));
    let folder = folder_of(path);
    if !folder.is_dir() {
        let message =
            format!("{}: there is no folder {}; make it first", path.display(), folder.display());
        return Err(Error::new(Kind::NotFound, message));
    }
    let draft = header::beside(path, &format!(".{process}-{count}.new"));
    // What a process of the same number may have left.
    remove(&draft);
    let made = draft_at(&draft, path, options).and_then(|()| put(&draft, path));
    remove(&draft);
    made
}

/// Deletes a draft; one that cannot be deleted does no harm.
fn remove(draft: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(header::beside(draft, ending));
    }
}

fn draft_at(draft: &Path, path: &Path, options: &OpenOptions) -> Result<()> {
    let file = path.display().to_string();
    let connection = Connection::open(draft).map_err(|cause| Error::sqlite(&file, cause))?;
    let sql = Sql { connection, file };
    let store = Store::new(sql, None);
    store.configure(options)?;
    store.sql.only("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0))?;
    migrations::migrate(&store.sql)?;
    // Closing writes the log back into the file and deletes it.
    store.sql.connection.close().map_err(|(_, cause)| Error::sqlite(&store.sql.file, cause))
}

/// Puts the draft where it belongs, unless another process was there first.
fn put(draft: &Path, path: &Path) -> Result<()> {
    match std::fs::hard_link(draft, path) {
        Ok(()) => {}
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {}
        // File systems without hard links.
        Err(_) => {
            std::fs::rename(draft, path).map_err(|cause| Error::io(path, "make it", cause))?;
        }
    }
    // Not every system can write a folder through; where it can, the name outlives a loss of power.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
