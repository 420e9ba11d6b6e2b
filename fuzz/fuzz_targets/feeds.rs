//! Any bytes are read as a feed.
#![no_main]

#[path = "../feeds.rs"]
mod laws;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    laws::read_by_the_laws(bytes, Some("https://lusa-herald.example/feed"));
});
