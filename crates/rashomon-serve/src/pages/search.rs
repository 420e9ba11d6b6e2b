use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rashomon::article::QuotationKind;
use rashomon_desk::store::{Hit, HitKind, HitOrder, Hits, Query as Asked};
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{marked, more, snippet, story_address, told_at, with};
use crate::problem::Problem;
use crate::state::Office;

const SHOWN: usize = 30;
/// Up to how many hits are counted.
const COUNTED: u64 = 1000;

/// What is searched for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    q: String,
    /// `article`, `quotation`, `claim`; what the query asks for if empty.
    kind: String,
    /// `newest` or the best first.
    order: String,
    after: String,
}

/// Search over reports, quotations and claims.
pub(crate) async fn search(
    State(office): State<Office>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let hits = hits(&office, &wanted).await;
    let body = html! {
        div.search {
            h1 { "Search" }
            form.searching role="search" action="/search" data-live-search="/search/hits" {
                label.vh for="q" { "Words, or speaker: outlet: story: after: before: on:" }
                input #q type="search" name="q" value=(wanted.q) autofocus autocomplete="off" spellcheck="false"
                    placeholder="harbour strike, speaker:Thorsall, outlet:\"Daily Lantern\", after:2026-03";
                fieldset {
                    legend.vh { "What to search" }
                    @for (value, name) in [("", "Reports"), ("quotation", "Quotations"), ("claim", "Claims")] {
                        label { input type="radio" name="kind" value=(value) checked[wanted.kind == value]; " " (name) }
                    }
                    label { input type="checkbox" name="order" value="newest" checked[wanted.order == "newest"]; " newest first" }
                    button type="submit" { "Search" }
                }
            }
            div #hits aria-live="polite" { (found(&wanted, hits)) }
            (help())
        }
    };
    Ok(layout::page(Place::Search, "Search", &body).into_response())
}

/// What was found alone, for a page that is open.
pub(crate) async fn search_hits(
    State(office): State<Office>,
    Query(wanted): Query<Wanted>,
) -> Markup {
    let hits = hits(&office, &wanted).await;
    found(&wanted, hits)
}

type Answer = Option<Result<(Hits, u64), Problem>>;

async fn hits(office: &Office, wanted: &Wanted) -> Answer {
    if wanted.q.trim().is_empty() {
        return None;
    }
    let wanted = wanted.clone();
    let read = move |store: &mut rashomon_desk::store::Store| {
        let text = match wanted.kind.as_str() {
            "article" | "quotation" | "claim" => format!("kind:{} {}", wanted.kind, wanted.q),
            _ => wanted.q.clone(),
        };
        let order = if wanted.order == "newest" { HitOrder::Newest } else { HitOrder::Best };
        let mut query = Asked::parse(&text)?.with_order(order);
        if text.ends_with(char::is_alphanumeric) && store.count_up_to(&query, 1)? == 0 {
            // Whoever types has perhaps not come to the end of the word.
            query = Asked::parse(&format!("{text}*")).map_or(query, |open| open.with_order(order));
        }
        let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
        let hits = store.search(&query, SHOWN, after)?;
        let count = store.count_up_to(&query, COUNTED + 1)?;
        Ok::<_, Problem>((hits, count))
    };
    Some(office.readers.read(read).await)
}

fn found(wanted: &Wanted, answer: Answer) -> Markup {
    let pairs = [
        ("q", wanted.q.as_str()),
        ("kind", wanted.kind.as_str()),
        ("order", wanted.order.as_str()),
    ];
    html! {
        @match answer {
            None => {},
            Some(Err(problem)) => { p.wrong role="alert" { bdi { (problem.detail()) } } },
            Some(Ok((hits, count))) => {
                p.quiet.found-count {
                    @if count == 0 { "Nothing has these words. A word is found as it stands: strike* also finds strikes." }
                    @else if count > COUNTED { "more than " (COUNTED) " found" } @else { (count) " found" }
                    @if count > 0 { " · " a href=(with("/alerts", &[("q", wanted.q.as_str())])) { "Tell me of new ones" } }
                }
                ol.hits { @for hit in &hits.hits { (self::hit(hit)) } }
                (more(hits.next.as_deref(), "/search", &pairs))
            },
        }
    }
}

fn hit(hit: &Hit) -> Markup {
    let article = format!("/articles/a{}", hit.article);
    let place = hit.story.map_or(article.clone(), story_address);
    html! {
        li.hit {
            p.kicker {
                bdi { (hit.outlet) } " · " (told_at(hit.at, hit.dated))
                @if let Some(counts) = hit.counts { " · told by " (counts.origins) " of " (counts.articles) " reports by themselves" }
            }
            @match hit.kind {
                HitKind::Article => {
                    h2 { a href=(place) dir="auto" { @if let Some(title) = &hit.title { (marked(title, &hit.title_marks)) } @else { "(no headline)" } } }
                    p.words dir="auto" { (snippet(&hit.snippet)) }
                },
                HitKind::Quotation => {
                    blockquote.words.direct[hit.quotation == Some(QuotationKind::Direct)] dir="auto" { a href=(article) { (snippet(&hit.snippet)) } }
                    p.quiet { @if let Some(speaker) = &hit.speaker { bdi { (speaker) } } @else { "speaker not found" } }
                },
                HitKind::Claim => {
                    p.words dir="auto" { a href=(place) { (snippet(&hit.snippet)) } }
                },
            }
        }
    }
}

fn help() -> Markup {
    let table = [
        ("harbour strike", "both words"),
        ("\"harbour strike\"", "one after the other"),
        ("strike OR harbour", "either"),
        ("-bridge", "not this"),
        ("immigra*", "words that begin so"),
        ("speaker:Thorsall", "what somebody said"),
        ("outlet:Lantern", "told by an outlet"),
        ("title: author: story: language:", "other fields"),
        ("after:2026-03 before:2026-04-02 on:2026", "days"),
        ("is:revised is:undated", "changed after it was printed; without a date"),
    ];
    html! {
        details.help {
            summary { "How to ask" }
            dl { @for (written, means) in table { dt { code { (written) } } dd { (means) } } }
        }
    }
}
