/*!
Does a text change a fact of its source, and at which words?

A [`Source`] is read once, and tellings of it (a summary, a rewritten sentence, another outlet's
report) are held against it word by word. Each word of the telling is looked for in the source, by
its form, its synonyms, or what stands in its place between the same neighbours; the evidence is
weighed, and the words come back with how likely each changes a fact.

```
use rashomon_changes::{SUSPECT, changes, probability};
use rashomon_language::english;
# fn read(text: &str) -> rashomon_article::Document {
#     let mut document = rashomon_read::read_plain("a", text, english());
#     document.tokens = rashomon_segment::tokens(&document, english());
#     document.sentences = rashomon_segment::sentences(&document, english());
#     (document.mentions, document.entities) = rashomon_names::mentions(&document, english());
#     document.times = rashomon_times::times(&document, english());
#     document.quantities = rashomon_quantities::quantities(&document, english());
#     document
# }

let source = read("The ferry Merrow sank off Lusa on Friday. The coast guard saved 12 people.");
let telling = read("The coast guard saved 17 people when the ferry sank off Lusa.");
let found = changes(&source, &telling, english());
let worst = found.iter().max_by(|a, b| a.probability.total_cmp(&b.probability)).unwrap();
assert_eq!(telling.slice(worst.span), "17");
assert_eq!(source.slice(worst.source[0]), "12");
assert!(worst.probability > SUSPECT && probability(&found) > english().changes.threshold());
```

What is weighed stands in [`NAMES`]; the weights are data of the language pack, and their card is
`docs/models/changes.md`. No word is judged true or false: the source may be wrong itself.
*/

mod bearing;
mod context;
mod evidence;
mod feature;
mod name;
mod side;
mod word;

use rashomon_article::{Alteration, Document};
use rashomon_language::Language;
use rashomon_text::Span;

use bearing::Bearings;
use context::Context;
use evidence::{Evidence, Gatherer};
use side::Side;

pub use feature::{COUNT, NAMES};

/// The words of a telling that may change a fact of its source. Holds many tellings against a
/// source faster with a [`Checker`].
pub fn changes(source: &Document, telling: &Document, language: &Language) -> Vec<Alteration> {
    let checker = Checker::new(language);
    checker.changes(&checker.source(source), telling)
}

/// From this probability on a word is worth a reader's look.
pub const SUSPECT: f32 = 0.3;

/// So many words of a telling tell whether it changes a fact. All would make every long telling
/// suspect.
pub const TELLING: usize = 3;

/// How likely a telling changes a fact: that one of its most suspect words does.
pub fn probability(changes: &[Alteration]) -> f32 {
    let mut single: Vec<f32> = changes.iter().map(|change| change.probability).collect();
    single.sort_by(|a, b| b.total_cmp(a));
    1.0 - single.iter().take(TELLING).map(|one| 1.0 - one).product::<f32>()
}

/// Holds tellings against their sources.
pub struct Checker<'l> {
    language: &'l Language,
    bearings: Bearings<'l>,
    weights: [f32; COUNT],
}

/// A source that was read, so that many tellings can be held against it.
#[derive(Debug)]
pub struct Source {
    side: Side,
}

/// The evidence about one word, as the weights are learned from it.
#[derive(Clone, Debug)]
pub struct Clue {
    /// The word, in the telling.
    pub span: Span,
    /// How much evidence there is of each kind, in the order of [`NAMES`].
    pub features: [f32; COUNT],
}

