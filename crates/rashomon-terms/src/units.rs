use std::sync::Arc;

use rashomon_article::{Certainty, Passage, Story};
use rashomon_language::Language;

use crate::UnitReader;

/// Beyond this share of its weight in quotation marks, a sentence is speech and no telling.
const MOST_SPEECH: f32 = 0.6;

/// A feature of a unit, by its number in the story, and its weight there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// The number; the same for the same feature in all units of a story.
    pub id: u32,
    /// How much it tells in this story.
    pub weight: f32,
}

/// A sentence or clause as it compares.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Where it stands.
    pub passage: Passage,
    /// The sentence that it is or is a part of, by index in its article.
    pub sentence: usize,
    /// Whether it is the whole sentence.
    pub whole: bool,
    /// Whether it stands in a headline or subheading.
    pub heading: bool,
    /// Whether it asks instead of telling.
    pub question: bool,
    /// The share of its weight that stands in quotation marks, 0 to 1.
    pub speech: f32,
    /// Sorted by id, each once.
    pub features: Vec<Feature>,
    /// The sum of the weights.
    pub weight: f32,
    /// The words of matter in the order of the text, by the number of their feature.
    pub order: Vec<u32>,
    /// How certainly single words are told, by the number of their feature, in the order of the
    /// text: `resign` as planned in `will resign`, as told in `resigned`. Words that tell nothing by
    /// themselves are not here.
    pub certainties: Vec<(u32, Certainty)>,
}

impl Unit {
    /// Whether the outlet tells it in its own words.
    pub fn is_telling(&self) -> bool {
        self.speech <= MOST_SPEECH && !self.question
    }

    /// The weight of the features that both hold.
    pub fn shared(&self, other: &Unit) -> f32 {
        let (mut a, mut b) = (self.features.iter().peekable(), other.features.iter().peekable());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.id.cmp(&y.id) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    sum += x.weight.min(y.weight);
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }

    /// How far two units tell the same, 0 to 1: the mean of Dice's coefficient and of how much of
    /// the smaller one the other holds, scaled down where little is shared in all.
    pub fn similarity(&self, other: &Unit) -> f32 {
        let shared = self.shared(other);
        if shared <= 0.0 {
            return 0.0;
        }
        let dice = 2.0 * shared / (self.weight + other.weight);
        let contained = shared / self.weight.min(other.weight);
        let evidence = shared / (shared + EVIDENCE);
        (0.6 * dice + 0.4 * contained) * evidence * (1.0 + EVIDENCE / 20.0)
    }
}

/// The shared weight at which a resemblance counts half.
const EVIDENCE: f32 = 4.0;

/// The units of a story: each sentence, and each clause of sentences of several.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// In the order of the articles and of their text; a sentence before its clauses.
    pub all: Vec<Unit>,
    /// In how many sentences each feature stands.
    pub frequency: Vec<u32>,
    /// Which features are names, parts of names or bare denials: alone they tell no fact.
    pub names: Vec<bool>,
    /// Which features are something denied: `no deal`, `did not agree`.
    pub denials: Vec<bool>,
    /// Which features are quantities and days by their value.
    pub figures: Vec<bool>,
    /// Where the word of a feature lies among the words of the language, of length 1; empty where
    /// that is not known.
    pub vectors: Vec<Arc<[f32]>>,
    /// The number of each vector, 0 where that is not known: equal numbers are equal vectors, also
    /// in another story that the same [`UnitReader`](crate::UnitReader) reads.
    pub places: Vec<u32>,
    /// How many sentences there are.
    pub sentences: usize,
}

impl Units {
    /// Reads tokens, sentences, mentions, quotations, and the entities of the story.
    pub fn new(story: &Story, language: &Language) -> Units {
        UnitReader::new(language).units(story, &[])
    }
}
