//! The pinned counts: at least so many found, at most so many wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;

use super::desk::root;
use super::tally::Tally;

const FILE: &str = "crates/rashomon/tests/expected/floors.txt";

const HEAD: &str = "\
# What the program finds in the sample stories: story, kind, found at least, wrong at most.
# UPDATE_FLOORS=1 cargo test -p rashomon --test samples raises the floors and never lowers one.
# Whoever lowers one by hand says why in the commit.
";

/// The stories are tested at the same time and share the file.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// At least found, at most wrong.
type Floors = BTreeMap<(String, String), (usize, usize)>;

/// Fails where a count is worse than pinned, or not pinned. While nothing is pinned at all,
/// nothing fails.
pub fn hold(story: &str, tally: &Tally) {
    let lock = ONE_AT_A_TIME.lock();
    let path = root().join(FILE);
    let mut floors = parse(&std::fs::read_to_string(&path).unwrap_or_default());
    let update = std::env::var_os("UPDATE_FLOORS").is_some();
    if floors.is_empty() && !update {
        return;
    }
    let mut worse = Vec::new();
    for (kind, row) in &tally.rows {
        let (found, wrong) = (row.found, row.wrong.len());
        let key = (story.to_owned(), (*kind).to_owned());
        if update {
            let floor = floors.entry(key).or_insert((found, wrong));
            *floor = (floor.0.max(found), floor.1.min(wrong));
            continue;
        }
        match floors.get(&key) {
            None => worse.push(format!("{story} {kind}: {found} found, {wrong} wrong: not pinned")),
            Some(&(least, most)) if found < least || wrong > most => worse.push(format!(
                "{story} {kind}: {found} found, {wrong} wrong; pinned {least}, {most}"
            )),
            Some(_) => {}
        }
    }
    for (of, kind) in floors.keys().filter(|(of, _)| of == story) {
        if !tally.rows.contains_key(kind.as_str()) {
            worse.push(format!("{of} {kind}: pinned, and not counted any more"));
        }
    }
    if update {
        std::fs::write(&path, print(&floors)).expect("the floors can be written");
    }
    drop(lock);
    assert!(worse.is_empty(), "{FILE}:\n{}", worse.join("\n"));
}

fn parse(text: &str) -> Floors {
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [story, kind, found, wrong] = words[..] else {
                panic!("{FILE}: four words are due in: {line}");
            };
            let number = |word: &str| word.parse().expect("a floor is a number");
            ((story.to_owned(), kind.to_owned()), (number(found), number(wrong)))
        })
        .collect()
}

fn print(floors: &Floors) -> String {
    let mut out = HEAD.to_owned();
    for ((story, kind), (found, wrong)) in floors {
        let _ = writeln!(out, "{story:<16} {kind:<18} {found:>3} {wrong:>3}");
    }
    out
}
