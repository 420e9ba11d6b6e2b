//! The protocol over streamable HTTP: each message is a POST, each answer one document. There are no
//! sessions, and nothing is sent that was not asked for.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};

use super::protocol::{VERSION, answer};
use super::stdio::LONGEST;
use crate::problem::Problem;
use crate::state::Office;

/// Versions of the protocol in which what is asked here is asked alike; a client that names none
/// speaks the first of them.
const KNOWN: [&str; 2] = ["2025-03-26", VERSION];

pub(crate) fn route() -> MethodRouter<Office> {
    post(message).layer(DefaultBodyLimit::max(LONGEST))
}

async fn message(
    State(office): State<Office>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    if !kind.trim().eq_ignore_ascii_case("application/json") {
        return Err(Problem::new("unsupported-type", "send the message as application/json"));
    }
    if let Some(version) = headers.get("mcp-protocol-version")
        && !KNOWN.iter().any(|known| version == known)
    {
        let why = format!("mcp-protocol-version: this server speaks {VERSION}");
        return Err(Problem::new("bad-request", why));
    }
    let read = move |store: &mut _| Ok::<_, Problem>(answer(store, &body));
    Ok(match office.readers.read(read).await? {
        Some(answer) => Json(answer).into_response(),
        None => StatusCode::ACCEPTED.into_response(),
    })
}
