//! Where the accounts differ, side by side.

use std::collections::BTreeSet;

use maud::{Markup, html};
use rashomon_article::{Discrepancy, DiscrepancyKind, Passage, Side, Verdict};

use super::history::history;
use super::matrix::letter;
use super::pieces::{Section, context, names, number, section, source, tellers};
use super::scale::scale;
use super::view::View;

const SECTION: Section = Section {
    slug: "differ",
    title: "Where they differ",
    lede: "Each account in the exact words of those who give it. Which is right, the reports do not decide.",
};

/// A value longer than this many characters is set smaller.
const LONG: usize = 48;

/// Conflicts and updates stand open; what has an innocent explanation is folded away.
pub(super) fn differences(view: &View<'_>) -> Markup {
    let found = || view.story.discrepancies.iter().enumerate();
    let open = |verdict| matches!(verdict, Verdict::Conflict | Verdict::Update | Verdict::Vague);
    let rank = |verdict| verdict != Verdict::Conflict;
    let mut grave: Vec<_> = found().filter(|(_, d)| open(d.verdict)).collect();
    grave.sort_by_key(|(_, d)| rank(d.verdict));
    let innocent: Vec<_> = found().filter(|(_, d)| !open(d.verdict)).collect();
    if grave.is_empty() && innocent.is_empty() {
        return html! {};
    }
    let body = html! {
        @for (at, discrepancy) in grave { (self::discrepancy(view, at, discrepancy)) }
        @if !innocent.is_empty() {
            details.more {
                summary { (number(innocent.len(), "difference")) " of form, not of fact" }
                @for (at, discrepancy) in innocent { (self::discrepancy(view, at, discrepancy)) }
            }
        }
    };
    section(view, &SECTION, body)
}

fn discrepancy(view: &View<'_>, at: usize, discrepancy: &Discrepancy) -> Markup {
    let key = view.key('d', at);
    html! {
        section.difference.(discrepancy.verdict.name()) #(key) {
            header {
                p.kind { (kind(discrepancy.kind)) " " span.badge.(discrepancy.verdict.name()) { (verdict(discrepancy.verdict)) } }
                h3 dir="auto" { (discrepancy.about) }
                @if !discrepancy.why.is_empty() { p.why { (discrepancy.why) } }
            }
            @if let Some(chart) = history(view, &key, discrepancy) { (chart) } @else { (scale(view, discrepancy)) }
            ol.sides {
                @for (at, side) in discrepancy.sides.iter().enumerate() { (self::side(view, &key, at, side)) }
            }
            @if !discrepancy.silent.is_empty() {
                p.silent { "Does not say: " (names(view, &discrepancy.silent)) }
            }
        }
    }
}

fn side(view: &View<'_>, key: &str, at: usize, side: &Side) -> Markup {
    /// How many mentions are quoted with their sentence; the rest is folded.
    const QUOTED: usize = 2;
    let mut mentions = worded_differently(view, side);
    // What is a whole sentence already needs no sentence around it.
    mentions.retain(|&mention| whole(view, mention) != side.value);
    html! {
        li.side {
            p class=(if side.value.chars().count() > LONG { "value long" } else { "value" }) dir="auto" { span.side-letter aria-hidden="true" { (letter(at)) } " " (side.value) }
            p.side-tellers { (tellers(view, key, &side.mentions)) }
            @for &mention in mentions.iter().take(QUOTED) {
                p.side-words { (context(view, key, mention)) (source(view, mention)) }
            }
            @if mentions.len() > QUOTED {
                details.tellings {
                    summary { (number(mentions.len() - QUOTED, "more wording")) }
                    @for &mention in mentions.iter().skip(QUOTED) {
                        p.side-words {
                            b { bdi { (view.teller(mention.article).label) } } " "
                            (context(view, key, mention)) (source(view, mention))
                        }
                    }
                }
            }
        }
    }
}

/// One mention for each sentence that is not another's word for word.
fn worded_differently(view: &View<'_>, side: &Side) -> Vec<Passage> {
    let mut seen = BTreeSet::new();
    side.mentions.iter().copied().filter(|&mention| seen.insert(whole(view, mention))).collect()
}

/// The sentence around a mention.
fn whole<'s>(view: &View<'s>, mention: Passage) -> &'s str {
    let [before, _, after] = view.context(mention);
    view.words(Passage { span: before.hull(after), ..mention })
}

fn kind(kind: DiscrepancyKind) -> &'static str {
    match kind {
        DiscrepancyKind::Quantity => "A number",
        DiscrepancyKind::Duration => "How long",
        DiscrepancyKind::Date => "When",
        DiscrepancyKind::Place => "Where",
        DiscrepancyKind::Name => "A name",
        DiscrepancyKind::Attribution => "Who said or did it",
        DiscrepancyKind::Negation => "Yes or no",
        DiscrepancyKind::Modality => "How certain",
        DiscrepancyKind::Wording => "Quoted words",
        DiscrepancyKind::Update => "A changing figure",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Conflict => "conflict",
        Verdict::Update => "changed over time",
        Verdict::Vague => "one is vaguer",
        Verdict::Compatible => "compatible",
        Verdict::Variant => "another form",
    }
}
