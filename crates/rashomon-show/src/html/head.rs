//! The head of a story and the picture of who tells it after whom.

use std::collections::BTreeSet;

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, Lineage, Origin, Passage, Published, Tie, Verdict};

use super::pieces::{Section, folded, number, section};
use super::view::{View, day, hue, moment};
use crate::editor::{likely, suggests};

/// How many lines of shared origin stand unfolded.
const LANES: usize = 6;
/// How many reports with an origin of their own stand unfolded.
const OWN: usize = 24;

/// What a story is called: a headline, or else its first words.
pub(super) fn title<'s>(view: &View<'s>) -> &'s str {
    let story = view.story;
    let first = || story.documents.first().map(|document| document.article.text.as_str().trim());
    let title =
        if story.title.trim().is_empty() { first().unwrap_or_default() } else { &story.title };
    let line = title.lines().next().unwrap_or_default();
    match line.char_indices().nth(160) {
        Some((cut, _)) => &line[..cut],
        None if line.is_empty() => "A report without words",
        None => line,
    }
}

/// Title, time, counts, and the way to the sections.
pub(super) fn head(view: &View<'_>) -> Markup {
    let story = view.story;
    let counts = story.counts(story.articles());
    html! {
        header.story-head {
            p.kicker {
                (number(counts.articles, "report")) " · " (number(counts.outlets, "outlet")) " · "
                strong { (number(counts.origins, "independent origin")) }
                @if let Some(when) = when(view) { " · " (when) }
            }
            h1 #(format!("{}-title", view.prefix)) dir="auto" { (title(view)) }
            (sections(view))
        }
    }
}

fn when(view: &View<'_>) -> Option<String> {
    let dates = || view.story.documents.iter().filter_map(|document| document.article.published);
    let first = dates().min_by_key(|date: &Published| date.day())?;
    let last = dates().max_by_key(|date: &Published| date.day())?;
    let (first, last) = (day(first), day(last));
    Some(if first == last { first } else { format!("{first} – {last}") })
}

