use std::ops::Range;

use crate::run::Run;

/// The most words that may stand between two runs of one passage, in either document.
const GAP: usize = 24;

/// The fewest words of a run that a passage is continued by beyond its last fingerprint.
const CONTINUED: usize = 3;

/// Among so many next words such a run is looked for: three words gain nothing farther off.
const NEAR: usize = 12;

/// How many runs before a run are tried as the one that it continues.
const LOOK_BACK: usize = 24;

/// What a word of a gap costs, in equal words: a passage must not bridge more than it gains.
const GAP_COST: f64 = 0.3;

/// A passage that two documents share with light edits.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    /// Its words in the one.
    pub a: Range<usize>,
    /// Its words in the other.
    pub b: Range<usize>,
    /// The pairs of equal words, in order.
    pub equal: Vec<(usize, usize)>,
}

impl Chain {
    /// The share of equal words, 0 to 1.
    pub fn similarity(&self) -> f64 {
        2.0 * self.equal.len() as f64 / (self.a.len() + self.b.len()) as f64
    }

    /// The pairs of equal words that stand in a row of three at least.
    pub fn in_a_row(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let rows = self.equal.chunk_by(|x, y| (x.0 + 1, x.1 + 1) == *y);
        rows.filter(|row| row.len() >= CONTINUED).flatten().copied()
    }
}

/// Joins runs that follow each other in both documents to passages, and aligns the words between
/// them. Each run of at least `certain` words lies in a passage, unless longer passages cover it
/// in both documents already; so do shorter ones that weigh as much together, their gaps taken
/// off. `runs` are sorted.
pub fn chains(a: &[u32], b: &[u32], runs: &[Run], certain: usize) -> Vec<Chain> {
    let before = predecessors(runs);
    if before.iter().all(|(weight, _)| *weight < certain as f64) {
        return Vec::new();
    }
    let mut free = vec![true; runs.len()];
    let mut chains = Vec::new();
    let (mut taken_a, mut taken_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut ends: Vec<usize> = (0..runs.len()).collect();
    ends.sort_by(|&x, &y| before[y].0.total_cmp(&before[x].0).then(x.cmp(&y)));
    for end in ends {
        let mut members = Vec::new();
        let mut at = Some(end);
        while let Some(member) = at.filter(|&member| free[member]) {
            free[member] = false;
            members.push(runs[member]);
            at = before[member].1;
        }
        // What is left of a chain that branches off another weighs less by what it lost.
        let lost = at.map_or(0.0, |member| before[member].0);
        let weighs = before[end].0 - lost >= certain as f64;
        members.reverse();
        let is_new = |run: &Run| {
            taken_a[run.a..run.a_end()].contains(&false)
                || taken_b[run.b..run.b_end()].contains(&false)
        };
        let is_certain = |run: &Run| run.len >= certain && is_new(run);
        if members.iter().any(is_certain) || weighs && members.iter().all(is_new) {
            continue_ends(a, b, &mut members);
            let chain = aligned(a, b, &members);
            taken_a[chain.a.clone()].fill(true);
            taken_b[chain.b.clone()].fill(true);
            chains.push(chain);
        }
    }
    chains.sort_unstable_by_key(|chain| (chain.a.start, chain.b.start, chain.a.end));
    chains
}

/// Adds the runs before the first and after the last that hold no fingerprint, as long as they
/// bring in more words than the gap to them costs.
fn continue_ends(a: &[u32], b: &[u32], members: &mut Vec<Run>) {
    while let Some(last) = members.last() {
        let (from_a, from_b) = (last.a_end(), last.b_end());
        let near = |words: &[u32], from: usize| {
            let to = (from + NEAR).min(words.len());
            words[from..to].to_vec()
        };
        let Some(next) = next_run(&near(a, from_a), &near(b, from_b)) else { break };
        members.push(Run { a: from_a + next.a, b: from_b + next.b, len: next.len });
    }
    while let Some(first) = members.first() {
        let (to_a, to_b) = (first.a, first.b);
        let near = |words: &[u32], to: usize| {
            let mut near = words[to.saturating_sub(NEAR)..to].to_vec();
            near.reverse();
            near
        };
        let Some(next) = next_run(&near(a, to_a), &near(b, to_b)) else { break };
        let start = |to: usize, at: usize| to - at - next.len;
        members.insert(0, Run { a: start(to_a, next.a), b: start(to_b, next.b), len: next.len });
    }
}

/// The run that brings in most among the next words of two documents.
fn next_run(a: &[u32], b: &[u32]) -> Option<Run> {
    // Most often too few words return at all, which their last bits tell.
    let bit = |word: &u32| 1_u64 << (word % 64);
    let words = a.iter().fold(0, |words, word| words | bit(word));
    if b.iter().filter(|word| words & bit(word) != 0).count() < CONTINUED {
        return None;
    }
    let mut best: Option<(f64, Run)> = None;
    for (at_a, &word) in a.iter().enumerate() {
        for (at_b, _) in b.iter().enumerate().filter(|&(_, &other)| other == word) {
            let len = a[at_a..].iter().zip(&b[at_b..]).take_while(|(x, y)| x == y).count();
            let gain = len as f64 - at_a.max(at_b) as f64 * GAP_COST;
            if len >= CONTINUED && gain > best.map_or(0.0, |(gain, _)| gain) {
                best = Some((gain, Run { a: at_a, b: at_b, len }));
            }
        }
    }
    best.map(|(_, run)| run)
}

/// For each run the weight of the best chain that ends with it, and the run before it there.
fn predecessors(runs: &[Run]) -> Vec<(f64, Option<usize>)> {
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let mut own = (run.len as f64, None);
        for back in at.saturating_sub(LOOK_BACK)..at {
            let Some((overlap, gap)) = step(runs[back], *run) else { continue };
            let weight = best[back].0 + (run.len - overlap) as f64 - gap as f64 * GAP_COST;
            if weight > own.0 {
                own = (weight, Some(back));
            }
        }
        best.push(own);
    }
    best
}

