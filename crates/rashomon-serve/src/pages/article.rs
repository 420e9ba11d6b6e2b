use axum::extract::{Path, State};
use maud::{Markup, html};
use rashomon::article::{Article, Block, BlockKind};
use rashomon::text::Span;
use rashomon_desk::store::{Change, Difference, Revision, Store, StoredArticle};

use super::failure::Failure;
use super::layout::{self, Place};
use super::pieces::{moment, story_address};
use super::story_changes::article_number;
use crate::problem::Problem;
use crate::state::Office;

/// How many bytes are shown at least on each side of a change.
const AROUND: usize = 80;

/// A report with all that its outlet changed in it.
pub(crate) async fn article(
    State(office): State<Office>,
    Path(name): Path<String>,
) -> Result<Markup, Failure> {
    let number = article_number(&name)?;
    let (stored, revisions, differences) =
        office.readers.read(move |store| read(store, number)).await?;
    let report = &stored.document.article;
    let title = report.title.as_deref().unwrap_or("A report without a headline");
    let body = html! {
        article.single {
            header {
                p.kicker {
                    bdi { (report.outlet_or_id()) } " · "
                    @if report.published.is_some() { (moment(stored.at)) } @else { "undated, read " (moment(stored.first_seen)) }
                    @if let Some(story) = stored.story { " · " a href=(story_address(story)) { "in story s" (story) } }
                }
                h1 dir="auto" { (title) }
                p.quiet {
                    @if !report.byline.is_empty() { "by " bdi { (report.byline.join(", ")) } " · " }
                    @if !report.agencies.is_empty() { "credits " bdi { (report.agencies.join(", ")) } " · " }
                    @if let Some(address) = rashomon_show::html::address(report) {
                        a href=(address) rel="external noopener noreferrer" target="_blank" { "at the source" }
                    } @else { "first seen " (moment(stored.first_seen)) }
                }
            }
            @if !differences.is_empty() { (history(&revisions, &differences)) }
            div.prose { @for block in &report.blocks { (paragraph(report, block)) } }
        }
    };
    Ok(layout::page(Place::Stories, title, &body))
}

type Read = (StoredArticle, Vec<Revision>, Vec<Difference>);

fn read(store: &mut Store, number: u64) -> Result<Read, Problem> {
    let stored = store.article(number)?;
    let revisions = store.revisions(number)?;
    let mut differences = Vec::new();
    for pair in revisions.windows(2) {
        differences.push(store.compare_revisions(number, pair[0].revision, pair[1].revision)?);
    }
    Ok((stored, revisions, differences))
}

fn paragraph(report: &Article, block: &Block) -> Markup {
    let words = report.text.get(block.span).unwrap_or_default();
    html! {
        @match block.kind {
            BlockKind::Headline => { h2.block dir="auto" { (words) } },
            BlockKind::Subheading => { h3.block dir="auto" { (words) } },
            BlockKind::Paragraph => { p.block dir="auto" { (words) } },
            _ => { p.block.aside dir="auto" { (words) } },
        }
    }
}

fn history(revisions: &[Revision], differences: &[Difference]) -> Markup {
    html! {
        section.revisions aria-labelledby="revisions" {
            h2 #revisions { "What was changed" }
            ol {
                @for (at, difference) in differences.iter().enumerate().rev() {
                    li {
                        h3 { (moment(revisions[at + 1].seen_at)) }
                        ul {
                            @for change in &difference.changes { (self::change(difference, change)) }
                        }
                    }
                }
            }
        }
    }
}

fn change(difference: &Difference, change: &Change) -> Markup {
    let (older, newer) = (&difference.older.article.text, &difference.newer.article.text);
    let (before, after) = around(newer.as_str(), change.newer);
    html! {
        li.change dir="auto" {
            (before)
            @if !change.older.is_empty() { del { (older.get(change.older).unwrap_or_default()) } }
            @if !change.older.is_empty() && !change.newer.is_empty() { " " }
            @if !change.newer.is_empty() { ins { (newer.get(change.newer).unwrap_or_default()) } }
            (after)
        }
    }
}

/// Some words before and after a span, cut between words.
fn around(text: &str, span: Span) -> (&str, &str) {
    let mut from = span.start().saturating_sub(AROUND);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let before = text.get(from..span.start()).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let cut = if from == 0 || before.len() < span.start() - from {
        0
    } else {
        before.find(' ').map_or(0, |at| at + 1)
    };
    let mut to = (span.end() + AROUND).min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    let after = text.get(span.end()..to).unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let end = if to == text.len() { after.len() } else { after.rfind(' ').unwrap_or(after.len()) };
    (&before[cut..], &after[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_are_whole_and_of_one_line() {
        let text = format!("{} é one two three four {}\nnext", "w".repeat(100), "v ".repeat(60));
        let at = text.find("two").expect("it is there");
        let (before, after) = around(&text, Span::new(at, at + 3));
        assert!(before.ends_with("é one ") && !before.starts_with('w') || before.starts_with("é"));
        assert!(after.starts_with(" three four") && !after.contains('\n'));
        assert_eq!(around("two", Span::new(0, 3)), ("", ""));
    }
}
