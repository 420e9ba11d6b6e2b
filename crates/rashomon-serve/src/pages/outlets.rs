use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use rashomon::article::OmissionNote;
use rashomon_desk::store::{Alone, CopyRow, LeftOut, OutletArticle, OutletRow, Page, Store};
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{counted, moment, more, part, story_address, told_at};
use crate::problem::Problem;
use crate::state::Office;

const SHOWN: usize = 60;
/// How many of each kind stand on the page of an outlet.
const OF_EACH: usize = 12;

/// Where an outlet's page is.
pub(crate) fn outlet_address(outlet: &str) -> String {
    format!("/outlets/{}", part(outlet))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    q: String,
    after: String,
}

/// All outlets.
pub(crate) async fn outlets(
    State(office): State<Office>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let asked = wanted.clone();
    let read = move |store: &mut Store| {
        let prefix = Some(asked.q.trim()).filter(|prefix| !prefix.is_empty());
        let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
        Ok::<_, Problem>(store.outlets(prefix, SHOWN, after)?)
    };
    let page = office.readers.read(read).await?;
    let body = html! {
        div.outlets {
            header.front-head {
                h1 { "Outlets" }
                form.filter.wide role="search" aria-label="Outlets" action="/outlets" data-filter="outlets" {
                    label.vh for="which" { "Whose name begins so" }
                    input #which type="search" name="q" value=(wanted.q) placeholder="Name" autocomplete="off" spellcheck="false";
                    button.vh type="submit" { "Find" }
                }
            }
            div #outlets { (list(&page, &wanted)) }
        }
    };
    Ok(layout::page(Place::Outlets, "Outlets", &body))
}

fn list(page: &Page<OutletRow>, wanted: &Wanted) -> Markup {
    html! {
        @if page.rows.is_empty() {
            section.empty { h2 { "No outlet" } p { @if wanted.q.is_empty() { "Outlets stand here once there are reports." } @else { "None has a name that begins so." } } }
        } @else {
            table.ranked {
                caption.vh { "Outlets, those with most reports first" }
                thead { tr { th scope="col" { "Outlet" } th.figure scope="col" { "Reports" } th.figure scope="col" { "Tells alone" } th.figure scope="col" { "Leaves out" } th.figure scope="col" { "Copies" } th.figure scope="col" { "Is copied" } } }
                tbody {
                    @for row in &page.rows {
                        tr {
                            th scope="row" { a href=(outlet_address(&row.outlet)) { bdi { (row.outlet) } } }
                            td.figure { (row.articles) span.unit { (if row.articles == 1 { " report" } else { " reports" }) } }
                            td.figure { (row.alone) span.unit { " told alone" } }
                            td.figure { (row.left_out) span.unit { " left out" } }
                            td.figure { (row.copied_from) span.unit { " copied" } }
                            td.figure { (row.copied_by) span.unit { " copied by others" } }
                        }
                    }
                }
            }
            (more(page.next.as_deref(), "/outlets", &[("q", wanted.q.as_str())]))
        }
    }
}

/// What the page of an outlet shows.
struct About {
    row: OutletRow,
    alone: Page<Alone>,
    left_out: Page<LeftOut>,
    copies: Vec<CopyRow>,
    copied: Vec<CopyRow>,
    articles: Page<OutletArticle>,
}

/// What an outlet tells alone, what it leaves out, whom it copies and who copies it.
pub(crate) async fn outlet(
    State(office): State<Office>,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let read = move |store: &mut Store| {
        let after = Some(wanted.after.as_str()).filter(|after| !after.is_empty());
        let Some(row) = store.outlet(&name)? else {
            let detail = format!("{name}: there is no outlet of this name");
            return Err(Problem::new("not-found", detail));
        };
        Ok(About {
            alone: store.alone(&name, OF_EACH, None)?,
            left_out: store.left_out(&name, OF_EACH, None)?,
            copies: store.copied_from(&name)?,
            copied: store.copied_by(&name)?,
            articles: store.articles_by(&name, SHOWN, after)?,
            row,
        })
    };
    let about = office.readers.read(read).await?;
    let row = &about.row;
    let body = html! {
        article.outlet-page {
            header.front-head {
                p.kicker { "Outlet" }
                h1 { bdi { (row.outlet) } }
                p.kicker { (counted(row.articles, "report")) " in " (counted(row.stories, "story")) " · " (moment(row.first)) " – " (moment(row.last)) }
            }
            div.panels {
                (copying("Whom it copies", "No report here seems to be copied.", &about.copies, false))
                (copying("Who copies it", "Nobody here seems to copy it.", &about.copied, true))
            }
            (alone(row, &about.alone))
            (left_out(row, &about.left_out))
            (articles(row, &about.articles))
        }
    };
    Ok(layout::page(Place::Outlets, &row.outlet, &body))
}

