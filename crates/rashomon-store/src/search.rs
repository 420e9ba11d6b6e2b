//! Searching: first which rows, then what to show of a page of them.

use rashomon::text::Span;
use rusqlite::params_from_iter;
use rusqlite::types::Value as Cell;

use crate::ArticleNumber;
use crate::coding;
use crate::cursor::Cursor;
use crate::error::Result;
use crate::hit::{Found, Hits, Marked, Raw, reader};
use crate::marks::{Marker, Part, Wanted};
use crate::query::{Compiled, HitKind, Query, compile};
use crate::store::Store;

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
        self.count_up_to(query, i64::MAX as u64)
    }

    /// How many hits a query has, counted up to a number: whoever has seen so many asks again.
    pub fn count_up_to(&self, query: &Query, most: u64) -> Result<u64> {
        let compiled = compile(query)?;
        let (source, mut cells) = rows(&compiled);
        cells.push(Cell::Integer(i64::try_from(most).unwrap_or(i64::MAX)));
        let sql = format!("{source} SELECT count(*) FROM (SELECT 1 FROM hit LIMIT ?)");
        self.sql.only(&sql, params_from_iter(cells), |row| coding::number(row, 0))
    }

    /// All that a query finds, in the order that it asks for: for going through all of it at the
    /// cost of one search.
    pub fn search_all(&self, query: &Query) -> Result<Vec<Found>> {
        let compiled = compile(query)?;
        let (source, cells) = rows(&compiled);
        let (_, order) = order(&compiled);
        let sql = format!("{source} SELECT number, article, story FROM hit ORDER BY {order}");
        self.sql.all(&sql, params_from_iter(cells), |row| {
            let (number, article) = (coding::number(row, 0)?, coding::number(row, 1)?);
            Ok(Found { number, article, story: coding::maybe_number(row, 2)? })
        })
    }

    /// All that a query finds in articles that came after one.
    pub(crate) fn search_behind(
        &self,
        query: &Query,
        article: ArticleNumber,
    ) -> Result<Vec<Found>> {
        let mut compiled = compile(query)?;
        compiled.conditions.push("a.number > ?".to_owned());
        compiled.cells.push(Cell::Integer(i64::try_from(article).unwrap_or(i64::MAX)));
        compiled.is_ranked = false;
        let (source, cells) = rows(&compiled);
        let sql =
            format!("{source} SELECT number, article, story FROM hit ORDER BY article, number");
        self.sql.all(&sql, params_from_iter(cells), |row| {
            let (number, article) = (coding::number(row, 0)?, coding::number(row, 1)?);
            Ok(Found { number, article, story: coding::maybe_number(row, 2)? })
        })
    }

    fn found(
        &self,
        compiled: &Compiled,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<Vec<Cursor>> {
        let (source, mut cells) = rows(compiled);
        let (behind, order) = order(compiled);
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
        let (sql, read) = reader(kind);
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

/// The stories of what a query finds, as a statement with its cells.
pub(crate) fn stories_of(query: &Query) -> Result<(String, Vec<Cell>)> {
    let mut compiled = compile(query)?;
    compiled.is_ranked = false;
    let (source, cells) = rows(&compiled);
    Ok((format!("{source} SELECT story FROM hit"), cells))
}

/// What holds for a hit behind a cursor, and the order.
fn order(compiled: &Compiled) -> (&'static str, &'static str) {
    match compiled.is_ranked {
        true => ("(score, -at, -number) > (?, -?, -?)", "score, at DESC, number DESC"),
        // No score: so that the index of times can be read from its end.
        false => ("(at, number) < (?, ?)", "at DESC, number DESC"),
    }
}

/// A common table `hit` of score, time, number, article and story, and its cells.
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
    let story = if compiled.kind == HitKind::Claim { "c.story" } else { "a.story" };
    let conditions = compiled.conditions.iter().map(|condition| format!(" AND {condition}"));
    let conditions: String = conditions.collect();
    let mut cells = Vec::new();
    let sql = match &compiled.words {
        None => format!(
            "WITH hit AS (SELECT 0.0 AS score, a.at AS at, {number} AS number,
                     a.number AS article, {story} AS story
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
                 hit AS (SELECT w.score AS score, a.at AS at, {number} AS number,
                     a.number AS article, {story} AS story
                     FROM word w CROSS JOIN {joined} WHERE {number} = w.number{conditions})"
            )
        }
    };
    cells.extend(compiled.cells.iter().cloned());
    (sql, cells)
}
