//! Where the reports of a story differ.

use jiff::Timestamp;
use rashomon::article::{DiscrepancyKind, Verdict};
use rashomon::text::Span;
use rusqlite::{Row, params};

use crate::batch::{Batch, story_row};
use crate::coding::{self, unreadable};
use crate::cursor::Cursor;
use crate::error::Result;
use crate::places::{Page, Place, Sources, Tellers, Told, read_places};
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber};

/// A discrepancy of a story, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundDispute {
    /// What the articles differ in.
    pub kind: DiscrepancyKind,
    /// How grave it is.
    pub verdict: Verdict,
    /// A short label in the words of a source.
    pub about: String,
    /// One sentence: why it is what the verdict says.
    pub why: String,
    /// The accounts.
    pub sides: Vec<FoundSide>,
    /// Articles that do not say.
    pub silent: Vec<ArticleNumber>,
}

/// One account of a discrepancy, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundSide {
    /// The value in the words of the first telling.
    pub value: String,
    /// Where it is told.
    pub tellings: Vec<Place>,
}

/// A discrepancy as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// Its number. Finding anew gives the disputes of a story new ones.
    pub number: u64,
    /// The story.
    pub story: StoryNumber,
    /// What the articles differ in.
    pub kind: DiscrepancyKind,
    /// How grave it is.
    pub verdict: Verdict,
    /// A short label in the words of a source.
    pub about: String,
    /// One sentence: why it is what the verdict says.
    pub why: String,
    /// The time of the newest article that takes a side.
    pub at: Timestamp,
    /// The accounts.
    pub sides: Vec<Side>,
    /// Articles that do not say.
    pub silent: Vec<ArticleNumber>,
}

/// One account of a discrepancy as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The value in the words of the first telling.
    pub value: String,
    /// Where it is told, and by whom.
    pub tellings: Vec<Told>,
}

const COLUMNS: &str = "number, story, kind, verdict, about, why, at, silent";

impl Batch<'_> {
    pub(crate) fn put_dispute(
        &self,
        story: i64,
        position: usize,
        dispute: &FoundDispute,
        sources: &Sources,
    ) -> Result<()> {
        let told = dispute.sides.iter().flat_map(|side| &side.tellings);
        self.run(
            "INSERT INTO dispute (story, position, kind, verdict, about, why, at, silent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                story,
                position as i64,
                dispute.kind.name(),
                dispute.verdict.name(),
                dispute.about,
                dispute.why,
                sources.newest(told.map(|place| place.article)),
                coding::numbers(&dispute.silent),
            ],
        )?;
        let number = self.sql.connection.last_insert_rowid();
        for (position, side) in dispute.sides.iter().enumerate() {
            let places = sources.encode(&side.tellings);
            self.run(
                "INSERT INTO side (dispute, position, value, places) VALUES (?1, ?2, ?3, ?4)",
                params![number, position as i64, side.value, places],
            )?;
        }
        Ok(())
    }
}

impl Store {
    /// The disputes of a story as they were last found, in their order. They may be out of date:
    /// [`StoryRow::found`](crate::StoryRow::found) tells.
    pub fn disputes(&self, story: StoryNumber) -> Result<Vec<Dispute>> {
        let sql = format!("SELECT {COLUMNS} FROM dispute WHERE story = ?1 ORDER BY position");
        let disputes = self.sql.all(&sql, [story_row(story)?], read)?;
        self.with_sides(disputes)
    }

    /// The conflicts of all stories, the newest first, `limit` of them behind a cursor.
    pub fn newest_conflicts(&self, limit: usize, after: Option<&str>) -> Result<Page<Dispute>> {
        let mut page = self.page(limit, after, |behind, most| {
            self.sql.all(NEWEST, [behind.at, behind.number, most], |row| {
                let place = Cursor { score: 0.0, at: row.get(6)?, number: row.get(0)? };
                Ok((place, read(row)?))
            })
        })?;
        page.rows = self.with_sides(page.rows)?;
        Ok(page)
    }

    fn with_sides(&self, mut disputes: Vec<Dispute>) -> Result<Vec<Dispute>> {
        let mut tellers = Tellers::new(self);
        let sql = "SELECT value, places FROM side WHERE dispute = ?1 ORDER BY position";
        for dispute in &mut disputes {
            let sides: Vec<(String, Vec<(i64, Span)>)> =
                self.sql.all(sql, [dispute.number.cast_signed()], |row| {
                    Ok((row.get(0)?, read_places(row, 1)?))
                })?;
            for (value, places) in sides {
                dispute.sides.push(Side { value, tellings: tellers.all(&places)? });
            }
        }
        Ok(disputes)
    }
}

/// Conflicts of all stories.
pub(crate) const NEWEST: &str =
    "SELECT number, story, kind, verdict, about, why, at, silent FROM dispute
     WHERE verdict = 'conflict' AND (at, number) < (?1, ?2)
     ORDER BY at DESC, number DESC LIMIT ?3";

/// A dispute without its sides.
fn read(row: &Row<'_>) -> rusqlite::Result<Dispute> {
    let silent = row.get_ref(7)?.as_blob()?;
    Ok(Dispute {
        number: coding::number(row, 0)?,
        story: coding::number(row, 1)?,
        kind: kind(row.get_ref(2)?.as_str()?).ok_or_else(|| unreadable(2, "the kind"))?,
        verdict: verdict(row.get_ref(3)?.as_str()?).ok_or_else(|| unreadable(3, "the verdict"))?,
        about: row.get(4)?,
        why: row.get(5)?,
        at: coding::read_time(row, 6)?,
        sides: Vec::new(),
        silent: coding::read_numbers(silent).ok_or_else(|| unreadable(7, "the articles"))?,
    })
}

fn kind(name: &str) -> Option<DiscrepancyKind> {
    use DiscrepancyKind::{
        Attribution, Date, Duration, Modality, Name, Negation, Place, Quantity, Update, Wording,
    };
    [Quantity, Duration, Date, Place, Name, Attribution, Negation, Modality, Wording, Update]
        .into_iter()
        .find(|kind| kind.name() == name)
}

fn verdict(name: &str) -> Option<Verdict> {
    use Verdict::{Compatible, Conflict, Update, Vague, Variant};
    [Conflict, Update, Vague, Compatible, Variant].into_iter().find(|is| is.name() == name)
}
