//! Where packed bytes come from, and the guard upon what comes out.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

use super::Bounds;

/// What is known of a source after it was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Ran {
    is_dry: Rc<Cell<bool>>,
    has_rest: Rc<Cell<bool>>,
}

impl Ran {
    /// More was asked for than there was.
    pub(super) fn is_dry(&self) -> bool {
        self.is_dry.get()
    }

    /// There was more than the encoding needed.
    pub(super) fn has_rest(&self) -> bool {
        self.has_rest.get()
    }

    pub(super) fn note_rest(&self) {
        self.has_rest.set(true);
    }
}

/// The body as it came.
pub(super) struct Source<'a> {
    left: &'a [u8],
    ran: Ran,
}

impl<'a> Source<'a> {
    pub(super) fn new(body: &'a [u8], ran: &Ran) -> Source<'a> {
        Source { left: body, ran: ran.clone() }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.is_empty() && !buffer.is_empty() {
            self.ran.is_dry.set(true);
        }
        self.left.read(buffer)
    }
}

/// Why a guard stopped the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    Size,
    Time,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Breach::Size => "too many bytes",
            Breach::Time => "too much time",
        })
    }
}

impl std::error::Error for Breach {}

/// The breach that an error came from, through however many decoders it was passed.
pub(super) fn breach_in(error: &io::Error) -> Option<Breach> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(breach) = error.downcast_ref::<Breach>() {
            return Some(*breach);
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = match inner {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// Stops a decoder that gives too much or takes too long. Layers below the last one are guarded
/// too: a small body can unpack to a large one that unpacks to nothing.
pub(super) struct Guard<R> {
    inner: R,
    given: usize,
    bounds: Bounds,
}

impl<R> Guard<R> {
    pub(super) fn new(inner: R, bounds: Bounds) -> Guard<R> {
        Guard { inner, given: 0, bounds }
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.bounds.deadline.is_over() {
            return Err(io::Error::other(Breach::Time));
        }
        let read = self.inner.read(buffer)?;
        self.given += read;
        if self.given > self.bounds.max_bytes {
            return Err(io::Error::other(Breach::Size));
        }
        Ok(read)
    }
}
