//! What went wrong while bytes were read, told from the error that came up through the decoders.

use std::fmt;
use std::io::{Error, ErrorKind};

/// A fault that this crate finds itself, with the code that a diagnostic about it has.
#[derive(Debug)]
struct Fault {
    code: &'static str,
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

/// An error with a code, to go up through the decoders.
pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Error {
    Error::other(Fault { code, message: message.into() })
}

/// The code of what went wrong.
pub(crate) fn code(error: &Error) -> &'static str {
    if let Some(fault) = error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
        return fault.code;
    }
    match error.kind() {
        ErrorKind::UnexpectedEof => "cut-short",
        ErrorKind::InvalidData | ErrorKind::InvalidInput => "bad-compression",
        _ => "cannot-read",
    }
}
