use std::collections::BTreeMap;

use rashomon_language::{Language, Relation};
use rashomon_terms::{Normaliser, SenseIndex};

use crate::side::Lexeme;

/// The second half of a compound has so many letters at least: many short words are endings too.
const COMPOUND: usize = 5;

/// What the lists of the language pack say of a word: which set of synonyms it stands in, and on
/// which side of which pair of opposites.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bearing {
    sense: Option<usize>,
    poles: Poles,
}

/// On which sides of the pairs of opposites a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Poles {
    /// One bit for each pair that it is the first word of.
    ayes: [u128; PARTS],
    /// The same for the second.
    noes: [u128; PARTS],
}

/// So many times 128 pairs of opposites are told apart; a test holds that there are no more.
const PARTS: usize = 4;

impl Poles {
    /// Stands on a side of a pair.
    fn stand(&mut self, pair: usize, is_first: bool) {
        let side = if is_first { &mut self.ayes } else { &mut self.noes };
        if let Some(part) = side.get_mut(pair / 128) {
            *part |= 1 << (pair % 128);
        }
    }

    fn join(&mut self, more: Poles) {
        for part in 0..PARTS {
            self.ayes[part] |= more.ayes[part];
            self.noes[part] |= more.noes[part];
        }
    }

    fn oppose(&self, other: &Poles) -> bool {
        (0..PARTS).any(|part| {
            self.ayes[part] & other.noes[part] | self.noes[part] & other.ayes[part] != 0
        })
    }
}

/// The lists of the language pack, read once.
pub struct Bearings<'l> {
    language: &'l Language,
    senses: SenseIndex,
    /// By normal form.
    poles: BTreeMap<String, Poles>,
    /// By the number of a set of synonyms.
    poles_of_sets: BTreeMap<usize, Poles>,
}

impl<'l> Bearings<'l> {
    pub fn new(language: &'l Language) -> Bearings<'l> {
        let senses = SenseIndex::new(language);
        let normaliser = Normaliser::new(language);
        let mut poles: BTreeMap<String, Poles> = BTreeMap::new();
        let mut poles_of_sets: BTreeMap<usize, Poles> = BTreeMap::new();
        let pairs = language.senses.antonyms.iter().chain(language.changes.opposites);
        for (at, &(aye, no)) in pairs.enumerate() {
            for (word, is_first) in [(aye, true), (no, false)] {
                let form = normaliser.form(word);
                // All synonyms of one side oppose the other.
                if at < language.senses.antonyms.len()
                    && let Some(set) = senses.sense(&form)
                {
                    poles_of_sets.entry(set).or_default().stand(at, is_first);
                }
                poles.entry(form).or_default().stand(at, is_first);
            }
        }
        Bearings { language, senses, poles, poles_of_sets }
    }

    /// What the lists say of a normal form.
    pub fn bearing(&self, form: &str) -> Bearing {
        let sense = self.senses.sense(form);
        let mut poles = self.poles.get(form).copied().unwrap_or_default();
        let of_set = sense.and_then(|set| self.poles_of_sets.get(&set));
        poles.join(of_set.copied().unwrap_or_default());
        Bearing { sense, poles }
    }

    /// How two words stand to each other, by the thesaurus and the lists.
    pub fn relation(&self, a: &Lexeme, b: &Lexeme) -> Relation {
        let mut relation = a.entry.relation(&b.entry);
        relation.opposite |= a.bearing.poles.oppose(&b.bearing.poles)
            || self.has_opposing_start(&a.written, &b.written);
        relation.kin |= !relation.opposite && is_compound(&a.written, &b.written);
        if relation.synonyms.is_none()
            && a.form != b.form
            && a.bearing.sense.is_some()
            && a.bearing.sense == b.bearing.sense
        {
            relation.synonyms = Some((0, 0));
        }
        relation
    }

    fn has_opposing_start(&self, a: &str, b: &str) -> bool {
        let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
        short.len() > 3
            && long.len() > short.len()
            && long.strip_suffix(short).is_some_and(|start| {
                let start = start.trim_end_matches('-');
                self.language.changes.opposing.binary_search(&start).is_ok()
            })
    }
}

/// Whether one word is the other with something before it: `smartphones`, `phones`.
fn is_compound(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    short.len() >= COMPOUND && long.len() >= short.len() + 3 && long.ends_with(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    #[test]
    fn every_pair_of_opposites_counts() {
        let bearings = Bearings::new(english());
        let normaliser = Normaliser::new(english());
        let opposites = english().changes.opposites.iter();
        for (a, b) in english().senses.antonyms.iter().chain(opposites) {
            let poles = |word| bearings.bearing(&normaliser.form(word)).poles;
            assert!(poles(a).oppose(&poles(b)), "{a} / {b}");
        }
    }
}
