//! Any bytes under any name are read as an archive, within the limits, and reading goes on at
//! each position with what it would have read next.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use rashomon_archives::{Body, Options, Record, open, open_stream};

const NAMES: &[&str] = &["a", "a.warc", "a.warc.gz", "a.arc", "a.csv", "a.jsonl", "a.json"];

fuzz_target!(|bytes: &[u8]| {
    let options = Options {
        max_record_bytes: 64 << 10,
        max_total: 4 << 20,
        max_spool: 1 << 20,
        ..Options::default()
    };
    for name in NAMES {
        let all = read(name, bytes, &options);
        for (at, record) in all.iter().enumerate().take(2) {
            if let Body::Bytes(body) = &record.body {
                assert!(body.len() as u64 <= options.max_record_bytes, "a record is bounded");
            }
            let options = Options { resume_from: Some(record.position), ..options.clone() };
            let rest = read(name, bytes, &options);
            let bodies = |records: &[Record]| {
                records.iter().map(|record| record.body.clone()).collect::<Vec<_>>()
            };
            assert_eq!(bodies(&rest), bodies(&all[at + 1..]), "reading goes on where it was left");
        }
        if let Ok(stream) = open_stream(bytes, name, &options) {
            assert_eq!(stream.flatten().collect::<Vec<_>>(), all, "a stream gives the same");
        }
    }
});

fn read(name: &str, bytes: &[u8], options: &Options) -> Vec<Record> {
    match open(Cursor::new(bytes), name, options) {
        Ok(records) => records.flatten().collect(),
        Err(_) => Vec::new(),
    }
}
