#![allow(
    clippy::inline_always,
    clippy::needless_range_loop,
    reason = "as in the arithmetic of the network"
)]

use std::collections::HashMap;

use rashomon_language::Vectors;

use super::features::{FORM, SETTING, Sequence};
use super::network::{Fed, add_scaled_each, remember};
use super::table::{Table, read_u32};
use super::{LABELS, Lattice};

const MAGIC: &[u8; 4] = b"RQ02";
/// Weights are kept in steps of one part in so many.
const STEP: f32 = 1.0 / 4096.0;
/// Rows of the output are padded to the width of a register.
const PADDED: usize = 8;
/// Numbers in the head: vector, hidden, words, features, bytes of three tables.
const HEAD: usize = 7;

/// The weights of a model as training found them. Matrices lie row after row; a row of gates holds
/// the four gates of the one direction and then those of the other.
#[derive(Clone, Debug, Default)]
pub struct ModelParts {
    /// The length of the vector of a word.
    pub vector: usize,
    /// The length of a hidden state, in each direction.
    pub hidden: usize,
    /// For the key of a frequent word what is added to its vector.
    pub words: Vec<(u32, Vec<f32>)>,
    /// For the hash of a feature what it adds to the gates.
    pub features: Vec<(u32, Vec<f32>)>,
    /// From the vector of a word to the gates.
    pub input: Vec<f32>,
    /// What is added to the gates.
    pub bias: Vec<f32>,
    /// From a hidden state to the gates of its direction.
    pub state: [Vec<f32>; 2],
    /// From the hidden states of both directions to the labels.
    pub output: Vec<f32>,
    /// What is added to the labels.
    pub output_bias: [f32; LABELS],
    /// The weight of a step from one label to the next.
    pub transitions: [[f32; LABELS]; LABELS],
    /// For the key of each word how often it is a cue, from 1 (seldom) to 4 (nearly always).
    pub cues: Vec<(u32, u32)>,
}

impl ModelParts {
    /// The bytes that [`Model::new`] reads: weights in 16 bits, tables ready for use.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut parts = self.clone();
        parts.words.sort_by_key(|&(key, _)| key);
        parts.features.sort_by_key(|&(key, _)| key);
        parts.cues.sort_unstable();
        let index = |rows: &[(u32, Vec<f32>)]| -> Vec<u8> {
            let pairs: Vec<(u32, u32)> =
                rows.iter().enumerate().map(|(at, &(key, _))| (key, at as u32)).collect();
            Table::build(&pairs)
        };
        let tables = [index(&parts.words), index(&parts.features), Table::build(&parts.cues)];
        let mut bytes = MAGIC.to_vec();
        let sizes = [parts.vector, parts.hidden, parts.words.len(), parts.features.len()];
        for number in sizes.into_iter().chain(tables.iter().map(Vec::len)) {
            bytes.extend((number as u32).to_le_bytes());
        }
        tables.iter().for_each(|table| bytes.extend(table));
        let rows = parts.words.iter().chain(&parts.features).flat_map(|(_, row)| row);
        let [forth, back] = &parts.state;
        let dense = parts.input.iter().chain(&parts.bias).chain(forth).chain(back);
        let output = parts.output.iter().chain(&parts.output_bias);
        for weight in rows.chain(dense).chain(output).chain(parts.transitions.as_flattened()) {
            let steps = (weight / STEP).round().clamp(-32767.0, 32767.0) as i16;
            bytes.extend(steps.to_le_bytes());
        }
        bytes
    }
}

/// A trained model. Rows are read where they lie, only the matrices are unpacked.
#[derive(Clone, Debug)]
pub struct Model<'m> {
    vectors: Vectors,
    vector: usize,
    hidden: usize,
    words: Rows<'m>,
    features: Rows<'m>,
    cues: Table<'m>,
    input: Vec<f32>,
    bias: Vec<f32>,
    state: [Vec<f32>; 2],
    output: Vec<f32>,
    output_bias: [f32; LABELS],
    transitions: [[f32; LABELS]; LABELS],
}

/// Rows of one number for each label, with zeros behind.
fn padded(rows: &[f32]) -> Vec<f32> {
    let pad = [0.0; PADDED - LABELS];
    rows.chunks_exact(LABELS).flat_map(|row| row.iter().chain(&pad)).copied().collect()
}

/// Rows of weights, each found by a key.
#[derive(Clone, Copy, Debug)]
struct Rows<'m> {
    table: Table<'m>,
    weights: &'m [u8],
    width: usize,
}

impl Rows<'_> {
    /// Adds the row of a key.
    #[inline(always)]
    fn add(&self, key: u32, sums: &mut [f32]) {
        let Some(row) = self.table.get(key) else { return };
        let from = row as usize * self.width * 2;
        let Some(row) = self.weights.get(from..from + self.width * 2) else { return };
        let (row, _) = row.as_chunks::<2>();
        let sums = &mut sums[..row.len()];
        for k in 0..row.len() {
            sums[k] += f32::from(i16::from_le_bytes(row[k])) * STEP;
        }
    }
}

/// The arithmetic as one piece, so that all of it is compiled for the machine's registers.
struct Scoring<'a, 'm> {
    model: &'a Model<'m>,
    sequences: &'a [Sequence],
}

impl pulp::NullaryFnOnce for Scoring<'_, '_> {
    type Output = Vec<Vec<[f32; LABELS]>>;

    #[inline(always)]
    fn call(self) -> Self::Output {
        self.model.scores(self.sequences)
    }
}

/// Takes pieces from the front of some bytes.
struct Reader<'m>(&'m [u8]);

impl<'m> Reader<'m> {
    fn take(&mut self, length: usize) -> Option<&'m [u8]> {
        let (piece, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(piece)
    }

