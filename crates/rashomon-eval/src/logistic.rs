/// A weighted sum of figures that was fitted to examples, for figures as they are.
pub struct Fitted {
    /// What each figure counts.
    pub weights: Vec<f64>,
    /// The constant.
    pub bias: f64,
}

/// Fits a logistic regression with a ridge on standardised figures, by Newton's method.
/// `examples` are figures, all of one length, with what they stand for.
pub fn fit(examples: &[(Vec<f64>, bool)], ridge: f64) -> Fitted {
    let size = examples.first().map_or(0, |(figures, _)| figures.len());
    let count = examples.len().max(1) as f64;
    let mean: Vec<f64> =
        (0..size).map(|at| examples.iter().map(|(x, _)| x[at]).sum::<f64>() / count).collect();
    let spread: Vec<f64> = (0..size)
        .map(|at| {
            let squares = examples.iter().map(|(x, _)| (x[at] - mean[at]).powi(2)).sum::<f64>();
            (squares / count).sqrt().max(1e-6)
        })
        .collect();
    let row = |figures: &[f64]| -> Vec<f64> {
        let standard = figures.iter().zip(mean.iter().zip(&spread));
        standard.map(|(x, (mean, spread))| (x - mean) / spread).chain([1.0]).collect()
    };
    let rows: Vec<(Vec<f64>, bool)> = examples.iter().map(|(x, is)| (row(x), *is)).collect();
    let mut weights = vec![0.0; size + 1];
    for _ in 0..ROUNDS {
        step(&rows, ridge, &mut weights);
    }
    let plain: Vec<f64> = weights.iter().zip(&spread).map(|(weight, s)| weight / s).collect();
    let shift: f64 = plain.iter().zip(&mean).map(|(weight, mean)| weight * mean).sum();
    Fitted { bias: weights[size] - shift, weights: plain }
}

/// Newton's method is near its end after so many steps.
const ROUNDS: usize = 15;

/// One step of Newton's method. The constant, which comes last, has no ridge.
fn step(rows: &[(Vec<f64>, bool)], ridge: f64, weights: &mut [f64]) {
    let size = weights.len();
    let mut gradient = vec![0.0; size];
    let mut curvature = vec![vec![0.0; size]; size];
    for (row, is) in rows {
        let odds: f64 = row.iter().zip(weights.iter()).map(|(x, weight)| x * weight).sum();
        let chance = 1.0 / (1.0 + (-odds).exp());
        let (error, bend) = (f64::from(u8::from(*is)) - chance, chance * (1.0 - chance));
        for (i, x) in row.iter().enumerate() {
            gradient[i] += error * x;
            for (sum, y) in curvature[i].iter_mut().zip(&row[..=i]) {
                *sum += bend * x * y;
            }
        }
    }
    for at in 0..size {
        let ridge = if at + 1 < size { ridge } else { 1e-9 };
        gradient[at] -= ridge * weights[at];
        curvature[at][at] += ridge;
    }
    solve(&mut curvature, &mut gradient);
    weights.iter_mut().zip(gradient).for_each(|(weight, step)| *weight += step);
}

/// Solves a symmetric positive definite system of which the lower half is given (Cholesky); the
/// answer takes the place of the right side.
fn solve(matrix: &mut [Vec<f64>], right: &mut [f64]) {
    let size = right.len();
    for i in 0..size {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - known;
            matrix[i][j] = if i == j { rest.max(1e-9).sqrt() } else { rest / matrix[j][j] };
        }
    }
    for i in 0..size {
        let known: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
    for i in (0..size).rev() {
        let known: f64 = (i + 1..size).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - known) / matrix[i][i];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_decides_gets_the_weight() {
        let examples: Vec<(Vec<f64>, bool)> =
            (0..200).map(|at| (vec![f64::from(at % 7), f64::from(at)], at >= 90)).collect();
        let fitted = fit(&examples, 1.0);
        let odds = |x: &[f64]| {
            fitted.bias + fitted.weights.iter().zip(x).map(|(weight, x)| weight * x).sum::<f64>()
        };
        assert!(
            examples.iter().all(|(x, is)| (odds(x) > 0.0) == *is || (85.0..95.0).contains(&x[1]))
        );
        assert!(fitted.weights[0].abs() < fitted.weights[1]);
    }
}
