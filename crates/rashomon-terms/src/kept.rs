use std::sync::Arc;

use rashomon_article::ArticleIndex;
use rustc_hash::FxHashMap;

/// Says what a document of a story is: documents with one stamp are equal in all their layers. Who
/// compares a story again and again gives stamps, so that what was read of a document is not read
/// again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stamp(pub u64);

/// What is worked out of each document of a story alone, kept from one comparison of the story to
/// the next. It holds no more than one entry for each document of the story at hand.
#[derive(Debug)]
pub struct Kept<T> {
    stamps: Vec<Stamp>,
    found: FxHashMap<Stamp, Arc<T>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept { stamps: Vec::new(), found: FxHashMap::default() }
    }
}

impl<T> Kept<T> {
    /// Turns to a story with documents of these stamps, in their order, and forgets what was kept of
    /// others. Without stamps nothing is kept.
    pub fn turn_to(&mut self, stamps: &[Stamp]) {
        self.stamps.clear();
        self.stamps.extend_from_slice(stamps);
        let mut sorted = stamps.to_vec();
        sorted.sort_unstable();
        self.found.retain(|stamp, _| sorted.binary_search(stamp).is_ok());
    }

    /// What is kept of a document, or what is made of it now.
    pub fn of(&mut self, article: ArticleIndex, make: impl FnOnce() -> T) -> Arc<T> {
        let Some(&stamp) = self.stamps.get(article.get()) else { return Arc::new(make()) };
        Arc::clone(self.found.entry(stamp).or_insert_with(|| Arc::new(make())))
    }
}

/// Answers to a question about two things that have numbers, kept from one comparison of a story to
/// the next. What one comparison did not ask is forgotten at the next.
#[derive(Debug)]
pub struct Pairs<V> {
    found: FxHashMap<(u32, u32), (u32, V)>,
    turn: u32,
    keeps: bool,
}

impl<V> Default for Pairs<V> {
    fn default() -> Pairs<V> {
        Pairs { found: FxHashMap::default(), turn: 0, keeps: false }
    }
}

impl<V: Clone> Pairs<V> {
    /// Turns to the next comparison, and says whether its answers are to be kept.
    pub fn turn(&mut self, keeps: bool) {
        let last = self.turn;
        self.found.retain(|_, (turn, _)| *turn == last);
        self.turn = last.wrapping_add(1);
        self.keeps = keeps;
    }

    /// Whether answers are kept.
    pub fn keeps(&self) -> bool {
        self.keeps
    }

    /// The answer that is kept, or the one that is found now.
    pub fn of(&mut self, a: u32, b: u32, find: impl FnOnce() -> V) -> V {
        if !self.keeps {
            return find();
        }
        let (turn, answer) = self.found.entry((a, b)).or_insert_with(|| (0, find()));
        *turn = self.turn;
        answer.clone()
    }
}

/// Numbers for lists, kept from one comparison of a story to the next: equal lists have one number,
/// and no number is given twice. What one comparison did not ask is forgotten at the next.
#[derive(Debug, Default)]
pub struct Numbers {
    found: FxHashMap<Box<[u32]>, (u32, u32)>,
    turn: u32,
    next: u32,
}

impl Numbers {
    /// Turns to the next comparison.
    pub fn turn(&mut self) {
        let last = self.turn;
        self.found.retain(|_, (turn, _)| *turn == last);
        self.turn = last.wrapping_add(1);
    }

    /// The number of a list.
    pub fn of(&mut self, list: &[u32]) -> u32 {
        if let Some((turn, number)) = self.found.get_mut(list) {
            *turn = self.turn;
            return *number;
        }
        let number = self.next;
        self.next += 1;
        self.found.insert(list.into(), (self.turn, number));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_new_is_made() {
        let mut kept = Kept::default();
        let mut made = Vec::new();
        for stamps in [vec![1, 2], vec![2, 3], vec![1, 3], vec![]] {
            let stamps: Vec<Stamp> = stamps.into_iter().map(Stamp).collect();
            kept.turn_to(&stamps);
            for at in 0..2 {
                let stamp = stamps.get(at).map_or(0, |stamp| stamp.0);
                let found = kept.of(ArticleIndex(at as u32), || {
                    made.push(stamp);
                    stamp
                });
                assert_eq!(*found, stamp);
            }
        }
        assert_eq!(made, [1, 2, 3, 1, 0, 0]);
        assert!(kept.found.is_empty());
    }

    #[test]
    fn what_is_not_asked_again_is_forgotten() {
        let mut pairs = Pairs::default();
        let mut asked = 0;
        for keys in [[1, 2], [1, 3], [1, 2]] {
            pairs.turn(true);
            for key in keys {
                let mut find = || {
                    asked += 1;
                    10 * key
                };
                assert_eq!(pairs.of(key, 0, &mut find), 10 * key);
            }
        }
        // 1 once, 2 twice, as it was forgotten, and 3.
        assert_eq!(asked, 4);
        assert_eq!(pairs.found.len(), 3);
    }

    #[test]
    fn no_number_is_given_twice() {
        let mut numbers = Numbers::default();
        let mut ask = |lists: [&[u32]; 2]| {
            numbers.turn();
            lists.map(|list| numbers.of(list))
        };
        assert_eq!(ask([&[1], &[1, 2]]), [0, 1]);
        assert_eq!(ask([&[1, 2], &[3]]), [1, 2]);
        assert_eq!(ask([&[3], &[1]]), [2, 3]);
    }
}
