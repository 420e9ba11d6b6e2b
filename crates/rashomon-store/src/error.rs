use std::fmt;
use std::path::Path;

use rashomon::text::Span;

/// What kind of thing went wrong; its name is what [`Error::code`] gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    NotFound,
    NotADatabase,
    NotAStore,
    NewerVersion,
    Corrupt,
    Locked,
    DiskFull,
    ReadOnly,
    CannotOpen,
    Exists,
    Io,
    BadQuery,
    BadCursor,
    BadArticle,
    BadValue,
    BatchFailed,
    Sqlite,
}

impl Kind {
    fn code(self) -> &'static str {
        match self {
            Kind::NotFound => "not-found",
            Kind::NotADatabase => "not-a-database",
            Kind::NotAStore => "not-a-store",
            Kind::NewerVersion => "newer-version",
            Kind::Corrupt => "corrupt",
            Kind::Locked => "locked",
            Kind::DiskFull => "disk-full",
            Kind::ReadOnly => "read-only",
            Kind::CannotOpen => "cannot-open",
            Kind::Exists => "exists",
            Kind::Io => "io",
            Kind::BadQuery => "bad-query",
            Kind::BadCursor => "bad-cursor",
            Kind::BadArticle => "bad-article",
            Kind::BadValue => "bad-value",
            Kind::BatchFailed => "batch-failed",
            Kind::Sqlite => "sqlite",
        }
    }
}

/// Why the store could not do something. The message names the file, what is wrong and the mend.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    message: String,
    place: Option<Span>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub(crate) fn new(kind: Kind, message: impl Into<String>) -> Error {
        Error(Box::new(Inner { kind, message: message.into(), place: None, cause: None }))
    }

    pub(crate) fn io(path: &Path, doing: &str, cause: std::io::Error) -> Error {
        use std::io::ErrorKind;
        let (kind, mend) = match cause.kind() {
            ErrorKind::NotFound => (Kind::NotFound, "there is no such file or folder"),
            ErrorKind::PermissionDenied => (Kind::CannotOpen, "ask for the right to do so"),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (Kind::DiskFull, "make room"),
            ErrorKind::ReadOnlyFilesystem => (Kind::ReadOnly, "choose a folder to write in"),
            _ => (Kind::Io, "look at the disk"),
        };
        let message = format!("{}: cannot {doing}: {cause}; {mend}", path.display());
        Error(Box::new(Inner { kind, message, place: None, cause: Some(Box::new(cause)) }))
    }

    pub(crate) fn sqlite(file: &str, cause: rusqlite::Error) -> Error {
        let kind = kind_of(&cause);
        let message = match kind {
            Kind::Corrupt if is_row(&cause) => {
                format!("{file}: a row holds what no program wrote there ({cause}); {REPAIR}")
            }
            Kind::Corrupt => format!("{file}: the file is damaged ({cause}); {REPAIR}"),
            Kind::NotADatabase => format!("{file}: no SQLite database; give another file"),
            Kind::Locked => {
                format!("{file}: another process is writing to it; wait for it, or end it")
            }
            Kind::DiskFull => format!(
                "{file}: no room is left; what was committed is kept, the batch is not: make \
                 room and go on"
            ),
            Kind::ReadOnly => format!(
                "{file}: it can only be read; ask for the right to write to it and to its \
                 folder, or give another file"
            ),
            Kind::CannotOpen => format!(
                "{file}: cannot be opened ({cause}); ask for the right to read it and to write \
                 to its folder"
            ),
            Kind::Io => format!(
                "{file}: reading or writing failed ({cause}); what was committed is kept, the \
                 batch is not: look at the disk, and at limits on the size of files"
            ),
            _ => format!("{file}: {cause}"),
        };
        Error(Box::new(Inner { kind, message, place: None, cause: Some(Box::new(cause)) }))
    }

    /// An error about a place in a query.
    pub(crate) fn query(query: &str, span: Span, mend: &str) -> Error {
        let before = query[..span.start()].chars().count();
        let words = &query[span.range()];
        let message = format!("the query, at character {}, `{words}`: {mend}", before + 1);
        let mut error = Error::new(Kind::BadQuery, message);
        error.0.place = Some(span);
        error
    }

    /// A stable name of the kind of error, as in the table of the crate's documentation.
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// Whether another process holds the file, so that it helps to try again later.
    pub fn is_locked(&self) -> bool {
        self.0.kind == Kind::Locked
    }

    /// Whether what was asked for does not exist.
    pub fn is_not_found(&self) -> bool {
        self.0.kind == Kind::NotFound
    }

    /// Where in the query it is, for the error `bad-query`: bytes of the query.
    pub fn place(&self) -> Option<Span> {
        self.0.place
    }

    pub(crate) fn kind(&self) -> Kind {
        self.0.kind
    }

    pub(crate) fn with_message(mut self, message: String) -> Error {
        self.0.message = message;
        self
    }
}

const REPAIR: &str = "keep a copy, run a check, and go back to a backup or to the sources";

/// Whether a row could not be decoded, though SQLite could read it.
fn is_row(cause: &rusqlite::Error) -> bool {
    use rusqlite::Error as E;
    matches!(
        cause,
        E::FromSqlConversionFailure(..) | E::InvalidColumnType(..) | E::IntegralValueOutOfRange(..)
    )
}

fn kind_of(cause: &rusqlite::Error) -> Kind {
    use rusqlite::ErrorCode;
    if is_row(cause) {
        return Kind::Corrupt;
    }
    match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Kind::Locked,
        Some(ErrorCode::FileLockingProtocolFailed) => Kind::Locked,
        Some(ErrorCode::DatabaseCorrupt) => Kind::Corrupt,
        Some(ErrorCode::NotADatabase) => Kind::NotADatabase,
        Some(ErrorCode::DiskFull) => Kind::DiskFull,
        Some(ErrorCode::ReadOnly) => Kind::ReadOnly,
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Kind::CannotOpen,
        Some(ErrorCode::SystemIoFailure) => Kind::Io,
        Some(ErrorCode::TooBig) => Kind::BadValue,
        _ => Kind::Sqlite,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}
