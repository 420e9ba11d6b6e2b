//! Who tells what, as a table.

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, OmissionNote, Story, Verdict};

use super::pieces::{Section, number, section};
use super::view::View;
use crate::editor::excuse;

const SECTION: Section = Section {
    slug: "matrix",
    title: "Who tells what",
    lede: "A row is a fact, a column a report; reports of one origin stand together. \
           A mark leads to the words.",
};

/// The most claims that have a row; the lists have them all.
const ROWS: usize = 60;
/// How many of them stand unfolded.
const SHOWN: usize = 20;
/// The most differences that have a row.
const DIFFERENCES: usize = 30;
/// A table of no more columns has room for wide ones.
const FEW: usize = 12;
/// A claim is cut to this many characters in its row.
const ROW: usize = 130;

/// The claims that have a row: the weightiest of those that several reports tell, and what some
/// leave out.
pub(super) fn rows(story: &Story) -> Vec<usize> {
    let told = |at: &usize| story.leads(*at);
    let left_out = |at: &usize| story.omissions.iter().any(|omission| omission.claim == *at);
    let all = (0..story.claims.len()).filter(told).enumerate();
    all.filter(|(rank, at)| *rank < ROWS || left_out(at)).map(|(_, at)| at).collect()
}

/// A row for each claim that several tell and for each difference, a column for each report.
pub(super) fn matrix(view: &View<'_>) -> Markup {
    let told = rows(view.story);
    let differing: Vec<usize> = (0..view.story.discrepancies.len())
        .filter(|&at| {
            matches!(view.story.discrepancies[at].verdict, Verdict::Conflict | Verdict::Update)
        })
        .collect();
    if told.len() + differing.len() < 2 {
        return html! {};
    }
    let table = Table { view, origins: columns(view, &told) };
    let shown = if told.len() <= SHOWN + 3 { told.len() } else { SHOWN };
    let body = html! {
        (legend(view))
        (table.scrolled("Table of who tells what", html! {
            tbody { @for &at in &told[..shown] { (table.claim(at)) } }
            @if !differing.is_empty() {
                tbody {
                    (table.group("Told differently"))
                    @for &at in differing.iter().take(DIFFERENCES) { (table.difference(at)) }
                }
            }
            (table.alone())
        }))
        @if told.len() > shown {
            details.more {
                summary { (number(told.len() - shown, "row")) " more" }
                (table.scrolled("More of the table of who tells what", html! {
                    tbody { @for &at in &told[shown..] { (table.claim(at)) } }
                }))
            }
        }
    };
    section(view, &SECTION, body)
}

/// What the marks mean, as far as they stand in the table.
fn legend(view: &View<'_>) -> Markup {
    let omissions = &view.story.omissions;
    let excused = omissions.iter().any(|omission| omission.note != OmissionNote::Unexplained);
    let unexplained = omissions.iter().any(|omission| omission.note == OmissionNote::Unexplained);
    html! {
        ul.matrix-legend {
            li { i.dot.full {} "tells it" }
            @if !view.near.is_empty() { li { i.dot.half {} "comes near" } }
            @if unexplained { li { i.dot.lacks {} "leaves out what most tell" } }
            @if excused { li { i.dot.lacks.excused {} "leaves it out, and is shorter, earlier or a cut copy" } }
            li { i.none {} "not found" }
            @if !view.story.discrepancies.is_empty() { li { span.side-letter aria-hidden="true" { "A" } "account of a difference" } }
        }
    }
}

/// The origins with their articles, who tells most of the rows first: what is left out gathers at
/// the end.
fn columns(view: &View<'_>, rows: &[usize]) -> Vec<Vec<ArticleIndex>> {
    let mut told = vec![0usize; view.story.documents.len()];
    for &at in rows {
        for article in view.first_of_each(&view.story.claims[at].mentions).into_keys() {
            told[article.get()] += 1;
        }
    }
    let most = |origin: &Vec<ArticleIndex>| origin.iter().map(|at| told[at.get()]).max();
    let mut origins = view.origins.clone();
    origins.sort_by_key(|origin| std::cmp::Reverse(most(origin)));
    for origin in &mut origins {
        origin.sort_by_key(|at| std::cmp::Reverse(told[at.get()]));
    }
    origins
}

struct Table<'v, 's> {
    view: &'v View<'s>,
    /// The columns by origin.
    origins: Vec<Vec<ArticleIndex>>,
}

