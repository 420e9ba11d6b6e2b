use rashomon_article::{Passage, Story};
use rashomon_language::Language;

use rashomon_terms::{Unit, Units};

/// A sentence of which another report holds more than this share in one place is not alone.
const MOST_COVERED: f32 = 0.38;
/// A sentence that weighs less tells nothing.
const LEAST_WEIGHT: f32 = 14.0;

/// Sentences that one report alone tells, in the order of the articles. Reads claims and
/// utterances.
pub fn unique(story: &Story, language: &Language) -> Vec<Passage> {
    let units = Units::new(story, language);
    let sentences: Vec<&Unit> = units.all.iter().filter(|unit| unit.whole).collect();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); units.frequency.len()];
    for (at, unit) in sentences.iter().enumerate() {
        for feature in &unit.features {
            holders[feature.id as usize].push(at);
        }
    }
    sentences
        .iter()
        .filter(|unit| !unit.heading && unit.weight >= LEAST_WEIGHT)
        .filter(|unit| !is_shared(story, unit.passage))
        .filter(|unit| covered(unit, &sentences, &holders) <= MOST_COVERED)
        .map(|unit| unit.passage)
        .collect()
}

/// Whether the passage takes part in a claim or a remark that several articles tell.
fn is_shared(story: &Story, passage: Passage) -> bool {
    let touches =
        |other: &Passage| other.article == passage.article && other.span.overlaps(passage.span);
    let claimed = story.claims.iter().any(|claim| claim.mentions.iter().any(touches));
    claimed
        || story.utterances.iter().any(|utterance| {
            utterance
                .variants
                .iter()
                .any(|variant| touches(&Passage { article: variant.article, span: variant.span }))
        })
}

/// The largest share of a sentence that one sentence of another article holds.
fn covered(unit: &Unit, sentences: &[&Unit], holders: &[Vec<usize>]) -> f32 {
    let mut shared = std::collections::BTreeMap::<usize, f32>::new();
    for feature in &unit.features {
        for &at in &holders[feature.id as usize] {
            if sentences[at].passage.article != unit.passage.article {
                *shared.entry(at).or_default() += feature.weight;
            }
        }
    }
    shared.values().fold(0.0, |most, &weight| f32::max(most, weight)) / unit.weight
}
