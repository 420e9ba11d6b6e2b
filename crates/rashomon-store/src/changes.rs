//! What came last.

use jiff::Timestamp;

use crate::coding;
use crate::error::Result;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// An article that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The article.
    pub article: ArticleNumber,
    /// The story that it belongs to now.
    pub story: Option<StoryNumber>,
    /// Its outlet, or else its id.
    pub outlet: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its time.
    pub at: Timestamp,
    /// When it was first read.
    pub first_seen: Timestamp,
}

pub(crate) const SINCE: &str = "SELECT number, story, outlet, title, at, first_seen FROM article
     WHERE number > ?1 ORDER BY number LIMIT ?2";

impl Store {
    /// The number of the article that came last; 0 where there is none.
    pub fn newest_article(&self) -> Result<ArticleNumber> {
        let read = |row: &rusqlite::Row<'_>| coding::maybe_number(row, 0);
        let newest = self.sql.one("SELECT max(number) FROM article", [], read)?;
        Ok(newest.flatten().unwrap_or_default())
    }

    /// The articles that came after one, in the order in which they came, `limit` at most: whoever
    /// asks again with the number of the last one misses none. 0 is before the first.
    pub fn changes_since(&self, after: ArticleNumber, limit: usize) -> Result<Vec<Arrival>> {
        let after = i64::try_from(after).unwrap_or(i64::MAX);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.sql.all(SINCE, [after, limit], |row| {
            Ok(Arrival {
                article: coding::number(row, 0)?,
                story: coding::maybe_number(row, 1)?,
                outlet: row.get(2)?,
                title: row.get(3)?,
                at: coding::read_time(row, 4)?,
                first_seen: coding::read_time(row, 5)?,
            })
        })
    }
}
