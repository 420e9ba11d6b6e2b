use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde_json::Value;

/// The lines of a text file, gzipped where its name ends in `.gz`.
pub fn read_lines(path: &Path) -> Result<Vec<String>, String> {
    let fail = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let file = File::open(path).map_err(|error| fail(&error))?;
    let bytes: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(flate2::read::MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    };
    BufReader::new(bytes).lines().collect::<Result<_, _>>().map_err(|error| fail(&error))
}

/// The items of a JSON Lines file, gzipped where its name ends in `.gz`.
pub fn read_items(path: &Path) -> Result<Vec<Value>, String> {
    let mut items = Vec::new();
    for (at, line) in read_lines(path)?.iter().enumerate() {
        if !line.trim().is_empty() {
            let item = serde_json::from_str(line);
            let fail = |error| format!("{}: line {}: {error}", path.display(), at + 1);
            items.push(item.map_err(fail)?);
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
