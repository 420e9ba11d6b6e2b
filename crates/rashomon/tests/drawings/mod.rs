//! How the findings of each analysis are drawn. One file for each analysis.

mod changes;
mod circumstances;
mod claims;
mod discrepancies;
mod entities;
mod lineage;
mod names;
mod omissions;
mod quantities;
mod quotations;
mod reading;
mod sentences;
mod stories;
mod times;
mod utterances;

use rashomon::article::{Document, Published, Story};
use rashomon::language::english;
use rashomon_spec::{Case, Findings};

/// The drawing of a case, or `None` where its info string names no analysis.
pub fn find(case: &Case) -> Option<Findings> {
    let draw: fn(&Story) -> Findings = match case.analysis.as_str() {
        "changes" => changes::draw,
        "circumstances" => circumstances::draw,
        "claims" => claims::draw,
        "discrepancies" => discrepancies::draw,
        "entities" => entities::draw,
        "lineage" => lineage::draw,
        "names" => names::draw,
        "omissions" => omissions::draw,
        "quantities" => quantities::draw,
        "reading" => reading::draw,
        "quotations" => quotations::draw,
        "sentences" => sentences::draw,
        "times" => times::draw,
        "stories" => stories::draw,
        "utterances" => utterances::draw,
        _ => return None,
    };
    Some(draw(&story(case)))
}

/// The articles of a case, read as plain text, annotated and compared as one story. They stay in
/// the order of the case.
fn story(case: &Case) -> Story {
    let documents: Vec<Document> = case
        .articles
        .iter()
        .map(|given| {
            let mut document = rashomon::read::read_plain(&given.name, &given.text, english());
            let field = |key| given.fields.get(key).or_else(|| case.fields.get(key));
            if let Some(outlet) = field("outlet") {
                document.article.outlet = Some(outlet.clone());
            }
            document.article.agencies.extend(field("agency").cloned());
            document.article.canonical = field("address").cloned().or(document.article.canonical);
            if let Some(owner) = field("owner") {
                document.article.extra.insert("owner".into(), owner.as_str().into());
            }
            if let Some(published) = field("published") {
                document.article.published = Some(self::published(published));
            }
            rashomon::annotate(document, english())
        })
        .collect();
    rashomon::compare_story("s1".into(), documents, english())
}

fn published(text: &str) -> Published {
    if let Ok(day) = text.parse() {
        return Published::Day(day);
    }
    let at = text.parse().expect("published is a day or an RFC 3339 instant");
    Published::Instant { at, offset: 0 }
}

/// Draws a label for each span of one layer of each article.
pub fn marks<'s>(
    story: &'s Story,
    of: impl Fn(&'s Document) -> Vec<(rashomon::text::Span, String)>,
) -> Findings {
    let marks = story
        .documents
        .iter()
        .enumerate()
        .flat_map(|(at, document)| {
            of(document).into_iter().map(move |(span, label)| (at, span, label))
        })
        .collect();
    Findings { marks, statements: Vec::new() }
}
