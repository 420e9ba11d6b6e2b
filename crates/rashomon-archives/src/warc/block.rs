//! One record of a crawl as it stands in the file: a head and a content of a told length.

use std::io::{self, Read};

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::Format;
use crate::window::Window;

/// A line of a head is no longer than this.
const LONGEST_LINE: usize = 64 << 10;
/// A head is hardly longer than this.
pub(super) const LONGEST_HEAD: u64 = 1 << 20;
/// A head has no more lines than this.
const MOST_LINES: usize = 1000;

/// What stands at a place of a crawl.
pub(super) enum Block {
    /// Nothing more.
    End,
    Whole(Head, Vec<u8>),
    /// A record that says it is longer than it may be; its content is not read.
    TooLarge,
    /// Something that is no sound record, with the code and the reason.
    Broken(&'static str, String),
}

/// What a record says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    /// `response`, `resource`, `warcinfo`…; `arc` of the older format.
    pub kind: String,
    pub address: Option<String>,
    pub at: Option<Timestamp>,
    pub media_type: Option<String>,
    /// Why the record was cut when it was made.
    pub truncated: Option<String>,
    pub id: Option<String>,
    /// Later parts of a record that was cut into several.
    pub is_segment: bool,
    length: Option<u64>,
}

/// Reads the record at which the window stands, which is marked.
pub(super) fn read<R: Read>(
    window: &mut Window<R>,
    format: Format,
    most: u64,
) -> io::Result<Block> {
    pass_blank(window)?;
    window.mark();
    let line = window.line(LONGEST_LINE)?;
    if line.is_empty() {
        return Ok(Block::End);
    }
    let head = match format {
        Format::Warc => warc_head(window, &line)?,
        Format::Arc => arc_head(&line),
    };
    let head = match head {
        Ok(head) => head,
        Err((code, why)) => return Ok(Block::Broken(code, why)),
    };
    let Some(length) = head.length else {
        let why = "its head does not say how long it is; the record is skipped".to_owned();
        return Ok(Block::Broken("bad-length", why));
    };
    let cut = || {
        let why = format!("the end comes before its {length} bytes do; the record is skipped");
        Block::Broken("cut-short", why)
    };
    // Such a length may as well be wrong, so that nothing is passed over by it.
    if length > most {
        return Ok(Block::TooLarge);
    }
    let content = window.take_bytes(length)?;
    if (content.len() as u64) < length {
        return Ok(cut());
    }
    if !ends_here(window, format)? {
        let why = format!("it does not end after {length} bytes, as its head says; it is skipped");
        return Ok(Block::Broken("bad-length", why));
    }
    Ok(Block::Whole(head, content))
}

/// Passes over empty lines; tells whether the end is there.
pub(super) fn pass_blank<R: Read>(window: &mut Window<R>) -> io::Result<bool> {
    while window.peek(1)?.first().is_some_and(u8::is_ascii_whitespace) {
        window.skip(1)?;
    }
    Ok(window.peek(1)?.is_empty())
}

/// Whether a record may end here: empty lines follow, the end, or the next one.
fn ends_here<R: Read>(window: &mut Window<R>, format: Format) -> io::Result<bool> {
    let next = window.peek(4)?;
    if next.is_empty() || next.starts_with(b"\r\n\r\n") || next.starts_with(b"\n\n") {
        return Ok(true);
    }
    let next = window.peek(LONGEST_LINE)?;
    let rest = next.trim_ascii_start();
    Ok(rest.is_empty()
        || starts_record(rest, format)
        || format == Format::Arc && rest.len() < next.len())
}

/// Whether bytes begin with the head of a record.
pub(super) fn starts_record(bytes: &[u8], format: Format) -> bool {
    match format {
        Format::Warc => bytes.starts_with(b"WARC/") && bytes.get(5).is_some_and(u8::is_ascii_digit),
        Format::Arc => {
            let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
            arc_head(line).is_ok_and(|head| head.length.is_some())
        }
    }
}

