use rashomon_article::AlterationKind;
use rashomon_language::Relation;

use crate::bearing::Bearings;
use crate::context::Context;
use crate::feature::{COUNT, Feature};
use crate::name::other_form;
use crate::side::nearness;
use crate::word::Sort;

/// A place of the source counts as the slot of a word from this agreement of the neighbours on.
const SLOT: f32 = 0.3;
/// Two words used less alike than this are not near.
const NEAR: f32 = 0.4;

/// What speaks for and against a word of the telling.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The word, by its place in the telling.
    pub at: usize,
    /// How much there is of each kind.
    pub features: [f32; COUNT],
    /// What it would be, if it is a change.
    pub kind: AlterationKind,
    /// The words of the source that it is held against, best first.
    pub places: Vec<u32>,
}

impl Evidence {
    fn new(at: usize, kind: AlterationKind) -> Evidence {
        let mut evidence = Evidence { at, features: [0.0; COUNT], kind, places: Vec::new() };
        evidence.raise(Feature::Bias, 1.0);
        evidence
    }

    /// Whether it is about a noun, verb, adjective or adverb that the source does not have.
    fn is_missing_word(&self) -> bool {
        let of = |feature: Feature| self.features[feature as usize] > 0.0;
        of(Feature::MissingNoun)
            || of(Feature::MissingVerb)
            || of(Feature::MissingAdjective)
            || of(Feature::MissingAdverb)
    }

    fn raise(&mut self, feature: Feature, value: f32) {
        let known = &mut self.features[feature as usize];
        *known = known.max(value);
    }
}

/// Gathers the evidence about the words of one telling.
pub struct Gatherer<'s> {
    pub context: Context<'s>,
    pub bearings: &'s Bearings<'s>,
}

