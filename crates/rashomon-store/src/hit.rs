//! What a search gives.

use jiff::Timestamp;
use rashomon::article::{BlockKind, Certainty, Counts, QuotationKind};
use rashomon::text::Span;
use rusqlite::Row;

use crate::claims::certainty;
use crate::coding::{self, unreadable};
use crate::query::HitKind;
use crate::snippet::{self, Snippet};
use crate::{ArticleNumber, StoryNumber};

/// Something that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// The number of the article, quotation or claim.
    pub number: u64,
    /// The article that the words stand in.
    pub article: ArticleNumber,
    /// The revision of that article in whose text they stand: the newest, or for a claim the one
    /// in which it was found.
    pub revision: u64,
    /// What tells that article from all others: its address.
    pub key: String,
    /// The story of the article or of the claim.
    pub story: Option<StoryNumber>,
    /// The time of the article.
    pub at: Timestamp,
    /// Whether it says when it was published; else its time is when it was fetched or read.
    pub dated: bool,
    /// Its outlet, or else its id.
    pub outlet: String,
    /// Its headline.
    pub title: Option<String>,
    /// Words of the headline that the query asks for: bytes of `title`.
    pub title_marks: Vec<Span>,
    /// Who speaks, for a quotation.
    pub speaker: Option<String>,
    /// Whether a quotation is direct, mixed or indirect.
    pub quotation: Option<QuotationKind>,
    /// How certainly it is told, for a claim.
    pub certainty: Option<Certainty>,
    /// How many tell it, for a claim.
    pub counts: Option<Counts>,
    /// The words said of a quotation, or the sentence of a claim: bytes of the article's text.
    pub content: Vec<Span>,
    /// What to show of the text.
    pub snippet: Snippet,
    /// How well it fits, the higher the better; 0 where the order does not depend on it.
    pub score: f64,
}

/// Something that a search found, without anything to show of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The number of the article, quotation or claim.
    pub number: u64,
    /// The article that the words stand in.
    pub article: ArticleNumber,
    /// The story of the article or of the claim.
    pub story: Option<StoryNumber>,
}

/// A page of what a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// In the order that the query asks for.
    pub hits: Vec<Hit>,
    /// Where the next page begins, or `None` at the end. New articles move the scores a little,
    /// so that a page behind a commit may repeat or miss a hit; a [`Snapshot`](crate::Snapshot)
    /// does not.
    pub next: Option<String>,
}

/// The words in a hit that are asked for: those of the headline, and those of each line.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    pub(crate) title: Vec<Span>,
    pub(crate) lines: Vec<(Span, Vec<Span>)>,
}

/// A hit, the text that its words stand in, and the lede of an article.
pub(crate) struct Raw {
    pub(crate) hit: Hit,
    pub(crate) text: String,
    lede: Option<Span>,
}

impl Raw {
    pub(crate) fn finish(mut self, marked: Marked) -> Hit {
        self.hit.snippet = match self.hit.kind {
            HitKind::Article => snippet::of_article(&self.text, self.lede, &marked.lines),
            _ => snippet::of_content(&self.text, &self.hit.content, &marked.lines),
        };
        self.hit.title_marks = marked.title;
        self.hit
    }
}

const ARTICLE: &str =
    "SELECT a.number, a.number, a.story, a.at, a.outlet, a.title, v.text, v.blocks, a.key,
         v.revision, a.dated
     FROM article a JOIN version v ON v.number = a.version WHERE a.number = ?1";

const QUOTATION: &str =
    "SELECT q.number, a.number, a.story, a.at, a.outlet, a.title, v.text, q.content, q.speaker,
         a.key, v.revision, q.kind, a.dated
     FROM quotation q JOIN article a ON a.number = q.article
     JOIN version v ON v.number = a.version WHERE q.number = ?1";

const CLAIM: &str =
    "SELECT c.number, a.number, c.story, a.at, a.outlet, a.title, v.text, c.article, c.start,
         c.stop, c.certainty, c.articles, c.outlets, c.origins, a.key,
         v.revision, a.dated
     FROM claim c JOIN article a ON a.number = c.article
     JOIN version v ON v.number = c.version WHERE c.number = ?1";

/// How the hits of a kind are read: the statement, and what reads a row of it.
pub(crate) fn reader(kind: HitKind) -> (&'static str, fn(&Row<'_>) -> rusqlite::Result<Raw>) {
    match kind {
        HitKind::Article => (ARTICLE, read_article),
        HitKind::Quotation => (QUOTATION, read_quotation),
        HitKind::Claim => (CLAIM, read_claim),
    }
}

fn read_hit(row: &Row<'_>, kind: HitKind) -> rusqlite::Result<Raw> {
    let hit = Hit {
        kind,
        number: coding::number(row, 0)?,
        article: coding::number(row, 1)?,
        revision: coding::number_of(row, "revision")?,
        key: row.get("key")?,
        story: coding::maybe_number(row, 2)?,
        at: coding::read_time(row, 3)?,
        dated: row.get("dated")?,
        outlet: row.get(4)?,
        title: row.get(5)?,
        title_marks: Vec::new(),
        speaker: None,
        quotation: None,
        certainty: None,
        counts: None,
        content: Vec::new(),
        snippet: Snippet { span: Span::new(0, 0), words: String::new(), marks: Vec::new() },
        score: 0.0,
    };
    Ok(Raw { hit, text: row.get(6)?, lede: None })
}

fn read_article(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let mut raw = read_hit(row, HitKind::Article)?;
    let blocks = coding::read_blocks(row.get_ref(7)?.as_blob()?)
        .ok_or_else(|| unreadable(7, "the blocks"))?;
    let is_lede = |kind| kind == BlockKind::Paragraph;
    let lede = blocks.iter().find(|block| is_lede(block.kind)).or(blocks.first());
    raw.lede = lede.map(|block| block.span);
    Ok(raw)
}

fn read_quotation(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let mut raw = read_hit(row, HitKind::Quotation)?;
    raw.hit.content =
        coding::read_spans(row.get_ref(7)?.as_blob()?).ok_or_else(|| unreadable(7, "the spans"))?;
    raw.hit.speaker = row.get(8)?;
    raw.hit.quotation = crate::articles::kind(row.get_ref("kind")?.as_str()?);
    Ok(raw)
}

fn read_claim(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let mut raw = read_hit(row, HitKind::Claim)?;
    raw.hit.content = vec![crate::claims::span(row, 8)?];
    raw.hit.certainty = certainty(row.get_ref(10)?.as_str()?);
    let count = |column| coding::number(row, column).map(|count| count as usize);
    raw.hit.counts =
        Some(Counts { articles: count(11)?, outlets: count(12)?, origins: count(13)? });
    Ok(raw)
}
