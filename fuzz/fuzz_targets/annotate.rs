//! Any text is annotated.
#![no_main]

#[path = "../laws.rs"]
mod laws;

use libfuzzer_sys::fuzz_target;
use rashomon::language::english;
use rashomon::read::read_plain;

fuzz_target!(|text: &str| {
    laws::annotated(read_plain("a", text, english()));
});