impl Gatherer<'_> {
    /// The evidence about each word of the telling that carries matter.
    pub fn all(&self) -> Vec<Evidence> {
        let words = 0..self.context.telling.words.len();
        let mut all: Vec<Evidence> = words.filter_map(|at| self.word(at)).collect();
        let missing = all.iter().filter(|one| one.is_missing_word()).count() as f32;
        let others = (all.len() as f32 - 1.0).max(1.0);
        for one in &mut all {
            let own = f32::from(u8::from(one.is_missing_word()));
            one.raise(Feature::Freedom, (missing - own) / others);
            one.raise(Feature::MissingFreedom, own * (missing - own) / others);
        }
        all
    }

    fn word(&self, at: usize) -> Option<Evidence> {
        let word = &self.context.telling.words[at];
        match word.sort {
            Sort::Function => self.function(at),
            Sort::Negation => Some(self.denial(at)),
            Sort::Modal => Some(self.modal(at)),
            _ => {
                let places = self.known_places(at);
                if places.is_empty() {
                    Some(self.missing(at))
                } else {
                    Some(self.known(at, &places))
                }
            }
        }
    }

    /// Where the source has the same word, or for numbers one that it may stand for.
    fn known_places(&self, at: usize) -> Vec<u32> {
        let word = &self.context.telling.words[at];
        let source = self.context.source;
        let same = source.places_of(&word.form);
        let Some((min, max)) = word.interval.filter(|_| same.is_empty()) else {
            return same.to_vec();
        };
        // `over 50` may stand for 57, not for all numbers beyond.
        let within = |value: f64| value >= min && value <= max && value <= 1.4 * min.max(1.0);
        let fits = |place: &usize| {
            source.words[*place].interval.is_some_and(|(low, high)| low == high && within(low))
        };
        (0..source.words.len()).filter(fits).map(|place| place as u32).collect()
    }

    fn known(&self, at: usize, places: &[u32]) -> Evidence {
        let word = &self.context.telling.words[at];
        let Some((place, agreement)) = self.context.best(at, places) else {
            return self.missing(at);
        };
        let mut evidence = Evidence::new(at, AlterationKind::Role);
        evidence.places.push(place);
        evidence.raise(Feature::Known, 1.0);
        evidence.raise(Feature::KnownContext, 1.0 - agreement);
        if let Some((slot, ahead)) = self.slot(at, agreement) {
            let slot_word = &self.context.source.words[slot as usize];
            let mut opposite = false;
            let replaced = if word.sort.is_lexical() {
                let relation = self.relation(at, slot);
                opposite = relation.opposite;
                if opposite {
                    evidence.raise(Feature::Opposite, ahead);
                }
                !stands_for(relation)
            } else {
                slot_word.sort.is_name() == word.sort.is_name()
            };
            if replaced {
                evidence.raise(rival_feature(word.sort), ahead);
                evidence.places.insert(0, slot);
                evidence.kind = if opposite { AlterationKind::Antonym } else { kind_of(word.sort) };
            }
        }
        self.polarity(&mut evidence, places);
        evidence
    }

    /// The place in the source where a word of the telling could stand by its neighbours, and how
    /// much better it fits there than where it stands by itself.
    fn slot(&self, at: usize, agreement: f32) -> Option<(u32, f32)> {
        let word = &self.context.telling.words[at];
        let source = self.context.source;
        let mut best: Option<(u32, f32)> = None;
        for slot in self.context.slots(at) {
            let other = &source.words[slot as usize];
            let alike = match word.sort {
                Sort::Name | Sort::Place => other.sort.is_name(),
                Sort::Number | Sort::Date => other.sort == word.sort,
                _ => other.sort.is_lexical(),
            };
            if !alike || self.context.is_taken(at, slot) {
                continue;
            }
            let ahead = self.context.agreement(at, slot) - agreement;
            if ahead > 0.0 && best.is_none_or(|(_, most)| ahead > most) {
                best = Some((slot, ahead));
            }
        }
        best
    }

    fn relation(&self, at: usize, place: u32) -> Relation {
        let (own, other) =
            (self.context.telling.lexeme(at), self.context.source.lexeme(place as usize));
        let mut relation = self.bearings.relation(own, other);
        let denied = |word: &crate::word::Word| word.denied;
        if relation.opposite
            && denied(&self.context.telling.words[at])
                != denied(&self.context.source.words[place as usize])
        {
            // What is not refused is accepted.
            relation = Relation { opposite: false, kin: true, ..relation };
        }
        relation
    }

    fn missing(&self, at: usize) -> Evidence {
        let word = &self.context.telling.words[at];
        if !word.sort.is_lexical()
            && let Some(place) = other_form(&self.context, at)
        {
            return self.known(at, &[place]);
        }
        let mut evidence = Evidence::new(at, kind_of(word.sort));
        evidence.raise(missing_feature(word.sort), 1.0);
        evidence.raise(Feature::MissingRare, (word.idf / 10.0).min(1.0));
        let slot = self.slot(at, 0.0);
        if !word.sort.is_lexical() {
            if let Some((place, agreement)) = slot {
                evidence.raise(rival_feature(word.sort), agreement);
                evidence.places.push(place);
            }
            return evidence;
        }
        if self.context.telling.lexeme(at).entry.is_tangible() && word.sort == Sort::Noun {
            evidence.raise(Feature::MissingTangible, 1.0);
        }
        let support = self.compare(at, &mut evidence);
        if let Some((place, agreement)) = slot.filter(|&(_, agreement)| agreement >= SLOT) {
            let relation = self.relation(at, place);
            if relation.opposite {
                evidence.raise(Feature::Opposite, agreement);
                evidence.kind = AlterationKind::Antonym;
            } else if !stands_for(relation) {
                evidence.raise(replaced_feature(word.sort), (agreement - support).max(0.0));
            }
            if relation.siblings && !stands_for(relation) {
                evidence.raise(Feature::Sibling, agreement);
            }
            evidence.places.insert(0, place);
            evidence.places.dedup();
        } else if evidence.places.is_empty() {
            evidence.kind = AlterationKind::Addition;
        }
        evidence
    }

    /// Holds a missing word against all words of the source; gives how well the best supports it.
    fn compare(&self, at: usize, evidence: &mut Evidence) -> f32 {
        let lexeme = self.context.telling.lexeme(at);
        let mut best: Option<(u32, f32)> = None;
        let lexical = |sort: Sort| sort.is_lexical() || sort.is_name() || sort == Sort::Modal;
        for other in self.context.source.vocabulary.iter().filter(|other| lexical(other.sort)) {
            let near = nearness(lexeme, other);
            let relation = self.bearings.relation(lexeme, other);
            if near < NEAR && relation == Relation::default() {
                continue;
            }
            let Some((place, agreement)) = self.context.best(at, &other.places) else { continue };
            let support = note(evidence, self.relation(at, place), near, agreement);
            if best.is_none_or(|(_, most)| support > most) {
                best = Some((place, support));
            }
            if self.relation(at, place).opposite && agreement >= SLOT {
                evidence.kind = AlterationKind::Antonym;
                evidence.places = vec![place];
            }
        }
        let Some((place, support)) = best.filter(|&(_, support)| support > 0.0) else { return 0.0 };
        evidence.places.push(place);
        if evidence.kind != AlterationKind::Antonym && support > 0.5 {
            self.polarity(evidence, &[place]);
        }
        support
    }

    /// A denial stands in the source if something that it denies is denied there.
    fn denial(&self, at: usize) -> Evidence {
        let mut evidence = Evidence::new(at, AlterationKind::Polarity);
        let telling = &self.context.telling.words;
        let reach = at.saturating_sub(1)..(at + 5).min(telling.len());
        let denied = reach
            .filter(|&near| telling[near].denied && telling[near].sentence == telling[at].sentence);
        let mut found: Option<u32> = None;
        for near in denied {
            let places = self.context.matches(near).iter();
            found = found.or(places
                .copied()
                .find(|&place| self.context.source.words[place as usize].denied));
        }
        evidence.places.extend(found);
        evidence
            .raise(if found.is_none() { Feature::MissingNegation } else { Feature::Known }, 1.0);
        evidence
    }

    fn modal(&self, at: usize) -> Evidence {
        let mut evidence = Evidence::new(at, AlterationKind::Modality);
        let words = self.context.source.words.iter().enumerate();
        let places: Vec<u32> = words
            .filter(|(_, word)| word.sort == Sort::Modal)
            .map(|(place, _)| place as u32)
            .collect();
        let best = self.context.best(at, &places);
        let agreement = best.map_or(0.0, |(_, agreement)| agreement);
        evidence.raise(Feature::MissingModal, 1.0 - agreement);
        evidence.places.extend(best.map(|(place, _)| place));
        evidence
    }

    /// Words of grammar count only where the source has their opposite: `before`, `after`.
    fn function(&self, at: usize) -> Option<Evidence> {
        let lexeme = self.context.telling.lexeme(at);
        if lexeme.entry.is_empty() {
            return None;
        }
        let own = self.context.best(at, self.context.source.places_of(&lexeme.form));
        let own = own.map_or(0.0, |(_, agreement)| agreement);
        let mut best: Option<(u32, f32)> = None;
        for slot in self.context.slots(at) {
            let other = self.context.source.lexeme(slot as usize);
            if other.sort != Sort::Function || !self.bearings.relation(lexeme, other).opposite {
                continue;
            }
            let ahead = self.context.agreement(at, slot) - own;
            if ahead > 0.0 && best.is_none_or(|(_, most)| ahead > most) {
                best = Some((slot, ahead));
            }
        }
        let (slot, ahead) = best?;
        let mut evidence = Evidence::new(at, AlterationKind::Antonym);
        evidence.raise(Feature::MissingFunction, ahead);
        evidence.places.push(slot);
        Some(evidence)
    }

    /// Notes where a word is denied on one side only.
    fn polarity(&self, evidence: &mut Evidence, places: &[u32]) {
        let word = &self.context.telling.words[evidence.at];
        let source = &self.context.source.words;
        let alike = |&&place: &&u32| source[place as usize].denied == word.denied;
        if !word.sort.is_lexical() {
            return;
        }
        let same: Vec<u32> = places.iter().filter(alike).copied().collect();
        let other: Vec<u32> = places.iter().filter(|place| !alike(place)).copied().collect();
        let best = |places: &[u32]| self.context.best(evidence.at, places);
        let own = best(&same).map_or(0.0, |(_, agreement)| agreement);
        if let Some((place, agreement)) = best(&other)
            && agreement > own
        {
            evidence.raise(Feature::Polarity, agreement - 0.5 * own);
            evidence.kind = AlterationKind::Polarity;
            evidence.places = vec![place];
        }
    }
}

