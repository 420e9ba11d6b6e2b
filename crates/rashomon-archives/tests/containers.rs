//! Archives of members, JSON, and what is packed.

use std::io::{Cursor, Read, Write};

use rashomon_archives::{Body, Counts, Options, Record, open, open_stream};
use rashomon_article::Diagnostic;

type Members<'m> = &'m [(&'m str, &'m [u8])];

fn zip(members: Members<'_>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, content)) in members.iter().enumerate() {
        let method = if at % 2 == 0 {
            zip::CompressionMethod::Deflated
        } else {
            zip::CompressionMethod::Stored
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).expect("memory");
        writer.write_all(content).expect("memory");
    }
    writer.finish().expect("memory").into_inner()
}

fn tar(members: Members<'_>) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append_data(&mut header, name, *content).expect("memory");
    }
    builder.into_inner().expect("memory")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    bzip2::read::BzEncoder::new(bytes, bzip2::Compression::fast())
        .read_to_end(&mut packed)
        .expect("memory");
    packed
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

fn names(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.name.as_str()).collect()
}

const PAGE: &[u8] = b"<html><p>The port is shut.</p></html>";
const LINES: &[u8] = b"{\"text\": \"One\"}\n{\"text\": \"Two\"}\n{broken\n{\"text\": \"Three\"}\n";

fn members() -> Vec<(&'static str, &'static [u8])> {
    vec![
        ("news/a.html", PAGE),
        ("news/lines.jsonl", LINES),
        ("__MACOSX/._a.html", b"x"),
        ("news/.DS_Store", b"x"),
        ("news/empty.txt", b""),
        ("table.csv", b"title,text\nBridge,Shut\n"),
    ]
}

#[test]
fn members_in_their_order_and_what_is_in_them() {
    let members = members();
    for (name, bytes) in [
        ("a.zip", zip(&members)),
        ("a.tar", tar(&members)),
        ("a.tar.gz", gzip(&tar(&members))),
        ("a.tar.bz2", bzip2(&tar(&members))),
    ] {
        let (found, faults, counts) = read(name, &bytes, &Options::default());
        let expected = [
            format!("{name}/news/a.html"),
            format!("{name}/news/lines.jsonl:1"),
            format!("{name}/news/lines.jsonl:2"),
            format!("{name}/news/lines.jsonl:4"),
            format!("{name}/news/empty.txt"),
            format!("{name}/table.csv:2"),
        ];
        assert_eq!(names(&found), expected, "{name}");
        assert_eq!(found[0].body, Body::Bytes(PAGE.to_vec()));
        assert_eq!((faults.len(), &*faults[0].code), (1, "bad-record"), "{name}");
        assert_eq!(counts.skipped["hidden"], 2);

        for (at, record) in found.iter().enumerate() {
            let options = Options { resume_from: Some(record.position), ..Options::default() };
            let (rest, _, _) = read(name, &bytes, &options);
            assert_eq!(rest, found[at + 1..], "{name} after {at}");
        }
        let stream = open_stream(&bytes[..], name, &Options::default()).expect("a stream");
        assert_eq!(stream.filter_map(Result::ok).collect::<Vec<_>>(), found, "{name} as a stream");
    }
}

#[test]
fn archives_in_archives_to_a_depth() {
    let inner = zip(&[("a.html", PAGE)]);
    let middle = tar(&[("inner.zip", &inner), ("b.html", PAGE)]);
    let outer = zip(&[("middle.tar", &middle), ("c.html", PAGE)]);
    let (found, faults, _) = read("outer.zip", &outer, &Options::default());
    let all = [
        "outer.zip/middle.tar/inner.zip/a.html",
        "outer.zip/middle.tar/b.html",
        "outer.zip/c.html",
    ];
    assert_eq!(names(&found), all);
    assert!(faults.is_empty());
    let options = Options { max_depth: 2, ..Options::default() };
    let (found, faults, _) = read("outer.zip", &outer, &options);
    assert_eq!(names(&found), all[1..]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "too-deep"));
}

#[test]
fn what_is_packed_again_and_again_is_left() {
    let twice = gzip(&gzip(PAGE));
    let (found, _, _) = read("a.gz", &twice, &Options::default());
    assert_eq!(found[0].body, Body::Bytes(PAGE.to_vec()));
    let often = (0..20).fold(PAGE.to_vec(), |bytes, _| gzip(&bytes));
    let error = open(Cursor::new(&often), "a.gz", &Options::default());
    assert_eq!(error.expect_err("too deep").code(), "too-deep");
    let (found, faults, _) =
        read("a.zip", &zip(&[("a.gz", &often), ("b.html", PAGE)]), &Options::default());
    assert_eq!((names(&found), &*faults[0].code), (vec!["a.zip/b.html"], "too-deep"));
}

#[test]
fn names_lead_nowhere_and_are_told_apart() {
    let bytes = zip(&[("../../etc/a.html", PAGE), ("etc/a.html", PAGE), ("/b.html", PAGE)]);
    let (found, _, _) = read("a.zip", &bytes, &Options::default());
    assert_eq!(names(&found), ["a.zip/etc/a.html", "a.zip/etc/a.html#2", "a.zip/b.html"]);
}

#[test]
fn a_broken_member_is_named_and_passed() {
    let page = PAGE.repeat(50);
    let members: Members<'_> = &[("a.html", &page), ("b.html", &page), ("c.html", &page)];
    let mut bytes = zip(members);
    let at = bytes.windows(6).position(|bytes| bytes == b"b.html").expect("the name") + 100;
    bytes[at] ^= 0x20;
    let (found, faults, _) = read("a.zip", &bytes, &Options::default());
    assert_eq!(names(&found), ["a.zip/a.html", "a.zip/c.html"]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "bad-compression"));

    let bytes = tar(members);
    let (found, faults, _) = read("a.tar", &bytes[..3500], &Options::default());
    assert_eq!(names(&found), ["a.tar/a.html"]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "cut-short"));

    let bytes = zip(members);
    let error = open(Cursor::new(&bytes[..200]), "a.zip", &Options::default());
    let error = error.expect_err("no directory");
    assert_eq!(error.code(), "bad-archive");
    assert!(error.is_input() && error.to_string().starts_with("a.zip: "));
}

