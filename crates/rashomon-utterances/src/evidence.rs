use crate::align::{Pair, align};
use crate::word::Word;

/// How far two sequences of words are one remark. `a` is the one with less weight.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    /// The words that stand for each other; `a` the lighter sequence, `b` the heavier.
    pub pairs: Vec<Pair>,
    /// The share of the lighter sequence that is matched, by weight.
    pub cover: f32,
    /// The share of the heavier sequence that is matched, by weight.
    pub cover_longer: f32,
    /// The share of the heavier one that is matched between its first and last matched word.
    pub density: f32,
    /// The share of the lighter sequence that is matched by equal words, by number.
    pub words: f32,
    /// The weight of the matched words that carry matter.
    pub content: f32,
    /// How many they are.
    pub matter: usize,
    /// All words of the lighter one stand in the heavier one, equal, in one run.
    pub contained: bool,
    /// Numbers, names and denials of the one are those of the other.
    pub agrees: bool,
    /// As `agrees`, denials aside.
    pub facts_agree: bool,
}

impl Evidence {
    /// The harmonic mean of cover and density.
    pub fn closeness(&self) -> f32 {
        2.0 * self.cover * self.density / (self.cover + self.density).max(f32::EPSILON)
    }
}

/// The weight of a sequence of words.
pub(crate) fn weight(words: &[Word]) -> f32 {
    words.iter().map(|word| word.weight).sum()
}

/// The weight of the words that carry matter.
pub(crate) fn content(words: &[Word]) -> f32 {
    words.iter().filter(|word| word.content).map(|word| word.weight).sum()
}

/// How alike two words are, 0 to 1.
fn similarity(a: &Word, b: &Word) -> f32 {
    if a.exact == b.exact {
        1.0
    } else if a.key == b.key {
        0.95
    } else if a.sense.is_some() && a.sense == b.sense {
        0.7
    } else if a.negation && b.negation {
        0.8
    } else {
        0.0
    }
}

/// Aligns two sequences, the lighter first: in their order, then words of matter that stand in
/// another order (`Ukraine’s security`, `the security of Ukraine`).
fn pairs(a: &[Word], b: &[Word]) -> Vec<Pair> {
    // No other alignment of a sequence with itself has as many pairs.
    if a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.exact == b.exact) {
        let pair = |at| Pair { a: at, b: at, similarity: 1.0, moved: false };
        return (0..a.len()).map(pair).collect();
    }
    let gain = |i: usize, j: usize| similarity(&a[i], &b[j]) * (a[i].weight + b[j].weight) / 2.0;
    let mut pairs: Vec<Pair> = align(a.len(), b.len(), gain)
        .into_iter()
        .map(|(i, j)| Pair { a: i, b: j, similarity: similarity(&a[i], &b[j]), moved: false })
        .collect();
    let mut free_a = vec![true; a.len()];
    let mut free_b = vec![true; b.len()];
    for pair in &pairs {
        free_a[pair.a] = false;
        free_b[pair.b] = false;
    }
    for i in (0..a.len()).filter(|&i| free_a[i] && a[i].content) {
        if let Some(j) = (0..b.len()).find(|&j| free_b[j] && a[i].key == b[j].key) {
            free_b[j] = false;
            let similarity = similarity(&a[i], &b[j]) * 0.85;
            pairs.push(Pair { a: i, b: j, similarity, moved: true });
        }
    }
    pairs.sort_by_key(|pair| pair.a);
    pairs
}

/// Compares two sequences; the first must be the lighter one.
pub(crate) fn compare(a: &[Word], b: &[Word]) -> Evidence {
    let pairs = pairs(a, b);
    let (mut partner_a, mut partner_b) = (vec![None; a.len()], vec![None; b.len()]);
    for (at, pair) in pairs.iter().enumerate() {
        partner_a[pair.a] = Some(at);
        partner_b[pair.b] = Some(at);
    }
    let matched = |words: &[Word], partner: &[Option<usize>]| -> f32 {
        words
            .iter()
            .zip(partner)
            .filter_map(|(word, at)| at.map(|at| word.weight * pairs[at].similarity))
            .sum()
    };
    let (in_a, in_b) = (matched(a, &partner_a), matched(b, &partner_b));
    let extent = extent(&pairs);
    let inside = weight(&b[extent.clone()]).max(f32::EPSILON);
    let equal = pairs.iter().filter(|pair| a[pair.a].exact == b[pair.b].exact).count();
    let in_run = pairs.windows(2).all(|two| two[0].b + 1 == two[1].b);
    let of_matter = |pair: &&Pair| a[pair.a].content && b[pair.b].content;
    let facts_agree = facts_agree(a, &partner_a, &b[extent.clone()], &partner_b[extent.clone()]);
    let denials = |words: &[Word]| words.iter().filter(|word| word.negation).count() % 2;
    Evidence {
        cover: in_a / weight(a).max(f32::EPSILON),
        cover_longer: in_b / weight(b).max(f32::EPSILON),
        density: in_b / inside,
        words: equal as f32 / a.len().max(1) as f32,
        content: pairs
            .iter()
            .filter(of_matter)
            .map(|pair| a[pair.a].weight.min(b[pair.b].weight) * pair.similarity)
            .sum(),
        matter: pairs.iter().filter(of_matter).count(),
        contained: equal == a.len() && in_run,
        agrees: facts_agree && denials(a) == denials(&b[extent]),
        facts_agree,
        pairs,
    }
}

/// From the first to the last matched word of the heavier sequence.
fn extent(pairs: &[Pair]) -> std::ops::Range<usize> {
    let first = pairs.iter().map(|pair| pair.b).min().unwrap_or(0);
    let end = pairs.iter().map(|pair| pair.b + 1).max().unwrap_or(0);
    first..end
}

/// No number without its like on either side, and no name against another name.
fn facts_agree(
    a: &[Word],
    partner_a: &[Option<usize>],
    b: &[Word],
    partner_b: &[Option<usize>],
) -> bool {
    let alone = |words: &[Word], partner: &[Option<usize>], what: fn(&Word) -> bool| {
        words.iter().zip(partner).any(|(word, at)| what(word) && at.is_none())
    };
    let number = |word: &Word| word.number;
    let name = |word: &Word| word.name;
    let odd_number = alone(a, partner_a, number) || alone(b, partner_b, number);
    let other_name = alone(a, partner_a, name) && alone(b, partner_b, name);
    !odd_number && !other_name
}
