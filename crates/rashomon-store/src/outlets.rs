//! Outlets, by their names in capitals or small letters.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::Row;

use crate::coding;
use crate::cursor::Cursor;
use crate::error::Result;
use crate::places::Page;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// An outlet, and how it stands to the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletRow {
    /// Its name, in the spelling that comes first by letters; an article that names no outlet counts
    /// by its id.
    pub outlet: String,
    /// How many articles.
    pub articles: u64,
    /// In how many stories.
    pub stories: u64,
    /// The time of its first article.
    pub first: Timestamp,
    /// The time of its last article.
    pub last: Timestamp,
    /// How many passages it tells alone in their stories.
    pub alone: u64,
    /// How many claims it leaves out that most tell.
    pub left_out: u64,
    /// How many of its articles have their words from elsewhere.
    pub copied_from: u64,
    /// How many articles of others have their words from it.
    pub copied_by: u64,
}

/// An article of an outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletArticle {
    /// The article.
    pub article: ArticleNumber,
    /// Its story.
    pub story: Option<StoryNumber>,
    /// Its time.
    pub at: Timestamp,
    /// Whether it says when it was published; else its time is when it was fetched or read.
    pub dated: bool,
    /// What tells it from all others: its address.
    pub key: String,
    /// Its headline.
    pub title: Option<String>,
    /// How often its words changed.
    pub revisions: u64,
}

/// What is counted of outlets: a statement for each, with a place for a condition on the outlet.
const ALONE: &str = "SELECT min(outlet), sum(passages) FROM alone";
const LEFT_OUT: &str = "SELECT min(outlet), count(*) FROM left_out";
const COPIED_FROM: &str = "SELECT min(outlet), count(DISTINCT article) FROM copy";
const COPIED_BY: &str = "SELECT min(source), count(DISTINCT article) FROM copy";

pub(crate) const ARTICLES: &str =
    "SELECT min(outlet), count(*), count(DISTINCT story), min(at), max(at) FROM article";

/// The articles of an outlet.
pub(crate) const OF_OUTLET: &str =
    "SELECT number, story, at, key, title, revisions, dated FROM article
     WHERE outlet = ?1 COLLATE NOCASE AND (at, number) < (?2, ?3)
     ORDER BY at DESC, number DESC LIMIT ?4";

impl Store {
    /// Outlets by their number of articles, those with most first, `limit` of them behind a cursor.
    /// With a prefix, those with a word in the name that begins so, in capitals or small letters.
    pub fn outlets(
        &self,
        prefix: Option<&str>,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Page<OutletRow>> {
        let sql = format!("{ARTICLES} GROUP BY outlet COLLATE NOCASE");
        let mut rows = self.sql.all(&sql, [], read)?;
        if let Some(prefix) = prefix {
            let asked = format!(" {}", prefix.to_ascii_lowercase());
            rows.retain(|row| format!(" {}", folded(&row.outlet)).contains(&asked));
        }
        let order = |row: &OutletRow| (std::cmp::Reverse(row.articles), folded(&row.outlet));
        rows.sort_by_cached_key(order);
        let counts = self.counts()?;
        self.page(limit, after, |behind, most| {
            // The place of an outlet is how many come before it.
            let from =
                if behind.at == i64::MAX { 0 } else { behind.number.unsigned_abs() as usize };
            let rows = rows.into_iter().enumerate().skip(from).take(most.unsigned_abs() as usize);
            let rows = rows.map(|(at, mut row)| {
                counts.tell(&mut row);
                (Cursor { score: 0.0, at: 0, number: at as i64 + 1 }, row)
            });
            Ok(rows.collect())
        })
    }

    /// One outlet, by its name in capitals or small letters.
    pub fn outlet(&self, outlet: &str) -> Result<Option<OutletRow>> {
        let sql = format!("{ARTICLES} WHERE outlet = ?1 COLLATE NOCASE HAVING count(*) > 0");
        let Some(mut row) = self.sql.one(&sql, [outlet], read)? else { return Ok(None) };
        let count = |sql: &str, column: &str| -> Result<u64> {
            let sql = format!("{sql} WHERE {column} = ?1 COLLATE NOCASE");
            let count = self.sql.one(&sql, [outlet], |row| coding::maybe_number(row, 1))?;
            Ok(count.flatten().unwrap_or(0))
        };
        row.alone = count(ALONE, "outlet")?;
        row.left_out = count(LEFT_OUT, "outlet")?;
        row.copied_from = count(COPIED_FROM, "outlet")?;
        row.copied_by = count(COPIED_BY, "source")?;
        Ok(Some(row))
    }

    /// The articles of an outlet, the newest first, `limit` of them behind a cursor.
    pub fn articles_by(
        &self,
        outlet: &str,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Page<OutletArticle>> {
        self.page(limit, after, |behind, most| {
            let cells = rusqlite::params![outlet, behind.at, behind.number, most];
            self.sql.all(OF_OUTLET, cells, |row| {
                let place = Cursor { score: 0.0, at: row.get(2)?, number: row.get(0)? };
                let article = OutletArticle {
                    article: coding::number(row, 0)?,
                    story: coding::maybe_number(row, 1)?,
                    at: coding::read_time(row, 2)?,
                    key: row.get(3)?,
                    title: row.get(4)?,
                    revisions: coding::number(row, 5)?,
                    dated: row.get(6)?,
                };
                Ok((place, article))
            })
        })
    }

    fn counts(&self) -> Result<Counts> {
        let count = |sql: &str, column: &str| -> Result<BTreeMap<String, u64>> {
            let sql = format!("{sql} GROUP BY {column} COLLATE NOCASE");
            let rows = self.sql.all(&sql, [], |row| {
                Ok((folded(row.get_ref(0)?.as_str()?), coding::number(row, 1)?))
            })?;
            Ok(rows.into_iter().collect())
        };
        Ok(Counts {
            alone: count(ALONE, "outlet")?,
            left_out: count(LEFT_OUT, "outlet")?,
            copied_from: count(COPIED_FROM, "outlet")?,
            copied_by: count(COPIED_BY, "source")?,
        })
    }
}

/// What is counted of all outlets, by their names in small letters.
struct Counts {
    alone: BTreeMap<String, u64>,
    left_out: BTreeMap<String, u64>,
    copied_from: BTreeMap<String, u64>,
    copied_by: BTreeMap<String, u64>,
}

impl Counts {
    fn tell(&self, row: &mut OutletRow) {
        let name = folded(&row.outlet);
        let count = |counts: &BTreeMap<String, u64>| counts.get(&name).copied().unwrap_or(0);
        row.alone = count(&self.alone);
        row.left_out = count(&self.left_out);
        row.copied_from = count(&self.copied_from);
        row.copied_by = count(&self.copied_by);
    }
}

/// A name as NOCASE of SQLite compares it.
fn folded(outlet: &str) -> String {
    outlet.to_ascii_lowercase()
}

fn read(row: &Row<'_>) -> rusqlite::Result<OutletRow> {
    Ok(OutletRow {
        outlet: row.get(0)?,
        articles: coding::number(row, 1)?,
        stories: coding::number(row, 2)?,
        first: coding::read_time(row, 3)?,
        last: coding::read_time(row, 4)?,
        alone: 0,
        left_out: 0,
        copied_from: 0,
        copied_by: 0,
    })
}
