use rashomon_article::{Passage, Story};
use rashomon_terms::{Unit, Units};
use rashomon_text::Span;

/// A sentence of which another report holds more than this share in one place is not alone.
const MOST_COVERED: f32 = 0.38;
/// A sentence that weighs less tells nothing.
const LEAST_WEIGHT: f32 = 14.0;

/// Sentences that one report alone tells, in the order of the articles. Reads claims and
/// utterances.
pub fn unique(story: &Story, units: &Units) -> Vec<Passage> {
    let sentences: Vec<&Unit> = units.all.iter().filter(|unit| unit.whole).collect();
    let cover = Cover::new(&sentences, units.frequency.len());
    let shared = shared(story);
    sentences
        .iter()
        .filter(|unit| !unit.heading && unit.weight >= LEAST_WEIGHT)
        .filter(|unit| {
            let spans = &shared[unit.passage.article.get()];
            !spans.iter().any(|span| span.overlaps(unit.passage.span))
        })
        .filter(|unit| cover.most(unit) <= MOST_COVERED)
        .map(|unit| unit.passage)
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
    sentences: &'u [&'u Unit],
    holders: Vec<Vec<usize>>,
}

impl<'u> Cover<'u> {
    fn new(sentences: &'u [&'u Unit], features: usize) -> Cover<'u> {
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); features];
        for (at, unit) in sentences.iter().enumerate() {
            unit.features.iter().for_each(|feature| holders[feature.id as usize].push(at));
        }
        Cover { sentences, holders }
    }

    /// The largest share of a sentence that one sentence of another article holds, where it is more
    /// than [`MOST_COVERED`]; else some share below that. A sentence that holds so much has one of
    /// the rarest features that make up the rest, so that only those that do are looked at.
    fn most(&self, unit: &Unit) -> f32 {
        let mut rare: Vec<(usize, u32, f32)> = unit
            .features
            .iter()
            .map(|feature| (self.holders[feature.id as usize].len(), feature.id, feature.weight))
            .collect();
        rare.sort_unstable_by_key(|&(holders, id, _)| (holders, id));
        let mut near: Vec<usize> = Vec::new();
        let (mut passed, all) = (0.0, unit.weight);
        for &(_, id, weight) in &rare {
            if passed > (1.0 - MOST_COVERED) * all * (1.0 + ROUNDING) {
                break;
            }
            near.extend(&self.holders[id as usize]);
            passed += weight;
        }
        near.sort_unstable();
        near.dedup();
        let others = near.iter().map(|&at| self.sentences[at]);
        let foreign = others.filter(|other| other.passage.article != unit.passage.article);
        foreign.map(|other| held(unit, other)).fold(0.0, f32::max) / all
    }
}

/// The weight of the features of a sentence that another one holds.
fn held(unit: &Unit, other: &Unit) -> f32 {
    let mut rest = other.features.iter().peekable();
    let mut sum = 0.0;
    for feature in &unit.features {
        while rest.next_if(|theirs| theirs.id < feature.id).is_some() {}
        if rest.peek().is_some_and(|theirs| theirs.id == feature.id) {
            sum += feature.weight;
        }
    }
    sum
}

/// Sums of weights differ by less than this share with the order in which they are added.
const ROUNDING: f32 = 1e-4;
