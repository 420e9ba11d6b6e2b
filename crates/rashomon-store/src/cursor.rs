//! Where the next page of a list begins.

use std::fmt;

use crate::error::{Error, Kind, Result};
use crate::places::Page;
use crate::store::Store;

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

impl Cursor {
    /// Before all rows of a list whose last come first.
    const START: Cursor = Cursor { score: 0.0, at: i64::MAX, number: i64::MAX };
}

impl Store {
    /// A page of a list, of what `read` gives behind a place, at most so many and one more: each
    /// row with its own place.
    pub(crate) fn page<T>(
        &self,
        limit: usize,
        after: Option<&str>,
        read: impl FnOnce(Cursor, i64) -> Result<Vec<(Cursor, T)>>,
    ) -> Result<Page<T>> {
        let behind = after.map(Cursor::parse).transpose()?.unwrap_or(Cursor::START);
        let mut rows = read(behind, limit.saturating_add(1).min(1 << 30) as i64)?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|(cursor, _)| cursor.to_string());
        Ok(Page { rows: rows.into_iter().map(|(_, row)| row).collect(), next })
    }
}
