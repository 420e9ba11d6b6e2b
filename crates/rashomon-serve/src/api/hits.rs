use std::collections::BTreeMap;

use axum::extract::{OriginalUri, State};
use axum::http::Uri;
use axum::response::Response;
use rashomon::text::Offsets;
use rashomon_desk::store::{Hit, HitKind, HitOrder, Query as Words, Store};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::Query;
use super::model::{Stretch, article_name, story_name};
use super::paging;
use crate::problem::Problem;
use crate::state::Office;

/// What is searched.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Article,
    Quotation,
    Claim,
}

/// The order of what is found.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Order {
    #[default]
    Best,
    Newest,
}

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Words, and `speaker:` `outlet:` `title:` `story:` `after:` `before:` `on:`.
    #[param(min_length = 1, max_length = 2000, example = "strike OR harbour")]
    q: String,
    /// What is searched; what the query asks for where nothing is said.
    #[param(inline)]
    kind: Option<Kind>,
    #[serde(default)]
    #[param(inline)]
    order: Order,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Who is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Somebody {
    /// A name, or words of it.
    #[param(min_length = 1, max_length = 2000)]
    speaker: String,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// How many tell a claim.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tellers {
    articles: usize,
    outlets: usize,
    origins: usize,
}

/// Something that was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct HitEntry {
    /// `article`, `quotation` or `claim`.
    kind: &'static str,
    /// The article that the words stand in.
    article: String,
    /// The revision of that article in whose text they stand.
    revision: u64,
    story: Option<String>,
    /// What tells the article from all others: its address, mostly.
    key: String,
    outlet: String,
    title: Option<String>,
    #[schema(format = DateTime)]
    at: String,
    /// Who speaks, for a quotation.
    speaker: Option<String>,
    /// `direct`, `mixed` or `indirect`, for a quotation.
    quotation: Option<&'static str>,
    /// How certainly it is told, for a claim.
    certainty: Option<&'static str>,
    counts: Option<Tellers>,
    /// The words said, or the sentence of a claim.
    content: Vec<Stretch>,
    /// What to show of the text.
    snippet: Stretch,
    score: f64,
}

/// A page of what was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct HitList {
    /// The query as it was read.
    query: String,
    /// How much was found in all.
    count: u64,
    hits: Vec<HitEntry>,
    next: Option<String>,
}

/// Search articles, quotations and claims
#[utoipa::path(get, path = "/search", tag = "search",
    operation_id = "search", params(Wanted), responses(
    (status = 200, body = HitList),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn search(
    State(office): State<Office>,
    OriginalUri(uri): OriginalUri,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let mut query = Words::parse(&paging::words("q", &wanted.q)?)?;
    if wanted.kind.is_some() || matches!(wanted.order, Order::Newest) {
        let order = match wanted.order {
            Order::Best => HitOrder::Best,
            Order::Newest => HitOrder::Newest,
        };
        query = query.with_order(order);
    }
    if let Some(kind) = wanted.kind {
        query = query.with_kind(match kind {
            Kind::Article => HitKind::Article,
            Kind::Quotation => HitKind::Quotation,
            Kind::Claim => HitKind::Claim,
        });
    }
    answer(&office, query, wanted.limit, wanted.after, &uri).await
}

/// What somebody said, the newest first
#[utoipa::path(get, path = "/quotations", tag = "search",
    operation_id = "list_quotations", params(Somebody), responses(
    (status = 200, body = HitList),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn quotations(
    State(office): State<Office>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Somebody>,
) -> Result<Response, Problem> {
    // A quotation mark in a name would end the name.
    let name = paging::words("speaker", &asked.speaker)?.replace('"', " ");
    let query = Words::parse(&format!("speaker:\"{name}\""))?.with_order(HitOrder::Newest);
    answer(&office, query, asked.limit, asked.after, &uri).await
}

async fn answer(
    office: &Office,
    query: Words,
    limit: Option<usize>,
    after: Option<String>,
    uri: &Uri,
) -> Result<Response, Problem> {
    let limit = paging::limit(limit)?;
    let read = move |store: &mut Store| {
        let store = store.snapshot()?;
        let found = store.search(&query, limit, after.as_deref())?;
        let count = store.count(&query)?;
        let mut texts = BTreeMap::new();
        for hit in &found.hits {
            let at = (hit.article, hit.revision);
            if let std::collections::btree_map::Entry::Vacant(place) = texts.entry(at) {
                place.insert(store.revision(hit.article, hit.revision)?.article.text);
            }
        }
        let hits = found.hits.iter().map(|hit| {
            entry(hit, texts.get(&(hit.article, hit.revision)).map_or("", |text| text.as_str()))
        });
        let (query, hits) = (query.text().to_owned(), hits.collect());
        Ok::<_, Problem>(HitList { query, count, hits, next: found.next })
    };
    let list = office.readers.read(read).await?;
    Ok(paging::page(&list, list.next.as_deref(), uri))
}

fn entry(hit: &Hit, text: &str) -> HitEntry {
    let offsets = Offsets::new(text);
    HitEntry {
        kind: hit.kind.name(),
        article: article_name(hit.article),
        revision: hit.revision,
        story: hit.story.map(story_name),
        key: hit.key.clone(),
        outlet: hit.outlet.clone(),
        title: hit.title.clone(),
        at: hit.at.to_string(),
        speaker: hit.speaker.clone(),
        quotation: hit.quotation.map(|kind| kind.name()),
        certainty: hit.certainty.map(|certainty| certainty.name()),
        counts: hit.counts.map(|counts| Tellers {
            articles: counts.articles,
            outlets: counts.outlets,
            origins: counts.origins,
        }),
        content: hit.content.iter().map(|span| Stretch::new(text, &offsets, *span)).collect(),
        snippet: Stretch::new(text, &offsets, hit.snippet.span),
        score: hit.score,
    }
}
