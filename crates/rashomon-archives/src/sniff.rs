//! What an input is: its first bytes decide, and its name where they leave it open.

use std::io::Read;

use flate2::read::GzDecoder;

use crate::delimited;

/// How much of the head is looked at.
pub(crate) const HEAD: usize = 64 << 10;
/// How much of a gzipped head is unpacked to see what is in it.
const UNPACKED_HEAD: u64 = 4 << 10;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Packed(Packing),
    Warc {
        gzip: bool,
    },
    Arc {
        gzip: bool,
    },
    Zip,
    Tar,
    Parquet,
    /// Rows of cells, with what stands between two cells.
    Delimited(u8),
    /// A JSON value on each line.
    JsonLines,
    /// An array of JSON, or objects one after the other that go over several lines.
    JsonItems,
    /// One record, with its media type where that is sure.
    Single(Option<&'static str>),
}

/// How something is packed that holds one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
    Bzip2,
}

impl Kind {
    pub fn describe(self) -> &'static str {
        match self {
            Kind::Zip => "a zip archive",
            Kind::Parquet => "a Parquet table",
            _ => "it",
        }
    }
}

/// What an input with such a head is.
pub(crate) fn kind(name: &str, head: &[u8]) -> Kind {
    let name = name.to_ascii_lowercase();
    if head.starts_with(b"\x1f\x8b") {
        return gzipped(&name, head);
    }
    if head.starts_with(b"\x28\xb5\x2f\xfd") {
        return Kind::Packed(Packing::Zstd);
    }
    if head.starts_with(b"BZh") && head.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59") {
        return Kind::Packed(Packing::Bzip2);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return if is_office(head) { Kind::Single(None) } else { Kind::Zip };
    }
    if head.starts_with(b"PAR1") {
        return Kind::Parquet;
    }
    if is_tar(head) {
        return Kind::Tar;
    }
    if let Some(kind) = crawl(unpacked_name(&name), head, false) {
        return kind;
    }
    text(unpacked_name(&name), head)
}

/// The name of what is packed in it.
fn unpacked_name(name: &str) -> &str {
    [".gz", ".zst", ".bz2"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

/// A crawl is packed record by record, which is read in another way than one packed thing.
fn gzipped(name: &str, head: &[u8]) -> Kind {
    let mut inner = Vec::new();
    // The head is cut somewhere: what comes before the cut is enough.
    let _ = GzDecoder::new(head).take(UNPACKED_HEAD).read_to_end(&mut inner);
    crawl(unpacked_name(name), &inner, true).unwrap_or(Kind::Packed(Packing::Gzip))
}

fn crawl(name: &str, head: &[u8], gzip: bool) -> Option<Kind> {
    let start = head.trim_ascii_start();
    if start.starts_with(b"WARC/") {
        return Some(Kind::Warc { gzip });
    }
    if start.starts_with(b"filedesc://") {
        return Some(Kind::Arc { gzip });
    }
    // A name is believed of a broken crawl, which begins with whatever.
    let holds = |what: &[u8]| head.windows(what.len()).any(|bytes| bytes == what);
    if name.ends_with(".warc") && (head.is_empty() || gzip || holds(b"WARC/")) {
        return Some(Kind::Warc { gzip });
    }
    (name.ends_with(".arc") && holds(b"filedesc://")).then_some(Kind::Arc { gzip })
}

/// A tar archive, told by its mark or, in the oldest form, by the sum of its first head.
fn is_tar(head: &[u8]) -> bool {
    let Some(block) = head.get(..512) else {
        return false;
    };
    if &block[257..262] == b"ustar" {
        return true;
    }
    let sum: u32 = block.iter().enumerate().fold(0, |sum, (at, &byte)| {
        sum + u32::from(if (148..156).contains(&at) { b' ' } else { byte })
    });
    let digits = block[148..156].iter().skip_while(|byte| **byte == b' ');
    let told = digits
        .take_while(|byte| matches!(byte, b'0'..=b'7'))
        .fold(0u32, |told, byte| told.wrapping_mul(8).wrapping_add(u32::from(byte - b'0')));
    block[0] != 0 && told == sum
}

/// Documents of office programs and books are zip archives that are one thing.
fn is_office(head: &[u8]) -> bool {
    let length =
        head.get(26..28).map_or(0, |bytes| usize::from(u16::from_le_bytes([bytes[0], bytes[1]])));
    let first = head.get(30..30 + length).unwrap_or_default();
    matches!(first, b"[Content_Types].xml" | b"mimetype" | b"_rels/.rels")
}

fn text(name: &str, head: &[u8]) -> Kind {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if start.starts_with(b"{") || start.starts_with(b"[") {
        return json(start, ends(&[".jsonl", ".ndjson"]), ends(&[".json"]));
    }
    if ends(&[".jsonl", ".ndjson"]) && !start.is_empty() {
        return Kind::JsonLines;
    }
    if let Some(delimiter) = delimited::sniff(head, name) {
        return Kind::Delimited(delimiter);
    }
    Kind::Single(None)
}

fn json(start: &[u8], says_lines: bool, says_json: bool) -> Kind {
    let inner = start[1..].trim_ascii_start();
    // “{curly} words” and “[NPA] The port is shut” are prose.
    let is_object = matches!(inner.first(), Some(b'"' | b'}'));
    let is_array = matches!(inner.first(), Some(b'{' | b']'));
    let holds = |what: &[u8]| start.windows(what.len()).any(|bytes| bytes == what);
    if start[0] == b'[' {
        return if is_array || says_json {
            Kind::JsonItems
        } else if says_lines {
            Kind::JsonLines
        } else {
            Kind::Single(None)
        };
    }
    if holds(b"jsonfeed.org/version/") {
        return Kind::Single(Some("application/feed+json"));
    }
    if !is_object && !says_lines && !says_json {
        return Kind::Single(None);
    }
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let whole = line.len() < start.len() || start.len() < HEAD / 2;
    // An object that ends on its own line is one of many.
    let ends = !whole || serde_json::from_slice::<serde_json::Value>(line).is_ok();
    if ends || says_lines { Kind::JsonLines } else { Kind::JsonItems }
}
