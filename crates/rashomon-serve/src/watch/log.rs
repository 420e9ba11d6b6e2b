use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::figures::Figures;

/// One line for each request, and its figures. What stands in an address beside its route, names
/// and queries, is nobody's business later.
pub(crate) async fn logged(
    State(figures): State<Figures>,
    request: Request,
    next: Next,
) -> Response {
    let begin = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = route.unwrap_or_else(|| "none".to_owned());
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begin.elapsed());
    let ms = took.as_secs_f64() * 1000.0;
    tracing::info!(method = %method, route, status, ms = (ms * 10.0).round() / 10.0, "answered");
    figures.note(method.as_str(), &route, status, took);
    response
}
