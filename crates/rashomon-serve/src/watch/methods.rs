use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;

/// The answer to methods that an address does not take; the header `Allow` names those that it
/// does, which is all that `OPTIONS` asks (RFC 9110).
pub(crate) async fn no_such_method(method: Method) -> Response {
    if method == Method::OPTIONS {
        return StatusCode::NO_CONTENT.into_response();
    }
    Problem::new("method-not-allowed", "see the header Allow").into_response()
}
