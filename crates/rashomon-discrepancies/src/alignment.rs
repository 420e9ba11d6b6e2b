use std::ops::Range;

use crate::desk::{Line, Word};

/// So many words before and after a place tell whether two sentences go on alike there.
const WINDOW: usize = 6;

/// Two sentences, word by word: which words stand for each other, in order.
#[derive(Debug)]
pub struct Alignment {
    /// Pairs of indices of words, both rising.
    pub matches: Vec<(usize, usize)>,
}

/// Words between two matches: what one sentence has where the other has something else, or
/// nothing.
#[derive(Clone, Debug)]
pub struct Slot {
    pub a: Range<usize>,
    pub b: Range<usize>,
}

impl Alignment {
    /// The alignment with the weightiest common words, in order (Needleman and Wunsch, without a
    /// price for gaps).
    pub fn new(a: &Line, b: &Line) -> Alignment {
        let (x, y) = (&a.words[..], &b.words[..]);
        // What both begin and end with is the same in the best alignment, too.
        let same = |(one, other): &(&Word, &Word)| one.key == other.key;
        let head = x.iter().zip(y).take_while(same).count();
        let (p, q) = (&x[head..], &y[head..]);
        let tail = p.iter().rev().zip(q.iter().rev()).take_while(same).count();
        let (p, q) = (&p[..p.len() - tail], &q[..q.len() - tail]);
        let mut matches: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
        matches.extend(best(p, q).into_iter().map(|(i, j)| (head + i, head + j)));
        matches.extend((0..tail).map(|at| (head + p.len() + at, head + q.len() + at)));
        Alignment { matches: without_strays(x, &matches) }
    }

    /// The share of their words that both have, 0 to 1 (Dice's coefficient).
    pub fn agreement(&self, a: &Line, b: &Line) -> f32 {
        2.0 * self.matches.len() as f32 / (a.words.len() + b.words.len()).max(1) as f32
    }

    /// Where the two have different words.
    pub fn slots(&self, a: &Line, b: &Line) -> Vec<Slot> {
        let mut slots = Vec::new();
        let (mut i, mut j) = (0, 0);
        let end = (a.words.len(), b.words.len());
        for &(x, y) in self.matches.iter().chain([&end]) {
            if i < x || j < y {
                slots.push(Slot { a: i..x, b: j..y });
            }
            (i, j) = (x + 1, y + 1);
        }
        slots
    }

    /// The share of the words of matter around a slot that both sentences have, by weight: the
    /// smaller of the two sentences' shares.
    pub fn company(&self, a: &Line, b: &Line, slot: &Slot) -> f32 {
        let of = |words: &[Word], slot: &Range<usize>, matched: &dyn Fn(usize) -> bool| {
            let from = slot.start.saturating_sub(WINDOW);
            let to = (slot.end + WINDOW).min(words.len());
            let (mut all, mut common) = (0.0, 0.0);
            for at in (from..to).filter(|at| !slot.contains(at)) {
                let weight = if words[at].function { 0.3 } else { words[at].idf.max(1.0) };
                all += weight;
                common += if matched(at) { weight } else { 0.0 };
            }
            if all > 0.0 { common / all } else { 0.0 }
        };
        let x = of(&a.words, &slot.a, &|at| {
            self.matches.binary_search_by_key(&at, |&(i, _)| i).is_ok()
        });
        let y = of(&b.words, &slot.b, &|at| {
            self.matches.binary_search_by_key(&at, |&(_, j)| j).is_ok()
        });
        x.min(y)
    }
}

impl Alignment {
    /// Whether the words right before a slot, or right after it, are the same in both sentences,
    /// so many in a row and so many of them of matter.
    pub fn is_flanked(&self, a: &Line, slot: &Slot, words: usize, matter: usize) -> bool {
        let at = self.matches.partition_point(|&(i, _)| i < slot.a.start);
        let enough = |run: usize, count: usize| run >= words && count >= matter;
        let (mut run, mut count) = (0, 0);
        let (mut i, mut j) = (slot.a.start, slot.b.start);
        for &(x, y) in self.matches[..at].iter().rev() {
            if x + 1 != i || y + 1 != j {
                break;
            }
            (i, j, run) = (x, y, run + 1);
            count += usize::from(!a.words[x].function);
        }
        if enough(run, count) {
            return true;
        }
        let (mut run, mut count) = (0, 0);
        let (mut i, mut j) = (slot.a.end, slot.b.end);
        for &(x, y) in &self.matches[at..] {
            if x != i || y != j {
                break;
            }
            (i, j, run) = (x + 1, y + 1, run + 1);
            count += usize::from(!a.words[x].function);
        }
        enough(run, count)
    }
}

/// The weightiest common words of two lists, in order.
fn best(x: &[Word], y: &[Word]) -> Vec<(usize, usize)> {
    let width = y.len() + 1;
    let mut best = vec![0.0_f32; (x.len() + 1) * width];
    for i in (0..x.len()).rev() {
        for j in (0..y.len()).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let together = match x[i].key == y[j].key {
                true => worth(&x[i]) + best[(i + 1) * width + j + 1],
                false => 0.0,
            };
            best[i * width + j] = skip.max(together);
        }
    }
    let mut matches = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < x.len() && j < y.len() {
        let here = best[i * width + j];
        if x[i].key == y[j].key && here <= worth(&x[i]) + best[(i + 1) * width + j + 1] {
            matches.push((i, j));
            i += 1;
            j += 1;
        } else if here <= best[(i + 1) * width + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    matches
}

/// What it is worth that a word stands in both.
fn worth(word: &Word) -> f32 {
    if word.function && !word.negation { 0.3 } else { 1.0 + 0.25 * word.idf }
}

/// Without words of grammar that are matched while neither of their neighbours is: they stand in
/// every sentence.
fn without_strays(x: &[Word], matches: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let follows = |(i, j): (usize, usize), (k, l): (usize, usize)| i + 1 == k && j + 1 == l;
    let stray = |at: usize| {
        let own = matches[at];
        let before = at.checked_sub(1).is_some_and(|before| follows(matches[before], own));
        let after = matches.get(at + 1).is_some_and(|&after| follows(own, after));
        x[own.0].function && !x[own.0].negation && !before && !after
    };
    (0..matches.len()).filter(|&at| !stray(at)).map(|at| matches[at]).collect()
}
