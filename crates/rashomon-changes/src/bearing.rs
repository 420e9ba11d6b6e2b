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
    /// One bit for each pair that it is the first word of.
    ayes: u128,
    /// The same for the second.
    noes: u128,
}

/// The lists of the language pack, read once.
pub struct Bearings<'l> {
    language: &'l Language,
    senses: SenseIndex,
    /// By normal form.
    poles: BTreeMap<String, (u128, u128)>,
    /// By the number of a set of synonyms.
    poles_of_sets: BTreeMap<usize, (u128, u128)>,
}

impl<'l> Bearings<'l> {
    pub fn new(language: &'l Language) -> Bearings<'l> {
        let senses = SenseIndex::new(language);
        let normaliser = Normaliser::new(language);
        let mut poles: BTreeMap<String, (u128, u128)> = BTreeMap::new();
        let mut poles_of_sets: BTreeMap<usize, (u128, u128)> = BTreeMap::new();
        let pairs = language.senses.antonyms.iter().chain(language.changes.opposites);
        for (at, &(aye, no)) in pairs.take(u128::BITS as usize).enumerate() {
            let bit = 1 << at;
            for (word, bits) in [(aye, (bit, 0)), (no, (0, bit))] {
                let form = normaliser.form(word);
                // All synonyms of one side oppose the other.
                if at < language.senses.antonyms.len()
                    && let Some(set) = senses.sense(&form)
                {
                    join(poles_of_sets.entry(set).or_default(), bits);
                }
                join(poles.entry(form).or_default(), bits);
            }
        }
        Bearings { language, senses, poles, poles_of_sets }
    }

    /// What the lists say of a normal form.
    pub fn bearing(&self, form: &str) -> Bearing {
        let sense = self.senses.sense(form);
        let mut poles = self.poles.get(form).copied().unwrap_or_default();
        let of_set = sense.and_then(|set| self.poles_of_sets.get(&set));
        join(&mut poles, of_set.copied().unwrap_or_default());
        Bearing { sense, ayes: poles.0, noes: poles.1 }
    }

    /// How two words stand to each other, by the thesaurus and the lists.
    pub fn relation(&self, a: &Lexeme, b: &Lexeme) -> Relation {
        let mut relation = a.entry.relation(&b.entry);
        relation.opposite |= a.bearing.ayes & b.bearing.noes | a.bearing.noes & b.bearing.ayes != 0
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

fn join(poles: &mut (u128, u128), more: (u128, u128)) {
    poles.0 |= more.0;
    poles.1 |= more.1;
}
