//! Small rooms, no words about the machine of whoever wrote them, and the licences.

use super::Breaches;
use crate::shell::read;
use crate::workspace::{files, root};

/// A file of more lines is asked about.
const LONG: usize = 500;
/// A file of more lines is refused.
const TOO_LONG: usize = 700;

/// Lists of words, one file for each area of a language.
const WORDS: &str = "crates/rashomon-language/src/english/";

/// Beginnings of paths that exist on one machine only. Written in two halves, so that this file
/// does not break its own rule.
const MACHINES: &[(&str, &str)] =
    &[("/ho", "me/"), ("/Us", "ers/"), ("/ro", "ot/"), ("/wo", "rk/"), ("C:\\Us", "ers\\")];

pub fn breaches() -> Breaches {
    let mut breaches = Vec::new();
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        if !root().join(licence).is_file() {
            breaches.push(format!("{licence} is missing"));
        }
    }
    for path in files()?.iter().filter(|path| is_text(path)) {
        let text = read(path)?;
        if is_source(path) && text.lines().count() > TOO_LONG {
            breaches.push(format!("{path} has more than {TOO_LONG} lines: split it"));
        }
        for (at, line) in text.lines().enumerate() {
            if names_a_machine(line) {
                breaches.push(format!("{path}:{}: names a path of one machine", at + 1));
            }
        }
    }
    Ok(breaches)
}

/// Files that are not too long and yet longer than they should be.
pub fn long() -> Breaches {
    let mut notes = Vec::new();
    for path in files()?.iter().filter(|path| is_source(path)) {
        let lines = read(path)?.lines().count();
        if lines > LONG {
            notes.push(format!("{path} has {lines} lines: can it be two?"));
        }
    }
    Ok(notes)
}

/// Sources with code in them: the lists of words of a language pack are as long as the language
/// asks.
fn is_source(path: &str) -> bool {
    !path.starts_with(WORDS) && is_code(path)
}

fn is_code(path: &str) -> bool {
    [".rs", ".js", ".mjs", ".ts", ".css"].iter().any(|ending| path.ends_with(ending))
}

fn is_text(path: &str) -> bool {
    let endings = [".md", ".toml", ".txt", ".json", ".jsonl", ".html", ".yml", ".yaml", ".sh"];
    is_code(path) || endings.iter().any(|ending| path.ends_with(ending)) || path == ".ci/run"
}

/// Whether a line has such a path with a folder below it; in the middle of an address it is none.
fn names_a_machine(line: &str) -> bool {
    MACHINES.iter().any(|(head, tail)| {
        let path = format!("{head}{tail}");
        line.match_indices(&path).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = &line[at + path.len()..];
            let name = after.find(|c: char| !c.is_alphanumeric() && !"_-.".contains(c));
            before.is_none_or(|c| c.is_whitespace() || "\"'`(=:<".contains(c))
                && name.is_some_and(|end| end > 0 && after[end..].starts_with(['/', '\\']))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_from_addresses() {
        let path = |head: &str| format!("{head}{}", ["/ho", "me/ada/x"].concat());
        assert!(names_a_machine(&path("see ")));
        assert!(names_a_machine(&path("PATH=")));
        assert!(!names_a_machine(&path("https://example.org")));
    }
}
