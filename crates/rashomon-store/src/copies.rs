//! Whose words an outlet prints.

use jiff::Timestamp;
use rusqlite::types::Value as Cell;
use rusqlite::{params, params_from_iter};

use crate::batch::Batch;
use crate::coding;
use crate::cursor::Cursor;
use crate::error::Result;
use crate::places::{Page, Place, Sources, Teller, Tellers, Told, read_places};
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// Where copied words come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundOrigin {
    /// An article of the same story.
    Article(ArticleNumber),
    /// An agency that the articles credit.
    Agency(String),
}

/// An article that has its words from elsewhere, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCopy {
    /// The article.
    pub article: ArticleNumber,
    /// Where its words come from.
    pub origin: FoundOrigin,
    /// Passages that it shares, each as it has it and as the other has it.
    pub evidence: Vec<(Place, Place)>,
}

/// An article that has its words from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredCopy {
    /// The story.
    pub story: StoryNumber,
    /// Who copies; its newest revision.
    pub by: Teller,
    /// The outlet or agency that it has them from.
    pub source: String,
    /// The article that it has them from; `None` for an agency.
    pub origin: Option<ArticleNumber>,
    /// The time of the copy.
    pub at: Timestamp,
    /// Passages that both have: as the copy has it, and as the other has it.
    pub evidence: Vec<(Told, Told)>,
}

/// How much of one outlet is copied from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyRow {
    /// Who copies.
    pub outlet: String,
    /// The outlet or agency that it copies.
    pub source: String,
    /// Whether the source is an agency.
    pub is_agency: bool,
    /// How many articles are copies.
    pub articles: u64,
    /// The time of the newest of them.
    pub last: Timestamp,
}

impl Batch<'_> {
    pub(crate) fn put_copy(&self, story: i64, copy: &FoundCopy, sources: &Sources) -> Result<()> {
        let Some(own) = sources.get(copy.article) else { return Ok(()) };
        let (source, origin) = match &copy.origin {
            FoundOrigin::Agency(agency) => (agency.clone(), None),
            FoundOrigin::Article(article) => {
                let article = self.known(*article)?;
                let sql = "SELECT outlet FROM article WHERE number = ?1";
                (self.sql.only(sql, [article], |row| row.get(0))?, Some(article))
            }
        };
        // Who prints its own words again copies nobody.
        if source.eq_ignore_ascii_case(&own.outlet) {
            return Ok(());
        }
        let places = copy.evidence.iter().flat_map(|(own, other)| [own, other]);
        self.run(
            "INSERT INTO copy (story, article, outlet, at, source, origin, evidence)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                story,
                signed(copy.article, "article")?,
                own.outlet,
                own.at,
                source,
                origin,
                sources.encode(places),
            ],
        )?;
        Ok(())
    }
}

impl Store {
    /// Whom an outlet copies, the most copied first.
    pub fn copied_from(&self, outlet: &str) -> Result<Vec<CopyRow>> {
        let sql =
            "SELECT min(outlet), min(source), origin IS NULL, count(DISTINCT article), max(at)
                   FROM copy WHERE outlet = ?1 COLLATE NOCASE
                   GROUP BY source COLLATE NOCASE, origin IS NULL ORDER BY 4 DESC, 2, 3";
        self.copy_rows(sql, outlet)
    }

    /// Who copies an outlet or agency, those that do so most first.
    pub fn copied_by(&self, source: &str) -> Result<Vec<CopyRow>> {
        let sql =
            "SELECT min(outlet), min(source), origin IS NULL, count(DISTINCT article), max(at)
                   FROM copy WHERE source = ?1 COLLATE NOCASE
                   GROUP BY outlet COLLATE NOCASE, origin IS NULL ORDER BY 4 DESC, 1, 3";
        self.copy_rows(sql, source)
    }

    fn copy_rows(&self, sql: &str, name: &str) -> Result<Vec<CopyRow>> {
        self.sql.all(sql, [name], |row| {
            Ok(CopyRow {
                outlet: row.get(0)?,
                source: row.get(1)?,
                is_agency: row.get(2)?,
                articles: coding::number(row, 3)?,
                last: coding::read_time(row, 4)?,
            })
        })
    }

    /// The copies that an outlet prints, or that are made of an outlet or agency, or both, the newest
    /// first, `limit` of them behind a cursor.
    pub fn copies(
        &self,
        outlet: Option<&str>,
        source: Option<&str>,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Page<StoredCopy>> {
        let mut conditions = String::new();
        let mut cells = Vec::new();
        for (column, asked) in [("outlet", outlet), ("source", source)] {
            if let Some(asked) = asked {
                conditions.push_str(&format!("c.{column} = ? COLLATE NOCASE AND "));
                cells.push(Cell::Text(asked.to_owned()));
            }
        }
        let sql = format!(
            "SELECT c.number, c.at, c.story, a.version, c.source, c.origin, c.evidence
             FROM copy c CROSS JOIN article a ON a.number = c.article
             WHERE {conditions}(c.at, c.number) < (?, ?)
             ORDER BY c.at DESC, c.number DESC LIMIT ?"
        );
        let mut tellers = Tellers::new(self);
        self.page(limit, after, |behind, most| {
            cells.extend([behind.at, behind.number, most].map(Cell::Integer));
            let rows = self.sql.all(&sql, params_from_iter(cells), |row| {
                let place = Cursor { score: 0.0, at: row.get(1)?, number: row.get(0)? };
                let (story, at) = (coding::number(row, 2)?, coding::read_time(row, 1)?);
                let source = (row.get(4)?, coding::maybe_number(row, 5)?);
                Ok((place, story, at, row.get(3)?, source, read_places(row, 6)?))
            })?;
            let rows = rows.into_iter().map(|(place, story, at, version, source, places)| {
                let (by, _) = tellers.words(version, &[])?;
                let told = tellers.all(&places)?;
                let pairs = told.chunks_exact(2);
                let evidence = pairs.map(|pair| (pair[0].clone(), pair[1].clone())).collect();
                let (source, origin) = source;
                Ok((place, StoredCopy { story, by, source, origin, at, evidence }))
            });
            rows.collect()
        })
    }
}
