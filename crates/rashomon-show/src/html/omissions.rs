//! What most tell and some leave out.

use maud::{Markup, html};
use rashomon_article::ArticleIndex;

use super::pieces::{Section, dots, folded, number, section, words};
use super::view::View;
use crate::editor::{self, Reasons, excuse};

const SECTION: Section = Section {
    slug: "left",
    title: "What some leave out",
    lede: "More than half of the independent origins tell it or come near to it, and neither its \
           words nor words like them stand in these reports.",
};

/// How many claims stand unfolded.
const SHOWN: usize = 8;
/// How many reports are named for each reason.
const NAMED: usize = 12;

/// By claim, who leaves it out and why that may be.
pub(super) fn omissions(view: &View<'_>) -> Markup {
    let claims = editor::omissions(view.story);
    if claims.is_empty() {
        return html! {};
    }
    let items = claims.into_iter().map(|(at, notes)| claim(view, at, &notes)).collect();
    section(view, &SECTION, folded(items, SHOWN, "claims", "claim"))
}

fn claim(view: &View<'_>, at: usize, reasons: &Reasons) -> Markup {
    let claim = &view.story.claims[at];
    let near = view.near.range((at, ArticleIndex(0))..=(at, ArticleIndex(u32::MAX))).count();
    let filled = view.filled(claim.mentions.iter().map(|mention| mention.article));
    html! {
        li.claim #(view.key('o', at)) {
            div.support {
                (dots(view, &filled))
                span.support-count {
                    (claim.counts.origins) " of " (view.origins.len())
                    @if near > 0 { ", near in " (number(near, "report")) }
                }
            }
            div.claim-body {
                p.claim-text { (words(view, &view.key('c', at), claim.text)) }
                dl.left-out {
                    @for (&note, articles) in reasons {
                        dt { (capital(excuse(note))) }
                        dd { (reports(view, articles)) }
                    }
                }
            }
        }
    }
}

/// Reports, each linked to its text.
fn reports(view: &View<'_>, articles: &[ArticleIndex]) -> Markup {
    let report = |article: ArticleIndex| {
        html! {
            a.teller.(view.hue(article)) href=(format!("#{}", view.column(article))) { bdi { (view.teller(article).label) } } " "
        }
    };
    html! {
        span.tellers {
            @for &article in articles.iter().take(NAMED) { (report(article)) }
            @if articles.len() > NAMED {
                details.inline {
                    summary { (articles.len() - NAMED) " more" }
                    @for &article in articles.iter().skip(NAMED) { (report(article)) }
                }
            }
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}", first.to_uppercase(), letters.as_str()))
}
