//! Searching, and what a search gives.

use jiff::Timestamp;
use rashomon::article::{BlockKind, Certainty, Counts};
use rashomon::text::Span;
use rusqlite::types::Value as Cell;
use rusqlite::{Row, params_from_iter};

use crate::coding::{self, unreadable};
use crate::cursor::Cursor;
use crate::error::Result;
use crate::findings::certainty;
use crate::marks::{Marker, Part, Wanted};
use crate::query::{Compiled, HitKind, Query, compile};
use crate::snippet::{self, Snippet};
use crate::store::Store;
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
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Words of the headline that the query asks for: bytes of `title`.
    pub title_marks: Vec<Span>,
    /// Who speaks, for a quotation.
    pub speaker: Option<String>,
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

/// How much words weigh in the headline, the text, the outlet and the authors of an article.
const WEIGHTS: &str = "4.0, 1.0, 1.0, 1.0";

impl Store {
    /// The best hits of a query, `limit` of them behind a cursor.
    pub fn search(&self, query: &Query, limit: usize, after: Option<&str>) -> Result<Hits> {
        let compiled = compile(query)?;
        let after = after.map(Cursor::parse).transpose()?;
        let mut found = self.found(&compiled, limit, after)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(Cursor::to_string);
        let raws = found.iter().map(|found| self.raw(compiled.kind, found));
        let raws = raws.collect::<Result<Vec<Raw>>>()?;
        let mut marked = self.marked(&raws, &compiled.wanted)?.into_iter();
        let hits = raws.into_iter().map(|raw| raw.finish(marked.next().unwrap_or_default()));
        Ok(Hits { hits: hits.collect(), next })
    }

    /// How many hits a query has.
    pub fn count(&self, query: &Query) -> Result<u64> {
        let compiled = compile(query)?;
        let (source, cells) = rows(&compiled);
        let sql = format!("{source} SELECT count(*) FROM hit");
        self.sql.only(&sql, params_from_iter(cells), |row| coding::number(row, 0))
    }

    fn found(
        &self,
        compiled: &Compiled,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Vec<Cursor>> {
        let (source, mut cells) = rows(compiled);
        let (behind, order) = match compiled.is_ranked {
            true => ("(score, -at, -number) > (?, -?, -?)", "score, at DESC, number DESC"),
            // No score: so that the index of times can be read from its end.
            false => ("(at, number) < (?, ?)", "at DESC, number DESC"),
        };
        let behind = match after {
            None => String::new(),
            Some(Cursor { score, at, number }) => {
                cells.extend(compiled.is_ranked.then_some(Cell::Real(score)));
                cells.extend([Cell::Integer(at), Cell::Integer(number)]);
                format!("WHERE {behind}")
            }
        };
        cells.push(Cell::Integer(limit.saturating_add(1).min(1 << 30) as i64));
        let sql =
            format!("{source} SELECT score, at, number FROM hit {behind} ORDER BY {order} LIMIT ?");
        self.sql.all(&sql, params_from_iter(cells), |row| {
            Ok(Cursor { score: row.get(0)?, at: row.get(1)?, number: row.get(2)? })
        })
    }

    fn raw(&self, kind: HitKind, found: &Cursor) -> Result<Raw> {
        let (sql, read): (_, fn(&Row<'_>) -> rusqlite::Result<Raw>) = match kind {
            HitKind::Article => (ARTICLE, read_article),
            HitKind::Quotation => (QUOTATION, read_quotation),
            HitKind::Claim => (CLAIM, read_claim),
        };
        let mut raw = self.sql.only(sql, [found.number], read)?;
        raw.hit.score = 0.0 - found.score;
        Ok(raw)
    }

    /// The words in each hit that are asked for.
    fn marked(&self, raws: &[Raw], wanted: &Wanted) -> Result<Vec<Marked>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let mut parts = Vec::new();
        for (at, raw) in raws.iter().enumerate() {
            let text = raw.text.as_str();
            match raw.hit.kind {
                HitKind::Article => {
                    parts.extend(raw.hit.title.as_deref().map(|title| Part::title(at, title)));
                    parts.extend(Part::lines(at, text, Span::new(0, text.len())));
                }
                _ => raw.hit.content.iter().for_each(|&span| {
                    parts.extend(Part::lines(at, text, span));
                }),
            }
        }
        let marks = self.marker()?.mark(&parts, wanted)?;
        let mut marked: Vec<Marked> = raws.iter().map(|_| Marked::default()).collect();
        for (part, marks) in parts.iter().zip(marks) {
            match part.is_title {
                true => marked[part.hit].title = marks,
                false => marked[part.hit].lines.push((part.span, marks)),
            }
        }
        Ok(marked)
    }

    fn marker(&self) -> Result<&Marker> {
        if let Some(marker) = self.marker.get() {
            return Ok(marker);
        }
        let marker = Marker::new()?;
        Ok(self.marker.get_or_init(|| marker))
    }
}

/// The words in a hit that are asked for: those of the headline, and those of each line.
#[derive(Debug, Default)]
struct Marked {
    title: Vec<Span>,
    lines: Vec<(Span, Vec<Span>)>,
}

/// A common table `hit` of score, time and number, and its cells.
fn rows(compiled: &Compiled) -> (String, Vec<Cell>) {
    let (index, weights, number, joined) = match compiled.kind {
        HitKind::Article => ("article_words", WEIGHTS, "a.number", "article a"),
        HitKind::Quotation => (
            "quotation_words",
            "1.0, 1.0",
            "q.number",
            "quotation q JOIN article a ON a.number = q.article",
        ),
        HitKind::Claim => {
            ("claim_words", "1.0", "c.number", "claim c JOIN article a ON a.number = c.article")
        }
    };
    let conditions = compiled.conditions.iter().map(|condition| format!(" AND {condition}"));
    let conditions: String = conditions.collect();
    let mut cells = Vec::new();
    let sql = match &compiled.words {
        None => format!(
            "WITH hit AS (SELECT 0.0 AS score, a.at AS at, {number} AS number
                 FROM {joined} WHERE 1{conditions})"
        ),
        Some(words) => {
            cells.push(Cell::Text(words.clone()));
            // The score is only known where the index itself is read, and once is enough.
            let score = match compiled.is_ranked {
                true => format!("bm25({index}, {weights})"),
                false => "0.0".to_owned(),
            };
            format!(
                "WITH word AS MATERIALIZED (
                     SELECT rowid AS number, {score} AS score
                     FROM {index} WHERE {index} MATCH ?
                 ),
                 hit AS (SELECT w.score AS score, a.at AS at, {number} AS number
                     FROM word w CROSS JOIN {joined} WHERE {number} = w.number{conditions})"
            )
        }
    };
    cells.extend(compiled.cells.iter().cloned());
    (sql, cells)
}

