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

/// One direction of a long short-term memory over tokens whose gates are already fed with the
/// inputs. `gates` holds for each token the four gates (enter, keep, leave, new), each of the
/// length of a hidden state; `state` the weights from a hidden state to the gates, row after row.
/// Writes the hidden states into `out`, a row of `stride` numbers for each token, from `column` on.
#[inline(always)]
pub fn remember(
    gates: &mut [f32],
    state: &[f32],
    hidden: usize,
    backwards: bool,
    out: &mut [f32],
    (stride, column): (usize, usize),
) {
    let count = gates.len() / (4 * hidden);
    let mut cells = vec![0.0f32; hidden];
    for step in 0..count {
        let at = if backwards { count - 1 - step } else { step };
        let gates = &mut gates[at * 4 * hidden..(at + 1) * 4 * hidden];
        if step > 0 {
            let from = (if backwards { at + 1 } else { at - 1 }) * stride + column;
            add_scaled(gates, &out[from..from + hidden], state);
        }
        for k in 0..3 * hidden {
            gates[k] = sigmoid(gates[k]);
        }
        let (enter, rest) = gates.split_at(hidden);
        let (keep, rest) = rest.split_at(hidden);
        let (leave, new) = rest.split_at(hidden);
        let out = &mut out[at * stride + column..at * stride + column + hidden];
        for k in 0..hidden {
            cells[k] = keep[k] * cells[k] + enter[k] * tanh(new[k]);
            out[k] = leave[k] * tanh(cells[k]);
        }
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
}
