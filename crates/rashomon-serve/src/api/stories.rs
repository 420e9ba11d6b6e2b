use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use rashomon_desk::store::{Store, StoryFilter, StoryOrder};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::extract::{Path, Query};
use super::model::{
    Comparison, LinkEntry, MemberEntry, MemberList, StoryDetail, StoryEntry, StoryList, reasons,
    story_name,
};
use super::{annotations, paging};
use crate::pages::story_number;
use crate::problem::Problem;
use crate::state::Office;

/// The order of a list of stories.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Order {
    /// With the newest article first.
    #[default]
    Newest,
    /// By the time of the first article, the newest first.
    Begun,
    /// With most articles first.
    Articles,
    /// With most outlets first.
    Outlets,
}

/// Which stories are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    #[serde(default)]
    #[param(inline)]
    order: Order,
    /// With an article at this time or later (RFC 3339).
    #[param(format = DateTime)]
    since: Option<String>,
    /// With an article before this time.
    #[param(format = DateTime)]
    until: Option<String>,
    /// With an article of this outlet.
    outlet: Option<String>,
    /// With so many articles at least.
    min_articles: Option<u32>,
    /// With so many outlets at least.
    min_outlets: Option<u32>,
    /// How many stories: 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<usize>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// Stories as they form
///
/// The header `Link` with `rel="next"` leads to the next page.
#[utoipa::path(get, path = "/stories", tag = "stories",
    operation_id = "list_stories", params(Wanted), responses(
    (status = 200, body = StoryList),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn list(
    State(office): State<Office>,
    OriginalUri(uri): OriginalUri,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let limit = paging::limit(wanted.limit)?;
    let (since, until) = (moment("since", wanted.since)?, moment("until", wanted.until)?);
    let read = move |store: &mut Store| {
        let filter = StoryFilter {
            since,
            until,
            outlet: wanted.outlet,
            articles: u64::from(wanted.min_articles.unwrap_or_default()),
            outlets: u64::from(wanted.min_outlets.unwrap_or_default()),
            ..StoryFilter::default()
        };
        let order = match wanted.order {
            Order::Newest => StoryOrder::Newest,
            Order::Begun => StoryOrder::Begun,
            Order::Articles => StoryOrder::Articles,
            Order::Outlets => StoryOrder::Outlets,
        };
        Ok::<_, Problem>(store.stories(&filter, order, limit, wanted.after.as_deref())?)
    };
    let page = office.readers.read(read).await?;
    let stories = page.stories.iter().map(StoryEntry::from).collect();
    let list = StoryList { stories, next: page.next };
    Ok(paging::page(&list, list.next.as_deref(), &uri))
}

fn moment(name: &str, text: Option<String>) -> Result<Option<Timestamp>, Problem> {
    let read = |text: String| {
        let wrong = |_| Problem::new("bad-value", format!("{name}: {text:?} is no RFC 3339"));
        text.parse().map_err(wrong)
    };
    text.map(read).transpose()
}

/// A story with its articles, and why each is in it
///
/// With `Accept: application/ld+json` the answer is that of its annotations.
#[utoipa::path(get, path = "/stories/{story}", tag = "stories",
    operation_id = "get_story",
    params(("story" = String, Path, description = "`s1`, `s2`…", example = "s1")),
    responses(
        (status = 200, content(
            (StoryDetail = "application/json"),
            (annotations::AnnotationPage = "application/ld+json"),
        )),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn story(
    State(office): State<Office>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let number = story_number(&name)?;
    if annotations::are_asked_for(&headers) {
        return annotations::story(&office, number, &headers).await;
    }
    let detail = office.readers.read(move |store| detail(store, number)).await?;
    let vary = [(header::VARY, "accept")];
    Ok((vary, Json(detail)).into_response())
}

fn detail(store: &mut Store, number: u64) -> Result<StoryDetail, Problem> {
    let store = store.snapshot()?;
    let story = store.story(number)?;
    let links = store.links_of(story.row.story)?.into_iter().map(|link| LinkEntry {
        from: story_name(link.from),
        to: story_name(link.to),
        score: link.score,
        why: reasons(&link.why),
    });
    Ok(StoryDetail {
        entry: StoryEntry::from(&story.row),
        redirected_from: story.redirected_from.map(story_name),
        version: story.version,
        members: entries(&store, &story.members)?,
        links: links.collect(),
    })
}

fn entries(
    store: &Store,
    members: &[rashomon_desk::store::Member],
) -> Result<Vec<MemberEntry>, Problem> {
    let mut entries = Vec::with_capacity(members.len());
    for member in members {
        let placement = store.placements(member.article)?.pop();
        let why = placement.map(|placement| placement.why).unwrap_or_default();
        entries.push(MemberEntry::new(member, &why));
    }
    Ok(entries)
}

/// The articles of a story, with what joined each to the others
#[utoipa::path(get, path = "/stories/{story}/articles", tag = "stories",
    operation_id = "list_story_articles",
    params(("story" = String, Path, description = "`s1`, `s2`…", example = "s1")),
    responses(
        (status = 200, body = MemberList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn members(
    State(office): State<Office>,
    Path(name): Path<String>,
) -> Result<Json<MemberList>, Problem> {
    let number = story_number(&name)?;
    let detail = office.readers.read(move |store| detail(store, number)).await?;
    Ok(Json(MemberList { story: detail.entry.story, articles: detail.members }))
}

/// The comparison of a story's articles
///
/// The same document as `rashomon compare --format json` writes.
#[utoipa::path(get, path = "/stories/{story}/synopsis", tag = "stories",
    operation_id = "get_synopsis",
    params(("story" = String, Path, description = "`s1`, `s2`…", example = "s1")),
    responses(
        (status = 200, body = Comparison),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn synopsis(
    State(office): State<Office>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let stored = office.story(story_number(&name)?).await?;
    let shelved = office.shelved(stored.row.story, stored.version).await?;
    let kind = [(header::CONTENT_TYPE, "application/json")];
    Ok((kind, shelved.json.text()).into_response())
}
