//! Articles as they are read back.

use jiff::Timestamp;
use rashomon::article::{Document, QuotationKind};
use rashomon::text::Span;
use rusqlite::Row;

use crate::coding::{self, unreadable};
use crate::error::{Error, Kind, Result};
use crate::sql::signed;
use crate::store::Store;
use crate::version;
use crate::{ArticleNumber, StoryNumber};

/// An article with its newest words.
#[derive(Clone, Debug)]
pub struct StoredArticle {
    /// Its number.
    pub number: ArticleNumber,
    /// What tells it from all others.
    pub key: String,
    /// The article and what reading it told, without findings: annotate it again.
    pub document: Document,
    /// The time that it stands at.
    pub at: Timestamp,
    /// When it was first read.
    pub first_seen: Timestamp,
    /// When it was read last.
    pub last_seen: Timestamp,
    /// How often its words changed.
    pub revisions: u64,
    /// The feed that led to it.
    pub feed: Option<i64>,
    /// The story that it belongs to.
    pub story: Option<StoryNumber>,
    /// How sure that is.
    pub score: Option<f64>,
}

/// A quotation as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredQuotation {
    /// Its number. A revision of the article gives its quotations new ones.
    pub number: u64,
    /// The article that it stands in.
    pub article: ArticleNumber,
    /// How the words are reported.
    pub kind: QuotationKind,
    /// The words said: spans of the newest text of the article.
    pub content: Vec<Span>,
    /// Who says it.
    pub speaker: Option<String>,
}

/// The columns of a [`StoredArticle`] behind those of its version.
pub(crate) const COLUMNS: &str = "a.number, a.key, a.at, a.first_seen, a.last_seen, a.revisions, \
     a.feed, a.story, a.score";

impl Store {
    /// An article by its number.
    pub fn article(&self, number: ArticleNumber) -> Result<StoredArticle> {
        let rowid = signed(number, "article")?;
        let found = self.sql.one(&select("a.number = ?1"), [rowid], read)?;
        found.ok_or_else(|| self.no_article(number))
    }

    /// The newest text of an article and nothing else: for going through many.
    pub fn text(&self, number: ArticleNumber) -> Result<String> {
        let sql = "SELECT v.text FROM article a JOIN version v ON v.number = a.version
                   WHERE a.number = ?1";
        let found = self.sql.one(sql, [signed(number, "article")?], |row| row.get(0))?;
        found.ok_or_else(|| self.no_article(number))
    }

    /// The number of the article with a key.
    pub fn article_by_key(&self, key: &str) -> Result<Option<ArticleNumber>> {
        let sql = "SELECT number FROM article WHERE key = ?1";
        self.sql.one(sql, [key], |row| coding::number(row, 0))
    }

    /// The numbers of the articles with an id, which need not be unique, in order.
    pub fn articles_by_id(&self, id: &str) -> Result<Vec<ArticleNumber>> {
        let sql = "SELECT number FROM article WHERE id = ?1 ORDER BY number";
        self.sql.all(sql, [id], |row| coding::number(row, 0))
    }

    /// The quotations of an article, in the order of its text.
    pub fn quotations(&self, number: ArticleNumber) -> Result<Vec<StoredQuotation>> {
        let rowid = signed(number, "article")?;
        let sql = "SELECT number, article, kind, content, speaker FROM quotation
                   WHERE article = ?1 ORDER BY number";
        self.sql.all(sql, [rowid], read_quotation)
    }

    pub(crate) fn no_article(&self, number: ArticleNumber) -> Error {
        let message = format!(
            "{}: there is no article {number}; a search or the list of a story gives the numbers",
            self.sql.file
        );
        Error::new(Kind::NotFound, message)
    }
}

/// A statement that selects articles for [`read`].
pub(crate) fn select(condition: &str) -> String {
    let of_version = version::COLUMNS;
    format!(
        "SELECT {of_version}, {COLUMNS} FROM article a JOIN version v ON v.number = a.version
         WHERE {condition}"
    )
}

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<StoredArticle> {
    Ok(StoredArticle {
        document: version::read(row)?,
        number: coding::number(row, 14)?,
        key: row.get(15)?,
        at: coding::read_time(row, 16)?,
        first_seen: coding::read_time(row, 17)?,
        last_seen: coding::read_time(row, 18)?,
        revisions: coding::number(row, 19)?,
        feed: row.get(20)?,
        story: coding::maybe_number(row, 21)?,
        score: row.get(22)?,
    })
}

pub(crate) fn read_quotation(row: &Row<'_>) -> rusqlite::Result<StoredQuotation> {
    let content = row.get_ref(3)?.as_blob()?;
    Ok(StoredQuotation {
        number: coding::number(row, 0)?,
        article: coding::number(row, 1)?,
        kind: kind(row.get_ref(2)?.as_str()?).ok_or_else(|| unreadable(2, "the kind"))?,
        content: coding::read_spans(content).ok_or_else(|| unreadable(3, "the spans"))?,
        speaker: row.get(4)?,
    })
}

pub(crate) fn kind(name: &str) -> Option<QuotationKind> {
    [QuotationKind::Direct, QuotationKind::Mixed, QuotationKind::Indirect]
        .into_iter()
        .find(|kind| kind.name() == name)
}