#[test]
fn an_encrypted_member_is_named() {
    let mut bytes = zip(&[("a.html", PAGE), ("b.html", PAGE)]);
    // The flag of encryption, in the head of the member and in the directory.
    bytes[6] |= 1;
    let directory = bytes.windows(4).position(|bytes| bytes == b"PK\x01\x02").expect("a directory");
    bytes[directory + 8] |= 1;
    let (found, faults, _) = read("a.zip", &bytes, &Options::default());
    assert_eq!(names(&found), ["a.zip/b.html"]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "encrypted-member"));
    assert!(faults[0].message.starts_with("a.zip/a.html: "), "{}", faults[0].message);
}

#[test]
fn bombs_are_left() {
    let zeros = vec![b'0'; 40 << 20];
    let packed = zip(&[("bomb.txt", &zeros), ("table.csv", b"x"), ("a.html", PAGE)]);
    let options = Options { max_record_bytes: 1 << 30, ..Options::default() };
    let (found, faults, _) = read("a.zip", &packed, &options);
    assert_eq!(names(&found), ["a.zip/a.html"]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "bomb"));

    let (found, faults, _) = read("zeros.txt.gz", &gzip(&zeros), &options);
    assert_eq!((found.len(), &*faults[0].code), (0, "bomb"));

    let options = Options { max_record_bytes: 1000, ..Options::default() };
    let (found, faults, _) = read("a.zip", &packed, &options);
    assert_eq!((names(&found), &*faults[0].code), (vec!["a.zip/a.html"], "too-large"));

    let options = Options { max_total: 50, ..Options::default() };
    let packed = zip(&[("a.html", PAGE), ("skip", b""), ("b.html", PAGE)]);
    let (found, faults, _) = read("a.zip", &packed, &options);
    assert_eq!(names(&found), ["a.zip/a.html", "a.zip/skip"]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "bomb"));

    let options = Options { max_members: 2, ..Options::default() };
    let (found, faults, _) = read("a.zip", &packed, &options);
    assert_eq!((found.len(), &*faults[0].code), (2, "bomb"));
}

#[test]
fn what_is_read_from_its_end_is_held_up_to_a_limit() {
    let bytes = zip(&[("a.html", PAGE)]);
    let options = Options { max_spool: 50, ..Options::default() };
    let error = open_stream(&bytes[..], "-", &options).expect_err("too large to be held");
    assert_eq!(error.code(), "needs-seek");
    // A file is read from its end where it lies.
    assert!(open(Cursor::new(bytes), "a.zip", &options).is_ok());
}

#[test]
fn documents_of_office_programs_are_one_thing() {
    let bytes = zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let (found, _, _) = read("a.docx", &bytes, &Options::default());
    assert_eq!(names(&found), ["a.docx"]);
    assert_eq!(found[0].body, Body::Bytes(bytes));
}

#[test]
fn json_in_all_its_shapes() {
    let table: &[(&str, &str, &[&str])] = &[
        ("a.jsonl", "{\"text\":\"1\"}\n\n{\"text\":\"2\"}\n", &["a.jsonl:1", "a.jsonl:3"]),
        ("a", "[{\"text\":\"1\"},\n {\"text\":\"]}\\\"\"}]\n", &["a[0]", "a[1]"]),
        ("a.json", "{\n \"text\": \"1\"\n}\n", &["a.json[0]"]),
        ("a.json", "{\n \"text\": \"1\"\n}\n{\n \"text\": \"2\"\n}", &["a.json[0]", "a.json[1]"]),
        (
            "a.json",
            "{\"status\":\"ok\",\"articles\":[{\"content\":\"1\"},{\"content\":\"2\"}]}",
            &["a.json:1[0]", "a.json:1[1]"],
        ),
        ("a.json", "[]", &[]),
        ("a", "{curly} is a word", &["a"]),
        ("a", "[NPA] The port is shut", &["a"]),
        (
            "a.json",
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\"}]}",
            &["a.json"],
        ),
    ];
    for (name, text, expected) in table {
        let (found, faults, _) = read(name, text.as_bytes(), &Options::default());
        assert_eq!(names(&found), *expected, "{text}");
        assert!(faults.is_empty(), "{text}: {faults:?}");
    }
}

#[test]
fn one_broken_item_of_json_costs_no_other() {
    let text = "[{\"text\":\"1\"}, {\"text\": oops}, 7, {\"text\":\"2\"}, {\"text\": \"cut";
    let (found, faults, _) = read("a.json", text.as_bytes(), &Options::default());
    assert_eq!(names(&found), ["a.json[0]", "a.json[3]"]);
    let codes: Vec<_> = faults.iter().map(|fault| &*fault.code).collect();
    assert_eq!(codes, ["bad-record", "bad-record", "cut-short"]);

    let options = Options { max_record_bytes: 30, ..Options::default() };
    let text = format!(
        "{{\"text\":\"1\"}}\n{{\"text\":\"{}\"}}\n{{\"text\":\"2\"}}\n",
        "a".repeat(200_000)
    );
    let (found, faults, _) = read("a.jsonl", text.as_bytes(), &options);
    assert_eq!(names(&found), ["a.jsonl:1", "a.jsonl:3"]);
    assert_eq!((faults.len(), &*faults[0].code), (1, "too-large"));
}
