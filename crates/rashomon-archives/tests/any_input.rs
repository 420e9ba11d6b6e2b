//! Whatever the bytes, reading ends, stays within its limits, panics nowhere, and goes on at each
//! of its positions with what it would have read next.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use rashomon_archives::{Body, Options, Record, open, open_stream};

const NAMES: &[&str] = &[
    "a",
    "a.warc",
    "a.warc.gz",
    "a.arc",
    "a.zip",
    "a.tar.gz",
    "a.csv",
    "a.tsv",
    "a.jsonl",
    "a.json",
    "a.parquet",
];

fn options() -> Options {
    Options { max_record_bytes: 4096, max_total: 1 << 20, max_spool: 1 << 20, ..Options::default() }
}

/// A record, or the code of what came in its place.
type Item = Result<Record, String>;

fn items(name: &str, bytes: &[u8], options: &Options) -> Vec<Item> {
    let Ok(records) = open(Cursor::new(bytes), name, options) else {
        return Vec::new();
    };
    // No container has more records than bytes, but for what it packs.
    let most = bytes.len() + (1 << 20);
    let items: Vec<Item> =
        records.take(most).map(|item| item.map_err(|fault| fault.code.into_owned())).collect();
    assert!(items.len() < most, "{name}: reading does not end");
    items
}

fn check(name: &str, bytes: &[u8]) {
    let options = options();
    let all = items(name, bytes, &options);
    for item in &all {
        if let Ok(Record { body: Body::Bytes(body), .. }) = item {
            assert!(body.len() as u64 <= options.max_record_bytes);
        }
    }
    for (at, item) in all.iter().enumerate().take(4) {
        if let Ok(record) = item {
            assert!(i64::try_from(record.position).is_ok(), "{name}: {}", record.position);
            let options = Options { resume_from: Some(record.position), ..options.clone() };
            let rest: Vec<Record> = items(name, bytes, &options).into_iter().flatten().collect();
            let expected: Vec<Record> = all[at + 1..].iter().flatten().cloned().collect();
            let places = |records: &[Record]| {
                records
                    .iter()
                    .map(|record| (record.position, record.body.clone()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(places(&rest), places(&expected), "{name} from {}", record.position);
        }
    }
    if let Ok(records) = open_stream(bytes, name, &options) {
        let streamed: Vec<Record> = records.flatten().collect();
        let expected: Vec<Record> = all.into_iter().flatten().collect();
        assert_eq!(streamed, expected, "{name} as a stream");
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn crawl() -> Vec<Vec<u8>> {
    let record = |number: usize| {
        let content = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n\
             1a\r\n<html><p>Page {number} of it</p>\r\n0\r\n\r\n"
        );
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
            content.len()
        )
        .into_bytes()
    };
    (0..5).map(record).collect()
}

/// A made archive of each kind.
fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let page: &[u8] = b"<html><p>The port is shut.</p></html>";
    let lines: &[u8] = b"{\"text\":\"One\"}\n{\"text\":\"Two \\\"x\\\"\"}\n{\"a\":[1,{\"b\":2}]}\n";
    let table: &[u8] = b"title,text\nBridge,\"Shut, they\nsaid\"\nQuay,Open\n";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in [("a/page.html", page), ("b.jsonl", lines), ("c.csv", table)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory");
        zip.write_all(content).expect("memory");
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content).expect("memory");
    }
    let zip = zip.finish().expect("memory").into_inner();
    let tar = tar.into_inner().expect("memory");
    let crawl = crawl();
    let packed = crawl.iter().map(|record| gzip(record)).collect::<Vec<_>>().concat();
    let array = b"[{\"text\": \"One\"},\n {\"text\": \"T[wo\"}, 3]".to_vec();
    vec![
        ("a.warc", crawl.concat()),
        ("a.warc.gz", packed),
        ("a.warc.gz", gzip(&crawl.concat())),
        ("a.zip", zip),
        ("a.tar", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.jsonl", lines.to_vec()),
        ("a.jsonl.gz", gzip(lines)),
        ("a.json", array),
        ("a.csv", table.to_vec()),
    ]
}

#[test]
fn the_archives_are_sound_before_they_are_mutilated() {
    for (name, bytes) in archives() {
        let read = items(name, &bytes, &options()).iter().filter(|item| item.is_ok()).count();
        assert!(read >= 2, "{name}: {read} records");
        check(name, &bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..800)) {
        for name in NAMES {
            check(name, &bytes);
        }
    }

    #[test]
    fn any_bytes_behind_a_sign(sign in 0usize..9, bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let signs: [&[u8]; 9] = [
            b"WARC/1.0\r\n", b"filedesc://a 0 20260101000000 text/plain 10\n", b"PK\x03\x04",
            b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"BZh91AY&SY", b"PAR1", b"{\"", b"[{",
        ];
        let bytes = [signs[sign], &bytes].concat();
        for name in ["a", "a.csv"] {
            check(name, &bytes);
        }
    }

    #[test]
    fn mutilated_archives(
        which in 0usize..10,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0usize..4), 1..5),
    ) {
        let (name, mut bytes) = archives().swap_remove(which);
        for (at, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => {
                    bytes.drain(at..(at + usize::from(byte)).min(bytes.len()));
                }
                _ => {
                    let copy = bytes[at..(at + usize::from(byte)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, copy);
                }
            }
        }
        check(name, &bytes);
    }
}
