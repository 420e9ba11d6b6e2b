//! The stories in `samples/` against what a careful editor finds in them (`EXPECTED.md`).
//!
//! `cargo test -p rashomon --test samples -- --nocapture` prints a table for each story, with all
//! that is missed and all that is wrong. The counts are pinned in `tests/expected/floors.txt`;
//! `UPDATE_FLOORS=1` raises the floors to what is found and never lowers one.
#![cfg(feature = "html")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads the samples and prints what it found"
)]

mod expected;

use expected::desk::Desk;
use expected::tally::Tally;
use expected::{articles, differences, facts, floors, names, quotations, remarks};

#[test]
fn harbour_strike() {
    hold("harbour-strike");
}

#[test]
fn minister_trial() {
    hold("minister-trial");
}

#[test]
fn storm_odile() {
    hold("storm-odile");
}

/// Holds one story against its expectation and its floors.
fn hold(story: &str) {
    let desk = Desk::open(story);
    let mut tally = Tally::default();
    for line in &desk.lines {
        articles::check(&desk, line, &mut tally);
        quotations::check(&desk, line, &mut tally);
        remarks::check(&desk, line, &mut tally);
        names::check(&desk, line, &mut tally);
        facts::check(&desk, line, &mut tally);
        differences::check(&desk, line, &mut tally);
    }
    articles::find_false(&desk, &mut tally);
    quotations::find_false(&desk, &mut tally);
    remarks::find_false(&desk, &mut tally);
    facts::find_false(&desk, &mut tally);
    differences::find_false(&desk, &mut tally);
    println!("{}", tally.table(story));
    floors::hold(story, &tally);
}
