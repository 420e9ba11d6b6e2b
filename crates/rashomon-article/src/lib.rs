/*!
The vocabulary of the program: the [`Article`], the [`Document`] that holds an article with the
layers of findings beside it, and the [`Story`] that holds documents with the findings across
them.

An article is frozen once it is read. A producer of a layer is a pure function from a document
(with the layers it needs) to the new layer, and does not know the other producers. Whatever a
finding says, it says with a [`Span`](rashomon_text::Span) of the article's own text.
*/

mod alteration;
mod article;
mod diagnostic;
mod document;
mod name;
mod omission;
mod quantity;
mod quotation;
mod story;
mod tie;
mod time;
mod token;
mod utterance;

pub use alteration::{Alteration, AlterationKind};
pub use article::{Article, Block, BlockKind, Published};
pub use diagnostic::Diagnostic;
pub use document::Document;
pub use name::{Entity, EntityIndex, EntityKind, Mention, MentionForm};
pub use omission::{Near, Omission, OmissionNote};
pub use quantity::{
    Change, Circumstances, Comparator, Dimension, Quantity, Scope, ScopeKind, Unit,
};
pub use quotation::{Quotation, QuotationKind, Speaker};
pub use story::{
    Alias, ArticleIndex, Certainty, Claim, Counts, Discrepancy, DiscrepancyKind, Evidence, Lineage,
    Origin, Passage, Side, Story, StoryEntity, TimelineEntry, Verdict,
};
pub use tie::{Direction, Sign, Tie, TieKind};
pub use time::{DayRange, TimeBasis, TimeExpression, TimeKind, TimeModifier};
pub use token::{Sentence, Token, TokenKind};
pub use utterance::{Cell, Column, Flag, FlagKind, Relation, Utterance, Variant};
