use std::collections::BTreeMap;

use rashomon_terms::{Unit, Units};

/// A feature that more units than this hold makes no candidates: it would pair all with all.
const MOST_COMMON: usize = 60;
/// Two units are compared where the features that they share, names left out, weigh at least
/// this much: that two sentences name the same persons makes them no telling of one fact.
const LEAST_SHARED: f32 = 2.0;
/// And where they share at least so many of them.
const LEAST_FEATURES: u32 = 2;
/// A sentence of so many features is compared even where it shares nothing but names.
const SHORTEST: usize = 5;
/// Two units that resemble each other less are not paired.
const LEAST_SIMILARITY: f32 = 0.34;
/// A cluster grows only where all pairs resemble each other this much on the average.
const LEAST_LINKAGE: f32 = 0.29;

/// Two units of different articles that tell the same, by index.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    pub similarity: f32,
}

/// All pairs of tellings that resemble each other, the most alike first.
pub fn pairs(units: &Units) -> Vec<Pair> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); units.frequency.len()];
    let mut pairs = Vec::new();
    let mut shared: BTreeMap<usize, (f32, u32)> = BTreeMap::new();
    for (b, unit) in units.all.iter().enumerate() {
        if !unit.is_telling() {
            continue;
        }
        shared.clear();
        for feature in &unit.features {
            let list = &mut holders[feature.id as usize];
            for &a in list.iter().filter(|_| list.len() <= MOST_COMMON) {
                let matter = !units.names[feature.id as usize];
                // Of names alone only the shortest sentences are made: `Ost denied it.`
                if matter || unit.features.len() <= SHORTEST {
                    let entry = shared.entry(a).or_default();
                    if matter {
                        *entry = (entry.0 + feature.weight, entry.1 + 1);
                    }
                }
            }
            list.push(b);
        }
        for (&a, &(weight, count)) in &shared {
            let other = &units.all[a];
            let little = weight < LEAST_SHARED || count < LEAST_FEATURES;
            let one_article = other.passage.article == unit.passage.article;
            if one_article || little && !same_features(unit, other) {
                continue;
            }
            let similarity = likeness(unit, other);
            if similarity >= LEAST_SIMILARITY {
                pairs.push(Pair { a, b, similarity });
            }
        }
    }
    pairs.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then((x.a, x.b).cmp(&(y.a, y.b))));
    pairs
}

/// What is announced and what is done are two facts: such units are less alike by this factor.
const ANNOUNCED: f32 = 0.3;

fn likeness(a: &Unit, b: &Unit) -> f32 {
    a.similarity(b) * if a.planned == b.planned { 1.0 } else { ANNOUNCED }
}

/// Whether two units hold the same and nothing else: one copies the other.
fn same_features(a: &Unit, b: &Unit) -> bool {
    a.features.len() == b.features.len()
        && a.features.iter().zip(&b.features).all(|(x, y)| x.id == y.id)
}

/// Units grouped by average linkage over the pairs; each group sorted. Units alone are left out.
pub fn clusters(units: &Units, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut cluster_of: Vec<usize> = (0..units.all.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..units.all.len()).map(|at| vec![at]).collect();
    for pair in pairs {
        let (a, b) = (cluster_of[pair.a], cluster_of[pair.b]);
        if a == b || linkage(units, &members[a], &members[b]) < LEAST_LINKAGE {
            continue;
        }
        let (kept, gone) = if members[a].len() >= members[b].len() { (a, b) } else { (b, a) };
        for member in std::mem::take(&mut members[gone]) {
            cluster_of[member] = kept;
            members[kept].push(member);
        }
    }
    let mut found: Vec<Vec<usize>> = members.into_iter().filter(|group| group.len() > 1).collect();
    found.iter_mut().for_each(|group| group.sort_unstable());
    found.sort();
    found
}

/// How many members of a large cluster stand for all in the average.
const SAMPLE: usize = 12;

fn linkage(units: &Units, a: &[usize], b: &[usize]) -> f32 {
    let (mut sum, mut count) = (0.0, 0.0);
    for &x in a.iter().take(SAMPLE) {
        for &y in b.iter().take(SAMPLE) {
            sum += likeness(&units.all[x], &units.all[y]);
            count += 1.0;
        }
    }
    sum / count
}