/// A bar for each counterpart, as long as there are copies.
fn copying(heading: &str, nothing: &str, rows: &[CopyRow], by: bool) -> Markup {
    let most = rows.iter().map(|row| row.articles).max().unwrap_or(1).max(1);
    html! {
        section.panel {
            h2 { (heading) }
            @if rows.is_empty() { p.quiet { (nothing) } }
            ul.bars {
                @for row in rows.iter().take(OF_EACH) {
                    @let name = if by { &row.outlet } else { &row.source };
                    li {
                        @if row.is_agency && !by { span.bar-name { bdi { (name) } " " span.quiet { "agency" } } }
                        @else { a.bar-name href=(outlet_address(name)) { bdi { (name) } } }
                        svg.bar-line role="img" aria-label=(counted(row.articles, "report")) viewBox="0 0 100 8" preserveAspectRatio="none" {
                            rect width=(format!("{:.1}", 100.0 * row.articles as f64 / most as f64)) height="8" {}
                        }
                        span.quiet { (row.articles) }
                    }
                }
            }
        }
    }
}

fn alone(row: &OutletRow, page: &Page<Alone>) -> Markup {
    html! {
        section.ledger aria-labelledby="alone" {
            h2 #alone { "What it tells alone" " " span.quiet { (row.alone) } }
            @if page.rows.is_empty() { p.quiet { "Nothing that others do not tell too." } }
            ol {
                @for one in &page.rows {
                    li {
                        p.quiet {
                            (told_at(one.at, one.passages.first().is_none_or(|told| told.by.dated))) " · "
                            a href=(story_address(one.story)) dir="auto" { (one.passages.first().and_then(|told| told.by.title.as_deref()).unwrap_or("(no headline)")) }
                        }
                        ul {
                            @for told in one.passages.iter().take(4) {
                                li.words dir="auto" { a href=(format!("/articles/a{}", told.by.article)) { (told.words) } }
                            }
                            @if one.passages.len() > 4 { li.quiet { (one.passages.len() - 4) " more" } }
                        }
                    }
                }
            }
        }
    }
}

fn left_out(row: &OutletRow, page: &Page<LeftOut>) -> Markup {
    html! {
        section.ledger aria-labelledby="left" {
            h2 #left { "What it leaves out that most tell" " " span.quiet { (row.left_out) } }
            @if page.rows.is_empty() { p.quiet { "Nothing that most others tell." } }
            ol {
                @for one in &page.rows {
                    li {
                        p.words dir="auto" { a href=(story_address(one.story)) { (one.claim.words) } }
                        p.quiet {
                            "as " bdi { (one.claim.by.outlet) } " tells it · not in "
                            a href=(format!("/articles/a{}", one.by.article)) dir="auto" { (one.by.title.as_deref().unwrap_or("(no headline)")) }
                            @if one.note != OmissionNote::Unexplained && !one.why.is_empty() { " · " (one.why) }
                        }
                    }
                }
            }
        }
    }
}

fn articles(row: &OutletRow, page: &Page<OutletArticle>) -> Markup {
    html! {
        section.ledger aria-labelledby="articles" {
            h2 #articles { "Its reports" " " span.quiet { (row.articles) } }
            ol {
                @for one in &page.rows {
                    li {
                        a href=(format!("/articles/a{}", one.article)) dir="auto" { (one.title.as_deref().unwrap_or("(no headline)")) }
                        " " span.quiet {
                            (told_at(one.at, one.dated))
                            @if one.revisions > 0 { " · changed " (counted(one.revisions, "time")) }
                            @if let Some(story) = one.story { " · " a href=(story_address(story)) { "s" (story) } }
                        }
                    }
                }
            }
            (more(page.next.as_deref(), &outlet_address(&row.outlet), &[]))
        }
    }
}