/// Whether one word may stand for another in a telling.
fn stands_for(relation: Relation) -> bool {
    !relation.opposite
        && (relation.synonyms.is_some()
            || relation.same
            || relation.kin
            || relation.narrower.is_some()
            || relation.wider == Some(1))
}

/// Notes how a word of the source stands to a missing one; gives how far it supports it.
fn note(evidence: &mut Evidence, relation: Relation, near: f32, agreement: f32) -> f32 {
    if relation.opposite {
        evidence.raise(Feature::Opposite, agreement);
        return 0.0;
    }
    let sure = sure(agreement);
    let (feature, support) = if let Some((a, b)) = relation.synonyms {
        (Feature::Synonym, sure / (1.0 + 0.1 * f32::from(a + b)))
    } else if relation.same || relation.kin {
        (Feature::Kin, sure)
    } else if let Some(steps) = relation.narrower {
        // The source has the narrower word: the telling is less exact.
        (Feature::Wider, sure / f32::from(steps.max(1)))
    } else if let Some(steps) = relation.wider {
        (Feature::Narrower, sure / f32::from(steps.max(1)))
    } else if near >= NEAR {
        evidence.raise(Feature::Near, near * sure);
        return 0.0;
    } else {
        return 0.0;
    };
    evidence.raise(feature, support);
    if feature == Feature::Narrower { 0.5 * support } else { support }
}

