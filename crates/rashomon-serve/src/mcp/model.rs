//! What several tools answer with.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rashomon::text::{Offsets, Span, Text};
use rashomon_desk::checking;
use rashomon_desk::store::{ArticleNumber, Store, StoredArticle};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// Words of a report, and where they stand.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Place)]
pub(super) struct Place {
    /// The article: ask get_article for its text.
    article: String,
    /// The revision in whose text the words stand.
    revision: u64,
    story: Option<String>,
    /// The outlet, or else the id of the article.
    outlet: String,
    /// What tells the article from all others: its address, mostly.
    key: String,
    /// The headline.
    title: Option<String>,
    /// The time of the article (RFC 3339).
    date: String,
    /// The first code point.
    start: usize,
    /// One past the last code point.
    end: usize,
    /// Exactly the words there.
    text: String,
}

/// Reads each article and each of its texts once.
pub(super) struct Places<'s> {
    store: &'s Store,
    articles: BTreeMap<ArticleNumber, StoredArticle>,
    texts: BTreeMap<(ArticleNumber, u64), Text>,
}

impl<'s> Places<'s> {
    pub fn new(store: &'s Store) -> Places<'s> {
        Places { store, articles: BTreeMap::new(), texts: BTreeMap::new() }
    }

    /// The words of a span of a revision.
    pub fn place(
        &mut self,
        article: ArticleNumber,
        revision: u64,
        span: Span,
    ) -> Result<Place, Problem> {
        let stored = match self.articles.entry(article) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.store.article(article)?),
        };
        let text = match self.texts.entry((article, revision)) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) if revision == stored.revisions => {
                place.insert(stored.document.article.text.clone())
            }
            Entry::Vacant(place) => {
                place.insert(self.store.revision(article, revision)?.article.text)
            }
        };
        let (start, end) = Offsets::new(text.as_str()).code_points(span);
        Ok(Place {
            article: article_name(article),
            revision,
            story: stored.story.map(story_name),
            outlet: stored.document.article.outlet_or_id().to_owned(),
            key: stored.key.clone(),
            title: stored.document.article.title.clone(),
            date: stored.at.to_string(),
            start,
            end,
            text: text.get(span).unwrap_or_default().to_owned(),
        })
    }

    /// Several spans of one revision.
    pub fn all(
        &mut self,
        article: ArticleNumber,
        revision: u64,
        spans: &[Span],
    ) -> Result<Vec<Place>, Problem> {
        spans.iter().map(|span| self.place(article, revision, *span)).collect()
    }
}

/// Words of a report whose source is known already.
pub(super) fn place(source: &checking::Source, text: &Text, span: Span) -> Place {
    let (start, end) = Offsets::new(text.as_str()).code_points(span);
    Place {
        article: article_name(source.article),
        revision: source.revision,
        story: source.story.map(story_name),
        outlet: source.outlet.clone(),
        key: source.key.clone(),
        title: source.title.clone(),
        date: source.at.to_string(),
        start,
        end,
        text: text.get(span).unwrap_or_default().to_owned(),
    }
}

/// How many tell something.
#[derive(Serialize, ToSchema)]
#[schema(as = Tellers)]
pub(super) struct Tellers {
    articles: usize,
    outlets: usize,
    /// Independent origins: copies of one another count once.
    origins: usize,
}

impl From<rashomon::article::Counts> for Tellers {
    fn from(counts: rashomon::article::Counts) -> Tellers {
        let rashomon::article::Counts { articles, outlets, origins } = counts;
        Tellers { articles, outlets, origins }
    }
}

pub(super) fn story_name(story: u64) -> String {
    format!("s{story}")
}

pub(super) fn article_name(article: u64) -> String {
    format!("a{article}")
}

/// The number in a name such as s17.
pub(super) fn number(name: &str, letter: char) -> Result<u64, Problem> {
    let number = name.strip_prefix(letter).and_then(|number| number.parse().ok());
    number.ok_or_else(|| {
        Problem::new("bad-value", format!("{name:?}: names are written {letter}1, {letter}2…"))
    })
}

/// How many rows, within what an answer can hold.
pub(super) fn limit(asked: Option<usize>, usual: usize) -> Result<usize, Problem> {
    match asked.unwrap_or(usual) {
        limit @ 1..=50 => Ok(limit),
        _ => Err(Problem::new("bad-value", "limit: from 1 to 50")),
    }
}

/// Refuses what is empty or longer than anybody asks.
pub(super) fn words<'a>(name: &str, words: &'a str) -> Result<&'a str, Problem> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > 2000 {
        return Err(Problem::new("bad-value", format!("{name}: from 1 to 2000 characters")));
    }
    Ok(words)
}

/// A page of a list that is whole: its rows, and the cursor of the next.
pub(super) fn page<T>(
    rows: Vec<T>,
    limit: usize,
    cursor: Option<&str>,
) -> Result<(Vec<T>, Option<String>), Problem> {
    let from: usize = match cursor {
        None => 0,
        Some(cursor) => cursor
            .parse()
            .map_err(|_| Problem::new("bad-cursor", "cursor: give the next of the page before"))?,
    };
    let more = rows.len() > from.saturating_add(limit);
    let rows = rows.into_iter().skip(from).take(limit).collect();
    Ok((rows, more.then(|| (from + limit).to_string())))
}
