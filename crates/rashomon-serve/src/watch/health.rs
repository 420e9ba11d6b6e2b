use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::problem::Problem;
use crate::state::Office;

/// Whether the server can do its work.
#[derive(Serialize)]
pub(crate) struct Health {
    /// `well` or `ill`.
    status: &'static str,
    /// Whether the store can be read.
    store: bool,
    /// Whether the newsroom, which writes, is at work.
    newsroom: bool,
    version: &'static str,
}

/// For whoever watches the server; 503 where something does not work.
pub(crate) async fn health(State(office): State<Office>) -> (StatusCode, Json<Health>) {
    let read = office.readers.read(|store| Ok::<_, Problem>(store.newest_article()?)).await;
    let (store, newsroom) = (read.is_ok(), office.newsroom.is_open());
    let is_well = store && newsroom;
    let code = if is_well { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let status = if is_well { "well" } else { "ill" };
    let version = env!("CARGO_PKG_VERSION");
    (code, Json(Health { status, store, newsroom, version }))
}
