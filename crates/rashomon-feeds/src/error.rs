use std::fmt;

/// Why bytes were refused as a whole. What was lost of bytes that were read is told by
/// diagnostics instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    code: &'static str,
    message: String,
}

impl Error {
    pub(crate) fn new(code: &'static str, message: String) -> Error {
        Error { code, message }
    }

    /// A stable kebab-case name of the kind; the table stands at the crate root.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether the bytes hold something else than a feed, a list of feeds or a sitemap.
    pub fn is_not_a_feed(&self) -> bool {
        self.code == "not-a-feed"
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
