use std::collections::BTreeMap;

use rashomon_article::ArticleIndex;
use rashomon_terms::Units;

use crate::core::Core;

/// A denial that so many articles tell is one fact, in however different sentences.
const LEAST_DENYING: usize = 3;
/// A sentence tells a denial where it holds this share of what the denying sentences share.
const LEAST_DENIAL_HELD: f32 = 0.6;

/// Where many deny something, each sentence is held against those of so many of them, ...
const SAMPLE: usize = 16;
/// ... and against so many of each.
const MEMBERS: usize = 4;

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
    let step = articles.len().div_ceil(SAMPLE);
    let likeness = |at: usize, article: ArticleIndex| -> f32 {
        let others = articles.iter().step_by(step).filter(|(other, _)| **other != article);
        others
            .map(|(_, members)| {
                let few = members.iter().take(MEMBERS);
                let alike = few.map(|&other| units.all[at].similarity(&units.all[other]));
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
    group.retain(|&at| core.share_in(&units.all[at]) >= LEAST_DENIAL_HELD);
    (group.len() >= LEAST_DENYING).then_some(group)
}
