//! What the conditional random field says of a sequence: how likely each run of tokens is to be
//! one source, cue or content, and which runs to take.

use std::ops::Range;

use super::{LABELS, Label, Role};

/// Runs less likely than this are never looked at.
const LEAST: f64 = 0.02;
/// No run is longer, in tokens.
const LONGEST: usize = 400;

/// A run of tokens of one role.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What the tokens are.
    pub role: Role,
    /// Counted from the start of the sequence.
    pub tokens: Range<usize>,
    /// How likely exactly these tokens are a run of the role.
    pub likelihood: f64,
}

/// The sums of the forward-backward algorithm, scaled to 1 at each token.
#[derive(Clone, Debug)]
pub struct Lattice {
    states: Vec<[f64; LABELS]>,
    steps: [[f64; LABELS]; LABELS],
    forward: Vec<[f64; LABELS]>,
    backward: Vec<[f64; LABELS]>,
    scale: Vec<f64>,
}

impl Lattice {
    pub(crate) fn new(
        scores: Vec<[f32; LABELS]>,
        transitions: &[[f32; LABELS]; LABELS],
    ) -> Lattice {
        let mut steps = [[0.0; LABELS]; LABELS];
        for (from, row) in steps.iter_mut().enumerate() {
            for (to, step) in row.iter_mut().enumerate() {
                if Label::from_index(to).may_follow(Some(Label::from_index(from))) {
                    *step = exp(f64::from(transitions[from][to]));
                }
            }
        }
        let states: Vec<[f64; LABELS]> = scores
            .iter()
            .map(|row| {
                let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
                row.map(|score| exp(f64::from(score - top)))
            })
            .collect();
        let mut lattice = Lattice {
            steps,
            forward: Vec::with_capacity(states.len()),
            backward: vec![[1.0; LABELS]; states.len()],
            scale: Vec::with_capacity(states.len()),
            states,
        };
        lattice.go_forward();
        lattice.go_backward();
        lattice
    }

    fn go_forward(&mut self) {
        for at in 0..self.states.len() {
            let mut next = self.states[at];
            for (to, cell) in next.iter_mut().enumerate() {
                *cell *= match self.forward.last() {
                    Some(before) => {
                        (0..LABELS).map(|from| before[from] * self.steps[from][to]).sum::<f64>()
                    }
                    None if Label::from_index(to).may_follow(None) => 1.0,
                    None => 0.0,
                };
            }
            let total = next.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            self.scale.push(total);
            self.forward.push(next.map(|cell| cell / total));
        }
    }

    fn go_backward(&mut self) {
        for at in (0..self.states.len().saturating_sub(1)).rev() {
            let after: [f64; LABELS] =
                std::array::from_fn(|to| self.states[at + 1][to] * self.backward[at + 1][to]);
            self.backward[at] = std::array::from_fn(|from| {
                (0..LABELS).map(|to| self.steps[from][to] * after[to]).sum::<f64>()
                    / self.scale[at + 1]
            });
        }
    }

    /// All runs of a role that are likely enough, by their ends.
    pub fn candidates(&self, role: Role) -> Vec<Run> {
        let (first, further) = (Label::new(role, true).index(), Label::new(role, false).index());
        let count = self.states.len();
        let mut found = Vec::new();
        for start in 0..count {
            // Of all paths: those that begin a run here, by the label of the token reached.
            let mut inside = self.forward[start][first];
            let mut label = first;
            for at in start..count.min(start + LONGEST) {
                if at > start {
                    inside *=
                        self.steps[label][further] * self.states[at][further] / self.scale[at];
                    label = further;
                }
                if inside * self.backward[at][label] < LEAST {
                    break;
                }
                let ends = match at + 1 < count {
                    true => {
                        (0..LABELS)
                            .filter(|&to| to != further)
                            .map(|to| {
                                self.steps[label][to]
                                    * self.states[at + 1][to]
                                    * self.backward[at + 1][to]
                            })
                            .sum::<f64>()
                            / self.scale[at + 1]
                    }
                    false => 1.0,
                };
                let likelihood = inside * ends;
                if likelihood >= LEAST {
                    found.push(Run { role, tokens: start..at + 1, likelihood });
                }
            }
        }
        found.sort_by_key(|run| (run.tokens.end, run.tokens.start));
        found
    }
}

