//! Parts of requests, refused as problems.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The query of an address.
pub(crate) struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Query<T>, Problem> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        let query = query.map_err(|why| Problem::new("bad-request", why.body_text()))?;
        Ok(Query(query.0))
    }
}

/// The names in a path.
pub(crate) struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        let path = path.map_err(|why| Problem::new("not-found", why.body_text()))?;
        Ok(Path(path.0))
    }
}

/// A body of JSON.
pub(crate) struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Json<T>, Problem> {
        use axum::extract::rejection::JsonRejection;
        let json = axum::Json::from_request(request, state).await;
        let json = json.map_err(|why| match &why {
            JsonRejection::MissingJsonContentType(_) => {
                Problem::new("unsupported-type", "send the body as application/json")
            }
            _ => refused(&why.body_text(), why.status()),
        })?;
        Ok(Json(json.0))
    }
}

/// A body as it came.
pub(crate) struct Bytes(pub axum::body::Bytes);

impl<S: Send + Sync> FromRequest<S> for Bytes {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Bytes, Problem> {
        let bytes = axum::body::Bytes::from_request(request, state).await;
        Ok(Bytes(bytes.map_err(|why| refused(&why.body_text(), why.status()))?))
    }
}

fn refused(why: &str, status: axum::http::StatusCode) -> Problem {
    let is_large = status == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
    Problem::new(if is_large { "too-large" } else { "bad-request" }, why)
}
