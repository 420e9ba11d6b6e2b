use axum::body::{Body, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_128;

use crate::problem::Problem;

/// What a tag ends in where the body is packed: another body, another tag (RFC 9110, 8.8.3.3).
const PACKED: &str = "-gzip\"";

/// Names whole answers by their bytes, and sends none that the client has. What is sent as it is
/// made has no tag, unless whoever makes it knows one.
pub(crate) async fn tagged(mut request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_safe {
        return next.run(request).await;
    }
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if let Some(known) = known.as_ref().and_then(|known| known.to_str().ok()) {
        // Whoever makes a tag of its own knows nothing of packing.
        if let Ok(plain) = HeaderValue::from_str(&known.replace(PACKED, "\"")) {
            request.headers_mut().insert(header::IF_NONE_MATCH, plain);
        }
    }
    // The tag of a body that is not sent is that of the body.
    *request.method_mut() = Method::GET;
    let response = next.run(request).await;
    let response = match name(response).await {
        Ok(response) => response,
        Err(problem) => return problem.into_response(),
    };
    match (known, response.headers().get(header::ETAG)) {
        (Some(known), Some(tag)) if is_known(response.status()) && has(&known, tag) => {
            not_modified(response.headers(), &known)
        }
        _ => response,
    }
}

/// Whoever makes a tag of its own may have told already that the client has it.
fn is_known(status: StatusCode) -> bool {
    status == StatusCode::OK || status == StatusCode::NOT_MODIFIED
}

/// Gives an answer a tag, if it is whole and has none.
async fn name(response: Response) -> Result<Response, Problem> {
    let is_whole = response.body().size_hint().exact().is_some();
    if response.status() != StatusCode::OK
        || !is_whole
        || response.headers().contains_key(header::ETAG)
    {
        return Ok(response);
    }
    let (mut head, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await;
    let bytes = bytes.map_err(|error| Problem::new("internal", error.to_string()))?;
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{:032x}\"", xxh3_128(&bytes))) {
        head.headers.insert(header::ETAG, tag);
    }
    Ok(Response::from_parts(head, Body::from(bytes)))
}

/// Whether a client has the answer with this tag, packed or not.
fn has(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else { return false };
    let mut known = known.split(',').map(str::trim);
    known.any(|known| {
        let known = known.strip_prefix("W/").unwrap_or(known);
        known == "*" || known == tag || known.replace(PACKED, "\"") == tag
    })
}

fn not_modified(of: &HeaderMap, known: &HeaderValue) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    let kept = [header::CACHE_CONTROL, header::VARY, header::ETAG, header::SET_COOKIE];
    for name in kept {
        for value in of.get_all(&name) {
            response.headers_mut().append(&name, value.clone());
        }
    }
    // A client that has one answer only is told of that one.
    let one = known.to_str().is_ok_and(|known| known.starts_with('"') && !known.contains(','));
    if one {
        response.headers_mut().insert(header::ETAG, known.clone());
    }
    response
}

/// Gives packed answers tags of their own.
pub(crate) async fn coded(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if headers.contains_key(header::CONTENT_ENCODING)
        && let Some(tag) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok())
        && let Some(tag) = tag.strip_suffix('"')
        && let Ok(tag) = HeaderValue::from_str(&format!("{tag}{PACKED}"))
    {
        headers.insert(header::ETAG, tag);
    }
    response
}
