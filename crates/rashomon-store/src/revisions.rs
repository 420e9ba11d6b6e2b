//! What an article said before.

use jiff::Timestamp;
use rashomon::article::Document;
use rusqlite::params;

use crate::coding;
use crate::difference::{Change, difference};
use crate::error::{Error, Kind, Result};
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, version};

/// The words of an article as they were at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// 0 for the first ones, then 1, 2…
    pub revision: u64,
    /// When they were first read.
    pub seen_at: Timestamp,
    /// The headline.
    pub title: Option<String>,
    /// Bytes of the text.
    pub bytes: u64,
}

/// What changed between two revisions of an article.
#[derive(Clone, Debug)]
pub struct Difference {
    /// The older words.
    pub older: Document,
    /// The newer words.
    pub newer: Document,
    /// What changed in the text, in order: spans of both texts.
    pub changes: Vec<Change>,
}

impl Store {
    /// The revisions of an article, the first one first; the last is how it is now.
    pub fn revisions(&self, article: ArticleNumber) -> Result<Vec<Revision>> {
        let sql = "SELECT revision, seen_at, title, octet_length(text) FROM version
                   WHERE article = ?1 ORDER BY revision";
        let revisions = self.sql.all(sql, [signed(article, "article")?], |row| {
            Ok(Revision {
                revision: coding::number(row, 0)?,
                seen_at: coding::read_time(row, 1)?,
                title: row.get(2)?,
                bytes: coding::number(row, 3)?,
            })
        })?;
        if revisions.is_empty() {
            return Err(self.no_article(article));
        }
        Ok(revisions)
    }

    /// The article as a revision had it, without findings.
    pub fn revision(&self, article: ArticleNumber, revision: u64) -> Result<Document> {
        let columns = version::COLUMNS;
        let sql =
            format!("SELECT {columns} FROM version v WHERE v.article = ?1 AND v.revision = ?2");
        let numbers = params![signed(article, "article")?, signed(revision, "revision")?];
        self.sql.one(&sql, numbers, version::read)?.ok_or_else(|| {
            let message = format!(
                "{}: article {article} has no revision {revision}; the list of its revisions \
                 gives the numbers",
                self.sql.file
            );
            Error::new(Kind::NotFound, message)
        })
    }

    /// What changed from one revision of an article to another.
    pub fn compare_revisions(
        &self,
        article: ArticleNumber,
        older: u64,
        newer: u64,
    ) -> Result<Difference> {
        let (older, newer) = (self.revision(article, older)?, self.revision(article, newer)?);
        let changes = difference(older.article.text.as_str(), newer.article.text.as_str());
        Ok(Difference { older, newer, changes })
    }
}
