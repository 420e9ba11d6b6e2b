//! What somebody said, in a story or in an article by itself.

use jiff::Timestamp;
use rashomon::article::{EntityKind, QuotationKind, Relation};
use rashomon::text::Span;
use rusqlite::{Row, params};

use crate::batch::{Batch, story_row};
use crate::coding::{self, unreadable};
use crate::cursor::Cursor;
use crate::error::Result;
use crate::places::{Page, Sources, Teller, Tellers};
use crate::sql::signed;
use crate::store::Store;
use crate::{ArticleNumber, StoryNumber, articles, speakers};

/// A remark of a story, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundRemark {
    /// Who made it.
    pub speaker: Option<String>,
    /// What kind of thing that is, where it is known.
    pub speaker_kind: Option<EntityKind>,
    /// How the variants relate; `None` where there is one.
    pub relation: Option<Relation>,
    /// What an editor must know; empty where there is nothing.
    pub note: String,
    /// The variants, the longest first.
    pub variants: Vec<FoundVariant>,
}

/// One telling of a remark, as the comparison found it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundVariant {
    /// The article.
    pub article: ArticleNumber,
    /// The words said: spans of its newest text, several where a cue stands between them.
    pub content: Vec<Span>,
    /// How they are reported.
    pub kind: QuotationKind,
}

/// What somebody said.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// The story. A quotation of an article in no story has none.
    pub story: Option<StoryNumber>,
    /// Who made it, by the name to show.
    pub speaker: Option<String>,
    /// What kind of thing that is, where it is known.
    pub speaker_kind: Option<EntityKind>,
    /// How the variants relate; `None` where there is one.
    pub relation: Option<Relation>,
    /// What an editor must know; empty where there is nothing.
    pub note: String,
    /// The time of the first article that tells it.
    pub at: Timestamp,
    /// The variants, the longest first.
    pub variants: Vec<Variant>,
}

/// One telling of a remark.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Who tells it.
    pub by: Teller,
    /// How the words are reported.
    pub kind: QuotationKind,
    /// The words said: spans of the text of that revision, several where a cue stands between them.
    pub content: Vec<Span>,
    /// The words of each of the spans.
    pub words: Vec<String>,
}

/// A remark and its number, without variants.
type Bare = (i64, Remark);

/// A variant as it stands in its row: version, kind, spans.
type Row3 = (i64, QuotationKind, Vec<Span>);

impl Batch<'_> {
    pub(crate) fn put_remark(
        &self,
        story: i64,
        position: usize,
        remark: &FoundRemark,
        sources: &Sources,
    ) -> Result<()> {
        let (speaker, kind) = (remark.speaker.as_deref(), remark.speaker_kind);
        let tellers = remark.variants.iter().filter_map(|variant| sources.get(variant.article));
        self.run(
            "INSERT INTO remark (story, position, who, speaker, speaker_kind, relation, note, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                story,
                position as i64,
                speaker
                    .map(|speaker| self.speaker_row(speaker, kind.is_some()))
                    .transpose()?
                    .flatten(),
                speaker,
                kind.map(speakers::name),
                remark.relation.map(Relation::name),
                remark.note,
                tellers.map(|source| source.at).min().unwrap_or(0),
            ],
        )?;
        let number = self.sql.connection.last_insert_rowid();
        for (position, variant) in remark.variants.iter().enumerate() {
            self.run(
                "INSERT INTO variant (remark, position, article, version, kind, content)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    number,
                    position as i64,
                    signed(variant.article, "article")?,
                    sources.get(variant.article).map(|source| source.version),
                    variant.kind.name(),
                    coding::spans(variant.content.iter().copied()),
                ],
            )?;
        }
        Ok(())
    }
}

const COLUMNS: &str = "number, story, speaker, speaker_kind, relation, note, at";

/// Remarks of compared stories by who makes them.
pub(crate) const OF_STORIES: &str =
    "SELECT number, story, speaker, speaker_kind, relation, note, at FROM remark
     WHERE who = ?1 AND (at, number) < (?2, ?3) ORDER BY at DESC, number DESC LIMIT ?4";

/// Quotations by who makes them, in articles of which no remark has a variant.
pub(crate) const OF_ARTICLES: &str =
    "SELECT q.number, a.story, q.speaker, q.speaker_kind, NULL, '', q.at, a.version, q.kind,
         q.content
     FROM quotation q CROSS JOIN article a ON a.number = q.article
     WHERE q.who = ?1 AND (q.at, q.number) < (?2, ?3)
         AND NOT EXISTS (SELECT 1 FROM variant v WHERE v.article = q.article)
     ORDER BY q.at DESC, q.number DESC LIMIT ?4";

