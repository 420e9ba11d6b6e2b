use axum::Json;
use axum::extract::State;
use rashomon::text::{Offsets, Span};
use rashomon_desk::checking::{self, NearPlace, Said, Source, VerbatimPlace, check_quotation};
use rashomon_desk::store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::model::{Stretch, article_name, story_name};
use super::paging;
use crate::problem::Problem;
use crate::state::Office;

/// How many places are given, and how many that come near.
const SHOWN: usize = 50;

/// What somebody is said to have said.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The words.
    #[param(min_length = 1, max_length = 2000, example = "talks")]
    words: String,
    /// Who is said to have said them.
    #[param(max_length = 200)]
    speaker: Option<String>,
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
    /// Whether that is who was asked for; null where nobody was, or nobody is found.
    by_asked: Option<bool>,
    /// Whether they stand there to the code point.
    exact: bool,
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
    /// The words that were held against the reports.
    words: String,
    /// Whether they stand so in any report. Typographic quotation marks, dashes and white space are
    /// evened out, and nothing else.
    verbatim: bool,
    /// What was evened out.
    evened: [&'static str; 3],
    /// Where they stand, in the order of time.
    found: Vec<Found>,
    /// Whether there may be more places than these.
    more: bool,
    /// Whether all articles were read that can have the words.
    complete: bool,
    /// Passages that come near; none where the words stand somewhere.
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
    let words = paging::words("words", &asked.words)?;
    let speaker = asked.speaker.as_deref().map(|speaker| paging::words("speaker", speaker));
    let speaker = speaker.transpose()?;
    Ok(Json(office.readers.read(move |store| look(store, &words, speaker.as_deref())).await?))
}

fn look(store: &mut Store, words: &str, speaker: Option<&str>) -> Result<Verification, Problem> {
    let store = &*store.snapshot()?;
    let check = check_quotation(store, &checking::Asked { words, speaker, limit: SHOWN })?;
    let verbatim = check.verbatim();
    let found = check.places.into_iter().map(|place| {
        let VerbatimPlace { source, text, span, exact, said, by_asked } = place;
        Found { exact, by_asked, ..found(source, text.as_str(), span, said) }
    });
    let near = check.near.into_iter().map(|near| {
        let NearPlace { source, text, span, share, said, .. } = near;
        Near {
            verbatim: false,
            same_words: share,
            found: self::found(source, text.as_str(), span, said),
        }
    });
    Ok(Verification {
        words: check.words,
        verbatim,
        evened: ["quotation marks", "dashes", "white space"],
        found: found.collect(),
        more: check.more,
        complete: check.complete,
        near: near.collect(),
    })
}

fn found(source: Source, text: &str, span: Span, said: Option<Said>) -> Found {
    Found {
        article: article_name(source.article),
        story: source.story.map(story_name),
        key: source.key,
        outlet: source.outlet,
        title: source.title,
        at: source.at.to_string(),
        words: Stretch::new(text, &Offsets::new(text), span),
        quotation: said.as_ref().map(|said| said.kind.name()),
        speaker: said.and_then(|said| said.speaker),
        by_asked: None,
        exact: false,
    }
}
