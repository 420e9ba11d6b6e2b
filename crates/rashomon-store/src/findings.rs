//! What was found across the articles of a story.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rashomon::article::{Certainty, Counts};
use rashomon::text::Span;
use rusqlite::{Row, params};

use crate::batch::{Batch, story_row};
use crate::coding::{self, unreadable};
use crate::error::{Error, Kind, Result};
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// Words of an article: a span of its newest text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The article.
    pub article: ArticleNumber,
    /// The words.
    pub span: Span,
}

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

/// What was found across the articles of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// The headline to show.
    pub title: String,
    /// The claims, the weightiest first.
    pub claims: Vec<FoundClaim>,
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

/// The newest version of articles, and its text.
type Texts = BTreeMap<ArticleNumber, (i64, String)>;

impl Batch<'_> {
    /// Keeps what was found in a story, in place of what was found before, and makes the claims
    /// findable.
    ///
    /// `version` is that of the [`StoredStory`](crate::StoredStory) which the findings are about.
    /// Where the story has changed since, nothing is kept and the answer is `false`.
    pub fn put_findings(
        &mut self,
        story: StoryNumber,
        version: u64,
        findings: &Findings,
    ) -> Result<bool> {
        let story = story_row(story)?;
        let version = signed(version, "version")?;
        let sql = "SELECT version FROM story WHERE number = ?1";
        let current: Option<i64> = self.sql.one(sql, [story], |row| row.get(0))?;
        if current != Some(version) {
            return Ok(false);
        }
        let texts = self.texts(findings)?;
        self.forget_findings(story)?;
        self.run(
            "UPDATE story SET found = version, title = ?2 WHERE number = ?1",
            params![story, findings.title],
        )?;
        for (position, claim) in findings.claims.iter().enumerate() {
            self.put_claim(story, position, claim, &texts)?;
        }
        Ok(true)
    }

    fn put_claim(
        &mut self,
        story: i64,
        position: usize,
        claim: &FoundClaim,
        texts: &Texts,
    ) -> Result<()> {
        let (article, span) = (signed(claim.text.article, "article")?, claim.text.span);
        let version = texts.get(&claim.text.article).map(|(version, _)| version);
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
                version,
                span.start() as i64,
                span.end() as i64,
            ],
        )?;
        let number = self.sql.connection.last_insert_rowid();
        let words = texts.get(&claim.text.article).and_then(|(_, text)| text.get(span.range()));
        self.run("INSERT INTO claim_words (rowid, text) VALUES (?1, ?2)", params![number, words])?;
        for telling in &claim.tellings {
            let version = texts.get(&telling.article).map(|(version, _)| version);
            let (start, stop) = (telling.span.start() as i64, telling.span.end() as i64);
            self.run(
                "INSERT OR IGNORE INTO telling (claim, article, version, start, stop)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![number, signed(telling.article, "article")?, version, start, stop],
            )?;
        }
        Ok(())
    }

    /// The newest texts of all articles that findings point into. A place that is none in them is
    /// an error, before anything is written.
    fn texts(&self, findings: &Findings) -> Result<Texts> {
        let mut texts = Texts::new();
        let places = findings
            .claims
            .iter()
            .flat_map(|claim| std::iter::once(&claim.text).chain(&claim.tellings));
        for place in places {
            if let Entry::Vacant(entry) = texts.entry(place.article) {
                let sql = "SELECT v.number, v.text FROM article a JOIN version v
                           ON v.number = a.version WHERE a.number = ?1";
                let number = signed(place.article, "article")?;
                let found = self.sql.one(sql, [number], |row| Ok((row.get(0)?, row.get(1)?)))?;
                entry.insert(found.ok_or_else(|| self.no_article(place.article))?);
            }
            let fits = texts[&place.article].1.get(place.span.range()).is_some();
            if !fits {
                let message = format!(
                    "{}: {:?} is no span of article {}; hand over spans of its newest text",
                    self.sql.file, place.span, place.article
                );
                return Err(Error::new(Kind::BadValue, message));
            }
        }
        Ok(texts)
    }

    /// Takes back what was found in a story.
    pub(crate) fn forget_findings(&self, story: i64) -> Result<()> {
        self.run(
            "DELETE FROM claim_words
             WHERE rowid IN (SELECT number FROM claim WHERE story = ?1)",
            [story],
        )?;
        self.run("DELETE FROM claim WHERE story = ?1", [story])?;
        self.run("UPDATE story SET found = NULL, title = NULL WHERE number = ?1", [story])?;
        Ok(())
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
