//! Crawls: what is a page is handed out, what is broken is named, and nothing behind it is lost.

use std::io::{Cursor, Write};

use rashomon_archives::{Body, Counts, Options, Record, open, open_stream};
use rashomon_article::Diagnostic;

fn record(kind: &str, address: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:made:{address}>\r\n\
         WARC-Target-URI: {address}\r\nWARC-Date: 2026-03-14T10:30:00Z\r\n\
         Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    bytes.extend_from_slice(content);
    bytes.extend_from_slice(b"\r\n\r\n");
    bytes
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [b"HTTP/1.1 ", head.as_bytes(), b"\r\n\r\n", body].concat()
}

fn page(number: usize) -> Vec<u8> {
    let body = format!("<html><p>Page {number} of the made crawl.</p></html>");
    let answer = answer("200 OK\r\nContent-Type: text/html; charset=utf-8", body.as_bytes());
    record("response", &format!("https://herald.example/{number}"), &answer)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

type Found = (Vec<Record>, Vec<Diagnostic>, Counts);

fn read(name: &str, bytes: &[u8], options: &Options) -> Found {
    let mut records = open(Cursor::new(bytes), name, options).expect("an input that opens");
    let mut found = (Vec::new(), Vec::new(), Counts::default());
    for item in &mut records {
        match item {
            Ok(record) => found.0.push(record),
            Err(diagnostic) => found.1.push(diagnostic),
        }
    }
    found.2 = records.counts().clone();
    found
}

fn numbers(records: &[Record]) -> Vec<String> {
    let addresses = records.iter().filter_map(|record| record.address.as_deref());
    addresses.map(|address| address.rsplit('/').next().unwrap_or_default().to_owned()).collect()
}

/// The same records, plain and packed one by one.
fn both(records: &[Vec<u8>]) -> [(&'static str, Vec<u8>); 2] {
    let packed = records.iter().map(|record| gzip(record)).collect::<Vec<_>>().concat();
    [("made.warc", records.concat()), ("made.warc.gz", packed)]
}

#[test]
fn pages_are_handed_out_and_the_rest_is_counted() {
    let at = |number: usize| format!("https://herald.example/{number}");
    let picture = answer("200 OK\r\nContent-Type: image/png", b"\x89PNG");
    let records = [
        record("warcinfo", "", b"software: made\r\n"),
        record("request", &at(1), b"GET / HTTP/1.1\r\n\r\n"),
        page(1),
        record("response", &at(2), &answer("301 Moved\r\nLocation: /", b"")),
        record("response", &at(3), &answer("404 Not Found", b"none")),
        record("response", &at(4), &picture),
        record("revisit", &at(5), &answer("200 OK", b"")),
        record("metadata", &at(6), b"a: b"),
        page(7),
    ];
    for (name, bytes) in both(&records) {
        let (found, faults, counts) = read(name, &bytes, &Options::default());
        assert_eq!(numbers(&found), ["1", "7"], "{name}");
        assert!(faults.is_empty(), "{faults:?}");
        let skipped: Vec<_> = counts.skipped.iter().map(|(code, count)| (*code, *count)).collect();
        let expected = [
            ("http-error", 1),
            ("metadata", 1),
            ("not-text", 1),
            ("redirect", 1),
            ("request", 1),
            ("revisit", 1),
            ("warcinfo", 1),
        ];
        assert_eq!(skipped, expected, "{name}");
        let first = &found[0];
        assert_eq!(first.charset(), Some("utf-8"));
        assert_eq!(first.at.map(|at| at.to_string()).as_deref(), Some("2026-03-14T10:30:00Z"));
        let body = b"<html><p>Page 1 of the made crawl.</p></html>".to_vec();
        assert_eq!(first.body, Body::Bytes(body));
    }
}

#[test]
fn texts_that_were_taken_out_of_pages_are_read_too() {
    let text = |kind: &str, address: &str, media_type: &str| {
        let record = record(kind, address, b"The port is shut.");
        let record = String::from_utf8(record).expect("text");
        record.replace(&format!("application/http; msgtype={kind}"), media_type).into_bytes()
    };
    let records = [
        text("conversion", "https://herald.example/1", "text/plain"),
        text("resource", "https://herald.example/2", "text/plain"),
        text("resource", "urn:log:2", "text/plain"),
        text("resource", "https://herald.example/3", "image/png"),
        text("response", "dns:herald.example", "text/dns"),
        text("conversion", "https://herald.example/robots.txt", "text/plain"),
    ];
    for (name, bytes) in both(&records) {
        let (found, faults, counts) = read(name, &bytes, &Options::default());
        assert_eq!(numbers(&found), ["1", "2"], "{name}: {faults:?}");
        assert_eq!(found[0].media_type.as_deref(), Some("text/plain"));
        assert_eq!(found[0].body, Body::Bytes(b"The port is shut.".to_vec()));
        let skipped: Vec<_> = counts.skipped.into_iter().collect();
        assert_eq!(skipped, [("no-page", 2), ("not-text", 1), ("robots", 1)], "{name}");
    }
}

#[test]
fn bodies_come_as_they_were_before_they_were_sent() {
    let text = "<html><p>The port is shut.</p></html>".repeat(20);
    let chunked = format!("{:x}\r\n{text}\r\n0\r\n\r\n", text.len());
    let zlib = {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text.as_bytes()).expect("memory");
        encoder.finish().expect("memory")
    };
    let gzipped = gzip(text.as_bytes());
    let packed_chunks =
        [format!("{:x}\r\n", gzipped.len()).as_bytes(), &gzipped, b"\r\n0\r\n\r\n"].concat();
    // The six bytes “<p>Hi.” as Brotli and as Zstandard, stored and not packed.
    let brotli = b"\x8b\x02\x80<p>Hi.\x03";
    let zstd = b"\x28\xb5\x2f\xfd\x20\x06\x31\x00\x00<p>Hi.";
    let table: &[(&str, &[u8], &str)] = &[
        ("", text.as_bytes(), &text),
        ("\r\nTransfer-Encoding: chunked", chunked.as_bytes(), &text),
        ("\r\nContent-Encoding: gzip", &gzipped, &text),
        ("\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", &packed_chunks, &text),
        ("\r\nContent-Encoding: deflate", &zlib, &text),
        ("\r\nContent-Encoding: br", brotli, "<p>Hi."),
        ("\r\nContent-Encoding: zstd", zstd, "<p>Hi."),
        // Crawlers that unpack and leave the head as it was.
        ("\r\nContent-Encoding: gzip", text.as_bytes(), &text),
        ("\r\nContent-Encoding: br", text.as_bytes(), &text),
        ("\r\nTransfer-Encoding: chunked", text.as_bytes(), &text),
    ];
    for (fields, body, expected) in table {
        let answer = answer(&format!("200 OK\r\nContent-Type: text/html{fields}"), body);
        let bytes = record("response", "https://herald.example/1", &answer);
        let (found, faults, _) = read("made.warc", &bytes, &Options::default());
        assert!(faults.is_empty(), "{fields}: {faults:?}");
        assert_eq!(found[0].body, Body::Bytes(expected.as_bytes().to_vec()), "{fields}");
    }
}

#[test]
fn what_is_broken_is_named_and_passed() {
    let second = String::from_utf8(page(2)).expect("text");
    let table = [
        (second.replace("Content-Length: ", "Content-Length: 9"), "a length that is too long"),
        (second.replace("Content-Length: 1", "Content-Length: "), "a length that is too short"),
        (second.replace("Content-Length", "X-Length"), "no length"),
        (second.replace("WARC/1.0\r\n", ""), "no version"),
        (second[..300].to_owned(), "a record cut short"),
        ("garbage that belongs to nothing".to_owned(), "garbage"),
    ];
    for (broken, what) in table {
        for (name, bytes) in both(&[page(1), broken.clone().into_bytes(), page(3), page(4)]) {
            let (found, faults, counts) = read(name, &bytes, &Options::default());
            assert_eq!(numbers(&found), ["1", "3", "4"], "{what} in {name}: {faults:?}");
            assert_eq!(faults.len(), 1, "{what} in {name}: {faults:?}");
            assert_eq!(counts.skipped.values().sum::<u64>(), 1, "{what} in {name}");
            assert!(faults[0].message.starts_with(&format!("{name}@")), "{}", faults[0].message);
        }
    }
}

#[test]
fn a_wrong_length_reaches_over_no_other_record() {
    // Three records behind it are 12 MB, which the length of the first one reaches over.
    let head = "200 OK\r\nContent-Type: text/html";
    let large = |number: usize| {
        let body = format!("<p>Page {number}</p>").repeat(300_000);
        record(
            "response",
            &format!("https://herald.example/{number}"),
            &answer(head, body.as_bytes()),
        )
    };
    let second = String::from_utf8(page(2)).expect("text");
    for length in ["Content-Length: 12000", "Content-Length: 99999999999"] {
        let broken = second.replace("Content-Length: ", length).into_bytes();
        for (name, bytes) in both(&[page(1), broken, large(3), large(4), large(5)]) {
            let (found, faults, _) = read(name, &bytes, &Options::default());
            assert_eq!(numbers(&found), ["1", "3", "4", "5"], "{name}: {faults:?}");
            assert_eq!(faults.len(), 1, "{name}: {faults:?}");
        }
    }
}

#[test]
fn a_broken_member_of_gzip_costs_no_other() {
    let members: Vec<Vec<u8>> = (1..=4).map(|number| gzip(&page(number))).collect();
    let middle = members[0].len() + members[1].len() / 2;
    let end = members[0].len() + members[1].len();
    let whole = members.concat();
    let mut flipped = whole.clone();
    flipped[middle] ^= 0x55;
    flipped[middle + 1] ^= 0x55;
    let mut checksum = whole.clone();
    checksum[end - 6] ^= 0x55;
    let mut cut = whole.clone();
    cut.drain(middle..end);
    let mut between = whole.clone();
    let border = members[0].len();
    between.splice(border..border, b"garbage between two members".iter().copied());
    let table = [
        (flipped, &["1", "3", "4"][..], "bytes are flipped"),
        (checksum, &["1", "3", "4"], "the checksum is wrong"),
        (cut, &["1", "3", "4"], "a member is cut short"),
        (between, &["1", "2", "3", "4"], "garbage between"),
        (whole[..whole.len() - 20].to_vec(), &["1", "2", "3"], "the end is cut"),
    ];
    for (bytes, expected, what) in table {
        let (found, faults, _) = read("made.warc.gz", &bytes, &Options::default());
        assert_eq!(numbers(&found), expected, "{what}: {faults:?}");
        assert_eq!(faults.len(), 1, "{what}: {faults:?}");
    }
}

#[test]
fn one_member_of_gzip_may_hold_all_records() {
    let bytes = gzip(&[page(1), page(2), page(3)].concat());
    let (found, faults, _) = read("made.warc.gz", &bytes, &Options::default());
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(numbers(&found), ["1", "2", "3"]);
    let names: Vec<_> = found.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, ["made.warc.gz@0", "made.warc.gz@0+1", "made.warc.gz@0+2"]);
}

