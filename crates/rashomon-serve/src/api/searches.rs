use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use rashomon_desk::store::{Query as Words, SavedSearch};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::{Json as Body, Query};
use super::paging;
use crate::problem::Problem;
use crate::state::Office;

/// A search that is kept. The secret of its webhook is never told.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchEntry {
    name: String,
    query: String,
    #[schema(format = DateTime)]
    created: Option<String>,
    /// The address that is told of what is new.
    webhook: Option<String>,
    /// The e-mail address that is told of what is new.
    email: Option<String>,
}

impl From<SavedSearch> for SearchEntry {
    fn from(search: SavedSearch) -> SearchEntry {
        SearchEntry {
            name: search.name,
            query: search.query,
            created: search.created.map(|at| at.to_string()),
            webhook: search.webhook.map(|webhook| webhook.address),
            email: search.email,
        }
    }
}

/// The searches that are kept, by name.
#[derive(Serialize, ToSchema)]
pub(crate) struct SearchList {
    searches: Vec<SearchEntry>,
}

/// A search to keep.
#[derive(Deserialize, ToSchema)]
pub(crate) struct NewSearch {
    /// What to call it.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// The query.
    #[schema(min_length = 1, max_length = 2000)]
    query: String,
}

/// Which search is meant.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    name: String,
}

/// The searches that are kept
#[utoipa::path(get, path = "/searches", tag = "searches",
    operation_id = "list_searches",
    responses((status = 200, body = SearchList)))]
pub(crate) async fn list(State(office): State<Office>) -> Result<Json<SearchList>, Problem> {
    let all = office.readers.read(|store| Ok::<_, Problem>(store.saved_searches()?)).await?;
    Ok(Json(SearchList { searches: all.into_iter().map(SearchEntry::from).collect() }))
}

/// Keep a search, in place of one of the same name
#[utoipa::path(post, path = "/searches", tag = "searches",
    operation_id = "add_search", request_body = NewSearch, responses(
    (status = 201, body = SearchEntry),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn add(
    State(office): State<Office>,
    Body(wish): Body<NewSearch>,
) -> Result<(StatusCode, Json<SearchEntry>), Problem> {
    let (name, query) = (wish.name.trim().to_owned(), paging::words("query", &wish.query)?);
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Problem::new("bad-value", "name: from 1 to 200 characters"));
    }
    Words::parse(&query)?;
    let save = move |desk: &mut rashomon_desk::Desk| {
        let mut batch = desk.store_mut().begin()?;
        let number = batch.save_search(&name, &query, Timestamp::now())?;
        batch.commit()?;
        Ok((desk.store().saved_search(number)?, Vec::new()))
    };
    let kept = office.newsroom.ask(save).await?;
    Ok((StatusCode::CREATED, Json(kept.into())))
}

/// Take a search away
#[utoipa::path(delete, path = "/searches", tag = "searches",
    operation_id = "remove_search", params(Which), responses(
    (status = 204, description = "It is gone"),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn remove(
    State(office): State<Office>,
    Query(which): Query<Which>,
) -> Result<StatusCode, Problem> {
    let remove = move |desk: &mut rashomon_desk::Desk| {
        let mut batch = desk.store_mut().begin()?;
        batch.remove_search(&which.name)?;
        batch.commit()?;
        Ok(((), Vec::new()))
    };
    office.newsroom.ask(remove).await?;
    Ok(StatusCode::NO_CONTENT)
}
