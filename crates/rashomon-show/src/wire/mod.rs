/*!
The JSON that programs build on.

The wire types are not the core types: here offsets are Unicode code points into the `text` of
their own article (the unit of W3C's TextPositionSelector), things are named by ids, and a field
that is once written is neither renamed nor dropped. [`SCHEMA`] names the version. The types are
published as JSON Schema in the folder `schema/`.

```
use rashomon_article::{Article, Document};
use rashomon_show::wire;

let article = Article { id: "herald".into(), text: "Ships wait.".into(), ..Article::default() };
let line = serde_json::to_string(&wire::annotate_line(&Document::new(article))).unwrap();
assert!(line.starts_with(r#"{"schema":"rashomon/1","id":"herald""#));
```
*/

mod article;
mod names;
mod places;
mod quantity;
mod story;
mod tie;
mod utterance;

#[cfg(test)]
mod schema;

use rashomon_article::{Document, Story};
use serde::Serialize;

pub use article::{
    Article, ArticleEntity, Block, Diagnostic, Mention, Quotation, Sentence, Speaker, Time,
};
pub use names::{
    BlockKind, Change, Comparator, Dimension, DiscrepancyKind, EntityKind, FlagKind, MentionForm,
    OmissionNote, OriginKind, Precision, QuotationKind, Relation, ScopeKind, TimeKind, Verdict,
};
pub use places::{Pair, Passage};
pub use quantity::{AsOf, Quantity, Restated, Scope};
pub use story::{
    Alias, Claim, Counts, Discrepancy, Entity, Evidence, Lineage, Omission, Side,
    Story as WireStory, StorySpan, TimelineEntry,
};
pub use tie::{Direction, LikelyTie, Sign, Tie};
pub use utterance::{Column, Flag, Utterance, Variant};

/// The version of the wire format, written into every document.
pub const SCHEMA: &str = "rashomon/1";

/// What `rashomon compare --format json` writes.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comparison {
    /// `rashomon/1`.
    #[cfg_attr(test, schemars(with = "schema::Version"))]
    pub schema: &'static str,
    /// The stories, the one with most articles first.
    pub stories: Vec<WireStory>,
    /// What concerns no single article.
    pub diagnostics: Vec<Diagnostic>,
}

/// One article with the findings in it: a line of `rashomon annotate --format jsonl`. Its
/// entities are its own, `e1` upwards.
pub fn annotate_line(document: &Document) -> Article {
    Article::new(document)
}

/// A whole comparison. The entities of its articles are those of their story.
pub fn comparison(stories: &[Story], diagnostics: &[rashomon_article::Diagnostic]) -> Comparison {
    Comparison {
        schema: SCHEMA,
        stories: stories.iter().map(WireStory::new).collect(),
        diagnostics: diagnostics.iter().map(Diagnostic::input).collect(),
    }
}