type Parsed = Result<Head, (&'static str, String)>;

fn warc_head<R: Read>(window: &mut Window<R>, first: &[u8]) -> io::Result<Parsed> {
    if !starts_record(first, Format::Warc) {
        let why = "bytes without the line WARC/1.0 that begins a record; they are skipped";
        return Ok(Err(("garbage", why.to_owned())));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    for _ in 0..MOST_LINES {
        let line = window.line(LONGEST_LINE)?;
        if line.is_empty() {
            let why = "the end stands in its head; the record is skipped".to_owned();
            return Ok(Err(("cut-short", why)));
        }
        let text = String::from_utf8_lossy(&line);
        let words = text.trim();
        if words.is_empty() {
            return Ok(Ok(head_of(fields)));
        }
        match (text.starts_with([' ', '\t']), fields.last_mut(), words.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(words);
            }
            (_, _, Some((name, value))) => {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
            _ => break,
        }
    }
    let why = "its head is no list of names and values; the record is skipped".to_owned();
    Ok(Err(("bad-head", why)))
}

fn head_of(fields: Vec<(String, String)>) -> Head {
    let mut head = Head::default();
    for (name, value) in fields {
        match name.as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => head.address = address(&value),
            "warc-date" => head.at = value.parse().ok(),
            "content-type" => head.media_type = Some(value),
            "content-length" => head.length = value.parse().ok(),
            "warc-truncated" => head.truncated = Some(value),
            "warc-record-id" => head.id = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-segment-number" => head.is_segment = value != "1",
            _ => {}
        }
    }
    head
}

/// Some tools wrote addresses in angle brackets, and with spaces.
fn address(value: &str) -> Option<String> {
    let value = value.trim().trim_start_matches('<').trim_end_matches('>');
    (!value.is_empty()).then(|| value.replace(' ', "%20"))
}

/// `http://harbour.example/ 192.0.2.1 20260314103000 text/html 1591`; the address may hold
/// spaces, and the second version of the format has five fields more.
fn arc_head(line: &[u8]) -> Parsed {
    let text = String::from_utf8_lossy(line);
    let parts: Vec<&str> = text.trim().split(' ').collect();
    let bad = || {
        let why = "bytes that begin no record: address, host, date, type and length are missing";
        ("garbage", why.to_owned())
    };
    let is_date = |part: &&str| {
        (12..=17).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let at = parts.iter().rposition(is_date).filter(|at| *at >= 2).ok_or_else(bad)?;
    let is_known = parts.len() == at + 3 || parts.len() == at + 8;
    if !is_known || !parts[0].contains(':') {
        return Err(bad());
    }
    let length = parts[parts.len() - 1].parse().ok();
    Ok(Head {
        kind: if parts[0].starts_with("filedesc:") { "filedesc" } else { "arc" }.to_owned(),
        address: address(&parts[..at - 1].join(" ")),
        at: instant(parts[at]),
        media_type: Some(parts[at + 1].to_owned()).filter(|kind| kind.contains('/')),
        length,
        ..Head::default()
    })
}

/// `20260314103000`.
fn instant(digits: &str) -> Option<Timestamp> {
    let at = DateTime::strptime("%Y%m%d%H%M%S", digits.get(..14)?).ok()?;
    jiff::tz::Offset::UTC.to_timestamp(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_arc() {
        let head =
            arc_head(b"http://a.example/x?t=Two Words 192.0.2.1 20260314103000 text/html 15\n");
        let head = head.expect("a head");
        assert_eq!(head.address.as_deref(), Some("http://a.example/x?t=Two%20Words"));
        assert_eq!(head.at.map(|at| at.to_string()).as_deref(), Some("2026-03-14T10:30:00Z"));
        assert_eq!(head.length, Some(15));
        assert_eq!(
            arc_head(b"http://a.example/ 192.0.2.1 20260314103000 text/html -1")
                .map(|head| head.length),
            Ok(None)
        );
        for line in ["", "<html>", "a b c d e", "http://a.example/ 1 2 3 4"] {
            assert!(arc_head(line.as_bytes()).is_err(), "{line}");
        }
    }
}