/// A related word anywhere in the source says something, one in the right place more.
fn sure(agreement: f32) -> f32 {
    0.4 + 0.6 * agreement
}

fn rival_feature(sort: Sort) -> Feature {
    match sort {
        Sort::Name | Sort::Place => Feature::RivalName,
        Sort::Number | Sort::Date => Feature::RivalNumber,
        _ => Feature::RivalWord,
    }
}

fn replaced_feature(sort: Sort) -> Feature {
    match sort {
        Sort::Verb => Feature::ReplacedVerb,
        Sort::Noun => Feature::ReplacedNoun,
        _ => Feature::ReplacedAdjective,
    }
}

fn missing_feature(sort: Sort) -> Feature {
    match sort {
        Sort::Noun => Feature::MissingNoun,
        Sort::Verb => Feature::MissingVerb,
        Sort::Adjective => Feature::MissingAdjective,
        Sort::Adverb => Feature::MissingAdverb,
        Sort::Name | Sort::Place => Feature::MissingName,
        Sort::Number => Feature::MissingNumber,
        Sort::Date => Feature::MissingDate,
        Sort::Negation => Feature::MissingNegation,
        Sort::Modal => Feature::MissingModal,
        Sort::Function => Feature::MissingFunction,
    }
}

fn kind_of(sort: Sort) -> AlterationKind {
    match sort {
        Sort::Name => AlterationKind::Name,
        Sort::Place => AlterationKind::Place,
        Sort::Number => AlterationKind::Number,
        Sort::Date => AlterationKind::Date,
        Sort::Negation => AlterationKind::Polarity,
        Sort::Modal => AlterationKind::Modality,
        Sort::Function => AlterationKind::Antonym,
        _ => AlterationKind::Word,
    }
}
