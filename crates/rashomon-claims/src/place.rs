use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::ArticleIndex;
use rashomon_terms::Units;

use crate::core::articles;

/// Groups that stand in the same sentences put together: the one of sentences, the other of their
/// clauses.
pub fn same_place(units: &Units, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
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
