use std::time::Duration;

use axum::extract::{Form, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use serde::Deserialize;
use subtle::ConstantTimeEq;

use crate::alerts::{feed_key, is_feed_key};
use crate::pages::layout;
use crate::problem::Problem;
use crate::state::Office;

const COOKIE: &str = "rashomon-session";

/// How long whoever guesses waits.
const PENALTY: Duration = Duration::from_millis(500);

/// What everybody may ask without a token: the way in, and whether the server is alive.
const OPEN: [&str; 2] = ["/login", "/health"];

/// Asks for the token where one is set.
pub(crate) async fn authorized(
    State(office): State<Office>,
    request: Request,
    next: Next,
) -> Response {
    let Some(token) = &office.options.token else { return next.run(request).await };
    let path = request.uri().path();
    let key = request.uri().query().and_then(|query| query.strip_prefix("key="));
    if path.ends_with(".atom") && key.is_some_and(|key| is_feed_key(key, token, path)) {
        return next.run(request).await;
    }
    let is_open = OPEN.contains(&path) || path.starts_with("/assets/");
    let given = given(request.headers());
    if is_open || given.is_some_and(|given| given.is(token)) {
        return next.run(request).await;
    }
    if given.is_some() {
        tokio::time::sleep(PENALTY).await;
    }
    let accepts = request.headers().get(header::ACCEPT).and_then(|it| it.to_str().ok());
    if accepts.is_some_and(|kinds| kinds.contains("text/html")) {
        let to: String =
            url::form_urlencoded::byte_serialize(request.uri().path().as_bytes()).collect();
        return Redirect::to(&format!("/login?to={to}")).into_response();
    }
    let detail = "give the token as `Authorization: Bearer TOKEN`";
    let mut response = Problem::new("unauthorized", detail).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// What a client shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given<'h> {
    /// The token itself.
    Token(&'h str),
    /// What a browser was given for it.
    Session(&'h str),
}

impl Given<'_> {
    fn is(self, token: &str) -> bool {
        match self {
            Given::Token(given) => is_same(given, token),
            Given::Session(given) => is_same(given, &session(token)),
        }
    }
}

/// What a browser keeps in place of the token, which cannot be told from it.
fn session(token: &str) -> String {
    feed_key(token, "session of a browser")
}

fn given(headers: &HeaderMap) -> Option<Given<'_>> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then_some(Given::Token(token.trim()))
    });
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut cookies = cookies.flat_map(|cookies| cookies.split(';'));
    bearer.or_else(|| {
        let session =
            cookies.find_map(|cookie| cookie.trim().strip_prefix(COOKIE)?.strip_prefix('='));
        session.map(Given::Session)
    })
}

fn is_same(given: &str, token: &str) -> bool {
    given.as_bytes().ct_eq(token.as_bytes()).into()
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Way {
    #[serde(default)]
    to: String,
}

#[derive(Deserialize)]
pub(crate) struct Answer {
    token: String,
    #[serde(default)]
    to: String,
}

/// Where to go after the way in: a place on this server and nowhere else.
fn place(to: &str) -> &str {
    let is_own = to.starts_with('/')
        && !to.starts_with("//")
        && !to.contains('\\')
        && to.parse::<Uri>().is_ok_and(|uri| uri.authority().is_none());
    if is_own { to } else { "/" }
}

pub(crate) async fn log_in_page(Query(way): Query<Way>) -> Response {
    page(&way.to, None)
}

fn page(to: &str, wrong: Option<&str>) -> Response {
    let body = html! {
        section.entrance {
            h1 { "Who is there?" }
            p { "This desk asks for the token that it was started with." }
            form method="post" action="/login" {
                input type="hidden" name="to" value=(place(to));
                label for="token" { "Token" }
                input #token type="password" name="token" autocomplete="current-password" required autofocus;
                @if let Some(wrong) = wrong { p.wrong role="alert" { (wrong) } }
                button type="submit" { "Open the desk" }
            }
        }
    };
    let page = layout::bare("Who is there?", &body);
    let status = if wrong.is_some() { StatusCode::UNAUTHORIZED } else { StatusCode::OK };
    (status, page).into_response()
}

pub(crate) async fn log_in(State(office): State<Office>, Form(answer): Form<Answer>) -> Response {
    let token = office.options.token.as_deref().unwrap_or_default();
    if !is_same(answer.token.trim(), token) {
        // Who guesses waits.
        tokio::time::sleep(PENALTY).await;
        return page(&answer.to, Some("That is not the token."));
    }
    let mut response = Redirect::to(place(&answer.to)).into_response();
    let session = session(token);
    let cookie = format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

pub(crate) async fn log_out() -> Response {
    let mut response = Redirect::to("/login").into_response();
    let gone =
        HeaderValue::from_static("rashomon-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    response.headers_mut().insert(header::SET_COOKIE, gone);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_elsewhere() {
        let table = [
            ("/stories/s1", "/stories/s1"),
            ("", "/"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil.example", "/"),
            ("javascript:alert(1)", "/"),
        ];
        for (to, leads) in table {
            assert_eq!(place(to), leads, "{to}");
        }
    }

    #[test]
    fn a_token_comes_as_a_header_or_a_cookie() {
        let mut headers = HeaderMap::new();
        assert_eq!(given(&headers), None);
        headers.append(header::COOKIE, HeaderValue::from_static("a=b; rashomon-session=x"));
        assert_eq!(given(&headers), Some(Given::Session("x")));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("bearer y"));
        assert_eq!(given(&headers), Some(Given::Token("y")));
        assert!(Given::Token("y").is("y") && !Given::Session("y").is("y"));
        assert!(Given::Session(&session("y")).is("y"));
        assert!(is_same("y", "y") && !is_same("y", "yy") && !is_same("", "y"));
    }
}
