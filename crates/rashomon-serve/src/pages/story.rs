use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::{StreamExt as _, stream};
use maud::{Markup, PreEscaped, html};
use rashomon_desk::Decision;
use rashomon_desk::store::{Link, Member, Placement, StoredStory, StoryNumber};

use super::failure::Failure;
use super::layout::{AFTER, Place, before};
use super::pieces::{counted, moment, story_address, title};
use crate::packed::{Gzip, Packed};
use crate::problem::Problem;
use crate::shelf::Shelved;
use crate::state::Office;

/// `s17` as a number.
pub(crate) fn story_number(name: &str) -> Result<StoryNumber, Problem> {
    let digits = name.strip_prefix('s').unwrap_or(name);
    digits.parse().map_err(|_| {
        Problem::new("not-found", format!("{name}: stories are called s1, s2 and so on"))
    })
}

/// What a story page shows beside the comparison.
struct Setting {
    story: StoredStory,
    placements: Vec<Option<Placement>>,
    links: Vec<(Link, Option<String>)>,
    /// Decisions by hand that made this story what it is, the newest first.
    decisions: Vec<Decision>,
}

/// The comparison of a story's reports, alive.
pub(crate) async fn story(
    State(office): State<Office>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let number = story_number(&name)?;
    let setting = office.readers.read(move |store| setting(store, number)).await?;
    let row = &setting.story.row;
    if setting.story.redirected_from.is_some() || name != format!("s{}", row.story) {
        return Ok(Redirect::permanent(&story_address(row.story)).into_response());
    }
    let (number, version) = (row.story, setting.story.version);
    let tag = format!("\"s{number}-{version}-{}\"", env!("CARGO_PKG_VERSION"));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    // The head of the page goes out before the reports are compared.
    let head = html! {
        (before(Some(Place::Stories), title(row)))
        (PreEscaped(format!("<div id=\"synopsis\" data-story=\"{number}\" data-version=\"{version}\">")))
    };
    let tail = html! { (PreEscaped("</div>")) (tools(&setting)) (AFTER) };
    let is_packed = accepts_gzip(&headers);
    let compared = async move { office.shelved(number, version).await };
    let body = if is_packed { packed(head, compared, tail) } else { plain(head, compared, tail) };
    let mut response = body.into_response();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if is_packed {
        let gzip = HeaderValue::from_static("gzip");
        response.headers_mut().insert(header::CONTENT_ENCODING, gzip);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Whether a client takes gzip (RFC 9110, 12.5.3).
fn accepts_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter();
    let mut accepted =
        accepted.filter_map(|value| value.to_str().ok()).flat_map(|it| it.split(','));
    accepted.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

type Sent = Result<Bytes, std::convert::Infallible>;

fn plain(
    head: Markup,
    compared: impl Future<Output = Result<Arc<Shelved>, Problem>> + Send + 'static,
    tail: Markup,
) -> Body {
    let rest = async move {
        let html = match compared.await {
            Ok(shelved) => shelved.html.text(),
            Err(problem) => failed(&problem).0,
        };
        Sent::Ok(Bytes::from(html + &tail.0))
    };
    let head = stream::once(async move { Sent::Ok(Bytes::from(head.0)) });
    Body::from_stream(head.chain(stream::once(rest)))
}

/// The same packed: the comparison is held so, and goes out as it is held.
fn packed(
    head: Markup,
    compared: impl Future<Output = Result<Arc<Shelved>, Problem>> + Send + 'static,
    tail: Markup,
) -> Body {
    let (mut gzip, begin) = Gzip::begin();
    let begin = [begin, gzip.add(&Packed::new(&head.0))].concat();
    let rest = async move {
        let html = match compared.await {
            Ok(shelved) => gzip.add(&shelved.html),
            Err(problem) => gzip.add(&Packed::new(&failed(&problem).0)),
        };
        let tail = gzip.add(&Packed::new(&tail.0));
        stream::iter([html, tail, gzip.end()].map(Sent::Ok))
    };
    let begin = stream::once(async move { Sent::Ok(Bytes::from(begin)) });
    Body::from_stream(begin.chain(stream::once(rest).flatten()))
}

/// The comparison alone, for a page that is open.
pub(crate) async fn story_synopsis(
    State(office): State<Office>,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let stored = office.story(story_number(&name)?).await?;
    let shelved = office.shelved(stored.row.story, stored.version).await?;
    let setting = {
        let number = stored.row.story;
        office.readers.read(move |store| setting(store, number)).await?
    };
    let body = html! {
        div data-story=(stored.row.story) data-version=(shelved.version) { (PreEscaped(shelved.html.text())) }
        (tools(&setting))
    };
    Ok(body.into_response())
}

fn setting(
    store: &mut rashomon_desk::store::Store,
    number: StoryNumber,
) -> Result<Setting, Problem> {
    let story = store.story(number)?;
    let mut placements = Vec::with_capacity(story.members.len());
    for member in &story.members {
        placements.push(store.placements(member.article)?.pop());
    }
    let mut links = Vec::new();
    for link in store.links_of(story.row.story)? {
        let other = if link.from == story.row.story { link.to } else { link.from };
        let title = store.story(other).ok().map(|other| title(&other.row).to_owned());
        links.push((link, title));
    }
    let mut decisions = rashomon_desk::decisions(store)?;
    let this = story.row.story;
    decisions.retain(|decision| {
        let stories = decision.origins.iter().map(|origin| origin.story).chain(decision.into);
        stories.into_iter().any(|other| store.leads_to(other).is_ok_and(|other| other == this))
    });
    decisions.reverse();
    Ok(Setting { story, placements, links, decisions })
}

fn failed(problem: &Problem) -> Markup {
    html! {
        section.failure {
            h1 { "These reports cannot be compared" }
            p { bdi { (problem.detail()) } " " code { (problem.code()) } }
        }
    }
}

/// What belongs to the desk and not to the comparison: why each report is here, what came before
/// and after, and the ways to put it right by hand.
fn tools(setting: &Setting) -> Markup {
    let story = &setting.story;
    let address = story_address(story.row.story);
    html! {
        section.desk #desk aria-labelledby="desk-title" {
            header.section-head {
                h2 #desk-title { "At the desk" }
                p.lede { "Why each report is in this story, and how to put it right. What you decide here holds from now on." }
            }
            div.section-body {
                (chain(setting))
                (decided(setting))
                form.members method="post" {
                    ol {
                        @for (member, placement) in story.members.iter().zip(&setting.placements) {
                            (self::member(member, placement.as_ref()))
                        }
                    }
                    @if story.members.len() > 1 {
                        p.acts {
                            button type="submit" formaction=(format!("{address}/split")) { "Split the chosen off" }
                            " " label { "or put them into story " input type="text" name="into" size="6" placeholder="s12" pattern="s?[0-9]+"; }
                            " " button type="submit" formaction=(format!("{address}/pin")) { "Move" }
                        }
                    }
                }
                form.acts method="post" action=(format!("{address}/merge")) {
                    label { "The same event as story " input type="text" name="with" size="6" placeholder="s12" pattern="s?[0-9]+" required; }
                    " " button type="submit" { "Make them one" }
                }
                p.exports {
                    "Take it with you: "
                    a href=(format!("/api/v1/stories/s{}/synopsis", story.row.story)) { "JSON" }
                }
            }
        }
    }
}

fn chain(setting: &Setting) -> Markup {
    let this = setting.story.row.story;
    html! {
        @if !setting.links.is_empty() {
            ul.chain {
                @for (link, other) in &setting.links {
                    @let (number, what) = if link.from == this { (link.to, "Follows") } else { (link.from, "Is followed by") };
                    li { (what) " " a href=(story_address(number)) dir="auto" { (other.as_deref().unwrap_or("an older story")) } }
                }
            }
        }
    }
}

fn decided(setting: &Setting) -> Markup {
    html! {
        @if !setting.decisions.is_empty() {
            ul.decided aria-label="Decided by hand" {
                @for decision in &setting.decisions {
                    li {
                        form method="post" action=(format!("/decisions/{}/undo", decision.number)) {
                            span { "Decided by hand: " bdi { (decision) } @if let Some(at) = decision.at { " · " (moment(at)) } }
                            " " button type="submit" { "Undo" }
                        }
                    }
                }
            }
        }
    }
}

fn member(member: &Member, placement: Option<&Placement>) -> Markup {
    let reasons = placement.map(|placement| placement.why.as_slice()).unwrap_or_default();
    let id = format!("pick-{}", member.article);
    html! {
        li.member {
            input type="checkbox" name="article" id=(id) value=(format!("a{}", member.article));
            div {
                label for=(id) { bdi { (member.outlet) } ": " bdi { (member.title.as_deref().unwrap_or("(no headline)")) } }
                p.quiet {
                    @if member.dated { (moment(member.at)) } @else { "undated" }
                    " · " a href=(format!("/articles/a{}", member.article)) {
                        @if member.revisions > 0 { "changed " (counted(member.revisions, "time")) } @else { "the report" }
                    }
                    @if !reasons.is_empty() {
                        " · joined by "
                        @for (at, (reason, _)) in reasons.iter().take(6).enumerate() {
                            @if at > 0 { ", " }
                            bdi { (reason) }
                        }
                    }
                }
            }
        }
    }
}
