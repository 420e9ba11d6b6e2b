//! Where the weights of the network stand.

use std::ops::Range;

use rashomon_quotations::sequence::LABELS;

/// Where each weight stands in one long row of numbers. Matrices lie row after row, a row for each
/// input.
#[derive(Clone)]
pub struct Layout {
    /// The length of the vector of a word.
    pub vector: usize,
    /// The length of a hidden state, in each direction.
    pub hidden: usize,
    /// For each feature the number of its values and the length of its rows.
    pub features: Vec<(usize, usize)>,
    /// How many syntactic labels there are.
    pub syntax: usize,
}

impl Layout {
    /// The length of what goes in for one token.
    pub fn inputs(&self) -> usize {
        self.vector + self.features.iter().map(|&(_, size)| size).sum::<usize>()
    }

    /// The row of a value of a feature.
    pub fn feature(&self, kind: usize, value: usize) -> Range<usize> {
        let before: usize = self.features[..kind].iter().map(|&(values, size)| values * size).sum();
        let size = self.features[kind].1;
        before + value * size..before + (value + 1) * size
    }

    /// The length of the four gates of one direction.
    pub fn gates(&self) -> usize {
        4 * self.hidden
    }

    /// Where the rows of the features end.
    pub fn after_features(&self) -> usize {
        self.features.iter().map(|&(values, size)| values * size).sum()
    }

    /// From inputs to the gates (enter, keep, leave, new) of one direction.
    pub fn input(&self, side: usize) -> Range<usize> {
        let size = (self.inputs() + self.hidden + 1) * self.gates();
        let from = self.after_features() + side * size;
        from..from + self.inputs() * self.gates()
    }

    /// From the hidden state to the gates.
    pub fn state(&self, side: usize) -> Range<usize> {
        let from = self.input(side).end;
        from..from + self.hidden * self.gates()
    }

    /// What is added to the gates.
    pub fn bias(&self, side: usize) -> Range<usize> {
        let from = self.state(side).end;
        from..from + self.gates()
    }

    /// From the hidden states of both directions to the labels.
    pub fn output(&self) -> Range<usize> {
        let from = self.bias(1).end;
        from..from + 2 * self.hidden * LABELS
    }

    /// What is added to the labels.
    pub fn output_bias(&self) -> Range<usize> {
        let from = self.output().end;
        from..from + LABELS
    }

    /// From one label to the next.
    pub fn transitions(&self) -> Range<usize> {
        let from = self.output_bias().end;
        from..from + LABELS * LABELS
    }

    /// From the hidden states of both directions to the syntactic labels.
    pub fn syntax(&self) -> Range<usize> {
        let from = self.transitions().end;
        from..from + 2 * self.hidden * self.syntax
    }
}