#[test]
fn reading_goes_on_where_it_was_left() {
    let records: Vec<Vec<u8>> = (1..=6).map(page).collect();
    let mut crawls = both(&records).to_vec();
    crawls.push(("whole.warc.gz", gzip(&records.concat())));
    for (name, bytes) in crawls {
        let (all, _, _) = read(name, &bytes, &Options::default());
        assert_eq!(all.len(), 6);
        for (at, record) in all.iter().enumerate() {
            let options = Options { resume_from: Some(record.position), ..Options::default() };
            let (rest, faults, counts) = read(name, &bytes, &options);
            assert_eq!(numbers(&rest), numbers(&all[at + 1..]), "{name} after {at}");
            assert!(faults.is_empty());
            assert_eq!(counts.read as usize, all.len() - at - 1);
            let stream = open_stream(&bytes[..], name, &options).expect("a stream that opens");
            let streamed: Vec<_> = stream.filter_map(Result::ok).collect();
            assert_eq!(streamed, rest, "{name} as a stream");
        }
    }
}

#[test]
fn a_record_that_is_too_large_is_named_and_passed() {
    let options = Options { max_record_bytes: 400, ..Options::default() };
    let large = record("response", "https://herald.example/2", &answer("200 OK", &[b'a'; 5000]));
    for (name, bytes) in both(&[page(1), large, page(3)]) {
        let (found, faults, _) = read(name, &bytes, &options);
        assert_eq!(numbers(&found), ["1", "3"], "{name}");
        assert_eq!(faults[0].code, "too-large", "{name}");
    }
    // Small when it was sent, and large once it is unpacked.
    let bomb = answer("200 OK\r\nContent-Encoding: gzip", &gzip(&[b'a'; 100_000]));
    let bytes = [record("response", "https://herald.example/2", &bomb), page(3)].concat();
    let (found, faults, _) = read("made.warc", &bytes, &options);
    assert_eq!(numbers(&found), ["3"]);
    assert_eq!(faults[0].code, "too-large");
}

#[test]
fn the_older_format_is_read_too() {
    let body = answer("200 OK\r\nContent-Type: text/html", b"<p>The port is shut.</p>");
    let head = "1 0 Made\nURL IP-address Archive-date Content-type Archive-length\n";
    let first =
        format!("filedesc://made.arc 0.0.0.0 20260314103000 text/plain {}\n{head}\n", head.len());
    let mut bytes = first.into_bytes();
    for number in 1..=2 {
        let line = format!(
            "http://herald.example/{number} 192.0.2.1 20260314103000 text/html {}\n",
            body.len()
        );
        bytes.extend_from_slice(line.as_bytes());
        bytes.extend_from_slice(&body);
        bytes.push(b'\n');
    }
    let (found, faults, _) = read("made.arc", &bytes, &Options::default());
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(numbers(&found), ["1", "2"]);
    assert_eq!(found[0].body, Body::Bytes(b"<p>The port is shut.</p>".to_vec()));
}
