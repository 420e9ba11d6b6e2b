//! Why there is no answer.

use std::fmt;
use std::time::Duration;

/// Why an address could not be fetched.
///
/// [`Error::code`] is stable; the table of codes stands at the root of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    fault: Box<Fault>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    kind: Kind,
    address: String,
    detail: String,
    status: Option<u16>,
    retry_after: Option<Duration>,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    BadOptions,
    BadAddress,
    UnsupportedScheme,
    PrivateAddress,
    RobotsDisallowed,
    RobotsUnreachable,
    NotFound,
    Gone,
    HttpStatus,
    RateLimited,
    HostFailing,
    TooManyRedirects,
    RedirectLoop,
    BadRedirect,
    TimedOut,
    TooLarge,
    TooLargeDecoded,
    HeaderTooLarge,
    BadEncoding,
    BadResponse,
    CutShort,
    Tls,
    Dns,
    Connection,
    Cancelled,
}

impl Kind {
    const fn code(self) -> &'static str {
        match self {
            Kind::BadOptions => "bad-options",
            Kind::BadAddress => "bad-address",
            Kind::UnsupportedScheme => "unsupported-scheme",
            Kind::PrivateAddress => "private-address",
            Kind::RobotsDisallowed => "robots-disallowed",
            Kind::RobotsUnreachable => "robots-unreachable",
            Kind::NotFound => "not-found",
            Kind::Gone => "gone",
            Kind::HttpStatus => "http-status",
            Kind::RateLimited => "rate-limited",
            Kind::HostFailing => "host-failing",
            Kind::TooManyRedirects => "too-many-redirects",
            Kind::RedirectLoop => "redirect-loop",
            Kind::BadRedirect => "bad-redirect",
            Kind::TimedOut => "timed-out",
            Kind::TooLarge => "too-large",
            Kind::TooLargeDecoded => "too-large-decoded",
            Kind::HeaderTooLarge => "header-too-large",
            Kind::BadEncoding => "bad-encoding",
            Kind::BadResponse => "bad-response",
            Kind::CutShort => "cut-short",
            Kind::Tls => "tls",
            Kind::Dns => "dns",
            Kind::Connection => "connection",
            Kind::Cancelled => "cancelled",
        }
    }
}

impl Error {
    pub(crate) fn new(kind: Kind, address: &str, detail: impl Into<String>) -> Error {
        let fault = Fault {
            kind,
            address: address.to_owned(),
            detail: detail.into(),
            status: None,
            retry_after: None,
        };
        Error { fault: Box::new(fault) }
    }

    pub(crate) fn at(mut self, address: &str) -> Error {
        self.fault.address = address.to_owned();
        self
    }

    /// Whoever wanted it wants it no more.
    pub(crate) fn cancelled(address: &str) -> Error {
        Error::new(Kind::Cancelled, address, "fetching was stopped before this was done")
    }

    pub(crate) fn with_status(mut self, status: u16) -> Error {
        self.fault.status = Some(status);
        self
    }

    pub(crate) fn with_retry_after(mut self, time: Option<Duration>) -> Error {
        self.fault.retry_after = time;
        self
    }

    /// The kind of failure in kebab-case, stable across versions.
    pub fn code(&self) -> &'static str {
        self.fault.kind.code()
    }

    /// The address that failed: the one asked for, or the redirect where it went wrong.
    pub fn address(&self) -> &str {
        &self.fault.address
    }

    /// The status of HTTP, where a server gave one.
    pub fn status(&self) -> Option<u16> {
        self.fault.status
    }

    /// How long the server asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        self.fault.retry_after
    }

    /// Whether the same request may go well later.
    pub fn is_temporary(&self) -> bool {
        match self.fault.kind {
            Kind::RobotsUnreachable
            | Kind::RateLimited
            | Kind::HostFailing
            | Kind::TimedOut
            | Kind::CutShort
            | Kind::Dns
            | Kind::Connection
            | Kind::Cancelled => true,
            Kind::HttpStatus => {
                matches!(self.fault.status, Some(408 | 421 | 425 | 500 | 502..=504 | 520..=524))
            }
            _ => false,
        }
    }

    /// Whether the host could not be reached or did not answer in time.
    pub(crate) fn is_of_host(&self) -> bool {
        matches!(self.fault.kind, Kind::Dns | Kind::Connection | Kind::Tls | Kind::TimedOut)
    }

    /// Whether the address is gone for good and need never be asked again.
    pub fn is_gone(&self) -> bool {
        self.fault.kind == Kind::Gone
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fault.address.is_empty() {
            return f.write_str(&self.fault.detail);
        }
        write!(f, "{}: {}", self.fault.address, self.fault.detail)
    }
}

impl std::error::Error for Error {}
