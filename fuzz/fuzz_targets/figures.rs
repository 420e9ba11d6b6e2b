//! Numbers and dates, glued in any way, give sane values.
#![no_main]

#[path = "../figures.rs"]
mod figures;
#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target runs some of the laws")]
mod laws;

use libfuzzer_sys::fuzz_target;use rashomon::language::english;
use rashomon::read::read_plain;

fuzz_target!(|draws: Vec<u16>| {
    let mut document = read_plain("a", &figures::text(draws.into_iter()), english());
    document.article.published = laws::day_of("2026-03-05");
    laws::annotated(document);
});
