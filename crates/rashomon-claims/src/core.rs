use std::collections::{BTreeMap, BTreeSet, HashMap};

use rashomon_article::ArticleIndex;
use rashomon_terms::{Unit, Units};

use crate::place::same_place;

/// Two groups are one fact where each holds this share of the core of the other.
const LEAST_MUTUAL: f32 = 0.62;
/// A unit of an article that a group lacks joins it where it holds this share of the core.
const LEAST_HELD: f32 = 0.72;
/// A core that weighs less, or has fewer features beside names, draws nothing to it.
const LEAST_CORE: f32 = 4.0;
const LEAST_MATTER: usize = 2;

/// Sums of weights differ by less than this share with the order in which they are added.
const ROUNDING: f32 = 1e-4;

/// What the members of a group have in common: the features that more than half of the
/// articles hold.
pub struct Core {
    pub features: BTreeMap<u32, f32>,
    weight: f32,
    matter: usize,
}

impl Core {
    pub fn new(units: &Units, group: &[usize]) -> Core {
        let mut held: Vec<(u32, ArticleIndex, f32)> = Vec::new();
        for &member in group {
            let unit = &units.all[member];
            let article = unit.passage.article;
            held.extend(unit.features.iter().map(|feature| (feature.id, article, feature.weight)));
        }
        held.sort_unstable_by_key(|&(id, article, _)| (id, article));
        let all = articles(units, group).len();
        let of_most = held
            .chunk_by(|x, y| x.0 == y.0)
            .filter(|holders| 2 * holders.chunk_by(|x, y| x.1 == y.1).count() > all);
        let heaviest = |holders: &[(u32, ArticleIndex, f32)]| {
            (holders[0].0, holders.iter().map(|&(.., weight)| weight).fold(0.0, f32::max))
        };
        let features: BTreeMap<u32, f32> = of_most.map(heaviest).collect();
        let weight = features.values().sum();
        let matter = features.keys().filter(|id| !units.names[**id as usize]).count();
        Core { features, weight, matter }
    }

    pub fn draws(&self) -> bool {
        self.weight >= LEAST_CORE && self.matter >= LEAST_MATTER
    }

    /// The share of the core that other features hold.
    fn held_by(&self, holds: impl Fn(u32) -> bool) -> f32 {
        let held = self.features.iter().filter(|(id, _)| holds(**id)).map(|(_, weight)| weight);
        held.sum::<f32>() / self.weight.max(f32::EPSILON)
    }

    /// The share of the core that a unit holds.
    pub fn share_in(&self, unit: &Unit) -> f32 {
        self.held_by(|id| unit.features.binary_search_by_key(&id, |feature| feature.id).is_ok())
    }

    /// Features of which whoever holds at least a share of the core holds one: those that the
    /// fewest hold, as many as it takes.
    fn keys(&self, share: f32, holders: impl Fn(u32) -> usize) -> Vec<u32> {
        let mut rare: Vec<u32> = self.features.keys().copied().collect();
        rare.sort_by_key(|&id| (holders(id), id));
        let mut rest = self.weight * (1.0 - share);
        let mut keys = Vec::new();
        for id in rare {
            keys.push(id);
            rest -= self.features[&id];
            if rest < -ROUNDING * self.weight {
                break;
            }
        }
        keys
    }
}

/// Groups with one core put together, then each group completed by the units of articles that it
/// lacks. A fact that many tell is told in many words: its tellings resemble each other less than
/// they resemble what they have in common.
pub fn complete(units: &Units, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut groups = same_place(units, merge(units, groups));
    let taken: BTreeSet<usize> = groups.iter().flatten().copied().collect();
    let mut free: Vec<Vec<usize>> = vec![Vec::new(); units.frequency.len()];
    for (at, unit) in units.all.iter().enumerate() {
        if !taken.contains(&at) && unit.is_telling() {
            unit.features.iter().for_each(|feature| free[feature.id as usize].push(at));
        }
    }
    for group in &mut groups {
        let core = Core::new(units, group);
        if !core.draws() {
            continue;
        }
        let present: BTreeSet<ArticleIndex> = articles(units, group);
        let keys = core.keys(LEAST_HELD, |id| free[id as usize].len());
        let near: BTreeSet<usize> =
            keys.into_iter().flat_map(|id| free[id as usize].iter().copied()).collect();
        let mut best: BTreeMap<ArticleIndex, (f32, usize)> = BTreeMap::new();
        for at in near {
            let unit = &units.all[at];
            if present.contains(&unit.passage.article) {
                continue;
            }
            let held = core.share_in(unit);
            // Of a sentence and its clause, the clause that holds as much says it more plainly.
            let better = best.get(&unit.passage.article).is_none_or(|&(most, other)| {
                (held, -unit.weight) > (most, -units.all[other].weight)
            });
            if held >= LEAST_HELD && better {
                best.insert(unit.passage.article, (held, at));
            }
        }
        group.extend(best.into_values().map(|(_, at)| at));
        group.sort_unstable();
    }
    groups
}

/// Each group is put to the first one before it with a core like its own.
fn merge(units: &Units, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut merged: Vec<(Vec<usize>, Core)> = Vec::new();
    let mut holders: HashMap<u32, BTreeSet<usize>> = HashMap::new();
    for group in groups {
        let core = Core::new(units, &group);
        let keys = core.keys(LEAST_MUTUAL, |id| holders.get(&id).map_or(0, BTreeSet::len));
        let near: BTreeSet<usize> =
            keys.iter().filter_map(|id| holders.get(id)).flatten().copied().collect();
        let same = near.into_iter().find(|&at| {
            let other = &merged[at].1;
            let mutual = core
                .held_by(|id| other.features.contains_key(&id))
                .min(other.held_by(|id| core.features.contains_key(&id)));
            core.draws() && other.draws() && mutual >= LEAST_MUTUAL
        });
        let home = same.unwrap_or(merged.len());
        match same {
            Some(at) => {
                let (known, other) = &mut merged[at];
                known.extend(group);
                known.sort_unstable();
                known.dedup();
                *other = Core::new(units, known);
            }
            None => merged.push((group, core)),
        }
        for id in merged[home].1.features.keys() {
            holders.entry(*id).or_default().insert(home);
        }
    }
    merged.into_iter().map(|(group, _)| group).collect()
}

/// The articles of a group.
pub fn articles(units: &Units, group: &[usize]) -> BTreeSet<ArticleIndex> {
    group.iter().map(|&at| units.all[at].passage.article).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whoever holds the share of a core has one of its keys, so that to look under the keys
        /// finds all that a look at everybody would.
        #[test]
        fn keys_miss_nobody(
            weights in proptest::collection::btree_map(0u32..40, 0.05f32..9.0, 1..14),
            holders in proptest::collection::vec(0usize..60, 40),
            held in proptest::collection::btree_set(0u32..40, 0..14),
            share in 0.3f32..0.95,
        ) {
            let weight = weights.values().sum();
            let core = Core { features: weights, weight, matter: 2 };
            let keys = core.keys(share, |id| holders[id as usize]);
            if core.held_by(|id| held.contains(&id)) >= share {
                proptest::prop_assert!(keys.iter().any(|key| held.contains(key)));
            }
        }
    }
}
