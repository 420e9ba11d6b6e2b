/*!
All that belongs to one language, as data.

The analyses are engines: they know what a verb of saying does, not which words are verbs of
saying. A [`Language`] holds the words. A second language is a second value of this type, in a
folder beside [`english`], and changes nothing in the engines.

```
let english = rashomon_language::english();
assert!(english.segmentation.abbreviations.contains(&"sen"));
```
*/

mod changes;
mod circumstances;
pub mod english;
mod frequencies;
mod index;
mod names;
mod numbers;
mod quotations;
mod reading;
mod renderings;
mod segmentation;
mod senses;
mod sieve;
mod table;
mod thesaurus;
mod times;
mod vectors;
mod words;

pub use changes::Changes;
pub use circumstances::{Circumstances, Phrase};
pub use frequencies::Frequencies;
pub use index::Index;
pub use names::Names;
pub use numbers::{Bound, Measure, Numbers, UnitWord};
pub use quotations::Quotations;
pub use reading::Reading;
pub use renderings::Renderings;
pub use segmentation::Segmentation;
pub use senses::Senses;
pub use sieve::Sieve;
pub use table::Table;
pub use thesaurus::{Class, Entry, Relation, Thesaurus};
pub use times::{TimeUnit, TimeWord, TimeZone, Times};
pub use vectors::{Vectors, word_key};
pub use words::Words;

/// The words of one language, by the analysis that needs them. Lists of words are in lower case
/// and sorted, so that they can be searched by halving; a test holds them to it.
#[derive(Debug)]
pub struct Language {
    /// BCP 47: `en`.
    pub tag: &'static str,
    /// Tokens and sentences.
    pub segmentation: Segmentation,
    /// Bylines, datelines, page furniture.
    pub reading: Reading,
    /// Titles, roles, given names, kinds of organisations and places.
    pub names: Names,
    /// Number words, units, comparators.
    pub numbers: Numbers,
    /// What tells of what a quantity is.
    pub circumstances: Circumstances,
    /// Months, weekdays, spans of time.
    pub times: Times,
    /// Verbs of saying, conventions of quoting.
    pub quotations: Quotations,
    /// Function words, negations, modals, contractions: what comparing sentences needs.
    pub words: Words,
    /// Synonyms, antonyms, marks of certainty: what comparing facts needs.
    pub senses: Senses,
    /// Translators' choices, spellings, conditions: what comparing remarks needs.
    pub renderings: Renderings,
    /// What telling a changed fact from other words needs.
    pub changes: Changes,
    /// Words as points, those used alike near to each other: what models read.
    pub vectors: Vectors,
    /// Synonyms, opposites, wider words of the language at large.
    pub thesaurus: Thesaurus,
}

/// The English of newspapers, of any country.
pub fn english() -> &'static Language {
    &english::ENGLISH
}
