//! Bodies as they were sent, unpacked; and whether they are text.

use std::io::{self, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::layer::zstd;

/// What is left of a body once it is unpacked, and whether that is all of it; `None` for a coding
/// that is not known.
pub(super) fn unpacked(
    body: Vec<u8>,
    codings: &[String],
    most: u64,
) -> Option<io::Result<(Vec<u8>, bool)>> {
    let mut found = (body, true);
    for coding in codings {
        let body = found.0;
        let result = match coding.as_str() {
            "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
                read(MultiGzDecoder::new(&body[..]), most)
            }
            "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
                read(ZlibDecoder::new(&body[..]), most)
            }
            "deflate" if !is_readable(&body) => read(DeflateDecoder::new(&body[..]), most),
            "br" if !is_readable(&body) => {
                read(brotli_decompressor::Decompressor::new(&body[..], 4096), most)
            }
            "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => read(zstd(&body[..]), most),
            // Many crawlers unpack bodies and leave the head as it was.
            "gzip" | "x-gzip" | "deflate" | "br" | "zstd" | "identity" | "none" | "utf-8" => {
                Ok((body, found.1))
            }
            _ => return None,
        };
        match result {
            Ok((body, whole)) => found = (body, whole && found.1),
            Err(error) => return Some(Err(error)),
        }
    }
    Some(Ok(found))
}

/// Reads what there is; the body of a broken transfer is read up to the break.
fn read(decoder: impl Read, most: u64) -> io::Result<(Vec<u8>, bool)> {
    let mut body = Vec::new();
    let result = decoder.take(most.saturating_add(1)).read_to_end(&mut body);
    match result {
        _ if body.len() as u64 > most => {
            let why =
                format!("it unpacks to more than {most} bytes; raise the limit of one record");
            Err(crate::fault::new("too-large", why))
        }
        Ok(_) => Ok((body, true)),
        Err(_) if !body.is_empty() => Ok((body, false)),
        Err(error) => Err(crate::fault::new("bad-compression", error.to_string())),
    }
}

/// Whether the bytes are text already.
fn is_readable(body: &[u8]) -> bool {
    let head = &body[..body.len().min(512)];
    let start = head.trim_ascii_start();
    let controls = head.iter().filter(|byte| **byte < 9 || (14..27).contains(*byte)).count();
    controls == 0
        && matches!(start.first(), None | Some(b'<' | b'{' | b'[' | b'a'..=b'z' | b'A'..=b'Z'))
}

/// Whether a body of that media type is a text that an article may stand in; an unknown type is
/// told by how the body begins.
pub(super) fn is_text(media_type: Option<&str>, body: &[u8]) -> bool {
    let media_type = media_type.unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.split_once('/') {
        Some(("text", "css" | "javascript" | "ecmascript" | "vtt" | "x-component")) => false,
        Some(("text", _)) => true,
        Some(("application", kind)) => {
            matches!(kind, "json" | "xml" | "xhtml" | "x-ndjson" | "ndjson" | "jsonl")
                || kind.ends_with("+json")
                || kind.ends_with("+xml")
                || matches!(kind, "octet-stream" | "unknown" | "x-unknown") && is_readable(body)
        }
        Some(("unk" | "warc" | "no-type", _)) | None => is_readable(body),
        _ => false,
    }
}
