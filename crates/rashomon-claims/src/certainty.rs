use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{ArticleIndex, Certainty};
use rashomon_terms::{Unit, Units};

/// A group parted by how certainly its members tell what they have in common, the largest part
/// first.
///
/// It is parted only over a word that one member tells as done, by a verb in the past, and another
/// one with another certainty: `resigned` and `will resign`. A plan that is mentioned beside a deed
/// parts nothing.
pub fn parts(units: &Units, group: &[usize]) -> Vec<(Certainty, Vec<usize>)> {
    let core = core(units, group);
    let at_issue = at_issue(units, group, &core);
    let mut parts: BTreeMap<Certainty, Vec<usize>> = BTreeMap::new();
    for &at in group {
        let certainty = certainty(&units.all[at], &at_issue).unwrap_or(Certainty::Told);
        parts.entry(certainty).or_default().push(at);
    }
    if let [(Certainty::Told, all)] = parts.iter().collect::<Vec<_>>().as_slice() {
        return vec![(common(units, all, &core), group.to_vec())];
    }
    let mut parts: Vec<(Certainty, Vec<usize>)> = parts.into_iter().collect();
    parts.sort_by_key(|(certainty, part)| (std::cmp::Reverse(part.len()), *certainty));
    parts
}

/// The words of a core that one member tells as done and another one otherwise.
fn at_issue(units: &Units, group: &[usize], core: &BTreeSet<u32>) -> BTreeSet<u32> {
    let mut told: BTreeMap<u32, BTreeSet<Certainty>> = BTreeMap::new();
    for &at in group {
        for (id, certainty) in units.all[at].certainties.iter().filter(|(id, _)| core.contains(id))
        {
            told.entry(*id).or_default().insert(*certainty);
        }
    }
    told.retain(|_, certainties| certainties.len() > 1 && certainties.contains(&Certainty::Told));
    told.into_keys().collect()
}

/// The certainty that more than half of the members give to words that they have in common.
fn common(units: &Units, group: &[usize], core: &BTreeSet<u32>) -> Certainty {
    let mut votes: BTreeMap<Certainty, usize> = BTreeMap::new();
    // That something is not so is a fact like others, where nobody tells that it is.
    let certainties = group.iter().filter_map(|&at| certainty(&units.all[at], core));
    for certainty in certainties.filter(|certainty| *certainty != Certainty::Denied) {
        *votes.entry(certainty).or_default() += 1;
    }
    let most = votes.into_iter().find(|&(_, count)| 2 * count > group.len());
    most.map_or(Certainty::Told, |(certainty, _)| certainty)
}

/// The words, names left out, that more than half of the articles of a group hold.
fn core(units: &Units, group: &[usize]) -> BTreeSet<u32> {
    let mut held: BTreeMap<u32, BTreeSet<ArticleIndex>> = BTreeMap::new();
    for &at in group {
        let unit = &units.all[at];
        for feature in unit.features.iter().filter(|feature| !units.names[feature.id as usize]) {
            held.entry(feature.id).or_default().insert(unit.passage.article);
        }
    }
    let articles: BTreeSet<ArticleIndex> =
        group.iter().map(|&at| units.all[at].passage.article).collect();
    held.retain(|_, holders| 2 * holders.len() > articles.len());
    held.into_keys().collect()
}

/// How certainly a unit tells some words: as it tells most of them; of as many, the last in the
/// order of [`Certainty`], as a plan is often told beside a deed and a denial is meant. `None` where
/// it tells none of them by itself.
fn certainty(unit: &Unit, words: &BTreeSet<u32>) -> Option<Certainty> {
    let mut votes: BTreeMap<Certainty, usize> = BTreeMap::new();
    for (_, certainty) in unit.certainties.iter().filter(|(id, _)| words.contains(id)) {
        *votes.entry(*certainty).or_default() += 1;
    }
    votes.into_iter().max_by_key(|&(_, count)| count).map(|(certainty, _)| certainty)
}