/// The runs that are worth the most together, if each that is right is worth 1 and each that is taken
/// costs `price`: more is taken at a low price, and less is wrong at a high one. They do not overlap,
/// and come in order. `candidates` as [`Lattice::candidates`] gives them.
pub fn take(candidates: &[Run], price: f64) -> Vec<Run> {
    // Weighted interval scheduling (Kleinberg & Tardos, Algorithm Design, 6.1).
    let mut best = vec![0.0; candidates.len() + 1];
    let mut before = vec![0; candidates.len()];
    for (at, run) in candidates.iter().enumerate() {
        before[at] = candidates[..at].partition_point(|r| r.tokens.end <= run.tokens.start);
        best[at + 1] = f64::max(best[at], best[before[at]] + run.likelihood - price);
    }
    let mut taken = Vec::new();
    let mut at = candidates.len();
    while at > 0 {
        if best[at] > best[at - 1] {
            taken.push(candidates[at - 1].clone());
            at = before[at - 1];
        } else {
            at -= 1;
        }
    }
    taken.reverse();
    taken
}

/// The exponential of a number of moderate size, the same on every machine: by halving the exponent
/// and squaring again (to one part in some millions).
fn exp(x: f64) -> f64 {
    let x = x.clamp(-60.0, 60.0) / 1024.0;
    let mut power = 1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x / 24.0)));
    for _ in 0..10 {
        power *= power;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lattice() -> (Vec<[f32; LABELS]>, [[f32; LABELS]; LABELS]) {
        let mut scores = vec![[0.0; LABELS]; 4];
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (at, cell) in scores.as_flattened_mut().iter_mut().enumerate() {
            *cell = (at * 29 % 13) as f32 / 4.0 - 1.5;
        }
        for (at, cell) in transitions.as_flattened_mut().iter_mut().enumerate() {
            *cell = (at * 17 % 7) as f32 / 5.0 - 0.6;
        }
        (scores, transitions)
    }

    /// Every way to label four tokens, with its weight.
    fn paths() -> Vec<(Vec<Label>, f64)> {
        let (scores, transitions) = lattice();
        let mut paths: Vec<(Vec<Label>, f64)> = vec![(Vec::new(), 1.0)];
        for row in &scores {
            let mut next = Vec::new();
            for (path, weight) in paths {
                for (to, &score) in row.iter().enumerate() {
                    let label = Label::from_index(to);
                    let before = path.last().copied();
                    if label.may_follow(before) {
                        let step = before.map_or(0.0, |from: Label| transitions[from.index()][to]);
                        let mut path = path.clone();
                        path.push(label);
                        next.push((path, weight * f64::from(score + step).exp()));
                    }
                }
            }
            paths = next;
        }
        paths
    }

    fn runs_of(path: &[Label], role: Role) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, label) in path.iter().enumerate() {
            match label.role() {
                Some((found, true)) if found == role => runs.push(at..at + 1),
                Some((found, false)) if found == role => {
                    runs.last_mut().expect("a run goes on").end = at + 1;
                }
                _ => {}
            }
        }
        runs
    }

    #[test]
    fn a_run_is_as_likely_as_all_paths_that_hold_it() {
        let (scores, transitions) = lattice();
        let lattice = Lattice::new(scores, &transitions);
        let paths = paths();
        let total: f64 = paths.iter().map(|(_, weight)| weight).sum();
        for role in [Role::Source, Role::Cue, Role::Content] {
            let found = lattice.candidates(role);
            let mut checked = 0;
            for start in 0..4 {
                for end in start + 1..5 {
                    let with: f64 = paths
                        .iter()
                        .filter(|(path, _)| runs_of(path, role).contains(&(start..end)))
                        .map(|(_, weight)| weight)
                        .sum();
                    let run = found.iter().find(|run| run.tokens == (start..end));
                    match run {
                        Some(run) => {
                            assert!((run.likelihood - with / total).abs() < 1e-5);
                            checked += 1;
                        }
                        None => assert!(with / total < LEAST + 1e-5),
                    }
                }
            }
            assert!(checked > 0);
        }
    }

    #[test]
    fn taken_runs_do_not_overlap() {
        let (scores, transitions) = lattice();
        let runs = take(&Lattice::new(scores, &transitions).candidates(Role::Content), 0.0);
        assert!(runs.windows(2).all(|pair| pair[0].tokens.end <= pair[1].tokens.start));
        assert!(!runs.is_empty());
    }

    #[test]
    fn exp_is_near_the_platforms() {
        for step in -300..300 {
            let x = f64::from(step) / 10.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
    }
}
