use crate::cluster::{Cluster, KEPT};

use super::Stream;
use super::index::Entry;
use super::sums::{Sum, Sums, sums};
use super::window::Window;

/// A story with articles in the window.
#[derive(Clone, Debug)]
pub struct Story {
    /// Its articles, in order of arrival, as they compare.
    pub cluster: Cluster,
    /// The exact sums of their vectors; not kept of one article alone.
    sums: Option<Box<Sums>>,
    entry: Entry,
}

/// One article as it compares.
pub fn single(window: &Window, place: usize) -> Cluster {
    let live = window.at(place);
    let length = live.fields.length as f64;
    Cluster::of(vec![place], live.fields.vectors.clone(), length, live.day.into_iter())
}

/// Articles as they compare; `members` are in order of arrival.
fn cluster(window: &Window, members: Vec<usize>, sums: &Sums) -> Cluster {
    if let [place] = members[..] {
        return single(window, place);
    }
    let vectors = sums.each_ref().map(|sum| sum.vector(KEPT));
    let length: u64 = members.iter().map(|&place| window.at(place).fields.length as u64).sum();
    let days = members.iter().filter_map(|&place| window.at(place).day).collect::<Vec<f64>>();
    Cluster::of(members, vectors, length as f64, days.into_iter())
}

impl Story {
    /// The exact sums of its articles.
    fn sums(&mut self) -> Box<Sums> {
        self.sums.take().unwrap_or_else(|| {
            Box::new(std::array::from_fn(|field| Sum::of(self.cluster.sum(field))))
        })
    }
}

impl Stream {
    /// Gives a cluster a stamp of its own.
    pub(super) fn stamped(&mut self, mut cluster: Cluster) -> Cluster {
        self.stamps += 1;
        cluster.stamp = self.stamps;
        cluster
    }

    /// Begins a story with articles of which the cluster is known to be that of one.
    pub(super) fn found(&mut self, story: u64, cluster: Cluster) {
        let entry = self.index.insert(story, &cluster);
        self.stories.insert(story, Story { cluster, sums: None, entry });
    }

    /// Begins a story with some articles, in order of arrival, that are in no other.
    pub(super) fn found_with(&mut self, story: u64, members: Vec<usize>) {
        for &place in &members {
            self.window.at_mut(place).story = story;
        }
        if let [place] = members[..] {
            let single = self.stamped(single(&self.window, place));
            self.found(story, single);
            return;
        }
        let all = self.sums_of(&members);
        let cluster = self.stamped(cluster(&self.window, members, &all));
        let entry = self.index.insert(story, &cluster);
        let sums = Some(Box::new(all));
        self.stories.insert(story, Story { cluster, sums, entry });
    }

    /// The exact sums of some articles.
    pub(super) fn sums_of(&self, members: &[usize]) -> Sums {
        let mut all = Sums::default();
        for &place in members {
            let fields = &self.window.at(place).fields;
            all.iter_mut().zip(&sums(fields)).for_each(|(all, sum)| all.add(sum));
        }
        all
    }

    /// Puts an article that is in no story into one.
    pub(super) fn join(&mut self, place: usize, its: &Sums, story: u64) {
        self.window.at_mut(place).story = story;
        let known = self.stories.get_mut(&story).expect("articles join stories that are there");
        let mut all = known.sums();
        all.iter_mut().zip(its).for_each(|(all, sum)| all.add(sum));
        let mut members = std::mem::take(&mut known.cluster.members);
        let at = members.partition_point(|&member| member < place);
        members.insert(at, place);
        self.renew(story, members, all);
    }

    /// Takes an article out of its story, which is gone if it was the last.
    pub(super) fn leave(&mut self, place: usize) {
        let story = self.window.at(place).story;
        let its = sums(&self.window.at(place).fields);
        let known = self.stories.get_mut(&story).expect("an article is in a story");
        let mut members = std::mem::take(&mut known.cluster.members);
        members.retain(|&member| member != place);
        if members.is_empty() {
            self.end(story);
            return;
        }
        let mut all = known.sums();
        all.iter_mut().zip(&its).for_each(|(all, sum)| all.subtract(sum));
        self.renew(story, members, all);
    }

    /// Puts all articles of one story into another.
    pub(super) fn unite(&mut self, from: u64, into: u64) {
        let mut gone = self.end(from);
        let others = gone.sums();
        let known = self.stories.get_mut(&into).expect("stories join stories that are there");
        let mut all = known.sums();
        all.iter_mut().zip(others.iter()).for_each(|(all, sum)| all.add(sum));
        let mut members = std::mem::take(&mut known.cluster.members);
        for &place in &gone.cluster.members {
            self.window.at_mut(place).story = into;
        }
        members.append(&mut gone.cluster.members);
        members.sort_unstable();
        self.renew(into, members, all);
    }

    /// Lets an article of the window go.
    pub(super) fn let_go(&mut self, place: usize) {
        self.leave(place);
        self.window.remove(place);
    }

    fn renew(&mut self, story: u64, members: Vec<usize>, sums: Box<Sums>) {
        let cluster = self.stamped(cluster(&self.window, members, &sums));
        let known = self.stories.get_mut(&story).expect("what is renewed is there");
        known.cluster = cluster;
        known.sums = (known.cluster.members.len() > 1).then_some(sums);
        self.index.update(&mut known.entry, &known.cluster);
    }

    fn end(&mut self, story: u64) -> Story {
        let gone = self.stories.remove(&story).expect("what ends is there");
        self.index.remove(&gone.entry);
        self.changed.remove(&story);
        self.unsettled.remove(&story);
        gone
    }
}
