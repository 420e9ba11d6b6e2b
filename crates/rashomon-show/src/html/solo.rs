//! What only one tells, and what happened when.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rashomon_article::{ArticleIndex, TimelineEntry};

use super::pieces::{Section, folded, number, section, source, teller, words};
use super::view::View;
use crate::editor::month;

const WHEN: Section =
    Section { slug: "when", title: "When it happened", lede: "As the reports date it." };

const ALONE: Section = Section {
    slug: "alone",
    title: "Told by one alone",
    lede: "What no other report here has: an exclusive, a detail, or something to check.",
};

/// How many reports stand unfolded.
const SHOWN: usize = 8;

/// Sentences that only one report has, by report.
pub(super) fn unique(view: &View<'_>) -> Markup {
    let mut by_article: BTreeMap<ArticleIndex, Vec<usize>> = BTreeMap::new();
    for (at, passage) in view.story.unique.iter().enumerate() {
        by_article.entry(passage.article).or_default().push(at);
    }
    if by_article.is_empty() || view.story.documents.len() < 2 {
        return html! {};
    }
    let body = html! {
        @for (&article, sentences) in by_article.iter().take(SHOWN) { (solo(view, article, sentences)) }
        @if by_article.len() > SHOWN {
            details.more {
                summary { (number(by_article.len() - SHOWN, "report")) " more" }
                @for (&article, sentences) in by_article.iter().skip(SHOWN) { (solo(view, article, sentences)) }
            }
        }
    };
    section(view, &ALONE, body)
}

fn solo(view: &View<'_>, article: ArticleIndex, sentences: &[usize]) -> Markup {
    html! {
        section.solo.(view.hue(article)) #(format!("{}-alone", view.column(article))) {
            h3 { i.dot.full {} a href=(format!("#{}", view.column(article))) { bdi { (view.teller(article).label) } } }
            (folded(sentences.iter().map(|&at| sentence(view, at)).collect(), 3, "sentences", "sentence"))
        }
    }
}

fn sentence(view: &View<'_>, at: usize) -> Markup {
    let key = view.key('q', at);
    let passage = view.story.unique[at];
    html! { li #(key) { (words(view, &key, passage)) (source(view, passage)) } }
}

/// The days that the reports speak of.
pub(super) fn timeline(view: &View<'_>) -> Markup {
    if view.story.timeline.is_empty() {
        return html! {};
    }
    let body = html! {
        ol.days { @for (at, entry) in view.story.timeline.iter().enumerate() { (self::entry(view, at, entry)) } }
    };
    section(view, &WHEN, body)
}

fn entry(view: &View<'_>, at: usize, entry: &TimelineEntry) -> Markup {
    let key = view.key('t', at);
    let items = entry.mentions.iter().map(|&mention| {
        html! { li { (words(view, &key, mention)) " " (teller(view, &key, mention)) } }
    });
    html! {
        li.day #(key) {
            h3 { time { (when(&entry.when)) } }
            (folded(items.collect(), 3, "sentences", "sentence"))
        }
    }
}

/// A TIMEX3 value as people write it; what is no plain day, month or year stays as it is.
fn when(value: &str) -> String {
    let parts: Vec<&str> = value.split('-').collect();
    let month = |number: &str| month(number.parse().ok()?);
    match parts[..] {
        [year, m, day] if day.len() == 2 => match (month(m), day.parse::<u8>()) {
            (Some(month), Ok(day)) => format!("{day} {month} {year}"),
            _ => value.to_owned(),
        },
        [year, m] => month(m).map_or(value.to_owned(), |month| format!("{month} {year}")),
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_read_as_days() {
        let table = [
            ("2026-03-12", "12 March 2026"),
            ("2026-03", "March 2026"),
            ("2026", "2026"),
            ("2026-W11", "2026-W11"),
            ("2026-13-40", "2026-13-40"),
            ("PAST_REF", "PAST_REF"),
            ("XXXX-XX-XX", "XXXX-XX-XX"),
            ("", ""),
        ];
        for (value, shown) in table {
            assert_eq!(super::when(value), shown);
        }
    }
}
