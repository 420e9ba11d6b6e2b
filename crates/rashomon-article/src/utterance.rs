use rashomon_text::Span;

use crate::{ArticleIndex, Passage, QuotationKind};

/// How the variants of an utterance relate. Where several hold, the one further down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The same words.
    Identical,
    /// One is a part of the other.
    Cut,
    /// Some words inside quotation marks differ, though nothing suggests a translation.
    Reworded,
    /// Different renderings of a foreign sentence.
    Translated,
    /// At least one is indirect and says it in other words.
    Paraphrased,
}

impl Relation {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            Relation::Identical => "identical",
            Relation::Cut => "cut",
            Relation::Reworded => "reworded",
            Relation::Translated => "translated",
            Relation::Paraphrased => "paraphrased",
        }
    }
}

/// One remark in all its variants.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Who made it: an index into [`Story::entities`].
    pub speaker: Option<usize>,
    /// The name to show, where there is one.
    pub speaker_name: Option<String>,
    /// The variants, the longest first.
    pub variants: Vec<Variant>,
    /// How they relate.
    pub relation: Relation,
    /// What an editor must know, the sentences of all flags; empty where there is nothing.
    pub note: String,
    /// What an editor must know, one by one.
    pub flags: Vec<Flag>,
    /// The variants beside each other, word by word, in the order of the longest one.
    pub alignment: Vec<Column>,
}

/// Words of the variants that stand for each other: a column of a collation table (the parallel
/// segmentation of TEI P5, chapter 12). Where all have the same words, a column is as long as they
/// do; where they differ, as short as it can be.
///
/// The cells of one variant, taken together, are its words from the first to the last byte. A
/// variant that retells what others quote stands in no column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// One for each of [`Utterance::variants`], in their order.
    pub cells: Vec<Cell>,
    /// Whether all variants that reach here have the same words.
    pub agrees: bool,
}

/// What a variant has in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// These words, with the blanks and marks after them.
    Words(Span),
    /// Nothing, though it has words before and after.
    Missing,
    /// Nothing: it begins later, ended before, or is retold in other words.
    Outside,
}

impl Cell {
    /// The words, if there are any.
    pub fn span(self) -> Option<Span> {
        match self {
            Cell::Words(span) => Some(span),
            Cell::Missing | Cell::Outside => None,
        }
    }
}

/// What an editor must know of a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FlagKind {
    /// Reports give it to different people.
    Speakers,
    /// Words inside quotation marks differ, though nothing suggests a translation.
    Wording,
    /// A cut leaves out the word that denies what is kept.
    LostDenial,
    /// A cut leaves out a condition of what is kept.
    LostCondition,
    /// One quotation joins words that were not said one after the other.
    Stitched,
}

impl FlagKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            FlagKind::Speakers => "speakers",
            FlagKind::Wording => "wording",
            FlagKind::LostDenial => "lost-denial",
            FlagKind::LostCondition => "lost-condition",
            FlagKind::Stitched => "stitched",
        }
    }
}

/// A warning with its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag {
    /// What it warns of.
    pub kind: FlagKind,
    /// The words that it concerns, those that are at fault or in question first.
    pub mentions: Vec<Passage>,
    /// One sentence.
    pub why: String,
}

/// One telling of a remark.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Which report.
    pub article: ArticleIndex,
    /// The index of the quotation in the report's layer.
    pub quotation: usize,
    /// Which telling it is a part of, counted from 0: a telling with a cue in its middle has two
    /// parts, one variant each.
    pub telling: usize,
    /// The words: one of the content spans of the quotation, or a part of one.
    pub span: Span,
    /// How the report gives them.
    pub kind: QuotationKind,
    /// Spans inside `span` whose words differ from the other variants.
    pub differing: Vec<Span>,
}
