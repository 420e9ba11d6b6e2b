use rashomon::text::{Offsets, Span};
use rashomon_desk::store::Store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::mcp::model::{Place, Places, number};
use crate::problem::Problem;

/// How many code points of a text one answer has at most.
const MOST: usize = 20_000;

/// Which article, and how much of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ArticleAsked)]
pub(super) struct Asked {
    /// a1, a2…
    article: String,
    /// The revision; the newest where none is named.
    revision: Option<u64>,
    /// The first code point; 0 where nothing is said.
    start: Option<usize>,
    /// One past the last code point; as far as one answer holds where nothing is said.
    end: Option<usize>,
}

/// An article.
#[derive(Serialize, ToSchema)]
#[schema(as = ArticleAnswer)]
pub(super) struct Answer {
    /// The text of the range, and where it is.
    passage: Place,
    /// How many code points the whole text has.
    length: usize,
    /// How often its words changed.
    revisions: u64,
    /// Where to go on.
    next_start: Option<usize>,
}

pub(super) fn article(store: &Store, asked: Asked) -> Result<Answer, Problem> {
    let article = number(&asked.article, 'a')?;
    let stored = store.article(article)?;
    let revision = asked.revision.unwrap_or(stored.revisions);
    let text = store.revision(article, revision)?.article.text;
    let offsets = Offsets::new(text.as_str());
    let length = offsets.code_point(text.len());
    let start = asked.start.unwrap_or(0);
    let end = asked.end.unwrap_or(length).min(start.saturating_add(MOST)).min(length);
    let outside = || {
        let why = format!("start, end: half-open within 0 and {length}, in code points");
        Problem::new("bad-value", why)
    };
    if start > end || asked.end.is_some_and(|end| end > length) {
        return Err(outside());
    }
    let byte = |at| offsets.byte(at).ok_or_else(outside);
    let span = Span::new(byte(start)?, byte(end)?);
    let passage = Places::new(store).place(article, revision, span)?;
    let next_start = (end < asked.end.unwrap_or(length)).then_some(end);
    Ok(Answer { passage, length, revisions: stored.revisions, next_start })
}
