use crate::cluster::Cluster;
use crate::frequencies::TermMap;
use crate::neighbours::HEAVIEST;

/// Terms ask for stories from the rarest on, until this many were named.
const NAMED: usize = 4000;

/// This many terms ask in any case.
const ASKED: usize = 6;

/// Which stories weigh a term heavily.
#[derive(Clone, Debug, Default)]
pub struct Index {
    stories: TermMap<Vec<Posting>>,
    /// The story of each slot. A slot is given again once its story is gone, so that scores are
    /// added up in a list as short as the stories are many.
    slots: Vec<u64>,
    free: Vec<u32>,
    scores: Vec<f32>,
    /// Instead of asking, name all stories: slow, and certain to leave none out.
    #[cfg(test)]
    pub names_all: bool,
}

/// A story in the list of a term, with the weight of the term in each field that is asked for.
#[derive(Clone, Copy, Debug)]
struct Posting {
    slot: u32,
    weights: [f32; HEAVIEST.len()],
}

/// Where a story stands in the index.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    slot: u32,
    /// Sorted.
    terms: Box<[u32]>,
}

/// The heaviest terms of a cluster, by term, with their weight in each field that is asked for.
fn heaviest(cluster: &Cluster) -> Vec<(u32, [f32; HEAVIEST.len()])> {
    let mut terms: Vec<(u32, [f32; HEAVIEST.len()])> = Vec::new();
    for (at, (field, most)) in HEAVIEST.into_iter().enumerate() {
        let norm = cluster.norm(field).max(f32::MIN_POSITIVE);
        for (term, weight) in cluster.sum(field).heaviest(most) {
            let mut weights = [0.0; HEAVIEST.len()];
            weights[at] = weight / norm;
            terms.push((term, weights));
        }
    }
    terms.sort_by_key(|&(term, _)| term);
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1.iter_mut().zip(next.1).for_each(|(kept, next)| *kept += next);
        }
        same
    });
    terms
}

impl Index {
    /// The index without stories.
    pub fn emptied(&self) -> Index {
        Index {
            #[cfg(test)]
            names_all: self.names_all,
            ..Index::default()
        }
    }

    /// Takes a story in.
    pub fn insert(&mut self, story: u64, cluster: &Cluster) -> Entry {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(story);
            self.scores.push(0.0);
            self.slots.len() as u32 - 1
        });
        self.slots[slot as usize] = story;
        let mut entry = Entry { slot, terms: Box::default() };
        self.update(&mut entry, cluster);
        entry
    }

    /// Takes notice that a story has changed.
    pub fn update(&mut self, entry: &mut Entry, cluster: &Cluster) {
        let terms = heaviest(cluster);
        for &term in &entry.terms {
            if terms.binary_search_by_key(&term, |&(term, _)| term).is_err() {
                self.drop_posting(term, entry.slot);
            }
        }
        for &(term, weights) in &terms {
            let postings = self.stories.entry(term).or_default();
            let posting = Posting { slot: entry.slot, weights };
            match postings.binary_search_by_key(&entry.slot, |posting| posting.slot) {
                Ok(at) => postings[at] = posting,
                Err(at) => postings.insert(at, posting),
            }
        }
        entry.terms = terms.into_iter().map(|(term, _)| term).collect();
    }

    /// Lets a story go.
    pub fn remove(&mut self, entry: &Entry) {
        for &term in &entry.terms {
            self.drop_posting(term, entry.slot);
        }
        self.free.push(entry.slot);
    }

    fn drop_posting(&mut self, term: u32, slot: u32) {
        let Some(postings) = self.stories.get_mut(&term) else { return };
        if let Ok(at) = postings.binary_search_by_key(&slot, |posting| posting.slot) {
            postings.remove(at);
        }
        if postings.is_empty() {
            self.stories.remove(&term);
        }
    }

    /// The stories that share most of the heaviest terms with a cluster, the likest first.
    pub fn nearest(&mut self, cluster: &Cluster, most: usize) -> Vec<u64> {
        #[cfg(test)]
        if self.names_all {
            let taken = |slot: &usize| !self.free.contains(&(*slot as u32));
            let mut all: Vec<u64> =
                (0..self.slots.len()).filter(taken).map(|slot| self.slots[slot]).collect();
            all.sort_unstable();
            return all;
        }
        let mut asking: Vec<(usize, u32, [f32; HEAVIEST.len()])> = heaviest(cluster)
            .into_iter()
            .filter_map(|(term, weights)| Some((self.stories.get(&term)?.len(), term, weights)))
            .collect();
        asking.sort_unstable_by_key(|&(named, term, _)| (named, term));
        let mut reached: Vec<u32> = Vec::new();
        let mut named = 0;
        for (at, (stories, term, weights)) in asking.into_iter().enumerate() {
            named += stories;
            if named > NAMED && at >= ASKED {
                break;
            }
            for posting in &self.stories[&term] {
                let score = &mut self.scores[posting.slot as usize];
                if *score == 0.0 {
                    reached.push(posting.slot);
                }
                *score += weights.iter().zip(posting.weights).map(|(x, y)| x * y).sum::<f32>();
            }
        }
        let mut found: Vec<(f32, u64)> = reached
            .into_iter()
            .map(|slot| (std::mem::take(&mut self.scores[slot as usize]), slot))
            .map(|(score, slot)| (score, self.slots[slot as usize]))
            .collect();
        let nearer = |x: &(f32, u64), y: &(f32, u64)| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1));
        if found.len() > most {
            found.select_nth_unstable_by(most, nearer);
            found.truncate(most);
        }
        found.sort_unstable_by(nearer);
        found.into_iter().map(|(_, story)| story).collect()
    }
}
