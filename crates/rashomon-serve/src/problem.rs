use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::Error;

/// Why a request got no answer, as RFC 9457 writes it.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem it is: the code, as a reference that stays.
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    detail: String,
    /// The same code that the command line and Python give.
    code: &'static str,
}

impl Problem {
    pub fn new(code: &'static str, detail: impl Into<String>) -> Problem {
        let status = status(code);
        Problem {
            kind: format!("urn:rashomon:problem:{code}"),
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            detail: detail.into(),
            code,
        }
    }

    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    pub fn code(&self) -> &'static str {
        self.code
    }

    pub fn detail(&self) -> &str {
        &self.detail
    }
}

/// The status that goes with a code.
fn status(code: &str) -> StatusCode {
    match code {
        "not-found" => StatusCode::NOT_FOUND,
        "bad-query" | "bad-cursor" | "bad-value" | "bad-request" | "bad-address" => {
            StatusCode::BAD_REQUEST
        }
        "exists" | "out-of-window" => StatusCode::CONFLICT,
        "unauthorized" => StatusCode::UNAUTHORIZED,
        "forbidden" | "read-only" | "private-address" => StatusCode::FORBIDDEN,
        "misdirected" => StatusCode::MISDIRECTED_REQUEST,
        "method-not-allowed" => StatusCode::METHOD_NOT_ALLOWED,
        "too-large" => StatusCode::PAYLOAD_TOO_LARGE,
        "unsupported-type" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "no-report" => StatusCode::UNPROCESSABLE_ENTITY,
        "too-many" => StatusCode::TOO_MANY_REQUESTS,
        "locked" | "stopped" | "timeout" => StatusCode::SERVICE_UNAVAILABLE,
        "disk-full" => StatusCode::INSUFFICIENT_STORAGE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem::new(error.code(), error.to_string())
    }
}

impl From<rashomon_desk::Error> for Problem {
    fn from(error: rashomon_desk::Error) -> Problem {
        Problem::from(Error::from(error))
    }
}

impl From<rashomon_desk::store::Error> for Problem {
    fn from(error: rashomon_desk::store::Error) -> Problem {
        Problem::from(Error::from(error))
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(code = self.code, "{}", self.detail);
        }
        let mut response = (status, Json(self)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response
    }
}
