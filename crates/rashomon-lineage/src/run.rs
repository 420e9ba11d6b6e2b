/// Equal words in a row in two documents, as long as can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Run {
    /// The first word in the one.
    pub a: usize,
    /// The first word in the other.
    pub b: usize,
    /// How many words.
    pub len: usize,
}

impl Run {
    /// One past the last word in the one.
    pub fn a_end(self) -> usize {
        self.a + self.len
    }

    /// One past the last word in the other.
    pub fn b_end(self) -> usize {
        self.b + self.len
    }
}

/// A fingerprint that two documents share, at a place in each. Seeds sort by pair of documents,
/// then by diagonal, then by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    pair: (u32, u32),
    diagonal: i32,
    at: u32,
}

impl Seed {
    /// A seed of two documents at a place in each.
    pub fn new(pair: (u32, u32), at: (u32, u32)) -> Seed {
        Seed { pair, diagonal: at.1.wrapping_sub(at.0).cast_signed(), at: at.0 }
    }

    /// The two documents.
    pub fn pair(self) -> (u32, u32) {
        self.pair
    }

    /// Whether another seed, maybe of other documents, stands at the same places.
    pub fn is_at(self, other: Seed) -> bool {
        (self.diagonal, self.at) == (other.diagonal, other.at)
    }

    /// The place in each.
    fn places(self) -> (usize, usize) {
        (self.at as usize, self.at.wrapping_add_signed(self.diagonal) as usize)
    }
}

/// The runs that the sorted seeds of two documents lie in, sorted, each once.
pub fn runs(a: &[u32], b: &[u32], seeds: &[Seed]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut last: Option<(i32, usize)> = None;
    for seed in seeds {
        let (at_a, at_b) = seed.places();
        if last.is_some_and(|(on, end)| on == seed.diagonal && at_a < end) {
            continue;
        }
        let right = a[at_a..].iter().zip(&b[at_b..]).take_while(|(a, b)| a == b).count();
        let left =
            a[..at_a].iter().rev().zip(b[..at_b].iter().rev()).take_while(|(a, b)| a == b).count();
        if right > 0 {
            let run = Run { a: at_a - left, b: at_b - left, len: left + right };
            last = Some((seed.diagonal, run.a_end()));
            runs.push(run);
        }
    }
    runs.sort_unstable();
    runs
}
