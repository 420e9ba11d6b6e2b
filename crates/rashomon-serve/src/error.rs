use std::fmt;

/// Why a server could not begin or go on. The codes are those of the desk and its store, and:
///
/// | code | what happened |
/// | --- | --- |
/// | `cannot-listen` | the address is in use, or not of this machine |
/// | `token-needed` | the address can be reached from other machines, and no token is set |
/// | `stopped` | the server is going down |
#[derive(Debug)]
pub struct Error {
    code: &'static str,
    message: String,
}

impl Error {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error { code, message: message.into() }
    }

    /// A stable name of what happened.
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

impl From<rashomon_desk::Error> for Error {
    fn from(error: rashomon_desk::Error) -> Error {
        Error { code: error.code(), message: error.to_string() }
    }
}

impl From<rashomon_desk::store::Error> for Error {
    fn from(error: rashomon_desk::store::Error) -> Error {
        Error { code: error.code(), message: error.to_string() }
    }
}
