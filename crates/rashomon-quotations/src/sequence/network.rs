//! The arithmetic of the network, the same for training and for use.
//!
//! All sums run in one order, products are rounded before they are added, and no function of the
//! platform's mathematics is called, so that the same words get the same numbers on every machine
//! and in registers of any width.
#![allow(
    clippy::inline_always,
    clippy::needless_range_loop,
    reason = "what is not inlined is compiled for the narrowest registers, and adapters are not always"
)]

/// The hyperbolic tangent to within 0.0002: the seventh convergent of Lambert's continued fraction.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.97, 4.97);
    let square = x * x;
    let above = x * (135_135.0 + square * (17_325.0 + square * (378.0 + square)));
    let below = 135_135.0 + square * (62_370.0 + square * (3_150.0 + 28.0 * square));
    above / below
}

/// The logistic function, by way of [`tanh`].
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// Adds to `sums` the rows of a matrix, each scaled by one of `scales`. `rows` holds as many rows of
/// the length of `sums` as there are scales.
#[inline(always)]
pub fn add_scaled(sums: &mut [f32], scales: &[f32], rows: &[f32]) {
    let width = sums.len();
    let count = scales.len();
    let fours = count - count % 4;
    // Four rows at a time: the sums are read and written a quarter as often.
    let mut at = 0;
    while at < fours {
        let block = &rows[at * width..(at + 4) * width];
        let (a, b) = (&block[..width], &block[width..2 * width]);
        let (c, d) = (&block[2 * width..3 * width], &block[3 * width..]);
        let four = [scales[at], scales[at + 1], scales[at + 2], scales[at + 3]];
        for k in 0..width {
            sums[k] += (a[k] * four[0] + b[k] * four[1]) + (c[k] * four[2] + d[k] * four[3]);
        }
        at += 4;
    }
    while at < count {
        let row = &rows[at * width..(at + 1) * width];
        for k in 0..width {
            sums[k] += scales[at] * row[k];
        }
        at += 1;
    }
}

/// [`add_scaled`] for several rows of sums at once: as many as there are rows of scales. Rows of the
/// matrix are read once for four rows of sums. The sums are the same to the bit.
#[inline(always)]
pub fn add_scaled_each(sums: &mut [f32], scales: &[f32], rows: &[f32], count: usize) {
    if count == 0 || rows.is_empty() {
        return;
    }
    let (width, inputs) = (sums.len() / count, scales.len() / count);
    let fours = inputs - inputs % 4;
    let mut from = 0;
    while from + 4 <= count {
        let sums = &mut sums[from * width..(from + 4) * width];
        let scales = &scales[from * inputs..(from + 4) * inputs];
        let (p, rest) = sums.split_at_mut(width);
        let (q, rest) = rest.split_at_mut(width);
        let (r, s) = rest.split_at_mut(width);
        let (q, r, s) = (&mut q[..width], &mut r[..width], &mut s[..width]);
        let mut at = 0;
        while at < fours {
            let block = &rows[at * width..(at + 4) * width];
            let (a, b) = (&block[..width], &block[width..2 * width]);
            let (c, d) = (&block[2 * width..3 * width], &block[3 * width..]);
            let four = |row: usize| {
                let from = row * inputs + at;
                [scales[from], scales[from + 1], scales[from + 2], scales[from + 3]]
            };
            let (w, x, y, z) = (four(0), four(1), four(2), four(3));
            for k in 0..width {
                let (a, b, c, d) = (a[k], b[k], c[k], d[k]);
                p[k] += (a * w[0] + b * w[1]) + (c * w[2] + d * w[3]);
                q[k] += (a * x[0] + b * x[1]) + (c * x[2] + d * x[3]);
                r[k] += (a * y[0] + b * y[1]) + (c * y[2] + d * y[3]);
                s[k] += (a * z[0] + b * z[1]) + (c * z[2] + d * z[3]);
            }
            at += 4;
        }
        for (row, sums) in [p, q, r, s].into_iter().enumerate() {
            let scales = &scales[row * inputs + fours..(row + 1) * inputs];
            add_scaled(sums, scales, &rows[fours * width..]);
        }
        from += 4;
    }
    while from < count {
        let scales = &scales[from * inputs..(from + 1) * inputs];
        add_scaled(&mut sums[from * width..(from + 1) * width], scales, rows);
        from += 1;
    }
}

/// Sequences that go through the memory side by side.
const ABREAST: usize = 8;

/// What goes into the gates of each token: the sum of a row for its form and a row for its setting.
/// A row holds the four gates (enter, keep, leave, new) of the one direction and then those of the
/// other, each of the length of a hidden state.
#[derive(Clone, Debug, Default)]
pub struct Fed {
    /// For each token the rows of its form and of its setting.
    pub places: Vec<[usize; 2]>,
    /// The rows of the forms.
    pub forms: Vec<f32>,
    /// The rows of the settings.
    pub settings: Vec<f32>,
}

