use rashomon_article::{Diagnostic, Document, Story};
use rashomon_claims::Tellings;
use rashomon_language::Language;
use rashomon_terms::{Stamp, UnitReader};

use crate::borrow::{Borrowed, borrow_dates};

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

/// Compares reports of one event. Who adds to a story again and again keeps a
/// [`Synopsis`](crate::Synopsis).
pub fn compare_story(id: String, documents: Vec<Document>, language: &Language) -> Story {
    let mut memos = Memos::new(language);
    let story = reread(id, documents, language, &[], &mut memos);
    synopsis(story, language, &[], &mut memos)
}

/// A story with its reports in order and its entities joined, and no other layer yet. A report
/// without a date borrows one of the others' for its times, with the diagnostic `borrowed-date`.
pub fn gather(id: String, documents: Vec<Document>, language: &Language) -> Story {
    gather_with(id, documents, language, &[], &mut Memos::new(language))
}

fn gather_with(
    id: String,
    mut documents: Vec<Document>,
    language: &Language,
    stamps: &[Stamp],
    memos: &mut Memos<'_>,
) -> Story {
    sort_by_publication(&mut documents, |document| document);
    memos.borrowed.stamps = stamps.to_vec();
    borrow_dates(&mut documents, language, &mut memos.borrowed);
    let mut story = Story { id, documents, ..Story::default() };
    story.entities = rashomon_names::join_with(&story, language, stamps, &mut memos.names);
    rashomon_names::with_descriptions_with(story, language, &mut memos.names)
}

/// A stable sort: reports without a date count as the earliest and keep the order of the input.
pub(crate) fn sort_by_publication<T>(items: &mut [T], document: impl Fn(&T) -> &Document) {
    items.sort_by_key(|item| document(item).article.published.map(|at| at.instant()));
}

/// A gathered story of which each report is read in the light of the others. `stamps` are those of
/// the documents as they are handed in, in the order of publication, or none.
pub(crate) fn reread(
    id: String,
    documents: Vec<Document>,
    language: &Language,
    stamps: &[Stamp],
    memos: &mut Memos<'_>,
) -> Story {
    let mut story = gather_with(id, documents, language, stamps, memos);
    let quotations = rashomon_utterances::reread(&story, language);
    for (document, quotations) in story.documents.iter_mut().zip(quotations) {
        document.quotations = quotations;
        document.quantities = rashomon_quantities::with_sources(document, language);
    }
    story
}

/// Fills the layers of a story whose reports are [reread]. `stamps` are those of its documents as
/// they are now, or none.
pub(crate) fn synopsis<'l>(
    mut story: Story,
    language: &'l Language,
    stamps: &[Stamp],
    memos: &mut Memos<'l>,
) -> Story {
    let descent = rashomon_lineage::descent_with(&story, language, stamps, &mut memos.lineage);
    (story.lineages, story.ties) = (descent.lineages, descent.ties);
    let remarks = &mut memos.utterances;
    story.utterances = rashomon_utterances::utterances_with(&story, language, stamps, remarks);
    let units = memos.units.units(&story, stamps);
    let tellings = match stamps {
        [] => Tellings::new(&story, &units),
        _ => Tellings::kept(&story, &units, &mut memos.claims),
    };
    story.claims = rashomon_claims::claims_of(&story, &units, &tellings);
    let differences = &mut memos.discrepancies;
    story.discrepancies =
        rashomon_discrepancies::discrepancies_with(&story, language, stamps, differences);
    story.unique = rashomon_claims::unique_of(&story, &units, &tellings);
    let read = &mut memos.omissions;
    let (omissions, near) = rashomon_claims::omissions_with(&story, language, stamps, read);
    (story.omissions, story.near) = (omissions, near);
    story.timeline = rashomon_claims::timeline(&story, language);
    story.title = title(&story);
    story
}

/// What the analyses keep of a story from one comparison to the next.
pub(crate) struct Memos<'l> {
    borrowed: Borrowed,
    names: rashomon_names::Memo,
    lineage: rashomon_lineage::Memo<'l>,
    utterances: rashomon_utterances::Memo<'l>,
    units: UnitReader<'l>,
    claims: rashomon_claims::Memo,
    discrepancies: rashomon_discrepancies::Memo<'l>,
    omissions: rashomon_claims::OmissionMemo<'l>,
}

impl<'l> Memos<'l> {
    pub fn new(language: &'l Language) -> Memos<'l> {
        Memos {
            borrowed: Borrowed::default(),
            names: rashomon_names::Memo::new(),
            lineage: rashomon_lineage::Memo::new(language),
            utterances: rashomon_utterances::Memo::new(language),
            units: UnitReader::new(language),
            claims: rashomon_claims::Memo::new(),
            discrepancies: rashomon_discrepancies::Memo::new(language),
            omissions: rashomon_claims::OmissionMemo::new(language),
        }
    }
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
