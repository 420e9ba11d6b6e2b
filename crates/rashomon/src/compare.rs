use rashomon_article::{Diagnostic, Document, Story};
use rashomon_language::Language;
use rashomon_terms::Units;

use crate::borrow::borrow_dates;

/// What comparing is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompareOptions {
    /// All documents tell of one event: do not group them.
    pub one_story: bool,
}

/// What comparing found.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The stories, the one with most articles first.
    pub stories: Vec<Story>,
    /// What concerns no single article.
    pub diagnostics: Vec<Diagnostic>,
}

/// Groups annotated documents into stories and compares the reports of each.
pub fn compare(
    documents: Vec<Document>,
    options: &CompareOptions,
    language: &Language,
) -> Comparison {
    let mut groups: Vec<Vec<Document>> = Vec::new();
    if options.one_story {
        groups.push(documents);
    } else {
        let views: Vec<&Document> = documents.iter().collect();
        let assignments = rashomon_stories::group(&views, language);
        for (document, assignment) in documents.into_iter().zip(assignments) {
            while groups.len() <= assignment.story {
                groups.push(Vec::new());
            }
            groups[assignment.story].push(document);
        }
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let stories = groups
        .into_iter()
        .enumerate()
        .map(|(at, group)| compare_story(format!("s{}", at + 1), group, language))
        .collect();
    Comparison { stories, diagnostics: Vec::new() }
}

/// Compares reports of one event.
pub fn compare_story(id: String, documents: Vec<Document>, language: &Language) -> Story {
    let mut story = gather(id, documents, language);
    let quotations = rashomon_utterances::reread(&story, language);
    for (document, quotations) in story.documents.iter_mut().zip(quotations) {
        document.quotations = quotations;
        document.quantities = rashomon_quantities::with_sources(document, language);
    }
    let descent = rashomon_lineage::descent(&story, language);
    (story.lineages, story.ties) = (descent.lineages, descent.ties);
    story.utterances = rashomon_utterances::utterances(&story, language);
    let units = Units::new(&story, language);
    story.claims = rashomon_claims::claims(&story, &units);
    story.discrepancies = rashomon_discrepancies::discrepancies(&story, language);
    story.unique = rashomon_claims::unique(&story, &units);
    (story.omissions, story.near) = rashomon_claims::omissions(&story, language);
    story.timeline = rashomon_claims::timeline(&story, language);
    story.title = title(&story);
    story
}

/// A story with its reports in order and its entities joined, and no other layer yet. A report
/// without a date borrows one of the others' for its times, with the diagnostic `borrowed-date`.
pub fn gather(id: String, mut documents: Vec<Document>, language: &Language) -> Story {
    // A stable sort: reports without a date count as the earliest and keep the order of the input.
    documents.sort_by_key(|document| document.article.published.map(|at| at.instant()));
    borrow_dates(&mut documents, language);
    let mut story = Story { id, documents, ..Story::default() };
    story.entities = rashomon_names::join(&story, language);
    rashomon_names::with_descriptions(story, language)
}

/// The headline of the report that shares most claims with the others.
fn title(story: &Story) -> String {
    let shared = |at: &rashomon_article::ArticleIndex| {
        story.claims.iter().filter(|claim| claim.mentions.iter().any(|m| m.article == *at)).count()
    };
    story
        .articles()
        .filter(|&at| story.document(at).article.title.is_some())
        .max_by_key(|at| (shared(at), std::cmp::Reverse(*at)))
        .and_then(|at| story.document(at).article.title.clone())
        .unwrap_or_default()
}
