//! What the accounts agree on.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rashomon_article::{Claim, Passage};

use super::pieces::{Section, context, dots, folded, section, source, tellers};
use super::segments::segments;
use super::view::{Mark, MarkKind, View};
use crate::editor::{label, otherwise, told};

const SECTION: Section = Section {
    slug: "agree",
    title: "What they agree on",
    lede: "One dot for each independent origin, filled where it tells. The most widely told comes first.",
};

/// How many claims stand unfolded.
const SHOWN: usize = 12;

/// The claims that several independent origins tell, then those that only copies repeat.
pub(super) fn agreement(view: &View<'_>) -> Markup {
    let claims = || view.story.claims.iter().enumerate();
    let agreed: Vec<Markup> = claims()
        .filter(|&(at, c)| c.counts.origins > 1 || c.counts.articles == 1 && view.story.leads(at))
        .map(|(at, c)| claim(view, at, c))
        .collect();
    let copied: Vec<Markup> = claims()
        .filter(|(_, c)| c.counts.origins <= 1 && c.counts.articles > 1)
        .map(|(at, c)| claim(view, at, c))
        .collect();
    if agreed.is_empty() && copied.is_empty() {
        return html! {};
    }
    let body = html! {
        @if agreed.is_empty() { p.nothing { "Nothing is told by two independent origins." } }
        @else { (folded(agreed, SHOWN, "claims", "claim")) }
        @if !copied.is_empty() {
            details.more {
                summary { (copied.len()) " told by several reports of one origin: repeated, not confirmed" }
                ol.claims { @for claim in &copied { (claim) } }
            }
        }
    };
    section(view, &SECTION, body)
}

/// The words of the claim; what others tell differently in it is marked, so that agreement on the
/// whole hides no difference in the parts.
fn text(view: &View<'_>, key: &str, passage: Passage) -> Markup {
    let text = &view.document(passage.article).article.text;
    let differing: Vec<Mark> = view.marks[passage.article.get()]
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Conflict | MarkKind::Difference))
        .filter(|mark| !mark.span.covers(passage.span))
        .cloned()
        .collect();
    let differences: BTreeMap<&str, &str> = differing
        .iter()
        .filter(|mark| mark.span.overlaps(passage.span))
        .filter_map(|mark| Some((view.about(&mark.key)?, mark.key.as_str())))
        .collect();
    html! {
        a.words href=(view.href(passage)) data-k=(key) lang=[view.language(passage.article)] dir="auto" {
            @for segment in segments(passage.span, &differing) {
                @let words = text.get(segment.span).unwrap_or_default();
                @match segment.kinds.first() {
                    None => (words),
                    Some(MarkKind::Conflict) => mark.conflict { (words) },
                    Some(_) => mark { (words) },
                }
            }
        }
        @if !differences.is_empty() {
            span.differs {
                " Told differently: "
                @for (at, (about, key)) in differences.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(format!("#{key}")) dir="auto" { (about) }
                }
            }
        }
    }
}

fn claim(view: &View<'_>, at: usize, claim: &Claim) -> Markup {
    let key = view.key('c', at);
    let filled = view.filled(claim.mentions.iter().map(|mention| mention.article));
    let others = claim.mentions.iter().filter(|mention| **mention != claim.text).count();
    html! {
        li.claim #(key) {
            div.support {
                (dots(view, &filled))
                span.support-count { (claim.counts.origins) " of " (view.origins.len()) }
            }
            div.claim-body {
                p.claim-text {
                    @if let Some(label) = label(claim.certainty) { span.claim-certainty { (label) } " " }
                    (text(view, &key, claim.text))
                }
                p.claim-tellers { (tellers(view, &key, &claim.mentions)) }
                @for other in otherwise(view.story, claim) {
                    p.claim-tellers { (told(other.certainty)) " " (tellers(view, &key, &other.mentions)) }
                }
                @if others > 0 {
                    details.tellings {
                        summary { "In their words" }
                        dl {
                            @for mention in claim.mentions.iter().filter(|mention| **mention != claim.text) {
                                dt.(view.hue(mention.article)) { bdi { (view.teller(mention.article).label) } (source(view, *mention)) }
                                dd { (context(view, &key, *mention)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
