use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde_json::Value;

/// The items of a JSON Lines file, gzipped where its name ends in `.gz`.
pub fn read_items(path: &Path) -> Result<Vec<Value>, String> {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(|error| fail(&error))?;
    let bytes: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut items = Vec::new();
    for (at, line) in BufReader::new(bytes).lines().enumerate() {
        let line = line.map_err(|error| fail(&error))?;
        if !line.trim().is_empty() {
            let item = serde_json::from_str(&line);
            items.push(item.map_err(|error| fail(&format!("line {}: {error}", at + 1)))?);
        }
    }
    Ok(items)
}

/// Writes items as JSON Lines.
pub fn write_items(path: &Path, items: &[Value]) -> Result<(), String> {
    let write = || -> std::io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        for item in items {
            writeln!(out, "{item}")?;
        }
        out.flush()
    };
    write().map_err(|error| format!("{}: {error}", path.display()))
}
