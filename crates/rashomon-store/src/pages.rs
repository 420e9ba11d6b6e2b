//! Rows in order, a page at a time, so that not all of them lie in memory.

use jiff::Timestamp;
use rusqlite::Row;

use crate::articles::{self, StoredArticle, StoredQuotation};
use crate::batch::story_row;
use crate::claims::{self, StoredClaim};
use crate::coding;
use crate::error::Result;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// How many rows are read at once: few where a row holds a text.
const OF_TEXTS: i64 = 64;
const OF_ROWS: i64 = 1024;

/// The place of a row in the order: by time, then by number.
type Place = (i64, i64);

/// Reads the page behind a place.
type Turn<'s, T> = Box<dyn FnMut(&Store, Place) -> Result<Vec<(Place, T)>> + 's>;

/// Rows in order. Each page is read when it is needed: what is committed in between shows, unless
/// all of it is read in a [`Snapshot`].
pub struct Rows<'s, T> {
    store: &'s Store,
    turn: Turn<'s, T>,
    page: std::vec::IntoIter<(Place, T)>,
    last: Option<Place>,
}

impl<'s, T> Rows<'s, T> {
    fn new(
        store: &'s Store,
        from: Place,
        turn: impl FnMut(&Store, Place) -> Result<Vec<(Place, T)>> + 's,
    ) -> Rows<'s, T> {
        let page = Vec::new().into_iter();
        Rows { store, turn: Box::new(turn), page, last: Some(from) }
    }
}

impl<T> std::fmt::Debug for Rows<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows").field("last", &self.last).finish_non_exhaustive()
    }
}

impl<T> Iterator for Rows<'_, T> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Result<T>> {
        if self.page.len() == 0 {
            match (self.turn)(self.store, self.last.take()?) {
                Ok(page) => self.page = page.into_iter(),
                // An error is the last thing that an iterator gives.
                Err(error) => return Some(Err(error)),
            }
        }
        let (place, row) = self.page.next()?;
        self.last = Some(place);
        Some(Ok(row))
    }
}

/// What the engine that groups articles needs of one to go on where it was.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowRow {
    /// The article.
    pub article: ArticleNumber,
    /// Its time.
    pub at: Timestamp,
    /// What the engine knows it by.
    pub signature: Vec<u8>,
    /// The story that it belongs to.
    pub story: Option<StoryNumber>,
}

impl Store {
    /// What the engine knew of the articles since a time, by time, then by number.
    pub fn window(&self, since: Timestamp) -> Rows<'_, WindowRow> {
        let sql = "SELECT a.at, a.number, s.bytes, a.story
                   FROM article a JOIN signature s ON s.article = a.number
                   WHERE (a.at, a.number) > (?1, ?2) ORDER BY a.at, a.number LIMIT ?3";
        Rows::new(self, (since.as_microsecond(), -1), move |store, (at, number)| {
            store.sql.all(sql, [at, number, OF_ROWS], |row| {
                let article = coding::number(row, 1)?;
                let (at, signature) = (coding::read_time(row, 0)?, row.get(2)?);
                let story = coding::maybe_number(row, 3)?;
                Ok((place(row, 0, 1)?, WindowRow { article, at, signature, story }))
            })
        })
    }

    /// What the engine knew of the articles from a number on, by number: in the order in which
    /// they came.
    pub fn window_from(&self, first: ArticleNumber) -> Rows<'_, WindowRow> {
        let sql = "SELECT a.at, a.number, s.bytes, a.story
                   FROM article a JOIN signature s ON s.article = a.number
                   WHERE a.number > ?1 ORDER BY a.number LIMIT ?2";
        let before = i64::try_from(first).unwrap_or(i64::MAX) - 1;
        Rows::new(self, (0, before), move |store, (_, number)| {
            store.sql.all(sql, [number, OF_ROWS], |row| {
                let article = coding::number(row, 1)?;
                let (at, signature) = (coding::read_time(row, 0)?, row.get(2)?);
                let story = coding::maybe_number(row, 3)?;
                Ok((place(row, 0, 1)?, WindowRow { article, at, signature, story }))
            })
        })
    }

    /// All articles by number: in the order in which they came.
    pub fn articles(&self) -> Rows<'_, StoredArticle> {
        let sql = format!("{} ORDER BY a.number LIMIT ?2", articles::select("a.number > ?1"));
        Rows::new(self, (0, 0), move |store, (_, number)| {
            store.sql.all(&sql, [number, OF_TEXTS], placed)
        })
    }

    /// The articles of a story by time, then by number. A redirect is not followed.
    pub fn articles_of(&self, story: StoryNumber) -> Result<Rows<'_, StoredArticle>> {
        let story = story_row(story)?;
        let condition = "a.story = ?1 AND (a.at, a.number) > (?2, ?3)";
        let sql = format!("{} ORDER BY a.at, a.number LIMIT ?4", articles::select(condition));
        Ok(Rows::new(self, (i64::MIN, 0), move |store, (at, number)| {
            store.sql.all(&sql, [story, at, number, OF_TEXTS], placed)
        }))
    }
}

impl Store {
    /// The quotations of all articles as they are now, by number.
    pub fn all_quotations(&self) -> Rows<'_, StoredQuotation> {
        let sql = "SELECT number, article, kind, content, speaker FROM quotation
                   WHERE number > ?1 ORDER BY number LIMIT ?2";
        Rows::new(self, (0, 0), move |store, (_, number)| {
            store.sql.all(sql, [number, OF_ROWS], |row| {
                Ok(((0, row.get(0)?), articles::read_quotation(row)?))
            })
        })
    }

    /// The claims of all stories as they were last found, by number.
    pub fn all_claims(&self) -> Rows<'_, StoredClaim> {
        let sql = format!("{} ORDER BY c.number LIMIT ?2", claims::select("c.number > ?1"));
        Rows::new(self, (0, 0), move |store, (_, number)| {
            let mut claims = store
                .sql
                .all(&sql, [number, OF_ROWS], |row| Ok(((0, row.get(0)?), claims::read(row)?)))?;
            claims.iter_mut().try_for_each(|(_, claim)| store.tell(claim))?;
            Ok(claims)
        })
    }
}

fn place(row: &Row<'_>, at: usize, number: usize) -> rusqlite::Result<Place> {
    Ok((row.get(at)?, row.get(number)?))
}

fn placed(row: &Row<'_>) -> rusqlite::Result<(Place, StoredArticle)> {
    Ok((place(row, 16, 14)?, articles::read(row)?))
}

/// The store as it was at one moment: what others commit meanwhile does not show.
#[derive(Debug)]
pub struct Snapshot<'s>(&'s mut Store);

impl Store {
    /// Holds the store as it is now, for reading more than one thing of the same moment. The log
    /// of whoever writes meanwhile grows until it is dropped.
    pub fn snapshot(&mut self) -> Result<Snapshot<'_>> {
        self.sql.script("BEGIN DEFERRED")?;
        let snapshot = Snapshot(self);
        // The moment is that of the first reading.
        snapshot.sql.only("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(snapshot)
    }
}

impl std::ops::Deref for Snapshot<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.0
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        // Nothing was written that could be lost.
        let _ = self.0.sql.connection.execute_batch("ROLLBACK");
    }
}
