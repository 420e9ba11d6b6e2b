use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How one kind of expectation fared.
#[derive(Debug, Default)]
pub struct Row {
    pub expected: usize,
    pub found: usize,
    /// What was expected and not found.
    pub missed: Vec<String>,
    /// What was found and must not be.
    pub wrong: Vec<String>,
}

/// How a story fared, kind by kind.
#[derive(Debug, Default)]
pub struct Tally {
    pub rows: BTreeMap<&'static str, Row>,
}

impl Tally {
    /// Counts one expectation; `what` is shown where it was not met.
    pub fn expect(&mut self, kind: &'static str, met: bool, what: impl FnOnce() -> String) {
        let row = self.rows.entry(kind).or_default();
        row.expected += 1;
        if met {
            row.found += 1;
        } else {
            row.missed.push(what());
        }
    }

    /// Counts `found` of several expectations that stand in one line.
    pub fn expect_of(&mut self, kind: &'static str, found: usize, all: usize, what: &str) {
        let row = self.rows.entry(kind).or_default();
        row.expected += all;
        row.found += found;
        if found < all {
            row.missed.push(format!("{found} of {all}: {what}"));
        }
    }

    /// Counts something that must not be there.
    pub fn wrong(&mut self, kind: &'static str, what: String) {
        self.rows.entry(kind).or_default().wrong.push(what);
    }

    /// The counts as a table, then what was missed and what is wrong.
    pub fn table(&self, story: &str) -> String {
        let mut out = format!("{story:<24} found  of  wrong\n");
        for (kind, row) in &self.rows {
            let wrong = row.wrong.len();
            let _ = writeln!(out, "  {kind:<22} {:>5} {:>3} {wrong:>6}", row.found, row.expected);
        }
        for (kind, row) in &self.rows {
            for what in &row.missed {
                let _ = writeln!(out, "- missed {kind}: {what}");
            }
            for what in &row.wrong {
                let _ = writeln!(out, "! wrong {kind}: {what}");
            }
        }
        out
    }
}
