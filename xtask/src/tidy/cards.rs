//! Whatever the program judges by and nobody wrote by hand has a card in `docs/models/`: what it
//! was learned from, how it is made again, where it fails.

use super::Breaches;
use crate::shell::read;
use crate::workspace::files;

pub fn breaches() -> Breaches {
    let files = files()?;
    let mut cards = String::new();
    for path in files.iter().filter(|path| path.starts_with("docs/models/")) {
        cards.push_str(&read(path)?);
    }
    let learned = |path: &&String| {
        path.starts_with("crates/")
            && path.contains("/src/")
            && [".txt", ".bin", ".gz", ".model", ".json"].iter().any(|end| path.ends_with(end))
    };
    let missing = files.iter().filter(learned).filter(|path| !cards.contains(path.as_str()));
    Ok(missing.map(|path| format!("{path} has no card in docs/models/")).collect())
}
