use std::fmt;

/// Why the desk could not do what it was asked. The kind has a stable code, the message names the
/// file or address and the mend.
#[derive(Debug)]
pub struct Error {
    code: &'static str,
    message: String,
}

impl Error {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error { code, message: message.into() }
    }

    /// The kind of the error, in kebab-case; the same on the command line and in JSON.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<rashomon_store::Error> for Error {
    fn from(error: rashomon_store::Error) -> Error {
        Error { code: error.code(), message: error.to_string() }
    }
}

impl From<rashomon_archives::Error> for Error {
    fn from(error: rashomon_archives::Error) -> Error {
        Error { code: error.code(), message: error.to_string() }
    }
}
