use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::layout;
use crate::problem::Problem;

/// A problem as a person sees it.
pub(crate) struct Failure(Problem);

impl<T: Into<Problem>> From<T> for Failure {
    fn from(problem: T) -> Failure {
        Failure(problem.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = self.0.status();
        if status.is_server_error() {
            tracing::error!(code = self.0.code(), "{}", self.0.detail());
        }
        let heading = match status {
            StatusCode::NOT_FOUND => "Not here",
            StatusCode::BAD_REQUEST => "That did not work",
            StatusCode::CONFLICT => "That cannot be done",
            _ => "That went wrong",
        };
        let body = html! {
            section.failure {
                h1 { (heading) }
                p { bdi { (self.0.detail()) } }
                p.quiet { code { (self.0.code()) } " · your browser's way back keeps what you typed · " a href="/" { "all stories" } }
            }
        };
        (status, layout::page(layout::Place::Nowhere, heading, &body)).into_response()
    }
}

/// The answer where there is no page.
pub(crate) async fn nothing_here() -> Failure {
    Failure::from(Problem::new("not-found", "there is no page at this address"))
}
