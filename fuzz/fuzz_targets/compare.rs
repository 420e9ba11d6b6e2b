//! Any texts, cut apart at the character U+001D, are compared.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target runs some of the laws")]
mod laws;

use libfuzzer_sys::fuzz_target;
use rashomon::language::english;
use rashomon::read::read_plain;

fuzz_target!(|text: &str| {
    let documents: Vec<_> = text
        .split('\u{1d}')
        .enumerate()
        .map(|(at, text)| laws::annotated(read_plain(&format!("a{at}"), text, english())))
        .collect();
    laws::compared(documents, text.len() % 2 == 0);
});