impl Store {
    /// The remarks of a story as they were last found, in their order: those that are told more
    /// than once first. They may be out of date: [`StoryRow::found`](crate::StoryRow::found) tells.
    pub fn remarks(&self, story: StoryNumber) -> Result<Vec<Remark>> {
        let sql = format!("SELECT {COLUMNS} FROM remark WHERE story = ?1 ORDER BY position");
        let remarks = self.sql.all(&sql, [story_row(story)?], read)?;
        let mut tellers = Tellers::new(self);
        remarks.into_iter().map(|remark| self.with_variants(remark, &mut tellers)).collect()
    }

    /// What somebody says, by the name with any case and accents, the newest first, `limit` of them
    /// behind a cursor: the remarks of compared stories, and the quotations of all other articles.
    pub fn remarks_of(
        &self,
        speaker: &str,
        limit: usize,
        after: Option<&str>,
    ) -> Result<Page<Remark>> {
        let Some(who) = self.speaker_number(speaker)? else {
            return Ok(Page { rows: Vec::new(), next: None });
        };
        let mut tellers = Tellers::new(self);
        self.page(limit, after, |behind, most| {
            let mut found = Vec::new();
            for (rank, sql) in [(0.0, OF_STORIES), (1.0, OF_ARTICLES)] {
                // Of the same time, those of stories come first.
                let number = match behind.score.total_cmp(&rank) {
                    std::cmp::Ordering::Less => i64::MAX,
                    std::cmp::Ordering::Equal => behind.number,
                    std::cmp::Ordering::Greater => i64::MIN,
                };
                found.extend(self.sql.all(sql, [who, behind.at, number, most], |row| {
                    let place = Cursor { score: rank, at: row.get(6)?, number: row.get(0)? };
                    let own = if rank > 0.0 { Some(read_variant(row, 7)?) } else { None };
                    Ok((place, read(row)?, own))
                })?);
            }
            found.sort_by(|(a, ..), (b, ..)| {
                (b.at.cmp(&a.at)).then(a.score.total_cmp(&b.score)).then(b.number.cmp(&a.number))
            });
            found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            let remarks = found.into_iter().map(|(place, (number, mut remark), own)| {
                let remark = match own {
                    None => self.with_variants((number, remark), &mut tellers)?,
                    Some(own) => {
                        remark.variants.push(variant(own, &mut tellers)?);
                        remark
                    }
                };
                Ok((place, remark))
            });
            remarks.collect()
        })
    }

    fn with_variants(
        &self,
        (number, mut remark): Bare,
        tellers: &mut Tellers<'_>,
    ) -> Result<Remark> {
        let sql = "SELECT version, kind, content FROM variant WHERE remark = ?1 ORDER BY position";
        for row in self.sql.all(sql, [number], |row| read_variant(row, 0))? {
            remark.variants.push(variant(row, tellers)?);
        }
        Ok(remark)
    }
}

fn variant((version, kind, content): Row3, tellers: &mut Tellers<'_>) -> Result<Variant> {
    let (by, words) = tellers.words(version, &content)?;
    Ok(Variant { by, kind, content, words })
}

fn read_variant(row: &Row<'_>, column: usize) -> rusqlite::Result<Row3> {
    let kind = articles::kind(row.get_ref(column + 1)?.as_str()?);
    let content = coding::read_spans(row.get_ref(column + 2)?.as_blob()?);
    Ok((
        row.get(column)?,
        kind.ok_or_else(|| unreadable(column + 1, "the kind"))?,
        content.ok_or_else(|| unreadable(column + 2, "the spans"))?,
    ))
}

/// A remark without its variants.
fn read(row: &Row<'_>) -> rusqlite::Result<Bare> {
    let told = row.get_ref(4)?.as_str_or_null()?;
    let remark = Remark {
        story: coding::maybe_number(row, 1)?,
        speaker: row.get(2)?,
        speaker_kind: speakers::read_kind(row, 3)?,
        relation: told
            .map(|name| relation(name).ok_or_else(|| unreadable(4, "the relation")))
            .transpose()?,
        note: row.get(5)?,
        at: coding::read_time(row, 6)?,
        variants: Vec::new(),
    };
    Ok((row.get(0)?, remark))
}

fn relation(name: &str) -> Option<Relation> {
    use Relation::{Cut, Identical, Paraphrased, Reworded, Translated};
    [Identical, Cut, Reworded, Translated, Paraphrased].into_iter().find(|is| is.name() == name)
}
