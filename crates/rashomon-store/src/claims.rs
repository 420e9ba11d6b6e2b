//! Claims of a story.

use rashomon::article::{Certainty, Counts};
use rashomon::text::Span;
use rusqlite::{Row, params};

use crate::StoryNumber;
use crate::batch::{Batch, story_row};
use crate::coding::{self, unreadable};
use crate::error::Result;
use crate::places::{Place, Sources, StoredPlace};
use crate::sql::signed;
use crate::store::Store;

/// A claim of a story, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundClaim {
    /// The telling to show.
    pub text: Place,
    /// Every telling, `text` among them.
    pub tellings: Vec<Place>,
    /// How many tell it.
    pub counts: Counts,
    /// How certainly.
    pub certainty: Certainty,
    /// The same number for claims that tell the same with different certainty.
    pub issue: u32,
}

/// A claim as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredClaim {
    /// Its number. Finding anew gives the claims of a story new ones.
    pub number: u64,
    /// The story.
    pub story: StoryNumber,
    /// The telling to show.
    pub text: StoredPlace,
    /// The words of that telling.
    pub words: String,
    /// Every telling, by article, then by place.
    pub tellings: Vec<StoredPlace>,
    /// How many tell it.
    pub counts: Counts,
    /// How certainly.
    pub certainty: Certainty,
    /// The same number for claims of a story that tell the same with different certainty.
    pub issue: u32,
}

impl Batch<'_> {
    /// Keeps a claim and gives its number.
    pub(crate) fn put_claim(
        &self,
        story: i64,
        position: usize,
        claim: &FoundClaim,
        sources: &Sources,
    ) -> Result<i64> {
        let (article, span) = (signed(claim.text.article, "article")?, claim.text.span);
        let source = sources.get(claim.text.article);
        self.run(
            "INSERT INTO claim (story, position, issue, certainty, articles, outlets, origins,
                 article, version, start, stop)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                story,
                position as i64,
                claim.issue,
                claim.certainty.name(),
                claim.counts.articles as i64,
                claim.counts.outlets as i64,
                claim.counts.origins as i64,
                article,
                source.map(|source| source.version),
                span.start() as i64,
                span.end() as i64,
            ],
        )?;
        let number = self.sql.connection.last_insert_rowid();
        let words = source.and_then(|source| source.text.get(span.range()));
        self.run("INSERT INTO claim_words (rowid, text) VALUES (?1, ?2)", params![number, words])?;
        for telling in &claim.tellings {
            let version = sources.get(telling.article).map(|source| source.version);
            let (start, stop) = (telling.span.start() as i64, telling.span.end() as i64);
            self.run(
                "INSERT OR IGNORE INTO telling (claim, article, version, start, stop)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![number, signed(telling.article, "article")?, version, start, stop],
            )?;
        }
        Ok(number)
    }
}

/// A statement that selects claims for [`read`].
pub(crate) fn select(condition: &str) -> String {
    // Offsets count bytes, and SQLite counts the characters of a text.
    format!(
        "SELECT c.number, c.story, c.article, v.revision, c.start, c.stop,
             CAST(substr(CAST(v.text AS BLOB), c.start + 1, c.stop - c.start) AS TEXT),
             c.articles, c.outlets, c.origins, c.certainty, c.issue
         FROM claim c JOIN version v ON v.number = c.version WHERE {condition}"
    )
}

impl Store {
    /// The claims of a story as they were last found, in their order. They may be out of date:
    /// [`StoryRow::found`](crate::StoryRow::found) tells.
    pub fn claims(&self, story: StoryNumber) -> Result<Vec<StoredClaim>> {
        let sql = format!("{} ORDER BY c.position", select("c.story = ?1"));
        let mut claims = self.sql.all(&sql, [story_row(story)?], read)?;
        claims.iter_mut().try_for_each(|claim| self.tell(claim))?;
        Ok(claims)
    }

    /// Adds the tellings of a claim.
    pub(crate) fn tell(&self, claim: &mut StoredClaim) -> Result<()> {
        let sql = "SELECT t.article, v.revision, t.start, t.stop
                   FROM telling t JOIN version v ON v.number = t.version WHERE t.claim = ?1
                   ORDER BY t.article, t.start, t.stop";
        claim.tellings =
            self.sql.all(sql, [signed(claim.number, "claim")?], |row| stored_place(row, 0))?;
        Ok(())
    }
}

/// A claim without its tellings.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<StoredClaim> {
    let count = |column| coding::number(row, column).map(|count| count as usize);
    Ok(StoredClaim {
        number: coding::number(row, 0)?,
        story: coding::number(row, 1)?,
        text: stored_place(row, 2)?,
        words: row.get(6)?,
        tellings: Vec::new(),
        counts: Counts { articles: count(7)?, outlets: count(8)?, origins: count(9)? },
        certainty: certainty(row.get_ref(10)?.as_str()?)
            .ok_or_else(|| unreadable(10, "the certainty"))?,
        issue: row.get(11)?,
    })
}

fn stored_place(row: &Row<'_>, column: usize) -> rusqlite::Result<StoredPlace> {
    let article = coding::number(row, column)?;
    let revision = coding::number(row, column + 1)?;
    Ok(StoredPlace { article, revision, span: span(row, column + 2)? })
}

pub(crate) fn span(row: &Row<'_>, column: usize) -> rusqlite::Result<Span> {
    let (start, end): (u32, u32) = (row.get(column)?, row.get(column + 1)?);
    match start <= end {
        true => Ok(Span::new(start as usize, end as usize)),
        false => Err(unreadable(column, "a span")),
    }
}

pub(crate) fn certainty(name: &str) -> Option<Certainty> {
    use Certainty::{Alleged, Confirmed, Denied, Expected, Planned, Told};
    [Told, Planned, Expected, Alleged, Confirmed, Denied]
        .into_iter()
        .find(|certainty| certainty.name() == name)
}