/// One direction of a long short-term memory: the second where `side` is 1, which reads backwards.
/// `sequences` holds the first token and the length of each sequence, the longest first; `state` the
/// weights from a hidden state to the gates, row after row. Writes the hidden states into `out`: for
/// each token those of both directions, each of `hidden` numbers.
#[inline(always)]
pub fn remember(
    fed: &Fed,
    sequences: &[(usize, usize)],
    state: &[f32],
    side: usize,
    hidden: usize,
    out: &mut [f32],
) {
    let (backwards, gates) = (side == 1, 4 * hidden);
    let (stride, column) = (2 * hidden, side * hidden);
    let mut from = 0;
    while from < sequences.len() {
        let group = &sequences[from..sequences.len().min(from + ABREAST)];
        let mut cells = vec![0.0f32; group.len() * hidden];
        let mut states = vec![0.0f32; group.len() * hidden];
        let mut sums = vec![0.0f32; group.len() * gates];
        let mut active = group.len();
        let mut step = 0;
        loop {
            while active > 0 && group[active - 1].1 <= step {
                active -= 1;
            }
            if active == 0 {
                break;
            }
            for row in 0..active {
                let (first, length) = group[row];
                let token = first + if backwards { length - 1 - step } else { step };
                let [form, setting] = fed.places[token];
                let from = (2 * form + side) * gates;
                let form = &fed.forms[from..from + gates];
                let from = (2 * setting + side) * gates;
                let setting = &fed.settings[from..from + gates];
                let sums = &mut sums[row * gates..(row + 1) * gates];
                for k in 0..gates {
                    sums[k] = form[k] + setting[k];
                }
            }
            if step > 0 {
                let sums = &mut sums[..active * gates];
                add_scaled_each(sums, &states[..active * hidden], state, active);
            }
            for row in 0..active {
                let (first, length) = group[row];
                let token = first + if backwards { length - 1 - step } else { step };
                let gates = &mut sums[row * gates..(row + 1) * gates];
                let cells = &mut cells[row * hidden..(row + 1) * hidden];
                let states = &mut states[row * hidden..(row + 1) * hidden];
                for k in 0..3 * hidden {
                    gates[k] = sigmoid(gates[k]);
                }
                let (enter, rest) = gates.split_at(hidden);
                let (keep, rest) = rest.split_at(hidden);
                let (leave, new) = rest.split_at(hidden);
                for k in 0..hidden {
                    cells[k] = keep[k] * cells[k] + enter[k] * tanh(new[k]);
                    states[k] = leave[k] * tanh(cells[k]);
                }
                out[token * stride + column..token * stride + column + hidden]
                    .copy_from_slice(states);
            }
            step += 1;
        }
        from += group.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_near_the_platforms() {
        for step in -800..800 {
            let x = step as f32 / 100.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "{x}");
            assert!(tanh(x).abs() <= 1.0);
        }
    }

    #[test]
    fn rows_are_added_as_one_by_one() {
        for (rows, width) in [(0, 3), (1, 1), (4, 5), (8, 8), (9, 2), (17, 3)] {
            let matrix: Vec<f32> = (0..rows * width).map(|at| at as f32 * 0.25 - 2.0).collect();
            let scales: Vec<f32> = (0..rows).map(|at| 1.0 - at as f32 * 0.5).collect();
            let mut sums = vec![1.0; width];
            add_scaled(&mut sums, &scales, &matrix);
            for (at, sum) in sums.iter().enumerate() {
                let wanted: f32 = (0..rows).map(|row| scales[row] * matrix[row * width + at]).sum();
                assert!((sum - 1.0 - wanted).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn rows_together_are_as_one_by_one() {
        for (count, inputs, width) in [(0, 3, 2), (1, 5, 3), (4, 4, 8), (7, 6, 5), (9, 9, 1)] {
            let number = |at: usize| ((at * 31 % 17) as f32 - 8.0) / 3.0;
            let rows: Vec<f32> = (0..inputs * width).map(number).collect();
            let scales: Vec<f32> = (0..count * inputs).map(|at| number(at + 5)).collect();
            let mut together: Vec<f32> = (0..count * width).map(|at| number(at + 9)).collect();
            let mut alone = together.clone();
            add_scaled_each(&mut together, &scales, &rows, count);
            for (sums, scales) in alone.chunks_mut(width).zip(scales.chunks(inputs)) {
                add_scaled(sums, scales, &rows);
            }
            assert_eq!(together, alone);
        }
    }

    #[test]
    fn sequences_side_by_side_do_not_touch() {
        let (hidden, lengths) = (3, [7usize, 5, 5, 4, 4, 3, 2, 2, 1, 1]);
        let number = |at: usize| ((at * 37 % 23) as f32 - 11.0) / 9.0;
        let state: Vec<f32> = (0..hidden * 4 * hidden).map(number).collect();
        let mut sequences = Vec::new();
        let mut count = 0;
        for length in lengths {
            sequences.push((count, length));
            count += length;
        }
        let fed = Fed {
            places: (0..count).map(|at| [at, at % 2]).collect(),
            forms: (0..count * 8 * hidden).map(|at| number(at + 3)).collect(),
            settings: (0..2 * 8 * hidden).map(|at| number(at + 7)).collect(),
        };
        for side in 0..2 {
            let mut together = vec![0.0; count * 2 * hidden];
            remember(&fed, &sequences, &state, side, hidden, &mut together);
            let mut alone = vec![0.0; count * 2 * hidden];
            for sequence in sequences.chunks(1) {
                remember(&fed, sequence, &state, side, hidden, &mut alone);
            }
            assert_eq!(together, alone);
            assert!(together.iter().any(|&value| value != 0.0));
        }
    }
}
