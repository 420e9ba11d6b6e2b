use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::hosts::name;
use crate::problem::Problem;

/// Refuses changes that a page of another site asks for. Browsers say where a request comes from
/// (`Sec-Fetch-Site`, before that `Origin`); what says neither is no browser.
pub(crate) async fn same_origin(request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || is_own(request.headers()) {
        return next.run(request).await;
    }
    let detail = "changes are taken from this server's own pages only";
    Problem::new("forbidden", detail).into_response()
}

fn is_own(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    match (text(header::HeaderName::from_static("sec-fetch-site")), text(header::ORIGIN)) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let host = text(header::HOST).unwrap_or_default();
            let from = origin.split_once("://").map(|(_, host)| host);
            from.is_some_and(|from| from.eq_ignore_ascii_case(host) && name(from).is_some())
        }
        (None, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_sites_change_nothing() {
        let table: [(&[(&str, &str)], bool); 8] = [
            (&[], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("host", "localhost:7878"), ("origin", "http://localhost:7878")], true),
            (&[("host", "localhost:7878"), ("origin", "http://localhost:1")], false),
            (&[("host", "localhost:7878"), ("origin", "null")], false),
        ];
        for (pairs, own) in table {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().expect("a header"));
            }
            assert_eq!(is_own(&headers), own, "{pairs:?}");
        }
    }
}
