//! Small parts that all sections share.

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, Passage};

use super::view::{View, hue};

/// More origins than this are shown as a bar, not as dots.
const DOTS: usize = 24;

/// `1 report`, `2 reports`.
pub(super) fn number(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// What a section is called.
pub(super) struct Section {
    /// Its class, and the end of the id that the navigation leads to.
    pub(super) slug: &'static str,
    pub(super) title: &'static str,
    /// How to read it.
    pub(super) lede: &'static str,
}

/// A section of a story.
pub(super) fn section(view: &View<'_>, section: &Section, body: Markup) -> Markup {
    let id = format!("{}-{}", view.prefix, section.slug);
    html! {
        section.(section.slug) {
            header.section-head {
                h2 #(id) { (section.title) }
                @if !section.lede.is_empty() { p.lede { (section.lede) } }
            }
            div.section-body { (body) }
        }
    }
}

/// One dot for each independent origin, filled where it tells. Each origin keeps its place.
pub(super) fn dots(view: &View<'_>, filled: &[bool]) -> Markup {
    let told = filled.iter().filter(|filled| **filled).count();
    let label = format!("{told} of {}", number(filled.len(), "independent origin"));
    if filled.len() > DOTS {
        let width = 100.0 * told as f64 / filled.len() as f64;
        return html! {
            svg.share role="img" aria-label=(label) viewBox="0 0 100 8" preserveAspectRatio="none" {
                rect.share-all width="100" height="8" {}
                rect.share-told width=(format!("{width:.1}")) height="8" {}
            }
        };
    }
    html! {
        span.dots role="img" aria-label=(label) title=(title(view, filled)) {
            @for (origin, filled) in filled.iter().enumerate() {
                i class=(format!("dot {}{}", hue(origin), if *filled { " full" } else { "" })) {}
            }
        }
    }
}

fn title(view: &View<'_>, filled: &[bool]) -> String {
    let names = view.origins.iter().zip(filled).filter(|(_, filled)| **filled);
    let names: Vec<&str> =
        names.map(|(articles, _)| view.teller(articles[0]).label.as_str()).collect();
    format!("told by {}", names.join(", "))
}

/// The outlet that tells a passage, as a link to the words in its column.
pub(super) fn teller(view: &View<'_>, key: &str, passage: Passage) -> Markup {
    html! {
        a.teller.(view.hue(passage.article)) href=(view.href(passage)) data-k=(key) { bdi { (view.teller(passage.article).label) } }
    }
}

/// Outlets, each linked to its first passage; many are cut to the first ones.
pub(super) fn tellers(view: &View<'_>, key: &str, passages: &[Passage]) -> Markup {
    const SHOWN: usize = 10;
    let first = view.first_of_each(passages);
    html! {
        span.tellers {
            @for &passage in first.values().take(SHOWN) { (teller(view, key, passage)) " " }
            @if first.len() > SHOWN {
                details.inline {
                    summary { (first.len() - SHOWN) " more" }
                    @for &passage in first.values().skip(SHOWN) { (teller(view, key, passage)) " " }
                }
            }
        }
    }
}

/// Outlets without a link.
pub(super) fn names(view: &View<'_>, articles: &[ArticleIndex]) -> Markup {
    const SHOWN: usize = 10;
    html! {
        @for (at, &article) in articles.iter().take(SHOWN).enumerate() {
            @if at > 0 { ", " }
            bdi { (view.teller(article).label) }
        }
        @if articles.len() > SHOWN { " and " (articles.len() - SHOWN) " more" }
    }
}

/// The link that opens the words at the outlet.
pub(super) fn source(view: &View<'_>, passage: Passage) -> Markup {
    html! {
        @if let Some(address) = view.source(passage) {
            " " a.out href=(address) rel="external noopener noreferrer" target="_blank" title="Open at the source" {
                span aria-hidden="true" { "↗" }
                span.vh { "Open at the source: " bdi { (view.teller(passage.article).label) } }
            }
        }
    }
}

/// The exact words of a passage in report type, as a link to their place.
pub(super) fn words(view: &View<'_>, key: &str, passage: Passage) -> Markup {
    html! {
        a.words href=(view.href(passage)) data-k=(key) lang=[view.language(passage.article)] dir="auto" { (view.words(passage)) }
    }
}

/// The sentence around a passage, the passage marked.
pub(super) fn context(view: &View<'_>, key: &str, passage: Passage) -> Markup {
    let document = view.document(passage.article);
    let text = &document.article.text;
    let [before, at, after] = view.context(passage).map(|span| text.get(span).unwrap_or_default());
    let alone = before.is_empty() && after.is_empty();
    html! {
        a.words href=(view.href(passage)) data-k=(key) lang=[view.language(passage.article)] dir="auto" {
            @if alone { (at) } @else { (before) mark { (at) } (after) }
        }
    }
}

/// A list, the rest of which is folded away.
pub(super) fn folded(items: Vec<Markup>, shown: usize, class: &str, noun: &str) -> Markup {
    let shown = if items.len() <= shown + 2 { items.len() } else { shown };
    html! {
        ol class=(class) { @for item in &items[..shown] { (item) } }
        @if items.len() > shown {
            details.more {
                summary { (number(items.len() - shown, noun)) " more" }
                ol class=(class) start=(shown + 1) { @for item in &items[shown..] { (item) } }
            }
        }
    }
}
