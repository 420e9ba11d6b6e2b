//! What was found across the articles of a story.

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
        self.forget_findings(story)?;
        self.run(
            "UPDATE story SET found = version, title = ?2 WHERE number = ?1",
            params![story, findings.title],
        )?;
        for (position, claim) in findings.claims.iter().enumerate() {
            self.put_claim(story, position, claim)?;
        }
        Ok(true)
    }

    fn put_claim(&mut self, story: i64, position: usize, claim: &FoundClaim) -> Result<()> {
        let (version, words) = self.words_at(claim.text)?;
        let (start, stop) = (claim.text.span.start() as i64, claim.text.span.end() as i64);
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
                signed(claim.text.article, "article")?,
                version,
                start,
                stop,
            ],
        )?;
        let number = self.sql.connection.last_insert_rowid();
        self.run("INSERT INTO claim_words (rowid, text) VALUES (?1, ?2)", params![number, words])?;
        for telling in &claim.tellings {
            let changed = self.run(
                "INSERT OR IGNORE INTO telling (claim, article, version, start, stop)
                 SELECT ?1, number, version, ?3, ?4 FROM article WHERE number = ?2",
                params![
                    number,
                    signed(telling.article, "article")?,
                    telling.span.start() as i64,
                    telling.span.end() as i64
                ],
            )?;
            if changed == 0 {
                self.known(telling.article)?;
            }
        }
        Ok(())
    }

    /// The words of a place, and the version of the article that they stand in.
    fn words_at(&self, place: Place) -> Result<(i64, String)> {
        let article = self.known(place.article)?;
        let (version, text): (i64, String) = self.sql.only(
            "SELECT v.number, v.text FROM article a JOIN version v ON v.number = a.version
             WHERE a.number = ?1",
            [article],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        match text.get(place.span.range()) {
            Some(words) => Ok((version, words.to_owned())),
            None => {
                let message = format!(
                    "{}: {:?} is no span of article {}; hand over spans of its newest text",
                    self.sql.file, place.span, place.article
                );
                Err(Error::new(Kind::BadValue, message))
            }
        }
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

impl Store {
    /// The claims of a story as they were last found, with the numbers that a search gives. They
    /// may be out of date: [`StoryRow::found`](crate::StoryRow::found) tells.
    pub fn claims(&self, story: StoryNumber) -> Result<Vec<(u64, FoundClaim)>> {
        let sql =
            "SELECT number, article, start, stop, articles, outlets, origins, certainty, issue
                   FROM claim WHERE story = ?1 ORDER BY position";
        let mut claims = self.sql.all(sql, [story_row(story)?], read)?;
        for (number, claim) in &mut claims {
            let sql = "SELECT article, start, stop FROM telling WHERE claim = ?1
                       ORDER BY article, start, stop";
            claim.tellings = self.sql.all(sql, [signed(*number, "claim")?], |row| place(row, 0))?;
        }
        Ok(claims)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<(u64, FoundClaim)> {
    let count = |column| coding::number(row, column).map(|count| count as usize);
    let claim = FoundClaim {
        text: place(row, 1)?,
        tellings: Vec::new(),
        counts: Counts { articles: count(4)?, outlets: count(5)?, origins: count(6)? },
        certainty: certainty(row.get_ref(7)?.as_str()?)
            .ok_or_else(|| unreadable(7, "the certainty"))?,
        issue: row.get(8)?,
    };
    Ok((coding::number(row, 0)?, claim))
}

pub(crate) fn place(row: &Row<'_>, column: usize) -> rusqlite::Result<Place> {
    let article = coding::number(row, column)?;
    let (start, end): (u32, u32) = (row.get(column + 1)?, row.get(column + 2)?);
    if start > end {
        return Err(unreadable(column + 1, "a span"));
    }
    Ok(Place { article, span: Span::new(start as usize, end as usize) })
}

pub(crate) fn certainty(name: &str) -> Option<Certainty> {
    use Certainty::{Alleged, Confirmed, Denied, Expected, Planned, Told};
    [Told, Planned, Expected, Alleged, Confirmed, Denied]
        .into_iter()
        .find(|certainty| certainty.name() == name)
}
