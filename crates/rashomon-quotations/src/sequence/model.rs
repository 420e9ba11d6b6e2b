use super::table::{Table, read_u32};
use super::{LABELS, Label};

const MAGIC: &[u8; 4] = b"RQ01";
/// Weights are kept in steps of one part in so many.
const STEP: f32 = 1.0 / 1024.0;

/// The weights of a model as training found them.
#[derive(Clone, Debug, Default)]
pub struct ModelParts {
    /// The weight of a step from one label to the next.
    pub transitions: [[f32; LABELS]; LABELS],
    /// For the hash of each feature the weights of the labels; zero where it has none.
    pub weights: Vec<(u32, [f32; LABELS])>,
    /// For the hash of each word how often it is a cue, from 1 (seldom) to 4 (nearly always).
    pub cues: Vec<(u32, u32)>,
}

impl ModelParts {
    /// The bytes that [`Model::new`] reads: weights in 16 bits, tables ready for use.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut parts = self.clone();
        parts.weights.sort_by_key(|&(key, _)| key);
        parts.cues.sort_unstable();
        let mut weights = Vec::new();
        let mut slots = Vec::new();
        for (key, row) in &parts.weights {
            let steps = row.map(|weight| (weight / STEP).round().clamp(-32767.0, 32767.0) as i16);
            let mask =
                (0..LABELS).filter(|&at| steps[at] != 0).fold(0u8, |mask, at| mask | 1 << at);
            if mask != 0 {
                slots.push((*key, weights.len() as u32));
                weights.push(mask);
                weights.extend(steps.iter().filter(|&&s| s != 0).flat_map(|s| s.to_le_bytes()));
            }
        }
        let (cues, slots) = (Table::build(&parts.cues), Table::build(&slots));
        let mut bytes = MAGIC.to_vec();
        for length in [cues.len(), slots.len(), weights.len()] {
            bytes.extend((length as u32).to_le_bytes());
        }
        bytes.extend(parts.transitions.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        bytes.extend(cues);
        bytes.extend(slots);
        bytes.extend(weights);
        bytes
    }
}

/// A trained model that reads its bytes in place: making one costs next to nothing.
#[derive(Clone, Copy, Debug)]
pub struct Model<'m> {
    transitions: [[f32; LABELS]; LABELS],
    cues: Table<'m>,
    slots: Table<'m>,
    weights: &'m [u8],
}

impl<'m> Model<'m> {
    /// Reads the bytes of [`ModelParts::to_bytes`]; `None` where they are something else.
    pub fn new(bytes: &'m [u8]) -> Option<Model<'m>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let lengths: Vec<usize> =
            (0..3).map_while(|at| read_u32(rest, at * 4)).map(|length| length as usize).collect();
        let &[cues, slots, weights] = &lengths[..] else { return None };
        let mut rest = rest.get(12..)?;
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (at, weight) in transitions.iter_mut().flatten().enumerate() {
            *weight = f32::from_bits(read_u32(rest, at * 4)?);
        }
        rest = rest.get(LABELS * LABELS * 4..)?;
        let cue_table = Table::new(rest.get(..cues)?)?;
        rest = rest.get(cues..)?;
        let slot_table = Table::new(rest.get(..slots)?)?;
        let weights = rest.get(slots..slots.checked_add(weights)?)?;
        Some(Model { transitions, cues: cue_table, slots: slot_table, weights })
    }

    /// How likely a word is to be a cue: 0 (never seen as one) to 4.
    pub fn cue_likelihood(&self, word: u32) -> u8 {
        self.cues.get(word).map_or(0, |bucket| bucket.min(4) as u8)
    }

    fn add(&self, feature: u32, scores: &mut [f32; LABELS]) {
        let Some(offset) = self.slots.get(feature) else { return };
        let offset = offset as usize;
        let Some(&mask) = self.weights.get(offset) else { return };
        let mut at = offset + 1;
        for (label, score) in scores.iter_mut().enumerate() {
            if mask & 1 << label != 0 {
                let Some(two) = self.weights.get(at..at + 2) else { return };
                *score += f32::from(i16::from_le_bytes([two[0], two[1]])) * STEP;
                at += 2;
            }
        }
    }

    /// The best labels of a sequence of tokens (Viterbi), given the features of each.
    pub fn labels(&self, tokens: &[Vec<u32>]) -> Vec<Label> {
        let Some(first) = tokens.first() else { return Vec::new() };
        let state = |features: &Vec<u32>| {
            let mut scores = [0.0; LABELS];
            features.iter().for_each(|&feature| self.add(feature, &mut scores));
            scores
        };
        let mut best = state(first);
        for (label, score) in best.iter_mut().enumerate() {
            if !Label::from_index(label).may_follow(None) {
                *score = f32::NEG_INFINITY;
            }
        }
        let mut from: Vec<[u8; LABELS]> = Vec::with_capacity(tokens.len());
        for features in &tokens[1..] {
            let scores = state(features);
            let mut next = [f32::NEG_INFINITY; LABELS];
            let mut back = [0u8; LABELS];
            for to in 0..LABELS {
                for (before, sum) in best.iter().enumerate() {
                    let allowed = Label::from_index(to).may_follow(Some(Label::from_index(before)));
                    let score = sum + self.transitions[before][to];
                    if allowed && score > next[to] {
                        (next[to], back[to]) = (score, before as u8);
                    }
                }
                next[to] += scores[to];
            }
            best = next;
            from.push(back);
        }
        let last = (0..LABELS).fold(0, |a, b| if best[b] > best[a] { b } else { a });
        let mut labels = vec![Label::from_index(last)];
        for back in from.iter().rev() {
            let at = labels[labels.len() - 1].index();
            labels.push(Label::from_index(usize::from(back[at])));
        }
        labels.reverse();
        labels
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sequence::{Role, hash};

    #[test]
    fn bytes_are_read_as_written() {
        let mut parts = ModelParts::default();
        let cue = Label::new(Role::Cue, true).index();
        let mut row = [0.0; LABELS];
        row[cue] = 2.5;
        let said = hash(0, &["said"]);
        parts.weights.push((said, row));
        parts.cues.push((said, 4));
        let bytes = parts.to_bytes();
        let model = Model::new(&bytes).expect("well formed");
        assert_eq!(model.cue_likelihood(said), 4);
        let labels = model.labels(&[vec![], vec![said], vec![]]);
        assert_eq!(labels, [Label::OUTSIDE, Label::new(Role::Cue, true), Label::OUTSIDE]);
        for cut in 0..bytes.len() {
            assert!(Model::new(&bytes[..cut]).is_none());
        }
    }
}
