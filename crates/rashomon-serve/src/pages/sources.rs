use axum::extract::{Form, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use rashomon_desk::fetch::is_public;
use rashomon_desk::store::Feed;
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{counted, maybe_moment};
use crate::problem::Problem;
use crate::state::Office;

/// Feeds, how they are, OPML in and out.
pub(crate) async fn sources(State(office): State<Office>) -> Result<Markup, Failure> {
    let feeds = office.readers.read(|store| Ok::<_, Problem>(store.feeds()?)).await?;
    let body = html! {
        div.sources {
            h1 { "Sources" }
            (adding())
            div #feeds data-live="/sources" data-live-on="feeds" { @if office.options.fetch.is_none() { p.wrong { "Feeds are not asked: the desk was opened with --no-fetch." } } (list(&feeds)) }
        }
    };
    Ok(layout::page(Place::Sources, "Sources", &body))
}

fn adding() -> Markup {
    html! {
        div.adding {
            form method="post" action="/sources/add" {
                label for="address" { "Address of a feed" }
                input #address type="url" name="address" required placeholder="https://herald.example/feed.xml";
                button type="submit" { "Add" }
            }
            form method="post" action="/sources/import" {
                label for="opml" { "Or a list of feeds (OPML)" }
                textarea #opml name="opml" rows="2" required spellcheck="false" placeholder="paste the file, or drop it here" data-drop {}
                button type="submit" { "Add all" }
            }
            p { a href="/sources.opml" download { "Take the list with you (OPML)" } }
        }
    }
}

fn list(feeds: &[(i64, Feed)]) -> Markup {
    html! {
        @if feeds.is_empty() {
            section.empty { h2 { "No feed yet" } p { "Most papers have one: look for RSS at the foot of their page." } }
        } @else {
            table.feeds {
                caption { (counted(feeds.len() as u64, "feed")) }
                thead { tr { th scope="col" { "Feed" } th scope="col" { "Health" } th scope="col" { "Last read" } th scope="col" { "Next" } th scope="col" { span.vh { "Remove" } } } }
                tbody {
                    @for (_, feed) in feeds {
                        tr {
                            th scope="row" {
                                @if let Some(title) = &feed.title { bdi { (title) } br; }
                                span.quiet { bdi { (feed.address) } }
                            }
                            td { (health(feed)) }
                            td { (maybe_moment(feed.last_ok)) }
                            td { @if feed.gone { "never" } @else if feed.next_at.is_some() { (maybe_moment(feed.next_at)) } @else { "now" } }
                            td {
                                form method="post" action="/sources/remove" {
                                    input type="hidden" name="address" value=(feed.address);
                                    button type="submit" aria-label=(format!("Remove {}", feed.address)) { "Remove" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn health(feed: &Feed) -> Markup {
    html! {
        @if feed.gone { span.bad { "gone" } }
        @else if feed.failures > 0 { span.bad { "failed " (counted(u64::from(feed.failures), "time")) } }
        @else if feed.last_ok.is_some() { span.good { "well" } }
        @else { span.quiet { "not asked yet" } }
        @if let Some(error) = &feed.last_error { " " span.quiet { bdi { (error) } } }
        @if let Some(moved) = &feed.moved_to { " " span.quiet { "moved to " bdi { (moved) } } }
    }
}

#[derive(Deserialize)]
pub(crate) struct Address {
    address: String,
}

pub(crate) async fn add_feed(
    State(office): State<Office>,
    Form(form): Form<Address>,
) -> Result<Redirect, Failure> {
    let address = form.address.trim().to_owned();
    check(&office, &address)?;
    let feed = Feed { address, ..Feed::default() };
    office.newsroom.ask(move |desk| Ok((desk.subscribe(&feed)?, Vec::new()))).await?;
    office.events.tell(crate::events::Event::Feeds);
    Ok(Redirect::to("/sources"))
}

/// Whether an address is one of the web. Where its name leads is looked at when it is fetched.
pub(crate) fn check(office: &Office, address: &str) -> Result<(), Problem> {
    let url = url::Url::parse(address).ok().filter(|_| rashomon_desk::is_address(address));
    let Some(url) = url.filter(|_| address.len() <= 2048) else {
        let detail = "this is no address of the web; it begins with https:// or http://";
        return Err(Problem::new("bad-address", detail));
    };
    let allows = office.options.fetch.as_ref().is_some_and(|fetch| fetch.allow_private);
    let is_private = match url.host() {
        Some(url::Host::Ipv4(address)) => !is_public(address.into()),
        Some(url::Host::Ipv6(address)) => !is_public(address.into()),
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => true,
    };
    if is_private && !allows {
        let detail = "this is an address of this machine or network, which is never asked; \
                      rashomon serve --allow-private allows it";
        return Err(Problem::new("private-address", detail));
    }
    Ok(())
}

pub(crate) async fn remove_feed(
    State(office): State<Office>,
    Form(form): Form<Address>,
) -> Result<Redirect, Failure> {
    let address = form.address;
    office.newsroom.ask(move |desk| Ok((desk.unsubscribe(&address)?, Vec::new()))).await?;
    office.events.tell(crate::events::Event::Feeds);
    Ok(Redirect::to("/sources"))
}

#[derive(Deserialize)]
pub(crate) struct Outline {
    opml: String,
}

pub(crate) async fn import_feeds(
    State(office): State<Office>,
    Form(form): Form<Outline>,
) -> Result<Redirect, Failure> {
    let feeds = rashomon_desk::outline::read(form.opml.as_bytes())?;
    for feed in &feeds {
        check(&office, &feed.address)?;
    }
    let add = move |desk: &mut rashomon_desk::Desk| {
        for feed in &feeds {
            desk.subscribe(feed)?;
        }
        Ok(((), Vec::new()))
    };
    office.newsroom.ask(add).await?;
    office.events.tell(crate::events::Event::Feeds);
    Ok(Redirect::to("/sources"))
}

pub(crate) async fn export_feeds(State(office): State<Office>) -> Result<Response, Failure> {
    let feeds = office.readers.read(|store| Ok::<_, Problem>(store.feeds()?)).await?;
    let feeds: Vec<Feed> = feeds.into_iter().map(|(_, feed)| feed).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/x-opml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"feeds.opml\""),
    ];
    Ok((headers, rashomon_desk::outline::write(feeds)).into_response())
}