impl<'l> Checker<'l> {
    /// Reads the lists and weights of a language.
    pub fn new(language: &'l Language) -> Checker<'l> {
        let weights = NAMES.map(|name| language.changes.weight(name));
        Checker { language, bearings: Bearings::new(language), weights }
    }

    /// Reads tokens, sentences, mentions, times and quantities of a source.
    pub fn source(&self, document: &Document) -> Source {
        Source { side: Side::new(document, self.language, &self.bearings) }
    }

    /// The words of a telling that may change a fact, in order, each with how likely it does.
    pub fn changes(&self, source: &Source, telling: &Document) -> Vec<Alteration> {
        let telling = Side::new(telling, self.language, &self.bearings);
        let place = |&place: &u32| source.side.words[place as usize].span;
        let change = |one: Evidence| Alteration {
            span: telling.words[one.at].span,
            source: one.places.iter().map(place).collect(),
            kind: one.kind,
            probability: self.probability(&one.features),
        };
        self.evidence(source, &telling).into_iter().map(change).collect()
    }

    /// The evidence about each word of a telling.
    pub fn clues(&self, source: &Source, telling: &Document) -> Vec<Clue> {
        let telling = Side::new(telling, self.language, &self.bearings);
        let clue =
            |one: Evidence| Clue { span: telling.words[one.at].span, features: one.features };
        self.evidence(source, &telling).into_iter().map(clue).collect()
    }

    fn evidence(&self, source: &Source, telling: &Side) -> Vec<Evidence> {
        let context = Context::new(&source.side, telling);
        Gatherer { context, bearings: &self.bearings }.all()
    }

    fn probability(&self, features: &[f32; COUNT]) -> f32 {
        let sum: f32 = features.iter().zip(&self.weights).map(|(a, b)| a * b).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_article::AlterationKind;
    use rashomon_language::english;

    fn read(text: &str) -> Document {
        let mut document = rashomon_read::read_plain("a", text, english());
        document.tokens = rashomon_segment::tokens(&document, english());
        document.sentences = rashomon_segment::sentences(&document, english());
        (document.mentions, document.entities) = rashomon_names::mentions(&document, english());
        document.times = rashomon_times::times(&document, english());
        document.quantities = rashomon_quantities::quantities(&document, english());
        document
    }

    const SOURCE: &str = "Inspector Ada Bell closed the bridge over the Merrow on Friday after two \
        trucks collided. Nobody was hurt, the harbour of Lusa said. The bridge will open on Monday.";

    /// The most suspect word of a telling with the kind of its change, and how likely the telling
    /// changes a fact.
    fn worst(telling: &str) -> (String, AlterationKind, f32) {
        let telling = read(telling);
        let found = changes(&read(SOURCE), &telling, english());
        let worst = found.iter().max_by(|a, b| a.probability.total_cmp(&b.probability)).unwrap();
        (telling.slice(worst.span).to_owned(), worst.kind, probability(&found))
    }

    #[test]
    fn the_changed_word_is_the_most_suspect_one() {
        let cases = [
            ("Ada Bell closed the bridge after three trucks collided.", "three"),
            ("Mara Holt closed the bridge after two trucks collided.", "Holt"),
            ("Ada Bell opened the bridge after two trucks collided.", "opened"),
        ];
        let kinds = [AlterationKind::Number, AlterationKind::Name, AlterationKind::Antonym];
        for ((telling, word), kind) in cases.into_iter().zip(kinds) {
            let (found, as_kind, probability) = worst(telling);
            assert_eq!((found.as_str(), as_kind), (word, kind), "{telling}");
            assert!(probability > english().changes.threshold(), "{telling}: {probability}");
        }
    }

    #[test]
    fn other_words_for_the_same_are_less_suspect() {
        let kept = worst("Ada Bell shut the bridge over the Merrow after two trucks crashed.").2;
        let changed =
            worst("Ada Bell opened the bridge over the Merrow after two trucks collided.").2;
        assert!(kept < changed, "{kept} {changed}");
        assert!(worst("Nobody was hurt, the harbour of Lusa said.").2 < SUSPECT);
    }

    #[test]
    fn texts_without_words_change_nothing() {
        assert!(changes(&read(SOURCE), &read(""), english()).is_empty());
        assert_eq!(probability(&[]), 0.0);
        let found = changes(&read(""), &read("The bridge is closed."), english());
        assert!(found.iter().all(|change| change.source.is_empty()));
    }
}
