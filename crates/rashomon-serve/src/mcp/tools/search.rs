use rashomon_desk::store::{HitKind, HitOrder, Query, Store};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::mcp::model::{Place, Places, Tellers, limit, words};
use crate::problem::Problem;

/// What is searched.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Article,
    Quotation,
    Claim,
}

/// The order of what is found.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Order {
    #[default]
    Best,
    Newest,
}

/// What is searched for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SearchAsked)]
pub(super) struct Asked {
    /// Words, phrases and fields, as the description of the tool tells.
    query: String,
    /// What is searched; what the query asks for where nothing is said.
    kind: Option<Kind>,
    #[serde(default)]
    order: Order,
    /// From 1 to 50; 10 where nothing is said.
    limit: Option<usize>,
    /// The next of the page before.
    cursor: Option<String>,
}

/// Something that was found.
#[derive(Serialize, ToSchema)]
#[schema(as = Hit)]
struct Found {
    /// article, quotation or claim.
    kind: &'static str,
    /// What to show of the article.
    snippet: Place,
    /// The words said of a quotation, several where a cue stands between them; the sentence of a
    /// claim.
    places: Vec<Place>,
    /// Who speaks, for a quotation.
    speaker: Option<String>,
    /// direct, mixed or indirect, for a quotation.
    quotation: Option<&'static str>,
    /// How certainly it is told, for a claim.
    certainty: Option<&'static str>,
    /// How many tell it, for a claim.
    told_by: Option<Tellers>,
}

/// A page of what was found.
#[derive(Serialize, ToSchema)]
#[schema(as = SearchAnswer)]
pub(super) struct Answer {
    /// How much was found in all.
    count: u64,
    hits: Vec<Found>,
    /// The cursor of the next page.
    next: Option<String>,
}

pub(super) fn search(store: &Store, asked: Asked) -> Result<Answer, Problem> {
    let mut query = Query::parse(words("query", &asked.query)?)?;
    if let Some(kind) = asked.kind {
        query = query.with_kind(match kind {
            Kind::Article => HitKind::Article,
            Kind::Quotation => HitKind::Quotation,
            Kind::Claim => HitKind::Claim,
        });
    }
    if matches!(asked.order, Order::Newest) {
        query = query.with_order(HitOrder::Newest);
    }
    let limit = limit(asked.limit, 10)?;
    let page = store.search(&query, limit, asked.cursor.as_deref())?;
    let mut places = Places::new(store);
    let hits = page.hits.into_iter().map(|hit| {
        Ok(Found {
            kind: hit.kind.name(),
            snippet: places.place(hit.article, hit.revision, hit.snippet.span)?,
            places: places.all(hit.article, hit.revision, &hit.content)?,
            speaker: hit.speaker,
            quotation: hit.quotation.map(|kind| kind.name()),
            certainty: hit.certainty.map(|certainty| certainty.name()),
            told_by: hit.counts.map(Tellers::from),
        })
    });
    let hits = hits.collect::<Result<Vec<Found>, Problem>>()?;
    Ok(Answer { count: store.count(&query)?, hits, next: page.next })
}
