/*!
The same remark across reports, in all its variants.

What somebody said comes back in many shapes: word for word, cut to a fragment inside an outlet's
own sentence, reworded, translated twice, or told indirectly. [`utterances`] finds the tellings of
one remark and says how they relate; [`Remarks`] answers for a single pair.

The way there:

1. every quotation is cut into sentences and, where only some words stand in quotation marks,
   into what stands inside and outside of them;
2. tellings of one speaker that share words of weight are aligned word by word: normal form,
   contractions taken apart, names by whom they name, a small store of words between which
   translators choose. The alignment keeps the order (Gotoh 1982), words of matter that moved are
   matched afterwards, as in Sultan et al. 2014;
3. the share of matched weight in the shorter one and the density of matches in the longer one
   decide, with higher bars where the speaker is not known or somebody tells indirectly; numbers,
   names and denials must agree;
4. tellings gather around the longest one. Being near to a neighbour is not enough;
5. what is no remark but a thing that several reports name is left out.

Precision comes first: a false group invents agreement.
*/

mod align;
mod bound;
mod collate;
mod evidence;
mod flags;
mod foreign;
mod gist;
mod group;
mod hearsay;
mod judge;
mod likeness;
mod memo;
mod odds;
mod piece;
mod reader;
mod remarks;
mod reread;
mod speaker;
mod stitch;
mod substance;
mod telling;
mod usage;
mod word;

use rashomon_article::{Story, Utterance};
use rashomon_language::Language;
use rashomon_terms::Stamp;

pub use likeness::Likeness;
pub use memo::Memo;
pub use remarks::Remarks;
pub use reread::reread;

/// The remarks that are told more than once, in the order of their longest telling. Reads
/// tokens, sentences, mentions, quotations and entities.
///
/// Every utterance has at least two variants, from two articles or, where one article quotes the
/// same words twice, from one.
pub fn utterances(story: &Story, language: &Language) -> Vec<Utterance> {
    Remarks::new(story, language).utterances()
}

/// As [`utterances`]: what an earlier call with the same memo has read of documents with the same
/// stamps is not read again.
pub fn utterances_with<'l>(
    story: &Story,
    language: &'l Language,
    stamps: &[Stamp],
    memo: &mut Memo<'l>,
) -> Vec<Utterance> {
    Remarks::kept(story, language, stamps, memo).utterances()
}