fn sections(view: &View<'_>) -> Markup {
    let story = view.story;
    let agreed = (0..story.claims.len()).filter(|&at| story.leads(at)).count();
    let conflicts =
        story.discrepancies.iter().filter(|found| found.verdict == Verdict::Conflict).count();
    let remarks = story.utterances.len();
    let left_out: BTreeSet<usize> = story.omissions.iter().map(|it| it.claim).collect();
    let left_out = left_out.len();
    let entries = [
        ("agree", agreed, "told by several"),
        ("differ", story.discrepancies.len(), "told differently"),
        ("said", remarks, if remarks == 1 { "remark" } else { "remarks" }),
        ("left", left_out, "left out by some"),
        ("alone", story.unique.len(), "told by one alone"),
        (
            "when",
            story.timeline.len(),
            if story.timeline.len() == 1 { "point in time" } else { "points in time" },
        ),
        (
            "reports",
            story.documents.len(),
            if story.documents.len() == 1 { "report in full" } else { "reports in full" },
        ),
    ];
    html! {
        nav.sections aria-label=(view.named("Sections")) {
            ul {
                @for (slug, count, label) in entries {
                    @if count > 0 {
                        li {
                            a href=(format!("#{}-{slug}", view.prefix)) {
                                b { (count) } " " span { (label) }
                                @if slug == "differ" && conflicts > 0 {
                                    " " em.conflicts { (number(conflicts, "conflict")) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Who tells it after whom: a line for each origin that several reports share, then those who
/// tell it by themselves.
pub(super) fn origins(view: &View<'_>) -> Markup {
    let mut shared: Vec<usize> =
        (0..view.origins.len()).filter(|&origin| view.origins[origin].len() > 1).collect();
    let alone: Vec<usize> =
        (0..view.origins.len()).filter(|&origin| view.origins[origin].len() == 1).collect();
    shared.sort_by_key(|&origin| std::cmp::Reverse(view.origins[origin].len()));
    let lede = if shared.is_empty() {
        "No report seems to copy another."
    } else {
        "Reports on one line come from one origin and count once."
    };
    let lanes: Vec<Markup> = shared.iter().map(|&origin| lane(view, origin)).collect();
    let own = |origins: &[usize]| {
        html! {
            ol.rail { @for &origin in origins { (stop(view, view.origins[origin][0], None)) } }
        }
    };
    let body = html! {
        @if !lanes.is_empty() { (folded(lanes, LANES, "lanes", "line")) }
        div.own { (own(&alone[..alone.len().min(OWN)])) }
        @if alone.len() > OWN {
            details.more {
                summary { (number(alone.len() - OWN, "report")) " more with an origin of their own" }
                (own(&alone[OWN..]))
            }
        }
        @for (at, tie) in likely(view.story).enumerate() { (likely_tie(view, at, tie)) }
    };
    section(view, &Section { slug: "who", title: "Who tells it", lede }, body)
}

fn lane(view: &View<'_>, origin: usize) -> Markup {
    let articles = &view.origins[origin];
    let lineage = view.story.lineage(articles[0]);
    let agency = agency(view, articles[0]);
    let evidence = lineage.map(|at| (at, &view.story.lineages[at]));
    let mut articles = articles.clone();
    articles.sort_by_key(|&article| view.teller(article).borrows);
    html! {
        li.lane.(hue(origin)) id=[lineage.map(|at| view.key('l', at))] {
            ol.rail {
                @if let Some(agency) = agency && articles.iter().all(|&at| view.teller(at).borrows) {
                    li.stop.agency { i.node {} span.stop-name { bdi { (agency) } } span.stop-note { "agency" } }
                }
                @for article in articles { (stop(view, article, evidence)) }
            }
        }
    }
}

/// Two reports that may be one text in other words, and the sentences that suggest it.
fn likely_tie(view: &View<'_>, at: usize, tie: &Tie) -> Markup {
    let name = |article: ArticleIndex| {
        html! { a href=(format!("#{}", view.column(article))) { bdi { (view.teller(article).label) } } }
    };
    let words = |passage: Passage| {
        html! { a href=(view.href(passage)) data-k=(view.key('k', at)) { (view.words(passage)) } }
    };
    html! {
        details.more id=(view.key('k', at)) {
            summary { "Likely one text in other words: " (name(tie.a)) " and " (name(tie.b)) " (" (suggests(tie)) ")" }
            ol {
                @for passage in &tie.passages { li { (words(passage.a)) " — " (words(passage.b)) } }
            }
        }
    }
}

/// The agency that an article's lineage starts from, unless the article is the agency's own.
fn agency<'s>(view: &View<'s>, article: ArticleIndex) -> Option<&'s str> {
    let lineage = view.story.lineage(article)?;
    match &view.story.lineages[lineage].origin {
        Origin::Agency(name) if view.teller(article).borrows => Some(name),
        _ => None,
    }
}

fn stop(view: &View<'_>, article: ArticleIndex, evidence: Option<(usize, &Lineage)>) -> Markup {
    let teller = view.teller(article);
    let published = view.document(article).article.published;
    let shared = evidence.map(|(at, lineage)| {
        let mut own =
            lineage.evidence.iter().filter(|e| e.a.article == article || e.b.article == article);
        (at, own.clone().count(), own.next())
    });
    html! {
        li class=(format!("stop {}{}", view.hue(article), if teller.borrows { " borrows" } else { "" })) {
            i.node {}
            a.stop-name href=(format!("#{}", view.column(article))) { bdi { (teller.label) } }
            @if let Some(published) = published { span.stop-note { (moment(published)) } }
            @if let (None, Some(agency)) = (evidence, agency(view, article)) { span.stop-note { "after " bdi { (agency) } } }
            @if let Some((at, count, Some(first))) = shared && teller.borrows {
                @let passage = if first.a.article == article { first.a } else { first.b };
                a.stop-note href=(view.href(passage)) data-k=(view.key('l', at)) { (number(count, "passage")) " shared" }
            }
        }
    }
}
