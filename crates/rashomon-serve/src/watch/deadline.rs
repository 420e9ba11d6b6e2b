use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Problem;
use crate::state::Office;

/// Gives up requests that take too long. What has begun to be sent is sent to its end, events too.
pub(crate) async fn deadline(
    State(office): State<Office>,
    request: Request,
    next: Next,
) -> Response {
    match tokio::time::timeout(office.options.timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new("timeout", "this took too long; ask again").into_response(),
    }
}
