use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use rashomon::text::{Offsets, Span};
use rashomon_desk::store::{HitKind, Query as Words, Store};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::model::{Stretch, article_name, story_name};
use super::paging;
use super::words::{Even, shared, words};
use crate::problem::Problem;
use crate::state::Office;

/// How many reports with the words in a row are looked at.
const LOOKED_AT: usize = 200;
/// How many quotations that are near are looked at, and how many shown.
const NEAR: usize = 40;
const SHOWN: usize = 10;
/// How many words are searched for at once: a query takes little more.
const TERMS: usize = 60;
/// The share of the words that something near has in common with what is asked, at least.
const SHARE: f64 = 0.6;

/// What somebody is said to have said.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The words.
    #[param(min_length = 1, max_length = 2000, example = "talks")]
    words: String,
}

/// Where words stand.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    article: String,
    story: Option<String>,
    /// What tells the article from all others: its address, mostly.
    key: String,
    outlet: String,
    title: Option<String>,
    #[schema(format = DateTime)]
    at: String,
    /// The words as they stand there.
    words: Stretch,
    /// Who says them there, as far as the report tells.
    speaker: Option<String>,
    /// `direct`, `mixed` or `indirect`; null where they are nobody's words but the report's own.
    quotation: Option<&'static str>,
}

/// Words that are near and not the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct Near {
    /// Always false: nothing of this is what was asked for.
    verbatim: bool,
    /// The share of the words asked for that stand here in the same order.
    same_words: f64,
    #[serde(flatten)]
    found: Found,
}

/// Whether words stand in a report, and who says them.
#[derive(Serialize, ToSchema)]
pub(crate) struct Verification {
    /// The words that were asked for.
    words: String,
    /// Whether they stand so in any report. Quotation marks, the two ways to write an apostrophe,
    /// and white space are evened out, and nothing else.
    verbatim: bool,
    /// What was evened out.
    evened: [&'static str; 3],
    /// Where they stand, the best first.
    found: Vec<Found>,
    /// Quotations that come near.
    near: Vec<Near>,
}

/// Check a quotation
///
/// Whether the words stand verbatim in a report that is kept, where, and who says them there.
#[utoipa::path(get, path = "/verify/quotation", tag = "search",
    operation_id = "verify_quotation", params(Asked), responses(
    (status = 200, body = Verification),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn verify(
    State(office): State<Office>,
    Query(asked): Query<Asked>,
) -> Result<Json<Verification>, Problem> {
    let asked = paging::words("words", &asked.words)?;
    if words(&asked).is_empty() {
        return Err(Problem::new("bad-value", "words: there is no word in it"));
    }
    Ok(Json(office.readers.read(move |store| look(store, asked)).await?))
}

fn look(store: &mut Store, asked: String) -> Result<Verification, Problem> {
    let store = &*store.snapshot()?;
    let own = words(&asked);
    let row: Vec<&str> = own.iter().map(|(word, _)| word.as_str()).collect();
    let even = Even::new(&asked);
    let (mut found, mut near) = (Vec::new(), Vec::new());
    let mut met = BTreeSet::new();
    let query = Words::parse(&format!("\"{}\"", row.join(" ")))?.with_kind(HitKind::Article);
    for hit in store.search(&query, LOOKED_AT, None)?.hits {
        let spans = {
            let article = store.article(hit.article)?.document.article;
            Even::new(article.text.as_str()).find(&even)
        };
        for span in spans {
            met.insert((hit.article, span.start()));
            found.push(place(store, hit.article, span)?);
        }
    }
    let query = Words::parse(&any_of(&row))?.with_kind(HitKind::Quotation);
    for hit in store.search(&query, NEAR, None)?.hits {
        let Some(hull) = hit.content.iter().copied().reduce(Span::hull) else { continue };
        let article = store.article(hit.article)?.document.article;
        let there = article.text.get(hull).unwrap_or_default();
        let (count, within) = shared(&own, &words(there));
        let share = count as f64 / own.len() as f64;
        let Some(within) = within.filter(|_| share >= SHARE) else { continue };
        let span = Span::new(hull.start() + within.start(), hull.start() + within.end());
        if met.insert((hit.article, span.start())) {
            let found = place(store, hit.article, span)?;
            near.push(Near { verbatim: false, same_words: share, found });
        }
    }
    near.sort_by(|a, b| b.same_words.total_cmp(&a.same_words));
    near.truncate(SHOWN);
    let verbatim = !found.is_empty();
    let evened = ["quotation marks", "apostrophes", "white space"];
    Ok(Verification { words: asked, verbatim, evened, found, near })
}

/// A query for any of some words. Of too many, long words tell more than short ones.
fn any_of(words: &[&str]) -> String {
    let mut words: Vec<&str> =
        words.iter().copied().collect::<BTreeSet<&str>>().into_iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.truncate(TERMS);
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(" OR ")
}

fn place(store: &Store, number: u64, span: Span) -> Result<Found, Problem> {
    let stored = store.article(number)?;
    let article = &stored.document.article;
    let (text, quotations) = (article.text.as_str(), store.quotations(number)?);
    // Of quotations in each other, the inner one comes nearest to the words.
    let mut around = quotations.iter().filter(|quotation| {
        quotation.content.iter().any(|part| part.start() < span.end() && span.start() < part.end())
    });
    let around = around.by_ref().min_by_key(|it| it.content.iter().map(|p| p.len()).sum::<usize>());
    Ok(Found {
        article: article_name(number),
        story: stored.story.map(story_name),
        key: stored.key.clone(),
        outlet: article.outlet_or_id().to_owned(),
        title: article.title.clone(),
        at: stored.at.to_string(),
        words: Stretch::new(text, &Offsets::new(text), span),
        speaker: around.and_then(|quotation| quotation.speaker.clone()),
        quotation: around.map(|quotation| quotation.kind.name()),
    })
}
