use std::fmt;

/// Why an input cannot be read at all, or a table not be written.
#[derive(Debug)]
pub struct Error {
    code: &'static str,
    message: String,
    source: Option<std::io::Error>,
}

impl Error {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Error {
        Error { code, message: message.into(), source: None }
    }

    pub(crate) fn io(name: &str, error: std::io::Error) -> Error {
        let code = crate::fault::code(&error);
        Error { code, message: format!("{name}: {error}"), source: Some(error) }
    }

    /// A stable name of the kind: `"cannot-read"`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether the input, rather than the device or connection that it comes from, is at fault.
    pub fn is_input(&self) -> bool {
        self.code != "cannot-read" && self.code != "cannot-write"
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|error| error as _)
    }
}
