use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use rashomon_desk::store::Feed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Json as Body, Query};
use super::model::FeedEntry;
use crate::events::Event;
use crate::pages::check_address;
use crate::problem::Problem;
use crate::state::Office;

/// The feeds that are watched.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedList {
    feeds: Vec<FeedEntry>,
}

/// A feed to watch.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewFeed {
    /// Its address, of http or https.
    #[schema(max_length = 2048, example = "https://herald.example/feed.xml")]
    address: String,
    /// What to call it.
    title: Option<String>,
    /// The folder to put it into.
    folder: Option<String>,
}

/// Which feed is meant.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    address: String,
}

/// The feeds that are watched, and how they do
#[utoipa::path(get, path = "/feeds", tag = "feeds",
    operation_id = "list_feeds", responses((status = 200, body = FeedList)))]
pub(crate) async fn list(State(office): State<Office>) -> Result<Json<FeedList>, Problem> {
    let feeds = office.readers.read(|store| Ok::<_, Problem>(store.feeds()?)).await?;
    Ok(Json(FeedList { feeds: feeds.into_iter().map(|(_, feed)| feed.into()).collect() }))
}

/// Watch a feed
///
/// One that is watched already stays as it is.
#[utoipa::path(post, path = "/feeds", tag = "feeds",
    operation_id = "add_feed", request_body = NewFeed, responses(
    (status = 201, description = "It is watched from now on", body = FeedEntry),
    (status = 200, description = "It was watched already", body = FeedEntry),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add(
    State(office): State<Office>,
    Body(wish): Body<NewFeed>,
) -> Result<(StatusCode, Json<FeedEntry>), Problem> {
    let address = wish.address.trim().to_owned();
    check_address(&office, &address)?;
    let feed = Feed { address, title: wish.title, folder: wish.folder, ..Feed::default() };
    let add = move |desk: &mut rashomon_desk::Desk| {
        let is_new = desk.subscribe(&feed)?;
        let kept = desk.store().feed_at(&feed.address)?.map_or(feed, |(_, kept)| kept);
        Ok(((is_new, kept), Vec::new()))
    };
    let (is_new, kept) = office.newsroom.ask(add).await?;
    office.events.tell(Event::Feeds);
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(kept.into())))
}

/// Stop watching a feed; what it brought stays
#[utoipa::path(delete, path = "/feeds", tag = "feeds",
    operation_id = "remove_feed", params(Which), responses(
    (status = 204, description = "It is watched no more"),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove(
    State(office): State<Office>,
    Query(which): Query<Which>,
) -> Result<StatusCode, Problem> {
    let address = which.address.clone();
    let remove =
        move |desk: &mut rashomon_desk::Desk| Ok((desk.unsubscribe(&address)?, Vec::new()));
    if !office.newsroom.ask(remove).await? {
        let detail = format!("{}: is no feed that is watched", which.address);
        return Err(Problem::new("not-found", detail));
    }
    office.events.tell(Event::Feeds);
    Ok(StatusCode::NO_CONTENT)
}
