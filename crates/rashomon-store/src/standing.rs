//! How a report stands to the others of its story: what it alone tells, and what it leaves out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rashomon::article::OmissionNote;
use rashomon::text::Span;
use rusqlite::params;

use crate::batch::Batch;
use crate::coding::{self, unreadable};
use crate::cursor::Cursor;
use crate::error::Result;
use crate::places::{Page, Place, Sources, Teller, Tellers, Told, read_places};
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// What most tell and an article leaves out, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundOmission {
    /// Who leaves it out.
    pub article: ArticleNumber,
    /// What, as an index into [`Findings::claims`](crate::Findings::claims).
    pub claim: usize,
    /// The innocent explanation that holds, if one does.
    pub note: OmissionNote,
    /// One sentence: why it is what the note says.
    pub why: String,
}

/// What an article tells and no other of its story.
#[derive(Clone, Debug, PartialEq)]
pub struct Alone {
    /// The story.
    pub story: StoryNumber,
    /// The time of the article.
    pub at: Timestamp,
    /// The sentences, in the order of the text.
    pub passages: Vec<Told>,
}

/// What an article leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// The story.
    pub story: StoryNumber,
    /// Who leaves it out; its newest revision.
    pub by: Teller,
    /// What: the telling of the claim that is shown.
    pub claim: Told,
    /// The number of that claim.
    pub claim_number: u64,
    /// The innocent explanation that holds, if one does.
    pub note: OmissionNote,
    /// One sentence: why it is what the note says.
    pub why: String,
}

/// The places by article, each in the order of its text.
pub(crate) fn group(places: &[Place]) -> BTreeMap<ArticleNumber, Vec<Place>> {
    let mut groups: BTreeMap<ArticleNumber, Vec<Place>> = BTreeMap::new();
    for place in places {
        groups.entry(place.article).or_default().push(*place);
    }
    groups.values_mut().for_each(|group| group.sort_unstable());
    groups
}

impl Batch<'_> {
    pub(crate) fn put_alone(
        &self,
        story: i64,
        article: ArticleNumber,
        places: &[Place],
        sources: &Sources,
    ) -> Result<()> {
        let Some(source) = sources.get(article) else { return Ok(()) };
        self.run(
            "INSERT INTO alone (story, article, outlet, at, passages, places)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                story,
                signed(article, "article")?,
                source.outlet,
                source.at,
                places.len() as i64,
                sources.encode(places),
            ],
        )?;
        Ok(())
    }

    pub(crate) fn put_omission(
        &self,
        story: i64,
        omission: &FoundOmission,
        claims: &[i64],
        sources: &Sources,
    ) -> Result<()> {
        let Some(source) = sources.get(omission.article) else { return Ok(()) };
        self.run(
            "INSERT INTO left_out (story, article, outlet, at, claim, note, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                story,
                signed(omission.article, "article")?,
                source.outlet,
                source.at,
                claims.get(omission.claim),
                omission.note.name(),
                omission.why,
            ],
        )?;
        Ok(())
    }
}

/// What an outlet alone tells.
pub(crate) const ALONE: &str = "SELECT number, at, story, places FROM alone
     WHERE outlet = ?1 COLLATE NOCASE AND (at, number) < (?2, ?3)
     ORDER BY at DESC, number DESC LIMIT ?4";

/// What an outlet leaves out.
pub(crate) const LEFT_OUT: &str =
    "SELECT l.number, l.at, l.story, a.version, l.note, l.why, c.number, c.version, c.start, c.stop
     FROM left_out l CROSS JOIN claim c ON c.number = l.claim
     CROSS JOIN article a ON a.number = l.article
     WHERE l.outlet = ?1 COLLATE NOCASE AND (l.at, l.number) < (?2, ?3)
     ORDER BY l.at DESC, l.number DESC LIMIT ?4";

impl Store {
    /// What an outlet tells and no other in the same story, article by article, the newest first,
    /// `limit` of them behind a cursor.
    pub fn alone(&self, outlet: &str, limit: usize, after: Option<&str>) -> Result<Page<Alone>> {
        let mut tellers = Tellers::new(self);
        self.page(limit, after, |behind, most| {
            let cells = params![outlet, behind.at, behind.number, most];
            let rows = self.sql.all(ALONE, cells, |row| {
                let place = Cursor { score: 0.0, at: row.get(1)?, number: row.get(0)? };
                let at = coding::read_time(row, 1)?;
                Ok((place, at, coding::number(row, 2)?, read_places(row, 3)?))
            })?;
            let rows = rows.into_iter().map(|(place, at, story, places)| {
                Ok((place, Alone { story, at, passages: tellers.all(&places)? }))
            });
            rows.collect()
        })
    }

    /// What most tell and an outlet leaves out, the newest first, `limit` of them behind a cursor.
    pub fn left_out(
        &self,
        outlet: &str,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Page<LeftOut>> {
        let mut tellers = Tellers::new(self);
        self.page(limit, after, |behind, most| {
            let cells = params![outlet, behind.at, behind.number, most];
            let rows = self.sql.all(LEFT_OUT, cells, |row| {
                let place = Cursor { score: 0.0, at: row.get(1)?, number: row.get(0)? };
                let note = note(row.get_ref(4)?.as_str()?);
                let note = note.ok_or_else(|| unreadable(4, "the note"))?;
                let (story, why) = (coding::number(row, 2)?, row.get::<_, String>(5)?);
                let claim = (coding::number(row, 6)?, row.get(7)?, crate::claims::span(row, 8)?);
                Ok((place, story, row.get(3)?, claim, note, why))
            })?;
            let rows = rows.into_iter().map(|(place, story, version, claim, note, why)| {
                let (by, _) = tellers.words(version, &[])?;
                let (claim_number, version, span): (u64, i64, Span) = claim;
                let claim = tellers.told(version, span)?;
                Ok((place, LeftOut { story, by, claim, claim_number, note, why }))
            });
            rows.collect()
        })
    }
}

fn note(name: &str) -> Option<OmissionNote> {
    use OmissionNote::{Brief, Cut, Earlier, Shorter, Unexplained};
    [Unexplained, Earlier, Brief, Cut, Shorter].into_iter().find(|note| note.name() == name)
}
