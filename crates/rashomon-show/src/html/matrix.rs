//! Who tells what, as a table.

use maud::{Markup, html};
use rashomon_article::ArticleIndex;

use super::pieces::{Section, section};
use super::view::View;

const SECTION: Section = Section {
    slug: "matrix",
    title: "Who tells what",
    lede: "A filled mark leads to the words. Read a row for a fact, a column for an outlet.",
};

/// The most rows; the list of claims has them all.
const ROWS: usize = 40;
/// A claim is cut to this many characters in its row.
const ROW: usize = 110;

/// A row for each claim that several tell, a column for each report, reports of one origin
/// beside each other.
pub(super) fn matrix(view: &View<'_>) -> Markup {
    let told: Vec<usize> = (0..view.story.claims.len())
        .filter(|&at| view.story.claims[at].counts.articles > 1)
        .collect();
    if told.len() < 2 {
        return html! {};
    }
    let columns: Vec<ArticleIndex> = view.origins.iter().flatten().copied().collect();
    let body = html! {
        div.scroll tabindex="0" role="region" aria-label=(view.named("Table of who tells what")) {
            table {
                thead {
                    tr {
                        th scope="col" { span.vh { "Claim" } }
                        @for &article in &columns {
                            th.outlet.(view.hue(article)) scope="col" { span { bdi { (view.teller(article).label) } } }
                        }
                    }
                }
                tbody { @for &at in told.iter().take(ROWS) { (row(view, at, &columns)) } }
            }
        }
        @if told.len() > ROWS { p.quiet { "The first " (ROWS) " of " (told.len()) "; the list above has them all." } }
    };
    section(view, &SECTION, body)
}

fn row(view: &View<'_>, at: usize, columns: &[ArticleIndex]) -> Markup {
    let claim = &view.story.claims[at];
    let key = view.key('c', at);
    let first = view.first_of_each(&claim.mentions);
    let words = view.words(claim.text);
    let cut = words.char_indices().nth(ROW).map(|(cut, _)| cut);
    html! {
        tr {
            th scope="row" {
                a.words href=(format!("#{key}")) dir="auto" { (&words[..cut.unwrap_or(words.len())]) @if cut.is_some() { "…" } }
            }
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
