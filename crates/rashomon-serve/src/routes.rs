use std::any::Any;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::problem::Problem;
use crate::state::Office;
use crate::{api, assets, guard, mcp, pages, watch};

/// All that the server answers.
pub(crate) fn routes(office: Office) -> Router {
    let max_body = office.options.max_body;
    Router::new()
        .route("/", get(pages::front))
        .route("/stories", get(pages::front_list))
        .route("/stories/{story}", get(pages::story))
        .route("/stories/{story}/synopsis", get(pages::story_synopsis))
        .route("/stories/{story}/split", post(pages::split))
        .route("/stories/{story}/merge", post(pages::merge))
        .route("/stories/{story}/pin", post(pages::pin))
        .route("/decisions/{number}/undo", post(pages::undo))
        .route("/articles/{article}", get(pages::article))
        .route("/people", get(pages::people))
        .route("/people/{name}", get(pages::person))
        .route("/outlets", get(pages::outlets))
        .route("/outlets/{name}", get(pages::outlet))
        .route("/search", get(pages::search))
        .route("/search/hits", get(pages::search_hits))
        .route("/alerts", get(pages::alerts))
        .route("/alerts/add", post(pages::add_alert))
        .route("/alerts/remove", post(pages::remove_alert))
        .route("/alerts/{feed}", get(pages::alert_feed))
        .route("/sources", get(pages::sources))
        .route("/sources/add", post(pages::add_feed))
        .route("/sources/import", post(pages::import_feeds))
        .route("/sources/remove", post(pages::remove_feed))
        .route("/sources.opml", get(pages::export_feeds))
        .route("/events", get(pages::events))
        .route("/login", get(guard::log_in_page).post(guard::log_in))
        .route("/logout", post(guard::log_out))
        .route("/assets/{name}", get(assets::asset))
        .route("/health", get(watch::health))
        .route("/metrics", get(watch::metrics))
        .route("/mcp", mcp::route())
        .merge(api::routes())
        .fallback(nothing_here)
        .method_not_allowed_fallback(watch::no_such_method)
        .layer(DefaultBodyLimit::max(max_body))
        .layer(from_fn(watch::tagged))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn(watch::coded))
        .layer(from_fn_with_state(office.clone(), watch::deadline))
        .layer(from_fn(guard::same_origin))
        .layer(from_fn_with_state(office.clone(), guard::authorized))
        .layer(from_fn_with_state(office.clone(), guard::known_host))
        .layer(from_fn_with_state(guard::Pace::default(), guard::paced))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(guard::headers))
        .layer(from_fn_with_state(office.figures.clone(), watch::logged))
        .with_state(office)
}

/// The answer where there is nothing: a problem for programs, a page for people.
async fn nothing_here(uri: Uri) -> Response {
    if uri.path().starts_with("/api/") {
        return Problem::new("not-found", "the API has no such address").into_response();
    }
    pages::nothing_here().await.into_response()
}

/// A panic is a mistake of ours: it is told, and the next request is answered.
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let message = panic.downcast_ref::<&str>().map(|it| (*it).to_owned());
    let message = message.or_else(|| panic.downcast_ref::<String>().cloned());
    tracing::error!("a handler panicked: {}", message.unwrap_or_default());
    Problem::new("internal", "this is a mistake in the program").into_response()
}
