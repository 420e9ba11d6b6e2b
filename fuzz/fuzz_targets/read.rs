//! Any bytes under any name are read.
#![no_main]

#[path = "../laws.rs"]
#[allow(dead_code, reason = "each target runs some of the laws")]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.txt", "a.html", "a.jsonl", "a.json", "a"] {
        for document in laws::read(name, bytes) {
            laws::annotated(document);
        }
    }
});
