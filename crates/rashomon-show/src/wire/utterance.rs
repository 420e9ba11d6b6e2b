use rashomon_article as core;
use rashomon_text::Span;
use serde::Serialize;

use super::names::{FlagKind, QuotationKind, Relation};
use super::places::{Pair, Passage, Places, pairs};

/// One remark in all its variants.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Utterance {
    /// `u1` upwards.
    pub id: String,
    /// The id of the entity that made it.
    pub speaker: Option<String>,
    /// The name to show.
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

/// One telling of a remark.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Variant {
    /// The id of the article.
    pub article: String,
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The exact words.
    pub text: String,
    /// How the report gives them.
    pub kind: QuotationKind,
    /// The index of the quotation in the article's `quotations`.
    pub quotation: usize,
    /// Which telling it is a part of, counted from 0: a telling with a cue in its middle has two
    /// parts.
    pub telling: usize,
    /// Spans inside it whose words differ from the other variants.
    pub differing: Vec<Pair>,
}

/// A warning with its places.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Flag {
    /// What it warns of.
    pub kind: FlagKind,
    /// The words that it concerns.
    pub mentions: Vec<Passage>,
    /// One sentence.
    pub why: String,
}

/// Words of the variants that stand for each other. The cells of one variant, taken together, are
/// its words from the first to the last.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Column {
    /// Whether all variants that reach here have the same words.
    pub agrees: bool,
    /// One for each variant, in their order: `[start, end]` in its article, an empty span where
    /// it has no words though it has some before and after, null where it does not reach.
    pub cells: Vec<Option<Pair>>,
}

impl Utterance {
    pub(super) fn new(at: usize, utterance: &core::Utterance, places: &Places<'_>) -> Utterance {
        Utterance {
            id: format!("u{}", at + 1),
            speaker: utterance.speaker.map(|entity| format!("e{}", entity + 1)),
            speaker_name: utterance.speaker_name.clone(),
            variants: utterance.variants.iter().map(|v| Variant::new(v, places)).collect(),
            relation: utterance.relation.into(),
            note: utterance.note.clone(),
            flags: utterance.flags.iter().map(|flag| Flag::new(flag, places)).collect(),
            alignment: alignment(utterance, places),
        }
    }
}

impl Variant {
    fn new(variant: &core::Variant, places: &Places<'_>) -> Variant {
        let passage = core::Passage { article: variant.article, span: variant.span };
        let Passage { article, start, end } = places.passage(passage);
        Variant {
            article,
            start,
            end,
            text: places.words(passage),
            kind: variant.kind.into(),
            quotation: variant.quotation,
            telling: variant.telling,
            differing: pairs(places.offsets(variant.article), &variant.differing),
        }
    }
}

impl Flag {
    fn new(flag: &core::Flag, places: &Places<'_>) -> Flag {
        Flag {
            kind: flag.kind.into(),
            mentions: places.passages(&flag.mentions),
            why: flag.why.clone(),
        }
    }
}

fn alignment(utterance: &core::Utterance, places: &Places<'_>) -> Vec<Column> {
    // Where a variant that misses a column has got to.
    let mut reached: Vec<usize> = utterance.variants.iter().map(|v| v.span.start()).collect();
    let mut column = |column: &core::Column| {
        let variants = utterance.variants.iter().zip(&mut reached);
        let cells = variants.zip(&column.cells).map(|((variant, reached), cell)| {
            let span = match *cell {
                core::Cell::Words(span) => Some(span),
                core::Cell::Missing => Some(Span::new(*reached, *reached)),
                core::Cell::Outside => None,
            };
            *reached = span.map_or(*reached, |span| span.end());
            span.map(|span| places.offsets(variant.article).code_points(span))
        });
        Column { agrees: column.agrees, cells: cells.collect() }
    };
    utterance.alignment.iter().map(&mut column).collect()
}
