use std::collections::BTreeMap;

use crate::side::{Lexeme, Side};
use crate::word::Sort;

/// Neighbours up to this many words away tell where in the source a word belongs.
const REACH: usize = 6;
/// In the source they may stand that much farther apart before they count half.
const SLACK: f32 = 4.0;
/// Beyond this distance they are no neighbours at all.
const FARTHEST: u32 = 14;
/// The weight of neighbours at which a word with none but known ones counts as half sure.
const PRIOR: f32 = 1.0;

/// Which words of the source each word of the telling may stand for, and how well the
/// neighbours of two words agree.
pub struct Context<'s> {
    pub source: &'s Side,
    pub telling: &'s Side,
    /// For each word of the telling, the places in the source of the same word or a synonym, in
    /// order.
    matches: Vec<Vec<u32>>,
}

impl<'s> Context<'s> {
    pub fn new(source: &'s Side, telling: &'s Side) -> Context<'s> {
        let mut known: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let matches = (0..telling.words.len())
            .map(|at| {
                let lexeme = telling.lexeme_of[at];
                known
                    .entry(lexeme)
                    .or_insert_with(|| matches_of(source, telling.lexeme(at)))
                    .clone()
            })
            .collect();
        Context { source, telling, matches }
    }

    /// How far the neighbours of a word of the telling stand about a place in the source, 0 to 1.
    pub fn agreement(&self, at: usize, place: u32) -> f32 {
        let words = &self.telling.words;
        let from = at.saturating_sub(REACH);
        let to = (at + REACH + 1).min(words.len());
        let (mut found, mut all) = (0.0, PRIOR);
        for near in (from..to).filter(|&near| near != at) {
            if words[near].sentence != words[at].sentence || words[near].form == words[at].form {
                continue;
            }
            let apart = near.abs_diff(at);
            let weight = words[near].weight() / (1.0 + apart as f32);
            all += weight;
            let Some(distance) = nearest(&self.matches[near], place) else { continue };
            if distance <= FARTHEST {
                let beyond = distance.saturating_sub(apart as u32) as f32;
                found += weight / (1.0 + beyond / SLACK);
            }
        }
        found / all
    }

    /// The place among some at which the neighbours agree best, with how well; the first of
    /// equals.
    pub fn best(&self, at: usize, places: &[u32]) -> Option<(u32, f32)> {
        let mut best: Option<(u32, f32)> = None;
        for &place in places {
            let agreement = self.agreement(at, place);
            if best.is_none_or(|(_, most)| agreement > most) {
                best = Some((place, agreement));
            }
        }
        best
    }

    /// The places of a word of the telling or its synonyms in the source.
    pub fn matches(&self, at: usize) -> &[u32] {
        &self.matches[at]
    }

    /// Whether a neighbour of a word of the telling stands at a place in the source already.
    pub fn is_taken(&self, at: usize, place: u32) -> bool {
        let words = &self.telling.words;
        let near = at.saturating_sub(REACH)..(at + REACH + 1).min(words.len());
        near.into_iter().any(|near| near != at && self.matches[near].binary_search(&place).is_ok())
    }

    /// Places in the source at which the word of the telling could stand, by its neighbours.
    pub fn slots(&self, at: usize) -> Vec<u32> {
        let words = &self.telling.words;
        let mut slots = Vec::new();
        for near in at.saturating_sub(2)..(at + 3).min(words.len()) {
            let matches = &self.matches[near];
            if near == at || words[near].sentence != words[at].sentence || matches.len() > 12 {
                continue;
            }
            for &place in matches {
                slots.extend(place.saturating_sub(3)..=place + 3);
            }
        }
        slots.sort_unstable();
        slots.dedup();
        slots.retain(|&slot| (slot as usize) < self.source.words.len());
        slots
    }
}

/// The places of the same word, or else of what most likely stands for it.
fn matches_of(source: &Side, lexeme: &Lexeme) -> Vec<u32> {
    if lexeme.sort == Sort::Negation {
        let words = source.words.iter().enumerate();
        return words.filter(|(_, w)| w.sort == Sort::Negation).map(|(at, _)| at as u32).collect();
    }
    let same = source.places_of(&lexeme.form);
    if !same.is_empty() || !lexeme.sort.is_lexical() {
        return same.to_vec();
    }
    let mut places = Vec::new();
    for other in source.vocabulary.iter().filter(|other| other.sort.is_lexical()) {
        let relation = lexeme.entry.relation(&other.entry);
        let close =
            relation.synonyms.is_some_and(|(a, b)| a + b <= 4) || relation.kin || relation.same;
        if close && !relation.opposite {
            places.extend(&other.places);
        }
    }
    places.sort_unstable();
    places
}

/// How far the nearest place other than this one is.
fn nearest(places: &[u32], place: u32) -> Option<u32> {
    let after = places.partition_point(|&one| one <= place);
    let before = places[..after].iter().rev().find(|&&one| one != place);
    let next = places.get(after);
    let distance = |one: &u32| one.abs_diff(place);
    before.map(distance).into_iter().chain(next.map(distance)).min()
}
