//! Other addresses at which an article stands word for word.

use jiff::Timestamp;
use rusqlite::params;

use crate::batch::Batch;
use crate::coding;
use crate::error::Result;
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, Digest};

/// An article with the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Its number.
    pub article: ArticleNumber,
    /// What tells it from all others.
    pub key: String,
    /// The time that it stands at.
    pub at: Timestamp,
}

impl Batch<'_> {
    /// Notes that an article stands at another address too: it is known there as well, as long as
    /// the words are some that it has or had.
    pub fn stands_at(&mut self, article: ArticleNumber, key: &str, address: &str) -> Result<()> {
        self.run(
            "INSERT INTO address (key, article, address) VALUES (?1, ?2, ?3)
             ON CONFLICT (key) DO UPDATE SET article = excluded.article,
                 address = excluded.address",
            params![key, signed(article, "article")?, address],
        )?;
        Ok(())
    }

    /// The article at an address is one of its own.
    pub(crate) fn stands_alone(&self, key: &str) -> Result<()> {
        self.run("DELETE FROM address WHERE key = ?1", [key])?;
        Ok(())
    }
}

impl Store {
    /// The articles of an outlet with these words now, in order.
    pub fn twins(&self, outlet: &str, digest: &Digest) -> Result<Vec<Twin>> {
        let sql = "SELECT number, key, at FROM article
                   WHERE digest = ?1 AND outlet = ?2 ORDER BY number";
        self.sql.all(sql, params![digest, outlet], |row| {
            let (article, key) = (coding::number(row, 0)?, row.get(1)?);
            Ok(Twin { article, key, at: coding::read_time(row, 2)? })
        })
    }

    /// The article that is known by a key, or that stands word for word at the address of one.
    pub fn article_at(&self, key: &str) -> Result<Option<ArticleNumber>> {
        if let Some(number) = self.article_by_key(key)? {
            return Ok(Some(number));
        }
        let sql = "SELECT article FROM address WHERE key = ?1";
        self.sql.one(sql, [key], |row| coding::number(row, 0))
    }

    /// The other addresses at which an article stands.
    pub fn other_addresses(&self, article: ArticleNumber) -> Result<Vec<String>> {
        let sql = "SELECT address FROM address WHERE article = ?1 ORDER BY key";
        self.sql.all(sql, [signed(article, "article")?], |row| row.get(0))
    }

    /// The article that stands at another address with these words, which it has or had.
    pub(crate) fn twin_at(&self, key: &str, digest: &Digest) -> Result<Option<ArticleNumber>> {
        let sql = "SELECT d.article FROM address d WHERE d.key = ?1 AND EXISTS
                       (SELECT 1 FROM version v WHERE v.article = d.article AND v.digest = ?2)";
        self.sql.one(sql, params![key, digest], |row| coding::number(row, 0))
    }
}
