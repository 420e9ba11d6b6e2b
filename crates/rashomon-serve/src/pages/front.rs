use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use rashomon_desk::store::{
    Brief, Query as Words, SpeakerFilter, SpeakerRow, Store, StoryFilter, StoryOrder, StoryRow,
    Tellers,
};
use serde::Deserialize;

use super::cookie::Visits;
use super::layout::{self, Place};
use super::people::person_address;
use super::pieces::{counted, moment, more, story_address, title, with};
use crate::problem::Problem;
use crate::state::Office;

/// How many stories stand on a page.
const SHOWN: usize = 40;
/// How many conflicts and speakers stand beside them.
const BESIDE: usize = 7;
/// How many conflicts of a story are named.
const IN_BRIEF: usize = 2;
/// How many outlets of a story are named.
const NAMED: usize = 6;

/// What the front page shows.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Choice {
    /// `told`, `begun`, or the newest first.
    order: String,
    /// `disputed`, `new`, `single`, or those of two reports and more.
    only: String,
    /// Only stories with a report of this outlet.
    outlet: String,
    /// Only stories in which this is found.
    q: String,
    /// Behind this cursor.
    after: String,
}

impl Choice {
    fn order(&self) -> StoryOrder {
        match self.order.as_str() {
            "told" => StoryOrder::Origins,
            "begun" => StoryOrder::Begun,
            _ => StoryOrder::Newest,
        }
    }

    fn filter(&self, before: Option<Timestamp>) -> Result<StoryFilter, Problem> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(StoryFilter {
            outlet: some(&self.outlet),
            query: some(&self.q).map(|words| Words::parse(&words)).transpose()?,
            articles: if self.only == "single" { 0 } else { 2 },
            disputed: self.only == "disputed",
            seen_since: before.filter(|_| self.only == "new"),
            count_since: before,
            ..StoryFilter::default()
        })
    }

    fn pairs<'c>(&'c self, order: &'c str, only: &'c str) -> [(&'static str, &'c str); 4] {
        [("order", order), ("only", only), ("outlet", &self.outlet), ("q", &self.q)]
    }
}

/// What a list shows of a story.
struct Glance {
    row: StoryRow,
    told: Tellers,
    conflicts: Vec<Brief>,
}

/// What a front page shows.
struct Front {
    glances: Vec<Glance>,
    next: Option<String>,
    conflicts: Vec<Brief>,
    speakers: Vec<SpeakerRow>,
}

