//! Lists by pages (RFC 8288).

use axum::Json;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::Problem;

/// How many items a page has where nothing is said, and at most.
const USUAL: usize = 50;
const MOST: usize = 200;
/// The longest query in characters.
const LONGEST: usize = 2000;

pub(crate) fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked.unwrap_or(USUAL) {
        limit @ 1..=MOST => Ok(limit),
        _ => Err(Problem::new("bad-value", format!("limit: from 1 to {MOST}"))),
    }
}

/// Refuses what is empty or longer than anybody types.
pub(crate) fn words(name: &str, words: &str) -> Result<String, Problem> {
    let words = words.trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        let detail = format!("{name}: from 1 to {LONGEST} characters");
        return Err(Problem::new("bad-value", detail));
    }
    Ok(words.to_owned())
}

/// An answer with the address of the page behind it.
pub(crate) fn page<T: Serialize>(list: &T, next: Option<&str>, uri: &Uri) -> Response {
    let mut response = Json(list).into_response();
    if let Some(next) = next {
        let pairs = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.filter(|(name, _)| name != "after"));
        query.append_pair("after", next);
        let link = format!("<{}?{}>; rel=\"next\"", uri.path(), query.finish());
        if let Ok(link) = HeaderValue::from_str(&link) {
            response.headers_mut().insert(header::LINK, link);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_asks_the_same_behind_a_cursor() {
        let uri: Uri = "/api/v1/search?q=a%26b&after=1.2.3&limit=5".parse().expect("an address");
        let response = page(&[0], Some("4.5.6"), &uri);
        let link = response.headers()[header::LINK].to_str().expect("text");
        assert_eq!(link, "</api/v1/search?q=a%26b&limit=5&after=4.5.6>; rel=\"next\"");
        assert!(page(&[0], None, &uri).headers().get(header::LINK).is_none());
    }
}
