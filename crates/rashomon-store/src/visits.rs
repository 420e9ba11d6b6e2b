//! Pages that are asked again for a time, so that silent changes are seen.

use jiff::Timestamp;
use rusqlite::{Row, params};

use crate::ArticleNumber;
use crate::batch::Batch;
use crate::coding;
use crate::error::Result;
use crate::sql::signed;
use crate::store::Store;

/// The page of an article, to be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedPage {
    /// The article.
    pub article: ArticleNumber,
    /// Where the page stands.
    pub address: String,
    /// What the server gave to ask with whether it changed.
    pub etag: Option<String>,
    /// What the server gave to ask with whether it changed since.
    pub last_modified: Option<String>,
    /// When it was first fetched.
    pub first_at: Timestamp,
    /// When to ask it again.
    pub next_at: Timestamp,
}

const COLUMNS: &str = "article, address, etag, last_modified, first_at, next_at";

impl Batch<'_> {
    /// Keeps when a page is asked again, in place of what was known of it.
    pub fn put_page(&mut self, page: &WatchedPage) -> Result<()> {
        self.run(
            "INSERT INTO page (article, address, etag, last_modified, first_at, next_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (article) DO UPDATE SET address = excluded.address,
                 etag = excluded.etag, last_modified = excluded.last_modified,
                 first_at = excluded.first_at, next_at = excluded.next_at",
            params![
                signed(page.article, "article")?,
                page.address,
                page.etag,
                page.last_modified,
                page.first_at.as_microsecond(),
                page.next_at.as_microsecond(),
            ],
        )?;
        Ok(())
    }

    /// Asks the page of an article no more.
    pub fn remove_page(&mut self, article: ArticleNumber) -> Result<()> {
        self.run("DELETE FROM page WHERE article = ?1", [signed(article, "article")?])?;
        Ok(())
    }
}

impl Store {
    /// The page of an article, if it is to be asked again.
    pub fn watched_page(&self, article: ArticleNumber) -> Result<Option<WatchedPage>> {
        let sql = format!("SELECT {COLUMNS} FROM page WHERE article = ?1");
        self.sql.one(&sql, [signed(article, "article")?], read)
    }

    /// Pages whose time has come, the longest overdue first.
    pub fn due_pages(&self, now: Timestamp, limit: usize) -> Result<Vec<WatchedPage>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let sql = format!(
            "SELECT {COLUMNS} FROM page WHERE next_at <= ?1 ORDER BY next_at, article LIMIT ?2"
        );
        self.sql.all(&sql, [now.as_microsecond(), limit], read)
    }

    /// When the next page is due.
    pub fn next_page_at(&self) -> Result<Option<Timestamp>> {
        self.sql.only("SELECT min(next_at) FROM page", [], |row| coding::maybe_time(row, 0))
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<WatchedPage> {
    Ok(WatchedPage {
        article: coding::number(row, 0)?,
        address: row.get(1)?,
        etag: row.get(2)?,
        last_modified: row.get(3)?,
        first_at: coding::read_time(row, 4)?,
        next_at: coding::read_time(row, 5)?,
    })
}
