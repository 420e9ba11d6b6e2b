//! Words of articles as findings point at them, and who tells them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::Timestamp;
use rashomon::text::Span;
use rusqlite::Row;

use crate::ArticleNumber;
use crate::coding::{self, unreadable};
use crate::error::{Error, Kind, Result};
use crate::sql::signed;
use crate::store::Store;

/// Words of an article: a span of its newest text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The article.
    pub article: ArticleNumber,
    /// The words.
    pub span: Span,
}

/// Words of an article as one of its revisions has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredPlace {
    /// The article.
    pub article: ArticleNumber,
    /// The revision, as [`Store::revision`] counts them.
    pub revision: u64,
    /// The words: a span of the text of that revision.
    pub span: Span,
}

/// Who tells something: an article as one of its revisions has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teller {
    /// The article.
    pub article: ArticleNumber,
    /// The revision in whose text the words stand, as [`Store::revision`] counts them.
    pub revision: u64,
    /// What tells the article from all others: its address.
    pub key: String,
    /// The outlet of the article, or else its id.
    pub outlet: String,
    /// The headline of the article.
    pub title: Option<String>,
    /// The time of the article.
    pub at: Timestamp,
    /// Whether it says when it was published; else its time is when it was fetched or read.
    pub dated: bool,
}

/// Words of an article, and who tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Who tells it.
    pub by: Teller,
    /// Where: a span of the text of that revision.
    pub span: Span,
    /// The words, which are those of the text there.
    pub words: String,
}

impl Told {
    /// The words as a place.
    pub fn place(&self) -> StoredPlace {
        StoredPlace { article: self.by.article, revision: self.by.revision, span: self.span }
    }
}

/// Rows of a list, and where the next page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// Where the next page begins, or `None` at the end. Comparing a story again gives its findings
    /// new numbers, so that a page behind a commit may repeat or miss one; a
    /// [`Snapshot`](crate::Snapshot) does not.
    pub next: Option<String>,
}

/// An article as findings are written about it: its newest version with its text, its outlet and
/// time.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) version: i64,
    pub(crate) text: String,
    pub(crate) outlet: String,
    pub(crate) at: i64,
}

/// The articles that findings point into.
#[derive(Debug, Default)]
pub(crate) struct Sources(BTreeMap<ArticleNumber, Source>);

impl Sources {
    /// Reads the article once; unknown ones are an error.
    pub(crate) fn read(&mut self, store: &Store, article: ArticleNumber) -> Result<&Source> {
        Ok(match self.0.entry(article) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(entry) => {
                let sql = "SELECT v.number, v.text, a.outlet, a.at FROM article a
                           JOIN version v ON v.number = a.version WHERE a.number = ?1";
                let found = store.sql.one(sql, [signed(article, "article")?], |row| {
                    let (version, text) = (row.get(0)?, row.get(1)?);
                    Ok(Source { version, text, outlet: row.get(2)?, at: row.get(3)? })
                })?;
                entry.insert(found.ok_or_else(|| store.no_article(article))?)
            }
        })
    }

    /// Refuses a place that is none in the newest text of its article.
    pub(crate) fn check(&mut self, store: &Store, place: &Place) -> Result<()> {
        let source = self.read(store, place.article)?;
        if source.text.get(place.span.range()).is_some() {
            return Ok(());
        }
        let message = format!(
            "{}: {:?} is no span of article {}; hand over spans of its newest text",
            store.sql.file, place.span, place.article
        );
        Err(Error::new(Kind::BadValue, message))
    }

    /// An article that was read before.
    pub(crate) fn get(&self, article: ArticleNumber) -> Option<&Source> {
        self.0.get(&article)
    }

    /// The time of the newest of some articles; 0 where there is none.
    pub(crate) fn newest(&self, articles: impl Iterator<Item = ArticleNumber>) -> i64 {
        articles.filter_map(|article| Some(self.get(article)?.at)).max().unwrap_or(0)
    }

    /// Places as a run of integers: version, start and length of each.
    pub(crate) fn encode<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> Vec<u8> {
        let places = places.into_iter();
        let known = places.filter_map(|place| Some((self.get(place.article)?.version, place.span)));
        coding::places(known.map(|(version, span)| (version.unsigned_abs(), span)))
    }
}

/// What was read of a version once, for all places in it.
struct Version {
    by: Teller,
    text: String,
}

/// Turns places into words with their tellers, and reads each version once.
pub(crate) struct Tellers<'s> {
    store: &'s Store,
    versions: BTreeMap<i64, Version>,
}

impl<'s> Tellers<'s> {
    pub(crate) fn new(store: &'s Store) -> Tellers<'s> {
        Tellers { store, versions: BTreeMap::new() }
    }

    fn version(&mut self, number: i64) -> Result<&Version> {
        Ok(match self.versions.entry(number) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(entry) => {
                let sql =
                    "SELECT a.number, v.revision, a.key, a.outlet, a.title, a.at, v.text, a.dated
                           FROM version v JOIN article a ON a.number = v.article
                           WHERE v.number = ?1";
                entry.insert(self.store.sql.only(sql, [number], |row| {
                    Ok(Version { by: teller(row)?, text: row.get(6)? })
                })?)
            }
        })
    }

    /// The words of a span of a version.
    pub(crate) fn told(&mut self, version: i64, span: Span) -> Result<Told> {
        let file = self.store.sql.file.clone();
        let version = self.version(version)?;
        let words = version.text.get(span.range()).ok_or_else(|| outside(&file))?.to_owned();
        Ok(Told { by: version.by.clone(), span, words })
    }

    /// The words of each of the places of a column.
    pub(crate) fn all(&mut self, places: &[(i64, Span)]) -> Result<Vec<Told>> {
        places.iter().map(|&(version, span)| self.told(version, span)).collect()
    }

    /// Who tells, and the words of each of the spans of one version.
    pub(crate) fn words(&mut self, version: i64, spans: &[Span]) -> Result<(Teller, Vec<String>)> {
        let file = self.store.sql.file.clone();
        let version = self.version(version)?;
        let words = spans.iter().map(|span| version.text.get(span.range()).map(str::to_owned));
        let words: Option<Vec<String>> = words.collect();
        Ok((version.by.clone(), words.ok_or_else(|| outside(&file))?))
    }
}

fn teller(row: &Row<'_>) -> rusqlite::Result<Teller> {
    Ok(Teller {
        article: coding::number(row, 0)?,
        revision: coding::number(row, 1)?,
        key: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        at: coding::read_time(row, 5)?,
        dated: row.get(7)?,
    })
}

fn outside(file: &str) -> Error {
    let message = format!("{file}: a finding points outside of its text; go back to a backup");
    Error::new(Kind::Corrupt, message)
}

/// The places of a column.
pub(crate) fn read_places(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<(i64, Span)>> {
    let bytes = row.get_ref(column)?.as_blob()?;
    coding::read_places(bytes).ok_or_else(|| unreadable(column, "the places"))
}
