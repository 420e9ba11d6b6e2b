use std::collections::BTreeMap;

use rashomon_article::{Discrepancy, DiscrepancyKind, Passage, Verdict};

use crate::desk::Desk;
use crate::side::{side, silent};

/// Two accounts of one thing, found where two sentences that are alike have different words.
pub struct Clash {
    pub kind: DiscrepancyKind,
    pub verdict: Verdict,
    pub about: String,
    pub why: String,
    /// The two accounts.
    pub sides: [Account; 2],
    /// How alike the two sentences are.
    pub likeness: f32,
}

/// What some reports say, in the same words.
pub struct Account {
    /// Accounts of one value are one side.
    pub value: String,
    pub mentions: Vec<Passage>,
}

/// Joins clashes that share a passage and are of one kind and verdict to one difference; the label
/// and the reason are those of the most alike pair. In the order of the first passages.
pub fn join(desk: &Desk<'_>, mut clashes: Vec<Clash>) -> Vec<Discrepancy> {
    clashes.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
    let mut group: Vec<usize> = (0..clashes.len()).collect();
    let mut held: BTreeMap<(DiscrepancyKind, Verdict, Passage), usize> = BTreeMap::new();
    for (at, clash) in clashes.iter().enumerate() {
        for mention in clash.sides.iter().flat_map(|side| &side.mentions) {
            let first = *held.entry((clash.kind, clash.verdict, *mention)).or_insert(at);
            let (a, b) = (root(&mut group, first), root(&mut group, at));
            group[a.max(b)] = a.min(b);
        }
    }
    let mut found: BTreeMap<usize, BTreeMap<&str, Vec<Passage>>> = BTreeMap::new();
    for (at, clash) in clashes.iter().enumerate() {
        let sides = found.entry(root(&mut group, at)).or_default();
        for side in &clash.sides {
            sides.entry(&side.value).or_default().extend(&side.mentions);
        }
    }
    let discrepancy = |(first, sides): (usize, BTreeMap<&str, Vec<Passage>>)| {
        let clash = &clashes[first];
        let mut sides: Vec<_> =
            sides.into_values().map(|mentions| side(desk.story, mentions)).collect();
        sides.sort_by_key(|side| {
            (std::cmp::Reverse(side.mentions.len()), side.mentions.first().copied())
        });
        Discrepancy {
            kind: clash.kind,
            verdict: clash.verdict,
            about: clash.about.clone(),
            silent: silent(desk.story, &sides),
            sides,
            why: clash.why.clone(),
        }
    };
    found.into_iter().map(discrepancy).collect()
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

/// Whether a difference has two passages on two sides.
pub fn tells_apart(found: &Discrepancy, a: Passage, b: Passage) -> bool {
    let side = |passage: Passage| {
        found.sides.iter().position(|side| {
            side.mentions.iter().any(|mention| {
                mention.article == passage.article && mention.span.overlaps(passage.span)
            })
        })
    };
    matches!((side(a), side(b)), (Some(x), Some(y)) if x != y)
}
