use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::ArticleIndex;
use rashomon_terms::{Unit, Units};

/// Two groups are one fact where each holds this share of the core of the other.
const LEAST_MUTUAL: f32 = 0.62;
/// A unit of an article that a group lacks joins it where it holds this share of the core.
const LEAST_HELD: f32 = 0.72;
/// A core that weighs less, or has fewer features beside names, draws nothing to it.
const LEAST_CORE: f32 = 4.0;
const LEAST_MATTER: usize = 2;

/// What the members of a group have in common: the features that more than half of the
/// articles hold.
struct Core {
    features: BTreeMap<u32, f32>,
    weight: f32,
    matter: usize,
}

impl Core {
    fn new(units: &Units, group: &[usize]) -> Core {
        let mut held: BTreeMap<u32, (BTreeSet<ArticleIndex>, f32)> = BTreeMap::new();
        for &member in group {
            let unit = &units.all[member];
            for feature in &unit.features {
                let entry = held.entry(feature.id).or_default();
                entry.0.insert(unit.passage.article);
                entry.1 = entry.1.max(feature.weight);
            }
        }
        let all = articles(units, group).len();
        held.retain(|_, (holders, _)| 2 * holders.len() > all);
        let features: BTreeMap<u32, f32> =
            held.into_iter().map(|(id, (_, weight))| (id, weight)).collect();
        let weight = features.values().sum();
        let matter = features.keys().filter(|id| !units.names[**id as usize]).count();
        Core { features, weight, matter }
    }

    fn draws(&self) -> bool {
        self.weight >= LEAST_CORE && self.matter >= LEAST_MATTER
    }

    /// The share of the core that other features hold.
    fn held_by(&self, holds: impl Fn(u32) -> bool) -> f32 {
        let held = self.features.iter().filter(|(id, _)| holds(**id)).map(|(_, weight)| weight);
        held.sum::<f32>() / self.weight.max(f32::EPSILON)
    }
}

/// A denial that so many articles tell is one fact, in however different sentences.
const LEAST_DENYING: usize = 3;
/// A sentence tells a denial where it holds this share of what the denying sentences share.
const LEAST_DENIAL_HELD: f32 = 0.6;

/// For each thing that three or more articles deny (`no deal`, `did not reach an agreement`), the
/// sentences that do, one for each article: the one that shares most with the others.
pub fn denials(units: &Units) -> Vec<Vec<usize>> {
    let mut holders: BTreeMap<u32, BTreeMap<ArticleIndex, Vec<usize>>> = BTreeMap::new();
    for (at, unit) in units.all.iter().enumerate().filter(|(_, unit)| unit.is_telling()) {
        for feature in unit.features.iter().filter(|feature| units.denials[feature.id as usize]) {
            let articles = holders.entry(feature.id).or_default();
            articles.entry(unit.passage.article).or_default().push(at);
        }
    }
    holders.retain(|_, articles| articles.len() >= LEAST_DENYING);
    holders.into_values().filter_map(|articles| denial(units, &articles)).collect()
}

fn denial(units: &Units, articles: &BTreeMap<ArticleIndex, Vec<usize>>) -> Option<Vec<usize>> {
    let likeness = |at: usize, article: ArticleIndex| -> f32 {
        let others = articles.iter().filter(|(other, _)| **other != article);
        others
            .map(|(_, members)| {
                let alike =
                    members.iter().map(|&other| units.all[at].similarity(&units.all[other]));
                alike.fold(0.0, f32::max)
            })
            .sum()
    };
    let mut group: Vec<usize> = articles
        .iter()
        .filter_map(|(&article, members)| {
            let scored = members.iter().map(|&at| (likeness(at, article), at));
            scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at)
        })
        .collect();
    // What they share must be more than the denial itself: somebody, or something done.
    let core = Core::new(units, &group);
    let company =
        core.features.keys().any(|id| units.names[*id as usize] && core.features[id] > 0.15);
    if !core.draws() || !company {
        return None;
    }
    group.retain(|&at| core.held_by(|id| holds(&units.all[at], id)) >= LEAST_DENIAL_HELD);
    (group.len() >= LEAST_DENYING).then_some(group)
}

/// Groups with one core put together, then each group completed by the units of articles that it
/// lacks. A fact that many tell is told in many words: its tellings resemble each other less than
/// they resemble what they have in common.
pub fn complete(units: &Units, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut groups = same_place(units, merge(units, groups));
    let taken: BTreeSet<usize> = groups.iter().flatten().copied().collect();
    let free: Vec<usize> = (0..units.all.len())
        .filter(|at| !taken.contains(at) && units.all[*at].is_telling())
        .collect();
    for group in &mut groups {
        let core = Core::new(units, group);
        if !core.draws() {
            continue;
        }
        let present: BTreeSet<ArticleIndex> = articles(units, group);
        let mut best: BTreeMap<ArticleIndex, (f32, usize)> = BTreeMap::new();
        for &at in &free {
            let unit = &units.all[at];
            if present.contains(&unit.passage.article) {
                continue;
            }
            let held = core.held_by(|id| holds(unit, id));
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

/// Groups that stand in the same sentences put together: the one of sentences, the other of their
/// clauses.
fn same_place(units: &Units, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let place = |at: usize| (units.all[at].passage.article, units.all[at].sentence);
    let mut holders: BTreeMap<(ArticleIndex, usize), Vec<usize>> = BTreeMap::new();
    let mut merged: Vec<Vec<usize>> = Vec::new();
    for group in groups {
        let mut met: BTreeMap<usize, BTreeSet<ArticleIndex>> = BTreeMap::new();
        for &at in &group {
            for &other in holders.get(&place(at)).into_iter().flatten() {
                let overlaps = merged[other].iter().any(|&known| {
                    let (x, y) = (units.all[at].passage, units.all[known].passage);
                    x.article == y.article && x.span.overlaps(y.span)
                });
                if overlaps {
                    met.entry(other).or_default().insert(units.all[at].passage.article);
                }
            }
        }
        let own = articles(units, &group).len();
        let same = met.into_iter().find(|(other, shared)| {
            let least = own.min(articles(units, &merged[*other]).len());
            2 * shared.len() > least
        });
        let home = same.map_or(merged.len(), |(other, _)| other);
        if home == merged.len() {
            merged.push(Vec::new());
        }
        for at in group {
            let known = holders.entry(place(at)).or_default();
            if !known.contains(&home) {
                known.push(home);
            }
            merged[home].push(at);
        }
        merged[home].sort_unstable();
        merged[home].dedup();
    }
    merged
}

fn merge(units: &Units, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut merged: Vec<(Vec<usize>, Core)> = Vec::new();
    for group in groups {
        let core = Core::new(units, &group);
        let same = merged.iter_mut().find(|(_, other)| {
            let mutual = core
                .held_by(|id| other.features.contains_key(&id))
                .min(other.held_by(|id| core.features.contains_key(&id)));
            core.draws() && other.draws() && mutual >= LEAST_MUTUAL
        });
        match same {
            Some((known, other)) => {
                known.extend(group);
                known.sort_unstable();
                known.dedup();
                *other = Core::new(units, known);
            }
            None => merged.push((group, core)),
        }
    }
    merged.into_iter().map(|(group, _)| group).collect()
}

fn articles(units: &Units, group: &[usize]) -> BTreeSet<ArticleIndex> {
    group.iter().map(|&at| units.all[at].passage.article).collect()
}

fn holds(unit: &Unit, id: u32) -> bool {
    unit.features.binary_search_by_key(&id, |feature| feature.id).is_ok()
}
