use rashomon_language::Language;

use crate::bearing::{Bearing, Part, Weight};
use crate::likeness::likeness;

/// From this [`similarity`] on, two names are taken to be of one bearer. Names that contradict
/// each other in a word, or of which one says too little, stay well below it.
pub const SAME_BEARER: f64 = 0.8;

/// The most that names are alike that contradict each other.
const CONTRADICTED: f64 = 0.7;
/// What each word costs that one of the names leaves out.
const LEFT_OUT: f64 = 0.04;

/// How likely two names are of one bearer, by the names alone: 1 for the same words, 0 for names
/// that share nothing. [`SAME_BEARER`] is where one bearer is likelier than two.
///
/// Titles, particles and legal forms are set aside. The other words are matched one to one, each
/// by its spelling folded across transliterations, by short forms and initials, or by a slip of a
/// letter where the word is long. A name that says more than the other is a fuller name; where
/// both have a word that the other lacks, or another number, they contradict each other.
///
/// For lists of names without a story. In a story more is known (offices, who else bears the
/// name, what a report keeps apart), and joining is decided by rules of its own.
///
/// ```
/// use rashomon_language::english;
/// use rashomon_names::{SAME_BEARER, similarity};
/// assert_eq!(similarity("Ada Bell", "Bell, Ada", english()), 1.0);
/// assert!(similarity("Yuri Petrov", "Yury Petrow", english()) > SAME_BEARER);
/// assert!(similarity("K. Harrow", "Kelechi Harrow", english()) > SAME_BEARER);
/// assert!(similarity("Velkor Limited", "Velkor Ltd", english()) > SAME_BEARER);
/// assert!(similarity("Ada Bell", "Ada Ball-Meyer", english()) < SAME_BEARER);
/// ```
pub fn similarity(a: &str, b: &str, language: &Language) -> f64 {
    let (a, b) = (Bearing::new(a, language), Bearing::new(b, language));
    if a.is_written_as(&b) {
        return if a.is_empty() { 0.0 } else { 1.0 };
    }
    if a.parts.is_empty() || b.parts.is_empty() {
        return 0.0;
    }
    // The greedy matching below looks from the first name: the better of both ways is symmetric.
    one_way(&a, &b, language).max(one_way(&b, &a, language))
}

fn one_way(a: &Bearing, b: &Bearing, language: &Language) -> f64 {
    let (mut a, mut b) = (a.clone(), b.clone());
    a.fit(&b, language);
    b.fit(&a, language);
    if a.glued() == b.glued() {
        return if a.agrees_with(&b) { 1.0 } else { CONTRADICTED };
    }
    let pairs = pairs(&a.parts, &b.parts, language);
    let matched = Matched::new(&a, &b, &pairs);
    let score = matched.score(&a, &b);
    let contradicted = !a.agrees_with(&b) || is_turned(&a, &b, &pairs);
    if contradicted { score.min(CONTRADICTED) } else { score }
}

/// The words matched one to one, the likest first; of equals those that stand first.
fn pairs(a: &[Part], b: &[Part], language: &Language) -> Vec<(f64, usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let likeness = likeness(x, y, language);
            if likeness > 0.0 {
                all.push((likeness, i, j));
            }
        }
    }
    all.sort_by(|x, y| {
        let apart = |pair: &(f64, usize, usize)| pair.1.abs_diff(pair.2);
        y.0.total_cmp(&x.0).then(apart(x).cmp(&apart(y))).then((x.1, x.2).cmp(&(y.1, y.2)))
    });
    let (mut left, mut right) = (vec![true; a.len()], vec![true; b.len()]);
    all.retain(|&(_, i, j)| {
        let open = left[i] && right[j];
        if open {
            (left[i], right[j]) = (false, false);
        }
        open
    });
    all
}

/// What of two names is matched and what is left over.
struct Matched {
    /// The sum of likenesses, by weight.
    likeness: f64,
    /// Words matched, and their weight.
    words: usize,
    weight: f64,
    /// Full words of each that the other lacks, and their weight.
    left: [usize; 2],
    left_weight: [f64; 2],
}

impl Matched {
    fn new(a: &Bearing, b: &Bearing, pairs: &[(f64, usize, usize)]) -> Matched {
        let mut matched =
            Matched { likeness: 0.0, words: 0, weight: 0.0, left: [0; 2], left_weight: [0.0; 2] };
        for &(likeness, i, j) in pairs {
            if a.parts[i].weight != Weight::Light && b.parts[j].weight != Weight::Light {
                let weight = a.parts[i].share().min(b.parts[j].share());
                matched.likeness += likeness * weight;
                matched.weight += weight;
                matched.words += usize::from(a.parts[i].weight == Weight::Full);
            }
        }
        for (side, name) in [a, b].into_iter().enumerate() {
            for (at, part) in name.parts.iter().enumerate() {
                let found = pairs.iter().any(|pair| at == [pair.1, pair.2][side]);
                if !found && part.weight != Weight::Light {
                    matched.left_weight[side] += part.share();
                    matched.left[side] += usize::from(part.weight == Weight::Full);
                }
            }
        }
        matched
    }

    fn score(&self, a: &Bearing, b: &Bearing) -> f64 {
        if self.weight == 0.0 {
            return 0.0;
        }
        let quality = self.likeness / self.weight;
        let all = self.weight * 2.0 + self.left_weight.iter().sum::<f64>();
        let share = self.weight * 2.0 / all;
        let [x, y] = self.left;
        if self.left_weight.iter().all(|&weight| weight > 0.0) {
            return (quality * share).min(CONTRADICTED);
        }
        let left = x.max(y);
        // A family name alone may be anybody's, and a company with one more word is another one:
        // `Velkor`, `Velkor Norway`.
        let organisation = a.is_organisation || b.is_organisation;
        let enough = left == 0 || !organisation && self.words > 1 && left <= self.words;
        if !enough {
            return (quality * share).min(CONTRADICTED);
        }
        quality * (1.0 - LEFT_OUT * left as f64)
    }
}

/// `Omar bin Hasan` and `Hasan bin Omar`: father and son change places.
fn is_turned(a: &Bearing, b: &Bearing, pairs: &[(f64, usize, usize)]) -> bool {
    let [Some(x), Some(y)] = [a.son_of, b.son_of] else { return false };
    pairs.iter().any(|&(likeness, i, j)| {
        likeness >= 0.9 && i < x && j >= y && {
            pairs.iter().any(|&(likeness, k, l)| likeness >= 0.9 && k >= x && l < y)
        }
    })
}
