use std::collections::BTreeMap;

use rashomon_article::Dimension;

use crate::desk::Desk;
use crate::figure::Figure;
use crate::index::RareFeatures;

/// Two figures are looked at where rare words around them make up this share of the lighter one's
/// surroundings. Less than any finder asks for, as common words come on top.
const LEAST_SHARE: f32 = 0.1;

/// Pairs of figures that may be of one thing, the smaller first, in order: tellings of one claim,
/// tolls at the heads of two reports, lengths of the event of the story, and what stands among the
/// same rare words.
pub fn candidates(desk: &Desk<'_>, figures: &[Figure<'_>]) -> Vec<(usize, usize)> {
    let rare = RareFeatures::new(figures.iter().map(|figure| figure.context.clone()).collect());
    let alike = |a: usize, b: usize| figures[a].quantity.dimension == figures[b].quantity.dimension;
    let mut pairs = rare.pairs(|a, b, weight| {
        alike(a, b) && weight >= LEAST_SHARE * figures[a].weight.min(figures[b].weight)
    });
    let mut groups: BTreeMap<Bond, Vec<usize>> = BTreeMap::new();
    for (at, figure) in figures.iter().enumerate() {
        let dimension = figure.quantity.dimension;
        for &claim in &figure.claims {
            groups.entry(Bond::Claim(claim, dimension)).or_default().push(at);
        }
        if let Some(toll) = figure.toll {
            let bond = match figure.central {
                true => Bond::Toll(toll),
                false => Bond::OwnToll(figure.passage.article.get(), toll),
            };
            groups.entry(bond).or_default().push(at);
        }
        if let Some(event) = figure.event
            && dimension == Dimension::Duration
            && desk.events.contains(&event)
        {
            groups.entry(Bond::Event(event)).or_default().push(at);
        }
    }
    for group in groups.values() {
        for (at, &b) in group.iter().enumerate() {
            pairs.extend(group[..at].iter().map(|&a| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What brings two figures together beside rare words.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Claim(usize, Dimension),
    Toll(u32),
    OwnToll(usize, u32),
    Event(u32),
}
