//! Who tells what, as a table.

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, Verdict};

use super::pieces::{Section, section};
use super::view::View;

const SECTION: Section = Section {
    slug: "matrix",
    title: "Who tells what",
    lede: "A filled mark leads to the words. Read a row for a fact, a column for an outlet. \
           Letters tell the accounts of a difference apart.",
};

/// The most rows of each kind; the lists have them all.
const ROWS: usize = 30;
/// A claim is cut to this many characters in its row.
const ROW: usize = 110;

/// A row for each claim that several tell and for each difference, a column for each report,
/// reports of one origin beside each other.
pub(super) fn matrix(view: &View<'_>) -> Markup {
    let claims = &view.story.claims;
    let told: Vec<usize> = (0..claims.len()).filter(|&at| claims[at].counts.articles > 1).collect();
    let differing: Vec<usize> = (0..view.story.discrepancies.len())
        .filter(|&at| {
            matches!(view.story.discrepancies[at].verdict, Verdict::Conflict | Verdict::Update)
        })
        .collect();
    if told.len() + differing.len() < 2 {
        return html! {};
    }
    let columns: Vec<ArticleIndex> = view.origins.iter().flatten().copied().collect();
    let body = html! {
        div.scroll tabindex="0" role="region" aria-label=(view.named("Table of who tells what")) {
            table {
                (head(view, &columns))
                tbody { @for &at in told.iter().take(ROWS) { (claim(view, at, &columns)) } }
                @if !differing.is_empty() {
                    tbody {
                        tr { th.group scope="rowgroup" colspan=(columns.len() + 1) { "Told differently" } }
                        @for &at in differing.iter().take(ROWS) { (difference(view, at, &columns)) }
                    }
                }
            }
        }
        @if told.len() > ROWS {
            p.quiet { "The first " (ROWS) " of " (told.len()) " claims; the list above has them all." }
        }
    };
    section(view, &SECTION, body)
}

fn head(view: &View<'_>, columns: &[ArticleIndex]) -> Markup {
    html! {
        thead {
            tr {
                th scope="col" { span.vh { "Claim" } }
                @for &article in columns {
                    th.outlet.(view.hue(article)) scope="col" { span { bdi { (view.teller(article).label) } } }
                }
            }
        }
    }
}

fn claim(view: &View<'_>, at: usize, columns: &[ArticleIndex]) -> Markup {
    let claim = &view.story.claims[at];
    let key = view.key('c', at);
    let first = view.first_of_each(&claim.mentions);
    html! {
        tr {
            (row_head(&key, view.words(claim.text)))
            @for article in columns {
                td.(view.hue(*article)) {
                    @match first.get(article) {
                        Some(&passage) => a.cell href=(view.href(passage)) data-k=(key) tabindex="-1" {
                            i.dot.full {} span.vh { "told" }
                        },
                        None => span.vh { "not told" },
                    }
                }
            }
        }
    }
}

fn difference(view: &View<'_>, at: usize, columns: &[ArticleIndex]) -> Markup {
    let discrepancy = &view.story.discrepancies[at];
    let key = view.key('d', at);
    let side_of = |article: ArticleIndex| {
        discrepancy.sides.iter().enumerate().find_map(|(side, told)| {
            Some((side, *told.mentions.iter().find(|mention| mention.article == article)?))
        })
    };
    html! {
        tr.(discrepancy.verdict.name()) {
            (row_head(&key, &discrepancy.about))
            @for &article in columns {
                td.(view.hue(article)) {
                    @match side_of(article) {
                        Some((side, passage)) => a.cell href=(view.href(passage)) data-k=(key) tabindex="-1" title=(discrepancy.sides[side].value) {
                            span.side-letter { (letter(side)) }
                        },
                        None => span.vh { "does not say" },
                    }
                }
            }
        }
    }
}

fn row_head(key: &str, words: &str) -> Markup {
    let cut = words.char_indices().nth(ROW).map(|(cut, _)| {
        // At the end of a word, if there is one.
        words[..cut].rfind(char::is_whitespace).filter(|&space| space > 0).unwrap_or(cut)
    });
    html! {
        th scope="row" {
            a.words href=(format!("#{key}")) dir="auto" { (&words[..cut.unwrap_or(words.len())]) @if cut.is_some() { "…" } }
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
