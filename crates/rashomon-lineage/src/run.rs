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

/// The runs that seeds (places of equal fingerprints) lie in, sorted, each once.
pub fn runs(a: &[u32], b: &[u32], seeds: &mut [(u32, u32)]) -> Vec<Run> {
    let diagonal = |&(at_a, at_b): &(u32, u32)| i64::from(at_a) - i64::from(at_b);
    seeds.sort_unstable_by_key(|seed| (diagonal(seed), seed.0));
    let mut runs: Vec<Run> = Vec::new();
    let mut last: Option<(i64, usize)> = None;
    for seed in seeds.iter() {
        let (at_a, at_b) = (seed.0 as usize, seed.1 as usize);
        if last.is_some_and(|(on, end)| on == diagonal(seed) && at_a < end) {
            continue;
        }
        let right = a[at_a..].iter().zip(&b[at_b..]).take_while(|(a, b)| a == b).count();
        let left =
            a[..at_a].iter().rev().zip(b[..at_b].iter().rev()).take_while(|(a, b)| a == b).count();
        if right > 0 {
            let run = Run { a: at_a - left, b: at_b - left, len: left + right };
            last = Some((diagonal(seed), run.a_end()));
            runs.push(run);
        }
    }
    runs.sort_unstable();
    runs
}
