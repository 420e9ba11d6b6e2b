use axum::extract::{Form, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use rashomon_desk::export::{Head, Item, atom};
use rashomon_desk::store::{Alert, HitOrder, Query as Words, SavedSearch, Store, Webhook};
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{counted, moment, with};
use super::sources::check;
use crate::alerts::feed_key;
use crate::problem::Problem;
use crate::state::Office;

/// How many articles a feed has.
const IN_FEED: usize = 50;
/// How many deliveries are shown.
const SHOWN: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Begun {
    q: String,
}

/// Saved searches, and who is told of what is new in them.
pub(crate) async fn alerts(
    State(office): State<Office>,
    Query(begun): Query<Begun>,
) -> Result<Markup, Failure> {
    let read = |store: &mut Store| {
        let mut all = Vec::new();
        for search in store.saved_searches()? {
            let count = Words::parse(&search.query).and_then(|query| store.count(&query));
            let told = store.alerts(search.number, SHOWN)?;
            all.push((search, count.unwrap_or_default(), told));
        }
        Ok::<_, Problem>(all)
    };
    let all = office.readers.read(read).await?;
    let token = office.options.token.as_deref();
    let body = html! {
        div.alerts {
            header.front-head {
                h1 { "Alerts" }
                p.quiet { "A search that is saved tells of what is new in it: as a feed, to a webhook, by e-mail." }
            }
            (adding(&begun.q, office.options.mail.is_some()))
            div #saved data-live="/alerts" data-live-on="alert delivered" {
                @if all.is_empty() { section.empty { h2 { "No search is saved" } p { "Save one above, or from " a href="/search" { "what you search" } "." } } }
                ol { @for (search, count, told) in &all { (saved(search, *count, told, token)) } }
            }
        }
    };
    Ok(layout::page(Place::Alerts, "Alerts", &body))
}

fn adding(query: &str, mails: bool) -> Markup {
    html! {
        form.saving method="post" action="/alerts/add" {
            p { label for="query" { "Search" } input #query type="text" name="query" value=(query) required placeholder="speaker:Thorsall strike" spellcheck="false"; }
            p { label for="name" { "Name" } input #name type="text" name="name" value=(query) required maxlength="200" placeholder="What to call it"; }
            details {
                summary { "Also tell somebody" }
                p { label for="webhook" { "Webhook" } input #webhook type="url" name="webhook" placeholder="https://herald.example/hook"; }
                p { label for="secret" { "Its secret" } input #secret type="password" name="secret" autocomplete="new-password" placeholder="signs what is sent (Standard Webhooks)"; }
                @if mails { p { label for="email" { "E-mail" } input #email type="email" name="email" placeholder="ada@herald.example"; } }
                @else { p.quiet { "E-mail needs a mail server: " code { "rashomon serve --smtp" } } }
            }
            button type="submit" { "Save" }
        }
    }
}

fn saved(search: &SavedSearch, count: u64, told: &[Alert], token: Option<&str>) -> Markup {
    let path = format!("/alerts/{}.atom", search.number);
    let feed = match token {
        Some(token) => with(&path, &[("key", &feed_key(token, &path))]),
        None => path,
    };
    html! {
        li.saved {
            h2 { a href=(with("/search", &[("q", search.query.as_str()), ("order", "newest")])) { bdi { (search.name) } } }
            p.quiet { code { bdi { (search.query) } } " · " (counted(count, "hit")) }
            p.quiet {
                a href=(feed) { "Feed" }
                @if let Some(webhook) = &search.webhook { " · webhook " bdi { (webhook.address) } @if webhook.secret.is_some() { " (signed)" } }
                @if let Some(email) = &search.email { " · e-mail to " bdi { (email) } }
            }
            @if !told.is_empty() {
                ul.told-list {
                    @for alert in told {
                        li {
                            a href=(format!("/articles/a{}", alert.article)) { "a" (alert.article) } " " (alert.channel.name()) ": "
                            @if let Some(done) = alert.done { span.good { "told" } " " (moment(done)) }
                            @else if let Some(next) = alert.next_at { "to be told " (moment(next)) }
                            @else { span.bad { "given up" } }
                            @if let Some(error) = &alert.last_error { " " span.quiet { bdi { (error) } } }
                        }
                    }
                }
            }
            form method="post" action="/alerts/remove" {
                input type="hidden" name="name" value=(search.name);
                button type="submit" aria-label=(format!("Remove {}", search.name)) { "Remove" }
            }
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct Wish {
    name: String,
    query: String,
    #[serde(default)]
    webhook: String,
    #[serde(default)]
    secret: String,
    #[serde(default)]
    email: String,
}

pub(crate) async fn add_alert(
    State(office): State<Office>,
    Form(wish): Form<Wish>,
) -> Result<Redirect, Failure> {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (name, query) = (wish.name.trim().to_owned(), wish.query.trim().to_owned());
    Words::parse(&query)?;
    if name.is_empty() || name.chars().count() > 200 {
        let detail = "a saved search needs a name of at most 200 characters";
        return Err(Failure::from(Problem::new("bad-value", detail)));
    }
    let webhook = some(&wish.webhook);
    if let Some(address) = &webhook {
        check(&office, address)?;
    }
    let email = some(&wish.email);
    if email.as_deref().is_some_and(|email| !crate::alerts::is_email(email)) {
        return Err(Failure::from(Problem::new("bad-value", "this is no e-mail address")));
    }
    let webhook = webhook.map(|address| Webhook { address, secret: some(&wish.secret) });
    let save = move |desk: &mut rashomon_desk::Desk| {
        let mut batch = desk.store_mut().begin()?;
        let number = batch.save_search(&name, &query, Timestamp::now())?;
        batch.set_delivery(number, webhook.as_ref(), email.as_deref())?;
        batch.commit()?;
        Ok(((), Vec::new()))
    };
    office.newsroom.ask(save).await?;
    Ok(Redirect::to("/alerts"))
}

#[derive(Deserialize)]
pub(crate) struct Name {
    name: String,
}

pub(crate) async fn remove_alert(
    State(office): State<Office>,
    Form(form): Form<Name>,
) -> Result<Redirect, Failure> {
    let remove = move |desk: &mut rashomon_desk::Desk| {
        let mut batch = desk.store_mut().begin()?;
        batch.remove_search(&form.name)?;
        batch.commit()?;
        Ok(((), Vec::new()))
    };
    office.newsroom.ask(remove).await?;
    Ok(Redirect::to("/alerts"))
}

/// The newest articles that a saved search finds, as Atom.
pub(crate) async fn alert_feed(
    State(office): State<Office>,
    Path(file): Path<String>,
) -> Result<Response, Problem> {
    let number = file.strip_suffix(".atom").and_then(|number| number.parse().ok());
    let number: u64 = number.ok_or_else(|| Problem::new("not-found", "there is no such feed"))?;
    let read = move |store: &mut Store| {
        let search = store.saved_search(number)?;
        let query = Words::parse(&search.query)?.with_order(HitOrder::Newest);
        let mut articles = Vec::new();
        for hit in store.search(&query, IN_FEED, None)?.hits {
            if !articles.iter().any(|(number, _)| *number == hit.article) {
                articles.push((hit.article, store.article(hit.article)?));
            }
        }
        let items = articles.iter().map(|(number, stored)| Item {
            number: *number,
            article: &stored.document.article,
            updated: stored.at,
        });
        let items: Vec<Item<'_>> = items.collect();
        let id = format!("urn:rashomon:saved-search:{number}");
        Ok::<_, Problem>(atom(&Head { id, title: search.name }, &items))
    };
    let feed = office.readers.read(read).await?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}
