//! What is asked, and what comes back.

use std::time::Duration;

use jiff::Timestamp;

/// One address to fetch, with what is known from the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The address, `http` or `https`.
    pub address: String,
    /// The `ETag` of the copy at hand, as [`Response::etag`] gave it.
    pub etag: Option<String>,
    /// The `Last-Modified` of the copy at hand, as [`Response::last_modified`] gave it.
    pub last_modified: Option<String>,
    /// The media types wanted, as `Accept` writes them.
    pub accept: Option<String>,
}

impl Request {
    /// Asks for an address without conditions.
    pub fn new(address: impl Into<String>) -> Request {
        Request { address: address.into(), ..Request::default() }
    }

    /// Whether there is a copy at hand that need not come again.
    pub fn is_conditional(&self) -> bool {
        self.etag.is_some() || self.last_modified.is_some()
    }
}

/// Whether there is something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The body is what stands at the address now.
    Fresh,
    /// The copy at hand is still good; there is no body.
    NotModified,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Whether there is something new.
    pub status: Status,
    /// The address that answered, after redirects, without a fragment.
    pub address: String,
    /// Where the address has moved for good: set where there were redirects and every one of
    /// them was permanent (301 or 308). Ask there from now on.
    pub moved_to: Option<String>,
    /// The `ETag`, to be sent back with the next [`Request`]. Bytes outside of ASCII are held as
    /// the characters of the same number, so that they go back as they came.
    pub etag: Option<String>,
    /// The `Last-Modified`, to be sent back as it is, even where it is no date.
    pub last_modified: Option<String>,
    /// The media type in lower case, without parameters.
    pub media_type: Option<String>,
    /// The `charset` that the media type names, in lower case.
    pub charset: Option<String>,
    /// The body, with its encodings taken off.
    pub body: Vec<u8>,
    /// When the answer was there.
    pub fetched_at: Timestamp,
    /// How long the server calls the answer good: from `Cache-Control`, or else `Expires`.
    pub max_age: Option<Duration>,
    /// How long the server asks to be left alone though it answered.
    pub retry_after: Option<Duration>,
    /// What was odd and did no harm.
    pub warnings: Vec<Warning>,
}

/// Something odd in an answer that could be used all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Kind of oddity, in kebab-case; the table stands at the root of the crate.
    pub code: &'static str,
    /// One sentence about it.
    pub message: String,
}

impl Warning {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Warning {
        Warning { code, message: message.into() }
    }
}
