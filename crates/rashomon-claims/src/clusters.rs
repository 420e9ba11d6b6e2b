use rashomon_terms::Units;
use rustc_hash::FxHashMap;

use crate::candidates::Pair;
use crate::tellings::Tellings;

/// A group grows only where the members of the two parts have a fact in common with this chance on
/// the average: a chain of resemblances would merge different facts.
const LEAST_LINKAGE: f32 = 0.62;

/// How many members of a large group stand for all in the average.
const SAMPLE: usize = 8;

/// Units grouped by average linkage over the pairs; each group sorted. Units alone are left out.
pub fn clusters(units: &Units, tellings: &Tellings<'_>, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut cluster_of: Vec<usize> = (0..units.all.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..units.all.len()).map(|at| vec![at]).collect();
    let known = pairs.iter().map(|pair| ((pair.a, pair.b), pair.chance));
    let mut linkage = Linkage { tellings, known: known.collect() };
    for pair in pairs {
        let (a, b) = (cluster_of[pair.a], cluster_of[pair.b]);
        if a == b || linkage.of(&members[a], &members[b]) < LEAST_LINKAGE {
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

/// How likely groups are to have a fact in common.
struct Linkage<'t, 'u> {
    tellings: &'t Tellings<'u>,
    known: FxHashMap<(usize, usize), f32>,
}

impl Linkage<'_, '_> {
    fn of(&mut self, a: &[usize], b: &[usize]) -> f32 {
        let (mut sum, mut count) = (0.0, 0.0);
        for &x in a.iter().take(SAMPLE) {
            for &y in b.iter().take(SAMPLE) {
                let key = (x.min(y), x.max(y));
                let tellings = self.tellings;
                sum += *self.known.entry(key).or_insert_with(|| tellings.fact(key.0, key.1));
                count += 1.0;
            }
        }
        sum / count
    }
}
