use axum::extract::{Path, Query, State};
use maud::{Markup, html};
use rashomon::article::{QuotationKind, Relation};
use rashomon::text::Span;
use rashomon_desk::store::{Page, Remark, SpeakerFilter, SpeakerRow, Store, Variant};
use serde::Deserialize;

use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{counted, moment, more, part, story_address, told_at, with};
use crate::problem::Problem;
use crate::state::Office;

const SHOWN: usize = 60;

/// Where a person's page is.
pub(crate) fn person_address(key: &str) -> String {
    format!("/people/{}", part(key))
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    q: String,
    after: String,
}

impl Wanted {
    fn after(&self) -> Option<&str> {
        Some(self.after.as_str()).filter(|after| !after.is_empty())
    }
}

/// Whoever is quoted.
pub(crate) async fn people(
    State(office): State<Office>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let asked = wanted.clone();
    let read = move |store: &mut Store| {
        let prefix = Some(asked.q.trim().to_owned()).filter(|prefix| !prefix.is_empty());
        let filter = SpeakerFilter { prefix, named: true, ..SpeakerFilter::default() };
        Ok::<_, Problem>(store.speakers(&filter, SHOWN, asked.after())?)
    };
    let page = office.readers.read(read).await?;
    let body = html! {
        div.people {
            header.front-head {
                h1 { "People" }
                form.filter.wide role="search" aria-label="People" action="/people" data-filter="people" {
                    label.vh for="who" { "Whose name begins so" }
                    input #who type="search" name="q" value=(wanted.q) placeholder="Name" autocomplete="off" spellcheck="false";
                    button.vh type="submit" { "Find" }
                }
            }
            div #people { (list(&page, &wanted)) }
        }
    };
    Ok(layout::page(Place::People, "People", &body))
}

fn list(page: &Page<SpeakerRow>, wanted: &Wanted) -> Markup {
    html! {
        @if page.rows.is_empty() {
            section.empty {
                h2 { "Nobody" }
                p { @if wanted.q.is_empty() { "Whoever is quoted in a report will stand here." } @else { "Nobody of that name is quoted." } }
            }
        } @else {
            table.ranked {
                caption.vh { "Whoever is quoted, the most quoted first" }
                thead { tr { th scope="col" { "Name" } th.figure scope="col" { "Remarks" } th.figure scope="col" { "Stories" } th.figure scope="col" { "Outlets" } th scope="col" { "Last told or read" } } }
                tbody {
                    @for row in &page.rows {
                        tr {
                            th scope="row" { a href=(person_address(&row.key)) { bdi { (row.name) } } }
                            td.figure { (row.remarks) span.unit { (if row.remarks == 1 { " remark" } else { " remarks" }) } }
                            td.figure { (row.stories) span.unit { (if row.stories == 1 { " story" } else { " stories" }) } }
                            td.figure { (row.outlets) span.unit { (if row.outlets == 1 { " outlet" } else { " outlets" }) } }
                            td { (moment(row.last)) }
                        }
                    }
                }
            }
            (more(page.next.as_deref(), "/people", &[("q", wanted.q.as_str())]))
        }
    }
}

/// What a person said, by date, with variants and who printed it.
pub(crate) async fn person(
    State(office): State<Office>,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, Failure> {
    let (asked, who) = (wanted.clone(), name.clone());
    let read = move |store: &mut Store| {
        let row = store.speaker(&who)?;
        let remarks = store.remarks_of(&who, SHOWN, asked.after())?;
        let mut titles = Vec::new();
        for remark in &remarks.rows {
            let story = remark.story.map(|story| store.story(story)).transpose()?;
            titles.push(story.and_then(|story| story.row.title));
        }
        Ok::<_, Problem>((row, remarks, titles))
    };
    let (row, remarks, titles) = office.readers.read(read).await?;
    if row.is_none() && remarks.rows.is_empty() {
        let detail = format!("{name}: nobody of this name is quoted");
        return Err(Failure::from(Problem::new("not-found", detail)));
    }
    let shown = row.as_ref().map_or(name.as_str(), |row| row.name.as_str());
    let body = html! {
        div.person {
            header.front-head {
                p.kicker { "What was said by" }
                h1 { bdi { (shown) } }
                @if let Some(row) = &row {
                    p.kicker {
                        strong { (counted(row.remarks, "remark")) } " in " (counted(row.stories, "story")) ", told by " (counted(row.outlets, "outlet"))
                    }
                }
                p.quiet { a href=(with("/search", &[("q", &format!("speaker:\"{}\"", shown.replace('"', ""))), ("kind", "quotation")])) { "Search in these words" } }
            }
            ol.remarks {
                @for (remark, title) in remarks.rows.iter().zip(&titles) { (self::remark(remark, title.as_deref())) }
            }
            (more(remarks.next.as_deref(), &person_address(&name), &[]))
        }
    };
    Ok(layout::page(Place::People, shown, &body))
}

fn remark(remark: &Remark, title: Option<&str>) -> Markup {
    html! {
        li.uttered {
            div.uttered-when {
                (told_at(remark.at, remark.variants.iter().any(|variant| variant.by.dated)))
                @if let Some(relation) = remark.relation { p.quiet { (how(relation)) } }
            }
            div.uttered-what {
                @for (at, variant) in distinct(&remark.variants).iter().enumerate() { (self::variant(variant, at == 0)) }
                @if !remark.note.is_empty() { p.note { (remark.note) } }
                @if let Some(story) = remark.story {
                    p.quiet { a href=(story_address(story)) dir="auto" { (title.unwrap_or("(no headline)")) } }
                }
            }
        }
    }
}

/// How the variants of a remark relate, in words.
fn how(relation: Relation) -> &'static str {
    match relation {
        Relation::Identical => "word for word",
        Relation::Cut => "cut to different lengths",
        Relation::Reworded => "in different words",
        Relation::Translated => "from translations",
        Relation::Paraphrased => "in part retold",
    }
}

/// Whether words stand between a part of a remark and the one before it, and not just a mark.
fn leaves_out(content: &[Span], at: usize) -> bool {
    const MARK: usize = 5;
    content.get(at).is_none_or(|part| part.start() > content[at - 1].end() + MARK)
}

/// The variants by their words: who prints the same words stands together.
fn distinct(variants: &[Variant]) -> Vec<Vec<&Variant>> {
    let mut all: Vec<Vec<&Variant>> = Vec::new();
    for variant in variants {
        let same = all
            .iter_mut()
            .find(|same| same[0].words == variant.words && same[0].kind == variant.kind);
        match same {
            Some(same) => same.push(variant),
            None => all.push(vec![variant]),
        }
    }
    all
}

fn variant(same: &[&Variant], is_first: bool) -> Markup {
    let first = same[0];
    let is_direct = first.kind == QuotationKind::Direct;
    html! {
        div.variant-said.lesser[!is_first] {
            blockquote.words.direct[is_direct] dir="auto" {
                a href=(format!("/articles/a{}", first.by.article)) {
                    @for (at, words) in first.words.iter().enumerate() {
                        @if at > 0 && leaves_out(&first.content, at) { span.gap-said aria-hidden="true" { " … " } }
                        @else if at > 0 { " " }
                        (words)
                    }
                }
            }
            p.quiet {
                @match first.kind {
                    QuotationKind::Direct => {},
                    QuotationKind::Mixed => { "partly in their own words, " },
                    QuotationKind::Indirect => { "in indirect speech, " },
                }
                @for (at, variant) in same.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(format!("/articles/a{}", variant.by.article)) { bdi { (variant.by.outlet) } }
                }
            }
        }
    }
}