impl Table<'_, '_> {
    fn columns(&self) -> impl Iterator<Item = ArticleIndex> + '_ {
        self.origins.iter().flatten().copied()
    }

    /// The table in a box of its own that scrolls.
    fn scrolled(&self, name: &str, body: Markup) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(self.view.named(name)) {
                table class=(if self.columns().count() > FEW { "tells" } else { "tells few" }) {
                    colgroup {}
                    @for origin in &self.origins { colgroup span=(origin.len()) {} }
                    (self.head())
                    (body)
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let view = self.view;
        html! {
            thead {
                tr {
                    th scope="col" { span.vh { "Claim" } }
                    @for article in self.columns() {
                        th.outlet.(view.hue(article)) scope="col" {
                            a href=(format!("#{}", view.column(article))) tabindex="-1" { bdi { (view.teller(article).label) } }
                        }
                    }
                }
            }
        }
    }

    fn group(&self, name: &str) -> Markup {
        html! { tr { th.group scope="rowgroup" colspan=(self.columns().count() + 1) { span { (name) } } } }
    }

    fn claim(&self, at: usize) -> Markup {
        let view = self.view;
        let claim = &view.story.claims[at];
        let key = view.key('c', at);
        let first = view.first_of_each(&claim.mentions);
        let count = format!("{} of {} origins", claim.counts.origins, view.origins.len());
        html! {
            tr #(view.key('m', at)) data-verb="comes near in" {
                (row_head(&key, view.words(claim.text), &count))
                @for article in self.columns() {
                    @if let Some(&passage) = first.get(&article) {
                        td.(view.hue(article)) {
                            a.cell href=(view.href(passage)) data-k=(key) tabindex="-1" { i.dot.full {} span.vh { "told" } }
                        }
                    } @else { (self.lacking(at, article)) }
                }
            }
        }
    }

    /// What stands in the cell of a report that does not count among the tellers.
    fn lacking(&self, at: usize, article: ArticleIndex) -> Markup {
        let view = self.view;
        if let Some(&passage) = view.near.get(&(at, article)) {
            return html! {
                td.(view.hue(article)) {
                    a.cell href=(view.href(passage)) tabindex="-1" { i.dot.half {} span.vh { "comes near" } }
                }
            };
        }
        let Some(&note) = view.omitted.get(&(at, article)) else { return html! { td {} } };
        let (said, class) = match note {
            OmissionNote::Unexplained => ("not told".to_owned(), "dot lacks"),
            excused => (format!("not told; {}", excuse(excused)), "dot lacks excused"),
        };
        html! { td { span.cell title=(said) { i class=(class) {} span.vh { (said) } } } }
    }

    fn difference(&self, at: usize) -> Markup {
        let view = self.view;
        let discrepancy = &view.story.discrepancies[at];
        let key = view.key('d', at);
        let side_of = |article: ArticleIndex| {
            discrepancy.sides.iter().enumerate().find_map(|(side, told)| {
                Some((side, *told.mentions.iter().find(|mention| mention.article == article)?))
            })
        };
        html! {
            tr.(discrepancy.verdict.name()) {
                (row_head(&key, &discrepancy.about, ""))
                @for article in self.columns() {
                    @match side_of(article) {
                        Some((side, passage)) => td.(view.hue(article)) {
                            a.cell href=(view.href(passage)) data-k=(key) tabindex="-1" title=(discrepancy.sides[side].value) {
                                span.side-letter { (letter(side)) }
                            }
                        },
                        None => td {},
                    }
                }
            }
        }
    }

    /// How many sentences each report alone tells.
    fn alone(&self) -> Markup {
        let view = self.view;
        let mut counts = vec![0usize; view.story.documents.len()];
        view.story.unique.iter().for_each(|passage| counts[passage.article.get()] += 1);
        if view.story.unique.is_empty() || view.story.documents.len() < 2 {
            return html! {};
        }
        html! {
            tfoot {
                tr {
                    th scope="row" { a href=(format!("#{}-alone", view.prefix)) { "Sentences that it alone tells" } }
                    @for article in self.columns() {
                        td { @if counts[article.get()] > 0 {
                            a.cell href=(format!("#{}-alone", view.column(article))) tabindex="-1" { (counts[article.get()]) }
                        } }
                    }
                }
            }
        }
    }
}

fn row_head(key: &str, words: &str, count: &str) -> Markup {
    let cut = words.char_indices().nth(ROW).map(|(cut, _)| {
        // At the end of a word, if there is one.
        words[..cut].rfind(char::is_whitespace).filter(|&space| space > 0).unwrap_or(cut)
    });
    html! {
        th scope="row" {
            a.words href=(format!("#{key}")) dir="auto" { (&words[..cut.unwrap_or(words.len())]) @if cut.is_some() { "…" } }
            @if !count.is_empty() { " " span.row-count { (count) } }
        }
    }
}

/// `A` for the first account; after `Z` a number.
pub(super) fn letter(side: usize) -> String {
    match u8::try_from(side) {
        Ok(side @ 0..26) => char::from(b'A' + side).to_string(),
        _ => (side + 1).to_string(),
    }
}