/// The stories as they form.
pub(crate) async fn front(
    State(office): State<Office>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Response {
    let visits = Visits::read(&headers, Timestamp::now());
    let list = made(&office, &choice, visits.before).await;
    let body = html! {
        div.front {
            header.front-head {
                h1 { "Stories" }
                (choices(&choice, visits.before))
            }
            div #stories data-live="/stories" aria-busy="false" { (PreEscaped(&list)) }
        }
    };
    let mut response = layout::page(Place::Stories, "Stories", &body).into_response();
    visits.write(response.headers_mut());
    response
}

/// The list alone, for a page that is open.
pub(crate) async fn front_list(
    State(office): State<Office>,
    Query(choice): Query<Choice>,
    headers: HeaderMap,
) -> Markup {
    let visits = Visits::read(&headers, Timestamp::now());
    html! { (PreEscaped(made(&office, &choice, visits.before).await)) }
}

/// The list, made now or a moment ago for somebody else.
async fn made(office: &Office, choice: &Choice, before: Option<Timestamp>) -> Arc<str> {
    let (told, now) = (office.events.told(), Instant::now());
    let key = format!("{choice:?} {before:?}");
    if let Some(list) = office.menu.get(&key, told, now) {
        return list;
    }
    let found = read(office, choice, before).await;
    let is_whole = found.is_ok();
    let list: Arc<str> = list(choice, found, before).0.into();
    if is_whole {
        office.menu.put(key, told, now, Arc::clone(&list));
    }
    list
}

async fn read(
    office: &Office,
    choice: &Choice,
    before: Option<Timestamp>,
) -> Result<Front, Problem> {
    let choice = choice.clone();
    let read = move |store: &mut Store| {
        let after = Some(choice.after.as_str()).filter(|after| !after.is_empty());
        let page = store.stories(&choice.filter(before)?, choice.order(), SHOWN, after)?;
        let glances = page.stories.into_iter().map(|row| glance(store, row));
        let glances = glances.collect::<Result<Vec<Glance>, Problem>>()?;
        let conflicts = store.newest_conflicts_in_brief(BESIDE)?;
        let named = SpeakerFilter { named: true, ..SpeakerFilter::default() };
        let speakers = store.speakers(&named, BESIDE, None)?.rows;
        Ok::<_, Problem>(Front { glances, next: page.next, conflicts, speakers })
    };
    office.readers.read(read).await
}

fn glance(store: &Store, row: StoryRow) -> Result<Glance, Problem> {
    let told = store.tellers(row.story, NAMED)?;
    let conflicts = match row.conflicts {
        0 => Vec::new(),
        _ => store.conflicts_in_brief(row.story, IN_BRIEF)?,
    };
    Ok(Glance { row, told, conflicts })
}

fn choices(choice: &Choice, before: Option<Timestamp>) -> Markup {
    let orders = [("", "Latest"), ("told", "Most told"), ("begun", "Just begun")];
    let onlys =
        [("disputed", "In dispute"), ("new", "New to you"), ("single", "Also single reports")];
    html! {
        nav.choices aria-label="Which stories" {
            ul {
                @for (order, name) in orders {
                    @let is_this = choice.order == order;
                    li { a href=(with("/", &choice.pairs(order, &choice.only))) aria-current=[is_this.then_some("true")] { (name) } }
                }
            }
            ul.onlys {
                @for (only, name) in onlys {
                    @let is_this = choice.only == only;
                    @let to = if is_this { "" } else { only };
                    // Who is here for the first time has seen nothing yet.
                    @if only != "new" || before.is_some() {
                        li { a.chip href=(with("/", &choice.pairs(&choice.order, to))) aria-current=[is_this.then_some("true")] { (name) } }
                    }
                }
            }
            form.filter action="/" data-filter="stories" {
                @for (name, value) in [("order", &choice.order), ("only", &choice.only)] {
                    @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
                }
                label.vh for="filter" { "Only stories with these words" }
                input #filter type="search" name="q" value=(choice.q) placeholder="Only with these words" autocomplete="off" spellcheck="false";
                label.vh for="outlet" { "Only stories told by this outlet" }
                input #outlet type="search" name="outlet" value=(choice.outlet) placeholder="Told by outlet" autocomplete="off" spellcheck="false";
                button.vh type="submit" { "Filter" }
            }
        }
    }
}

fn list(choice: &Choice, found: Result<Front, Problem>, before: Option<Timestamp>) -> Markup {
    let found = match found {
        Ok(found) => found,
        Err(problem) => return html! { p.wrong role="alert" { bdi { (problem.detail()) } } },
    };
    let is_first = choice.after.is_empty() && choice.q.is_empty();
    let pairs = choice.pairs(&choice.order, &choice.only);
    html! {
        div.sheet {
            div.sheet-main {
                @if found.glances.is_empty() { (nothing(choice)) }
                ol.story-list { @for glance in &found.glances { (entry(glance, before)) } }
                (more(found.next.as_deref(), "/", &pairs))
            }
            @if is_first { (beside(&found)) }
        }
    }
}

fn nothing(choice: &Choice) -> Markup {
    let is_narrowed = [&choice.only, &choice.outlet, &choice.q].iter().any(|it| !it.is_empty());
    html! {
        section.empty {
            @if is_narrowed {
                h2 { "Nothing of that kind" }
                p { a href="/" { "All stories" } }
            } @else {
                h2 { "No story yet" }
                p { "A story forms as soon as two reports tell of one event. "
                    a href="/sources" { "Add feeds" } ", or read files into the same store with " code { "rashomon ingest" } "." }
            }
        }
    }
}

fn entry(glance: &Glance, before: Option<Timestamp>) -> Markup {
    let row = &glance.row;
    let new = row.new.filter(|new| *new > 0 && before.is_some());
    html! {
        li.entry data-story=(row.story) {
            p.told title="Reports that copy each other, or one agency, count as one origin" {
                b { (row.origins) }
                span { @if row.origins == 1 { "origin" } @else { "origins" } }
            }
            div.entry-body {
                p.kicker {
                    (counted(row.articles, "report")) " · " (counted(row.outlets, "outlet"))
                    @if glance.told.dated { " · " (moment(row.last)) } @else { " · undated" }
                    @if let Some(new) = new {
                        " " a.new href=(story_address(row.story)) { (new) " new" }
                    }
                }
                h2 { a href=(story_address(row.story)) dir="auto" { (title(row)) } }
                @for conflict in &glance.conflicts { (in_dispute(conflict)) }
                @if row.conflicts > IN_BRIEF as u64 {
                    p.quiet { (counted(row.conflicts - IN_BRIEF as u64, "more conflict")) }
                }
                p.by {
                    @for (at, outlet) in glance.told.outlets.iter().enumerate() {
                        @if at > 0 { " · " }
                        a href=(super::outlets::outlet_address(outlet)) { bdi { (outlet) } }
                    }
                    @if row.outlets > NAMED as u64 { " · " (row.outlets - NAMED as u64) " more" }
                }
            }
        }
    }
}

/// A conflict in a line: what it is about, and the values that exclude each other.
fn in_dispute(dispute: &Brief) -> Markup {
    html! {
        p.dispute {
            span.vh { "In dispute: " }
            bdi.about { (dispute.about) } " "
            @for (at, value) in dispute.values.iter().enumerate() {
                @if at > 0 { span.or { " or " } }
                bdi.words { (value) }
            }
        }
    }
}

fn beside(found: &Front) -> Markup {
    html! {
        aside.beside aria-label="At a glance" {
            @if !found.conflicts.is_empty() {
                section aria-labelledby="conflicts" {
                    h2 #conflicts { "In dispute" }
                    ol {
                        @for conflict in &found.conflicts {
                            li {
                                (in_dispute(conflict))
                                p.quiet { a href=(format!("{}#s1-differ", story_address(conflict.story))) dir="auto" { (conflict.title.as_deref().unwrap_or("(no headline)")) } }
                            }
                        }
                    }
                }
            }
            @if !found.speakers.is_empty() {
                section aria-labelledby="quoted" {
                    h2 #quoted { "Most quoted" }
                    ol {
                        @for speaker in &found.speakers {
                            li { a href=(person_address(&speaker.key)) { bdi { (speaker.name) } } " " span.quiet { (counted(speaker.remarks, "remark")) } }
                        }
                    }
                }
            }
        }
    }
}
