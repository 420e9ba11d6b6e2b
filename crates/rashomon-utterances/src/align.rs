/// Two words that stand for each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    /// The index in the one sequence.
    pub a: usize,
    /// The index in the other.
    pub b: usize,
    /// How alike they are, 0 to 1.
    pub similarity: f32,
    /// They stand in another order than the rest.
    pub moved: bool,
}

/// What two words beside two matched words add, so that runs win over scattered matches.
const RUN: f32 = 0.05;

/// The best alignment of two sequences that keeps their order: the one with the greatest sum of
/// `gain` over its pairs, runs of pairs preferred. `gain` is 0 where two words cannot match.
///
/// Dynamic programming over two tables (best so far, best with a pair last), the affine scheme of
/// Gotoh 1982 with free gaps; time and space are the product of the lengths.
pub(crate) fn align(a: usize, b: usize, gain: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    let width = b + 1;
    let mut best = vec![0.0f32; (a + 1) * width];
    let mut last = vec![f32::NEG_INFINITY; (a + 1) * width];
    for i in 1..=a {
        for j in 1..=b {
            let here = i * width + j;
            let before = here - width - 1;
            let value = gain(i - 1, j - 1);
            if value > 0.0 {
                last[here] = value + best[before].max(last[before] + RUN);
            }
            best[here] = last[here].max(best[here - width]).max(best[here - 1]);
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (a, b);
    let mut in_run = false;
    while i > 0 && j > 0 {
        let here = i * width + j;
        let before = here - width - 1;
        if in_run || (last[here] == best[here] && last[here] > f32::NEG_INFINITY) {
            pairs.push((i - 1, j - 1));
            in_run = last[before] + RUN > best[before];
            i -= 1;
            j -= 1;
        } else if best[here - width] >= best[here - 1] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value of an alignment.
    fn value(pairs: &[(usize, usize)], gain: &impl Fn(usize, usize) -> f32) -> f32 {
        let runs = pairs.windows(2).filter(|p| (p[0].0 + 1, p[0].1 + 1) == p[1]).count();
        pairs.iter().map(|&(i, j)| gain(i, j)).sum::<f32>() + RUN * runs as f32
    }

    /// The naive oracle: tries every order-preserving set of pairs.
    fn oracle(
        a: usize,
        b: usize,
        gain: &impl Fn(usize, usize) -> f32,
        so_far: &mut Vec<(usize, usize)>,
    ) -> f32 {
        let (i, j) = so_far.last().map_or((0, 0), |&(i, j)| (i + 1, j + 1));
        let mut best = value(so_far, gain);
        for i in i..a {
            for j in j..b {
                if gain(i, j) > 0.0 {
                    so_far.push((i, j));
                    best = best.max(oracle(a, b, gain, so_far));
                    so_far.pop();
                }
            }
        }
        best
    }

    #[test]
    fn agrees_with_trying_everything() {
        let mut state = 7u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        for _ in 0..400 {
            let a: Vec<u32> = (0..next(6)).map(|_| next(4)).collect();
            let b: Vec<u32> = (0..next(6)).map(|_| next(4)).collect();
            let gain =
                |i: usize, j: usize| if a[i] == b[j] { 0.5 + a[i] as f32 / 4.0 } else { 0.0 };
            let found = align(a.len(), b.len(), gain);
            assert!(found.windows(2).all(|p| p[0].0 < p[1].0 && p[0].1 < p[1].1));
            let best = oracle(a.len(), b.len(), &gain, &mut Vec::new());
            assert!((value(&found, &gain) - best).abs() < 1e-4, "{a:?} {b:?} {found:?}");
        }
    }
}
