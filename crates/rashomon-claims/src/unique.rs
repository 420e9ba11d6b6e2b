use rashomon_article::{Passage, Story};
use rashomon_terms::Units;
use rashomon_text::Span;

use crate::tellings::Tellings;

/// A sentence of which another report holds more than this share in one place is not alone.
const MOST_COVERED: f32 = 0.38;
/// Nor is one that has a fact in common with a sentence of another report with this chance, where
/// the two share as much as this, names left out.
const MOST_CHANCE: f32 = 0.8;
const LEAST_COVERED: f32 = 0.3;
/// A sentence that weighs less tells nothing.
const LEAST_WEIGHT: f32 = 14.0;

/// Sentences that one report alone tells, in the order of the articles. Reads claims and
/// utterances.
pub fn unique(story: &Story, units: &Units) -> Vec<Passage> {
    unique_of(story, units, &Tellings::new(story, units))
}

/// As [`unique`], for somebody who has the tellings of the units ready.
pub fn unique_of(story: &Story, units: &Units, tellings: &Tellings<'_>) -> Vec<Passage> {
    let mut cover = Cover::new(units);
    let shared = shared(story);
    let sentences = units.all.iter().enumerate().filter(|(_, unit)| unit.whole);
    sentences
        .filter(|(_, unit)| !unit.heading && unit.weight >= LEAST_WEIGHT)
        .filter(|(_, unit)| {
            let spans = &shared[unit.passage.article.get()];
            !spans.iter().any(|span| span.overlaps(unit.passage.span))
        })
        .filter(|&(at, _)| {
            cover.others(at, |other, share| {
                share.all <= MOST_COVERED
                    && (share.matter < LEAST_COVERED || tellings.fact(at, other) < MOST_CHANCE)
            })
        })
        .map(|(_, unit)| unit.passage)
        .collect()
}

/// For each article the passages that take part in a claim or a remark of several.
fn shared(story: &Story) -> Vec<Vec<Span>> {
    let claimed = story.claims.iter().flat_map(|claim| &claim.mentions).copied();
    let said = story.utterances.iter().flat_map(|utterance| &utterance.variants);
    let said = said.map(|variant| Passage { article: variant.article, span: variant.span });
    let mut shared = vec![Vec::new(); story.documents.len()];
    for passage in claimed.chain(said) {
        shared[passage.article.get()].push(passage.span);
    }
    shared
}

/// Which sentences hold which features.
struct Cover<'u> {
    units: &'u Units,
    holders: Vec<Vec<usize>>,
    /// By sentence, the last one that it was held against.
    seen: Vec<usize>,
}

impl<'u> Cover<'u> {
    fn new(units: &'u Units) -> Cover<'u> {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); units.frequency.len()];
        for (at, unit) in units.all.iter().enumerate().filter(|(_, unit)| unit.whole) {
            unit.features.iter().for_each(|feature| holders[feature.id as usize].push(at));
        }
        Cover { units, holders, seen: vec![usize::MAX; units.all.len()] }
    }

    /// Whether all sentences of other articles that hold at least [`LEAST_COVERED`] of a sentence
    /// pass, each with its share. Who holds so much has one of the rarest features that make up the
    /// rest, so that only those that do are looked at.
    fn others(&mut self, at: usize, mut passes: impl FnMut(usize, Share) -> bool) -> bool {
        let unit = &self.units.all[at];
        let mut rare: Vec<(usize, u32, f32)> = unit
            .features
            .iter()
            .map(|feature| (self.holders[feature.id as usize].len(), feature.id, feature.weight))
            .collect();
        rare.sort_unstable_by_key(|&(holders, id, _)| (holders, id));
        let mut passed = 0.0;
        // The rarest come first: who has most of a sentence is met soon.
        for &(_, id, weight) in &rare {
            if passed > (1.0 - LEAST_COVERED) * unit.weight * (1.0 + ROUNDING) {
                break;
            }
            passed += weight;
            for &other in &self.holders[id as usize] {
                let is_other = self.units.all[other].passage.article != unit.passage.article;
                if is_other && self.seen[other] != at {
                    self.seen[other] = at;
                    if !passes(other, Share::new(self.units, at, other)) {
                        return false;
                    }
                }
            }
        }
        true
    }
}

/// How much of a sentence another one holds.
struct Share {
    /// Of all its weight.
    all: f32,
    /// Of the weight of its words of matter, names left out.
    matter: f32,
}

impl Share {
    fn new(units: &Units, at: usize, other: usize) -> Share {
        let unit = &units.all[at];
        let mut rest = units.all[other].features.iter().peekable();
        let (mut all, mut matter, mut whole) = (0.0, 0.0, 0.0);
        for feature in &unit.features {
            while rest.next_if(|theirs| theirs.id < feature.id).is_some() {}
            let is_held = rest.peek().is_some_and(|theirs| theirs.id == feature.id);
            let is_matter = !units.names[feature.id as usize];
            all += if is_held { feature.weight } else { 0.0 };
            matter += if is_held && is_matter { feature.weight } else { 0.0 };
            whole += if is_matter { feature.weight } else { 0.0 };
        }
        Share { all: all / unit.weight, matter: matter / f32::max(whole, f32::MIN_POSITIVE) }
    }
}

/// Sums of weights differ by less than this share with the order in which they are added.
const ROUNDING: f32 = 1e-4;
