//! Reading the data.

use std::io::Read;
use std::path::Path;

/// The text of a gzipped file.
pub fn read_text(file: &Path) -> Result<String, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(&bytes[..])
        .read_to_string(&mut text)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(text)
}
