//! ARCHITECTURE.md names what is there, and all of it.

use super::Breaches;
use crate::shell::read;
use crate::workspace::{manifests, root};

const PAGE: &str = "ARCHITECTURE.md";

/// First parts of what is written as a path.
const FOLDERS: &[&str] =
    &["crates/", "specs/", "samples/", "schema/", "docs/", "xtask/", "fuzz/", "tests/", ".ci/"];

pub fn breaches() -> Breaches {
    let page = read(PAGE)?;
    let crates: Vec<String> = manifests()?.into_keys().filter(|name| !name.is_empty()).collect();
    let mut breaches = Vec::new();
    for words in in_code(&page) {
        let is_path = FOLDERS.iter().any(|folder| words.starts_with(folder));
        if is_path && !words.contains(['*', '<']) && !root().join(words).exists() {
            breaches.push(format!("{PAGE} names {words}, which does not exist"));
        }
        let is_crate = words.starts_with("rashomon-") && !words.contains([' ', '/', '.']);
        if is_crate && !crates.iter().any(|name| name == words) {
            breaches.push(format!("{PAGE} names the crate {words}, which does not exist"));
        }
    }
    let named: Vec<&str> = in_code(&page).collect();
    for name in crates.iter().filter(|name| !named.contains(&name.as_str())) {
        breaches.push(format!("{PAGE} does not name the crate {name}"));
    }
    Ok(breaches)
}

/// Words between backticks, outside of fenced blocks.
fn in_code(markdown: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    markdown
        .lines()
        .filter(move |line| {
            let fence = line.starts_with("```");
            fenced ^= fence;
            !fenced && !fence
        })
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_read_outside_of_fences() {
        let page = "See `a` and `b/c`.\n```text\n`no`\n```\nThen `d`.";
        assert_eq!(in_code(page).collect::<Vec<_>>(), ["a", "b/c", "d"]);
    }
}
