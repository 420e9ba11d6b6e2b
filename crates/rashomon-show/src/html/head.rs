//! The head of a story and the picture of who tells it after whom.

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, Origin, Verdict};
use rashomon_article::{Lineage, Published};

use super::pieces::{Section, number, section};
use super::view::{View, day, hue, moment};

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
    let agreed = story.claims.iter().filter(|claim| claim.counts.articles > 1).count();
    let conflicts =
        story.discrepancies.iter().filter(|found| found.verdict == Verdict::Conflict).count();
    let remarks = story.utterances.len();
    let entries = [
        ("agree", agreed, "told by several"),
        ("differ", story.discrepancies.len(), "told differently"),
        ("said", remarks, "remarks"),
        ("alone", story.unique.len(), "told by one alone"),
        ("when", story.timeline.len(), "points in time"),
        ("reports", story.documents.len(), "in full"),
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
    let shared: Vec<usize> =
        (0..view.origins.len()).filter(|&origin| view.origins[origin].len() > 1).collect();
    let alone: Vec<usize> =
        (0..view.origins.len()).filter(|&origin| view.origins[origin].len() == 1).collect();
    let lede = if shared.is_empty() {
        "No report seems to copy another."
    } else {
        "Reports on one line come from one origin and count once."
    };
    let body = html! {
        ul.lanes {
            @for origin in shared { (lane(view, origin)) }
            @if !alone.is_empty() {
                li.lane.own {
                    ol.rail { @for origin in alone { (stop(view, view.origins[origin][0], None)) } }
                }
            }
        }
    };
    section(view, &Section { slug: "who", title: "Who tells it", lede }, body)
}

fn lane(view: &View<'_>, origin: usize) -> Markup {
    let articles = &view.origins[origin];
    let lineage = view.story.lineage(articles[0]);
    let agency = lineage.and_then(|at| match &view.story.lineages[at].origin {
        Origin::Agency(name) => Some(name),
        Origin::Article(_) => None,
    });
    let evidence = lineage.map(|at| (at, &view.story.lineages[at]));
    let mut articles = articles.clone();
    articles.sort_by_key(|&article| view.teller(article).borrows);
    html! {
        li.lane.(hue(origin)) id=[lineage.map(|at| view.key('l', at))] {
            ol.rail {
                @if let Some(agency) = agency {
                    li.stop.agency { i.node {} span.stop-name { bdi { (agency) } } span.stop-note { "agency" } }
                }
                @for article in articles { (stop(view, article, evidence)) }
            }
        }
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
            @if let Some((at, count, Some(first))) = shared && teller.borrows {
                @let passage = if first.a.article == article { first.a } else { first.b };
                a.stop-note href=(view.href(passage)) data-k=(view.key('l', at)) { (number(count, "passage")) " shared" }
            }
        }
    }
}
