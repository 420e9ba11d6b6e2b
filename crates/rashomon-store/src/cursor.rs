//! Where the next page of a list begins.

use std::fmt;

use crate::error::{Error, Kind, Result};

/// The place of the last row of a page: by score, then by time, then by number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cursor {
    pub(crate) score: f64,
    pub(crate) at: i64,
    pub(crate) number: i64,
}

impl Cursor {
    pub(crate) fn parse(cursor: &str) -> Result<Cursor> {
        Cursor::read(cursor).ok_or_else(|| {
            let message = format!(
                "`{cursor}` is no cursor; take the one that the page before gave, or leave it \
                 out to begin at the start"
            );
            Error::new(Kind::BadCursor, message)
        })
    }

    fn read(cursor: &str) -> Option<Cursor> {
        let mut parts = cursor.split('.');
        let mut part = || u64::from_str_radix(parts.next()?, 16).ok();
        let cursor = Cursor {
            score: f64::from_bits(part()?),
            at: part()?.cast_signed(),
            number: part()?.cast_signed(),
        };
        parts.next().is_none().then_some(cursor)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{:x}.{:x}", self.score.to_bits(), self.at, self.number)
    }
}