    fn weights(&mut self, count: usize) -> Option<Vec<f32>> {
        let bytes = self.take(count.checked_mul(2)?)?;
        let (weights, _) = bytes.as_chunks::<2>();
        Some(weights.iter().map(|&two| f32::from(i16::from_le_bytes(two)) * STEP).collect())
    }
}

impl<'m> Model<'m> {
    /// Reads the bytes of [`ModelParts::to_bytes`]; `None` where they are something else, or where
    /// the vectors have another length than those that the model has learned from.
    pub fn new(bytes: &'m [u8], vectors: Vectors) -> Option<Model<'m>> {
        let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
        let head = reader.take(4 * HEAD)?;
        let mut sizes = [0usize; HEAD];
        for (at, size) in sizes.iter_mut().enumerate() {
            *size = read_u32(head, 4 * at)? as usize;
        }
        let [vector, hidden, words, features, word_table, feature_table, cue_table] = sizes;
        if vector != vectors.dimensions() || hidden == 0 || hidden > 1 << 12 {
            return None;
        }
        let gates = 8 * hidden;
        let word_table = Table::new(reader.take(word_table)?)?;
        let feature_table = Table::new(reader.take(feature_table)?)?;
        let cues = Table::new(reader.take(cue_table)?)?;
        let mut rows = |count: usize, width: usize| reader.take(count.checked_mul(2 * width)?);
        let words = Rows { table: word_table, weights: rows(words, vector)?, width: vector };
        let features = Rows { table: feature_table, weights: rows(features, gates)?, width: gates };
        let mut model = Model {
            vectors,
            vector,
            hidden,
            words,
            features,
            cues,
            input: reader.weights(vector.checked_mul(gates)?)?,
            bias: reader.weights(gates)?,
            state: [reader.weights(hidden * gates / 2)?, reader.weights(hidden * gates / 2)?],
            output: padded(&reader.weights(2 * hidden * LABELS)?),
            output_bias: [0.0; LABELS],
            transitions: [[0.0; LABELS]; LABELS],
        };
        model.output_bias.copy_from_slice(&reader.weights(LABELS)?);
        let transitions = reader.weights(LABELS * LABELS)?;
        model.transitions.as_flattened_mut().copy_from_slice(&transitions);
        reader.0.is_empty().then_some(model)
    }

    /// How likely a word is to be a cue: 0 (never seen as one) to 4.
    pub fn cue_likelihood(&self, word: u32) -> u8 {
        self.cues.get(word).map_or(0, |bucket| bucket.min(4) as u8)
    }

    /// How likely each label of each token of each sequence is.
    pub fn lattices(&self, sequences: &[Sequence]) -> Vec<Lattice> {
        let scores = pulp::Arch::new().dispatch(Scoring { model: self, sequences });
        scores.into_iter().map(|scores| Lattice::new(scores, &self.transitions)).collect()
    }

    /// The scores of the labels of each token of each sequence.
    #[inline(always)]
    fn scores(&self, sequences: &[Sequence]) -> Vec<Vec<[f32; LABELS]>> {
        let fed = self.fed(sequences);
        let count = fed.places.len();
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(sequences.len());
        let mut first = 0;
        for sequence in sequences {
            places.push((first, sequence.looks.len()));
            first += sequence.looks.len();
        }
        let mut longest_first = places.clone();
        longest_first.sort_by_key(|&(first, length)| (std::cmp::Reverse(length), first));
        let mut states = vec![0.0; count * 2 * self.hidden];
        for (side, state) in self.state.iter().enumerate() {
            remember(&fed, &longest_first, state, side, self.hidden, &mut states);
        }
        let mut padded = vec![0.0; count * PADDED];
        add_scaled_each(&mut padded, &states, &self.output, count);
        let mut found = Vec::with_capacity(sequences.len());
        for (first, length) in places {
            let mut scores = vec![self.output_bias; length];
            for (at, scores) in scores.iter_mut().enumerate() {
                for label in 0..LABELS {
                    scores[label] += padded[(first + at) * PADDED + label];
                }
            }
            found.push(scores);
        }
        found
    }

    /// What the tokens of some sequences feed into the gates. Forms and settings come again and
    /// again: each is worked out once.
    #[inline(always)]
    fn fed(&self, sequences: &[Sequence]) -> Fed {
        let gates = 8 * self.hidden;
        let mut forms: HashMap<(u32, [u32; FORM]), usize> = HashMap::new();
        let mut settings: HashMap<[u32; SETTING], usize> = HashMap::new();
        let mut fed = Fed::default();
        let mut vectors = Vec::new();
        for look in sequences.iter().flat_map(|sequence| &sequence.looks) {
            let next = forms.len();
            let form = *forms.entry((look.word, look.form)).or_insert(next);
            if form == next {
                match self.vectors.get(look.word) {
                    Some(found) => vectors.extend(found),
                    None => vectors.resize(vectors.len() + self.vector, 0.0),
                }
                self.words.add(look.word, &mut vectors[form * self.vector..]);
                fed.forms.extend_from_slice(&self.bias);
                for feature in look.form {
                    self.features.add(feature, &mut fed.forms[form * gates..]);
                }
            }
            let next = settings.len();
            let setting = *settings.entry(look.setting).or_insert(next);
            if setting == next {
                fed.settings.resize(fed.settings.len() + gates, 0.0);
                for feature in look.setting {
                    self.features.add(feature, &mut fed.settings[setting * gates..]);
                }
            }
            fed.places.push([form, setting]);
        }
        add_scaled_each(&mut fed.forms, &vectors, &self.input, forms.len());
        fed
    }
}
