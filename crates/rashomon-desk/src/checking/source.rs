//! Whose words they are.

use jiff::Timestamp;
use rashomon::text::Span;
use rashomon_store::{ArticleNumber, Store, StoredArticle, StoryNumber};

use super::quotation::Said;
use crate::Error;

/// An article that words stand in.
#[derive(Clone, Debug)]
pub struct Source {
    /// The article.
    pub article: ArticleNumber,
    /// The revision in whose text they stand.
    pub revision: u64,
    /// Its story.
    pub story: Option<StoryNumber>,
    /// What tells it from all others: its address, mostly.
    pub key: String,
    /// Its outlet, or else its id.
    pub outlet: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its time.
    pub at: Timestamp,
}

impl Source {
    pub(super) fn of(stored: &StoredArticle) -> Source {
        let article = &stored.document.article;
        Source {
            article: stored.number,
            revision: stored.revisions,
            story: stored.story,
            key: stored.key.clone(),
            outlet: article.outlet_or_id().to_owned(),
            title: article.title.clone(),
            at: stored.at,
        }
    }
}

/// The quotation that words stand in, the innermost one where they stand in several.
pub(super) fn said(
    store: &Store,
    article: ArticleNumber,
    span: Span,
) -> Result<Option<Said>, Error> {
    let length = |content: &[Span]| content.iter().map(|part| part.len()).sum::<usize>();
    let touches = |part: &Span| part.start() < span.end() && span.start() < part.end();
    let around = store.quotations(article)?.into_iter();
    let around = around.filter(|quotation| quotation.content.iter().any(touches));
    let holds = |part: &Span| part.start() <= span.start() && span.end() <= part.end();
    // One that holds all of it comes before one that holds some.
    let around = around
        .min_by_key(|quotation| (!quotation.content.iter().any(holds), length(&quotation.content)));
    Ok(around.map(|quotation| Said {
        kind: quotation.kind,
        whole: quotation.content.iter().any(holds),
        content: quotation.content,
        speaker: quotation.speaker,
    }))
}
