//! Any text is annotated.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target runs some of the laws")]
mod laws;

use libfuzzer_sys::fuzz_target;
use rashomon::language::english;
use rashomon::read::read_plain;

fuzz_target!(|text: &str| {
    laws::annotated(read_plain("a", text, english()));
});
