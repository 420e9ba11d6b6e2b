use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use crate::cluster::{Cluster, Near};
use crate::decision::Decision;
use crate::fields::Fields;
use crate::figures::Laid;
use crate::links::Links;
use crate::neighbours::neighbours;
use crate::outlook::{Outlook, is_larger, lifted};

/// Joins the two likest groups of articles again and again.
pub struct Grouping<'d> {
    decision: &'d Decision,
    /// All groups that ever were; those that were joined into another are `None`.
    pub clusters: Vec<Option<Cluster>>,
    waiting: BinaryHeap<Pair>,
}

/// Two groups that may be joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The logarithm of the odds that they belong together.
    pub odds: f64,
    /// The one.
    pub a: usize,
    /// The other.
    pub b: usize,
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        let by_odds = self.odds.total_cmp(&other.odds);
        by_odds.then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'d> Grouping<'d> {
    /// Each article by itself. `days` are times of publication in days.
    pub fn new(fields: &[Fields], days: &[Option<f64>], decision: &'d Decision) -> Grouping<'d> {
        let mut clusters: Vec<Cluster> = fields
            .iter()
            .zip(days)
            .enumerate()
            .map(|(at, (fields, &day))| Cluster::new(at, fields, day))
            .collect();
        let mut waiting = BinaryHeap::new();
        for (a, near) in neighbours(fields).into_iter().enumerate() {
            let laid = Laid::new(&clusters[a]);
            let pairs = near.into_iter().filter(|&b| b > a).map(|b| {
                let across = laid.beside(&clusters[b]);
                let links = across.links();
                (b, links, decision.odds(&across.figures(links, across.gap())))
            });
            for (b, links, odds) in pairs.collect::<Vec<_>>() {
                waiting.push(Pair { odds, a, b });
                clusters[a].near.insert(b, Near { links, odds });
                clusters[b].near.insert(a, Near { links, odds });
            }
        }
        Grouping { decision, clusters: clusters.into_iter().map(Some).collect(), waiting }
    }

    /// The likest two groups there are now.
    pub fn next(&mut self) -> Option<Pair> {
        loop {
            let pair = self.waiting.pop()?;
            if self.clusters[pair.a].is_some() && self.clusters[pair.b].is_some() {
                return Some(pair);
            }
        }
    }

    /// Joins two groups to a new one.
    pub fn join(&mut self, pair: Pair) {
        let take = |cluster: &mut Option<Cluster>| cluster.take().expect("a waiting pair is there");
        let a = take(&mut self.clusters[pair.a]);
        let b = take(&mut self.clusters[pair.b]);
        let mut joined = a.joined(&b);
        let mut around: BTreeMap<usize, Links> = BTreeMap::new();
        for (other, Near { links, .. }) in a.near.into_iter().chain(b.near) {
            let known = around.entry(other).or_default();
            *known = known.and(links);
        }
        around.remove(&pair.a);
        around.remove(&pair.b);
        let new = self.clusters.len();
        let laid = Laid::new(&joined);
        let mut near = BTreeMap::new();
        for (other, links) in around {
            let Some(neighbour) = self.clusters[other].as_mut() else { continue };
            neighbour.near.remove(&pair.a);
            neighbour.near.remove(&pair.b);
            let across = laid.beside(neighbour);
            let odds = self.decision.odds(&across.figures(links, across.gap()));
            self.waiting.push(Pair { odds, a: other, b: new });
            near.insert(other, Near { links, odds });
            neighbour.near.insert(new, Near { links, odds });
        }
        joined.near = near;
        self.clusters.push(Some(joined));
    }
}

/// What is joined below the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joined {
    /// Any group that stands out.
    Any,
    /// Much larger groups only, among articles that were put together before: what else they might
    /// have belonged to is not at hand, and is taken to be far.
    Larger,
}

/// Joins groups below the bar that stand out among all that they may belong to.
pub struct Hesitant<'g, 'd> {
    grouping: &'g mut Grouping<'d>,
    bar: f64,
    to: Joined,
    /// For each group what it joins, if anything.
    choices: Vec<Option<Pair>>,
}

impl<'g, 'd> Hesitant<'g, 'd> {
    /// To be begun when no two groups are above the bar.
    pub fn new(grouping: &'g mut Grouping<'d>, bar: f64, to: Joined) -> Hesitant<'g, 'd> {
        let choices = (0..grouping.clusters.len()).map(|at| grouping.choice(at, bar, to)).collect();
        Hesitant { grouping, bar, to, choices }
    }

    /// Joins the likest two and gives the articles of the one that chose the other, and the odds,
    /// until there are none.
    pub fn join_next(&mut self) -> Option<(Vec<usize>, f64)> {
        let pair = self.choices.iter().flatten().copied().max()?;
        let chose = self.grouping.clusters[pair.a].as_ref()?.members.clone();
        self.choices[pair.a] = None;
        self.choices[pair.b] = None;
        self.grouping.join(pair);
        let new = self.choices.len();
        self.choices.push(None);
        let near = self.grouping.clusters[new].iter().flat_map(|cluster| cluster.near.keys());
        for at in near.copied().chain([new]).collect::<Vec<usize>>() {
            self.choices[at] = self.grouping.choice(at, self.bar, self.to);
        }
        Some((chose, pair.odds))
    }
}

impl Grouping<'_> {
    /// What a group may belong to.
    fn outlook(&self, at: usize, bar: f64) -> Option<Outlook<usize>> {
        let a = self.clusters[at].as_ref()?;
        let mut outlook = Outlook::new();
        for (&b, near) in &a.near {
            if self.clusters[b].is_some() {
                outlook.add(near.odds - bar, b);
            }
        }
        Some(outlook)
    }

    /// What a group joins although it is below the bar; the group itself is `a`.
    fn choice(&self, at: usize, bar: f64, to: Joined) -> Option<Pair> {
        let mut own = self.outlook(at, bar)?;
        if to == Joined::Larger {
            own.add(f64::MIN, usize::MAX);
        }
        let (_, b) = own.likest?;
        if lifted(at, &own, None) <= 0.0 {
            return None;
        }
        let texts = |at: usize| self.clusters[at].as_ref().map_or(0.0, Cluster::texts);
        let above = if is_larger(texts(at), texts(b)) {
            lifted(at, &own, None)
        } else if to == Joined::Larger {
            return None;
        } else {
            lifted(at, &own, self.outlook(b, bar).as_ref())
        };
        (above > 0.0).then_some(Pair { odds: above + bar, a: at, b })
    }
}
