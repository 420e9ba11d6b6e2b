use rashomon_article::{Document, Story};
use rashomon_text::{Offsets, Span};
use serde::Serialize;

/// `[start, end]` in code points, half-open.
pub type Pair = (usize, usize);

/// Exact words in an exact article of the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Passage {
    /// The id of the article.
    pub article: String,
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Translates passages of a story into ids and code points.
pub(super) struct Places<'s> {
    articles: Vec<(&'s Document, Offsets<'s>)>,
}

impl<'s> Places<'s> {
    pub(super) fn new(story: &'s Story) -> Places<'s> {
        let offsets = |document: &'s Document| Offsets::new(document.article.text.as_str());
        Places { articles: story.documents.iter().map(|d| (d, offsets(d))).collect() }
    }

    pub(super) fn offsets(&self, article: rashomon_article::ArticleIndex) -> &Offsets<'s> {
        &self.articles[article.get()].1
    }

    pub(super) fn id(&self, article: rashomon_article::ArticleIndex) -> String {
        self.articles[article.get()].0.article.id.clone()
    }

    pub(super) fn ids(&self, articles: &[rashomon_article::ArticleIndex]) -> Vec<String> {
        articles.iter().map(|&article| self.id(article)).collect()
    }

    pub(super) fn words(&self, passage: rashomon_article::Passage) -> String {
        self.articles[passage.article.get()].0.slice(passage.span).to_owned()
    }

    pub(super) fn passage(&self, passage: rashomon_article::Passage) -> Passage {
        let (start, end) = self.offsets(passage.article).code_points(passage.span);
        Passage { article: self.id(passage.article), start, end }
    }

    pub(super) fn passages(&self, passages: &[rashomon_article::Passage]) -> Vec<Passage> {
        passages.iter().map(|&passage| self.passage(passage)).collect()
    }
}

/// Several spans of one article.
pub(super) fn pairs(offsets: &Offsets<'_>, spans: &[Span]) -> Vec<Pair> {
    spans.iter().map(|&span| offsets.code_points(span)).collect()
}
