use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, html};
use rashomon_desk::store::{StoryFilter, StoryOrder, StoryPage, StoryRow};
use serde::Deserialize;

use super::cookie::Visits;
use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{counted, moment, more, story_address, title, with};
use crate::problem::Problem;
use crate::state::Office;

/// How many stories stand on a page.
const SHOWN: usize = 40;

/// What the front page shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    /// `newest`, `told`, `begun`.
    order: String,
    /// Only stories with a report of this outlet.
    outlet: String,
    /// `all` also shows what one report tells alone.
    single: String,
    /// Behind this cursor.
    after: String,
}

impl Choice {
    fn order(&self) -> StoryOrder {
        match self.order.as_str() {
            "told" => StoryOrder::Outlets,
            "begun" => StoryOrder::Begun,
            _ => StoryOrder::Newest,
        }
    }

    fn filter(&self) -> StoryFilter {
        let outlet = Some(self.outlet.trim()).filter(|outlet| !outlet.is_empty());
        StoryFilter {
            outlet: outlet.map(str::to_owned),
            articles: if self.single == "all" { 0 } else { 2 },
            ..StoryFilter::default()
        }
    }
}

/// The stories as they form.
pub(crate) async fn front(
    State(office): State<Office>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let visits = Visits::read(&headers, Timestamp::now());
    let found = read(&office, choice.clone()).await?;
    let body = html! {
        div.front {
            header.front-head {
                h1 { "Stories" }
                (choices(&choice))
            }
            div #stories data-live="/stories" { (list(&found, &choice, visits.before)) }
        }
    };
    let mut response = layout::page(Place::Stories, "Stories", &body).into_response();
    visits.write(response.headers_mut());
    Ok(response)
}

/// The list alone, for a page that is open.
pub(crate) async fn front_list(
    State(office): State<Office>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Result<Markup, Failure> {
    let visits = Visits::read(&headers, Timestamp::now());
    let found = read(&office, choice.clone()).await?;
    Ok(list(&found, &choice, visits.before))
}

async fn read(office: &Office, choice: Choice) -> Result<StoryPage, Failure> {
    let read = move |store: &mut rashomon_desk::store::Store| {
        let after = Some(choice.after.as_str()).filter(|after| !after.is_empty());
        let page = store.stories(&choice.filter(), choice.order(), SHOWN, after)?;
        Ok::<_, Problem>(page)
    };
    Ok(office.readers.read(read).await?)
}

fn choices(choice: &Choice) -> Markup {
    let orders = [("", "Latest"), ("told", "Most told"), ("begun", "Just begun")];
    html! {
        nav.choices aria-label="Which stories" {
            ul {
                @for (order, name) in orders {
                    @let is_this = choice.order == order;
                    @let pairs = [("order", order), ("outlet", choice.outlet.as_str()), ("single", choice.single.as_str())];
                    li { a href=(with("/", &pairs)) aria-current=[is_this.then_some("true")] { (name) } }
                }
            }
        }
    }
}

fn list(found: &StoryPage, choice: &Choice, before: Option<Timestamp>) -> Markup {
    let pairs = [
        ("order", choice.order.as_str()),
        ("outlet", choice.outlet.as_str()),
        ("single", choice.single.as_str()),
    ];
    html! {
        @if found.stories.is_empty() { (nothing()) }
        ol.story-list { @for row in &found.stories { (entry(row, before)) } }
        (more(found.next.as_deref(), "/", &pairs))
    }
}

fn nothing() -> Markup {
    html! {
        section.empty {
            h2 { "No story yet" }
            p { "A story forms as soon as two reports tell of one event. "
                a href="/sources" { "Add feeds" } ", or read files into the same store with " code { "rashomon ingest" } "." }
        }
    }
}

fn entry(row: &StoryRow, before: Option<Timestamp>) -> Markup {
    let is_new = before.is_some_and(|before| row.last > before);
    html! {
        li.entry data-story=(row.story) {
            p.kicker {
                (counted(row.articles, "report")) " · " (counted(row.outlets, "outlet")) " · " (moment(row.last))
                @if is_new { " " span.new { "new" } }
            }
            h2 { a href=(story_address(row.story)) dir="auto" { (title(row)) } }
        }
    }
}
