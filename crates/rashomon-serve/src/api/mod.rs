//! The API: what the pages show, for programs. Offsets are code points, as in all our JSON.

mod annotations;
mod articles;
mod decisions;
mod document;
mod extract;
mod feeds;
mod hits;
mod model;
mod page;
mod paging;
mod quotation;
mod searches;
mod stories;
mod taking;

use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::Office;

/// What the description of the API says beside its operations.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Rashomon",
        description = "Reports grouped into stories, and what is found in them. All offsets are \
                       Unicode code points, half-open, into the text of the article named."
    ),
    components(schemas(model::Comparison, model::Article, crate::problem::Problem))
)]
struct Description;

/// The operations, each with its description.
pub(crate) fn operations() -> OpenApiRouter<Office> {
    let version = OpenApiRouter::new()
        .routes(routes!(stories::list))
        .routes(routes!(stories::story))
        .routes(routes!(stories::synopsis))
        .routes(routes!(stories::members))
        .routes(routes!(annotations::of_story))
        .routes(routes!(decisions::split))
        .routes(routes!(decisions::merge))
        .routes(routes!(decisions::pin))
        .routes(routes!(decisions::list))
        .routes(routes!(decisions::undo))
        .routes(routes!(taking::take))
        .routes(routes!(articles::article))
        .routes(routes!(annotations::of_article))
        .routes(routes!(articles::revisions))
        .routes(routes!(articles::difference))
        .routes(routes!(hits::search))
        .routes(routes!(hits::quotations))
        .routes(routes!(quotation::verify))
        .routes(routes!(feeds::list, feeds::add, feeds::remove))
        .routes(routes!(searches::list, searches::add, searches::remove))
        .routes(routes!(document::events))
        .routes(routes!(document::openapi));
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", version)
}

/// The routes of the API and the page that lists them.
pub(crate) fn routes() -> axum::Router<Office> {
    let (routes, _) = operations().split_for_parts();
    routes.route("/api", axum::routing::get(page::page))
}
