use rashomon_terms::{Unit, Units};
use rustc_hash::FxHashMap;

use crate::tellings::Tellings;

/// A feature or a pair of words in a row that more units than this hold pairs each of them with the
/// first few and the last few before it only: it would else pair all with all.
const MOST_COMMON: usize = 48;
/// How many of the first, and how many of the last.
const FEW: usize = 6;
/// Two units are held against each other where the features that they share, names left out, weigh
/// at least this much: that two sentences name the same persons makes them no telling of one fact.
const LEAST_SHARED: f32 = 2.0;
/// And where they share at least so many of them.
const LEAST_FEATURES: u32 = 2;
/// And where these are at least this share of the lighter one.
const LEAST_SHARE: f32 = 0.15;
/// A sentence of so many features is held against others even where it shares nothing but names:
/// _Ost denied it._
const SHORTEST: usize = 5;
/// Two units are paired where they have a fact in common with this chance.
pub const LEAST_CHANCE: f32 = 0.75;
/// Words in quotation marks tell what the outlet does not tell itself: more is asked of them.
const LEAST_CHANCE_OF_SPEECH: f32 = 0.88;
/// Two units of reports that are of one event with less than this chance are not paired.
const LEAST_OF_ONE_EVENT: f32 = 0.1;

/// Two units of different articles that have a fact in common, by index.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    pub a: usize,
    pub b: usize,
    pub chance: f32,
}

/// All pairs of tellings that have a fact in common, the likeliest first. Of units that hold the
/// same features, only the first is paired with others, and the rest with the first.
pub fn pairs(units: &Units, tellings: &Tellings<'_>) -> Vec<Pair> {
    let copies = copies(units);
    let mut pairs = Vec::new();
    for same in &copies {
        let (first, rest) = (same[0], &same[1..]);
        let others = rest.iter().filter(|&&other| article(units, other) != article(units, first));
        pairs.extend(others.filter_map(|&other| pair(units, tellings, first, other)));
    }
    let mut seen = Seen::new(units.all.len());
    let mut index = Index::new(units);
    for b in copies.iter().map(|same| same[0]) {
        index.meet(units, tellings, b, &mut seen);
        for &a in &seen.touched {
            if seen.is_enough(units, a, b) && article(units, a) != article(units, b) {
                pairs.extend(pair(units, tellings, a, b));
            }
        }
        seen.clear();
    }
    pairs.sort_by(|x, y| y.chance.total_cmp(&x.chance).then((x.a, x.b).cmp(&(y.a, y.b))));
    pairs
}

/// The tellings that hold the same features, by the first of each.
fn copies(units: &Units) -> Vec<Vec<usize>> {
    let mut known: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
    let mut copies: Vec<Vec<usize>> = Vec::new();
    for (at, unit) in units.all.iter().enumerate().filter(|(_, unit)| !unit.question) {
        let ids = unit.features.iter().map(|feature| feature.id).collect();
        let place = *known.entry(ids).or_insert(copies.len());
        if place == copies.len() {
            copies.push(Vec::new());
        }
        copies[place].push(at);
    }
    copies
}

fn article(units: &Units, at: usize) -> rashomon_article::ArticleIndex {
    units.all[at].passage.article
}

fn pair(units: &Units, tellings: &Tellings<'_>, a: usize, b: usize) -> Option<Pair> {
    let speech = [a, b].iter().filter(|&&at| !units.all[at].is_telling()).count();
    let least = match speech {
        0 => LEAST_CHANCE,
        1 => LEAST_CHANCE_OF_SPEECH,
        // Two quotations are one remark or two, which is asked elsewhere.
        _ => return None,
    };
    let chance = tellings.fact(a, b);
    (chance >= least && tellings.of_one_event(a, b) >= LEAST_OF_ONE_EVENT).then_some(Pair {
        a,
        b,
        chance,
    })
}

/// Which units hold a feature, and which hold two words in a row.
struct Index {
    features: Vec<Vec<usize>>,
    rows: FxHashMap<(u32, u32), Vec<usize>>,
}

impl Index {
    fn new(units: &Units) -> Index {
        let features = vec![Vec::new(); units.frequency.len()];
        Index { features, rows: FxHashMap::default() }
    }

    /// Notes for each earlier unit what a unit shares with it, and adds the unit.
    fn meet(&mut self, units: &Units, tellings: &Tellings<'_>, b: usize, seen: &mut Seen) {
        let unit = &units.all[b];
        let short = unit.features.len() <= SHORTEST;
        for feature in &unit.features {
            let matter = !units.names[feature.id as usize];
            let holders = &mut self.features[feature.id as usize];
            if matter || short {
                let (weight, count) = if matter { (feature.weight, 1) } else { (0.0, 0) };
                few(holders).for_each(|a| seen.add(a, weight, count));
            }
            holders.push(b);
        }
        for &row in tellings.rows(b) {
            let holders = self.rows.entry(row).or_default();
            few(holders).for_each(|a| seen.add(a, 0.0, 0));
            holders.push(b);
        }
    }
}

/// All holders, or of many the first and the last few.
fn few(holders: &[usize]) -> impl Iterator<Item = usize> + '_ {
    let all = holders.len() <= MOST_COMMON;
    let first = if all { holders.len() } else { FEW };
    let last = if all { holders.len() } else { holders.len() - FEW };
    holders[..first].iter().chain(&holders[last..]).copied()
}

/// What a unit shares with each that was met before.
struct Seen {
    shared: Vec<(f32, u32)>,
    is_touched: Vec<bool>,
    touched: Vec<usize>,
}

impl Seen {
    fn new(units: usize) -> Seen {
        Seen { shared: vec![(0.0, 0); units], is_touched: vec![false; units], touched: Vec::new() }
    }

    fn add(&mut self, at: usize, weight: f32, count: u32) {
        if !self.is_touched[at] {
            self.is_touched[at] = true;
            self.touched.push(at);
        }
        self.shared[at].0 += weight;
        self.shared[at].1 += count;
    }

    /// Whether the two share enough to be worth a closer look.
    fn is_enough(&self, units: &Units, a: usize, b: usize) -> bool {
        let (weight, count) = self.shared[a];
        let (x, y) = (&units.all[a], &units.all[b]);
        let lighter = x.weight.min(y.weight);
        weight >= LEAST_SHARED && count >= LEAST_FEATURES && weight >= LEAST_SHARE * lighter
            || is_short(x) && is_short(y)
    }

    fn clear(&mut self) {
        for at in self.touched.drain(..) {
            self.shared[at] = (0.0, 0);
            self.is_touched[at] = false;
        }
    }
}

fn is_short(unit: &Unit) -> bool {
    unit.features.len() <= SHORTEST
}