/// How many words of `next` the run before it holds already, and the wider gap between them; or
/// `None` where it does not follow in both documents or stands too far off.
fn step(before: Run, next: Run) -> Option<(usize, usize)> {
    let overlap = before.a_end().saturating_sub(next.a).max(before.b_end().saturating_sub(next.b));
    let follows = before.a < next.a && before.b < next.b && overlap < next.len;
    let gap_a = (next.a + overlap).checked_sub(before.a_end())?;
    let gap_b = (next.b + overlap).checked_sub(before.b_end())?;
    (follows && gap_a <= GAP && gap_b <= GAP).then_some((overlap, gap_a.max(gap_b)))
}

/// The passage of runs that follow each other, with the words between them aligned.
fn aligned(a: &[u32], b: &[u32], members: &[Run]) -> Chain {
    let mut equal = Vec::new();
    let (mut end_a, mut end_b) = (members[0].a, members[0].b);
    for run in members {
        let overlap = end_a.saturating_sub(run.a).max(end_b.saturating_sub(run.b));
        let (start_a, start_b) = (run.a + overlap, run.b + overlap);
        let between = alignment(&a[end_a..start_a], &b[end_b..start_b]);
        equal.extend(between.into_iter().map(|(x, y)| (end_a + x, end_b + y)));
        equal.extend((overlap..run.len).map(|offset| (run.a + offset, run.b + offset)));
        (end_a, end_b) = (run.a_end(), run.b_end());
    }
    Chain { a: members[0].a..end_a, b: members[0].b..end_b, equal }
}

/// The most pairs of equal words that stand in the same order in both (a longest common
/// subsequence). Gaps are at most [`GAP`] words, which is the band.
fn alignment(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut common = vec![0_u16; (a.len() + 1) * width];
    for x in (0..a.len()).rev() {
        for y in (0..b.len()).rev() {
            common[x * width + y] = if a[x] == b[y] {
                common[(x + 1) * width + y + 1] + 1
            } else {
                common[(x + 1) * width + y].max(common[x * width + y + 1])
            };
        }
    }
    let (mut x, mut y) = (0, 0);
    let mut pairs = Vec::new();
    while x < a.len() && y < b.len() {
        if a[x] == b[y] {
            pairs.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if common[(x + 1) * width + y] >= common[x * width + y + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_does_not_break_a_passage() {
        let a: Vec<u32> = (0..30).collect();
        let mut b = a.clone();
        b.splice(12..14, [99, 98, 97]);
        let runs = [Run { a: 0, b: 0, len: 12 }, Run { a: 14, b: 15, len: 16 }];
        let chains = chains(&a, &b, &runs, 8);
        assert_eq!(chains.len(), 1);
        assert_eq!((chains[0].a.clone(), chains[0].b.clone()), (0..30, 0..31));
        assert_eq!(chains[0].equal.len(), 28);
    }

    #[test]
    fn a_passage_goes_on_where_no_fingerprint_stands() {
        let a: Vec<u32> = (0..30).collect();
        let mut b = a.clone();
        (b[4], b[17], b[26]) = (99, 98, 97);
        let chains = chains(&a, &b, &[Run { a: 5, b: 5, len: 12 }], 8);
        assert_eq!((chains[0].a.clone(), chains[0].b.clone()), (0..30, 0..30));
        assert_eq!(chains[0].equal.len(), 27);
    }

    #[test]
    fn short_runs_carry_a_passage_together() {
        let a: Vec<u32> = (0..11).collect();
        let mut b = a.clone();
        b[5] = 99;
        let runs = [Run { a: 0, b: 0, len: 5 }, Run { a: 6, b: 6, len: 5 }];
        assert_eq!(chains(&a, &b, &runs, 8).len(), 1);
        assert_eq!(chains(&a, &b, &runs[..1], 8).len(), 0);
    }
}