/// A hit, the text that its words stand in, and the lede of an article.
struct Raw {
    hit: Hit,
    text: String,
    lede: Option<Span>,
}

impl Raw {
    fn finish(mut self, marked: Marked) -> Hit {
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
         v.revision
     FROM article a JOIN version v ON v.number = a.version WHERE a.number = ?1";

const QUOTATION: &str =
    "SELECT q.number, a.number, a.story, a.at, a.outlet, a.title, v.text, q.content, q.speaker,
         a.key, v.revision
     FROM quotation q JOIN article a ON a.number = q.article
     JOIN version v ON v.number = a.version WHERE q.number = ?1";

const CLAIM: &str =
    "SELECT c.number, a.number, c.story, a.at, a.outlet, a.title, v.text, c.article, c.start,
         c.stop, c.certainty, c.articles, c.outlets, c.origins, a.key,
         v.revision
     FROM claim c JOIN article a ON a.number = c.article
     JOIN version v ON v.number = c.version WHERE c.number = ?1";

fn read_hit(row: &Row<'_>, kind: HitKind) -> rusqlite::Result<Raw> {
    let hit = Hit {
        kind,
        number: coding::number(row, 0)?,
        article: coding::number(row, 1)?,
        revision: coding::number_of(row, "revision")?,
        key: row.get("key")?,
        story: coding::maybe_number(row, 2)?,
        at: coding::read_time(row, 3)?,
        outlet: row.get(4)?,
        title: row.get(5)?,
        title_marks: Vec::new(),
        speaker: None,
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
    Ok(raw)
}

fn read_claim(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let mut raw = read_hit(row, HitKind::Claim)?;
    raw.hit.content = vec![crate::findings::span(row, 8)?];
    raw.hit.certainty = certainty(row.get_ref(10)?.as_str()?);
    let count = |column| coding::number(row, column).map(|count| count as usize);
    raw.hit.counts =
        Some(Counts { articles: count(11)?, outlets: count(12)?, origins: count(13)? });
    Ok(raw)
}
