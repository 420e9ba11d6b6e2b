//! Bytes to text: unpacked, decoded, and freed of what no text may hold.

use std::borrow::Cow;
use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use crate::error::Error;
use crate::references::is_allowed;
use crate::remarks::Remarks;

/// The most bytes that are read of one input, packed or not. Sitemaps may have 50 MB.
pub const MAX_BYTES: usize = 64 << 20;

/// How far into a document its own word about its encoding may stand.
const DECLARED_WITHIN: usize = 2048;

/// Unpacks bytes that are gzipped, and decodes them.
pub(crate) fn text(
    bytes: &[u8],
    media_type: Option<&str>,
    remarks: &mut Remarks,
) -> Result<String, Error> {
    let bytes = unpacked(bytes, remarks)?;
    let decoded = decode(&bytes, media_type, remarks);
    Ok(cleaned(decoded, remarks))
}

fn unpacked<'b>(bytes: &'b [u8], remarks: &mut Remarks) -> Result<Cow<'b, [u8]>, Error> {
    let mut bytes = Cow::Borrowed(bytes);
    // A server that packs a packed file once more is not rare.
    for _ in 0..2 {
        if !bytes.starts_with(&[0x1f, 0x8b]) {
            break;
        }
        let mut unpacked = Vec::new();
        let limit = MAX_BYTES as u64 + 1;
        if let Err(error) = MultiGzDecoder::new(&*bytes).take(limit).read_to_end(&mut unpacked) {
            remarks.add("feed-truncated", &format!("it cannot be unpacked to its end ({error})"));
        }
        bytes = Cow::Owned(unpacked);
    }
    if bytes.len() > MAX_BYTES {
        let message = format!("more than {MAX_BYTES} bytes are no feed; read it in parts");
        return Err(Error::new("too-large", message));
    }
    Ok(bytes)
}

/// Decodes by the byte order mark, by how the bytes lie, as UTF-8 where they are UTF-8, by what
/// the server says, by what the document says, and else by how they look.
fn decode<'b>(bytes: &'b [u8], media_type: Option<&str>, remarks: &mut Remarks) -> Cow<'b, str> {
    if let Some(text) = utf32(bytes) {
        return Cow::Owned(text);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..], remarks);
    }
    if let Some(encoding) = utf16(bytes) {
        return decode_as(encoding, bytes, remarks);
    }
    let charset = media_type.and_then(charset);
    let declared = declared(bytes);
    let mut named = None;
    for label in [charset, declared].into_iter().flatten() {
        match Encoding::for_label(label.trim().as_bytes()) {
            // Whoever can read that the document is in UTF-16 has found that it is not.
            Some(encoding) if encoding == UTF_16BE || encoding == UTF_16LE => {}
            Some(encoding) => {
                named = Some(encoding);
                break;
            }
            None => remarks.add("encoding-unknown", &label),
        }
    }
    let shifts = named.is_some_and(|encoding| !encoding.is_ascii_compatible());
    if !shifts && let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    // Mostly UTF-8 with a few broken bytes is UTF-8 that was cut or mixed, whatever it declares.
    if !shifts && is_mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes, remarks);
    }
    match named {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, bytes, remarks),
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Allow);
            remarks.add("encoding-guessed", encoding.name());
            decode_as(encoding, bytes, remarks)
        }
    }
}

fn decode_as<'b>(
    encoding: &'static Encoding,
    bytes: &'b [u8],
    remarks: &mut Remarks,
) -> Cow<'b, str> {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    if replaced {
        remarks.add("encoding-errors", encoding.name());
    }
    text
}

/// UTF-32, which browsers do not read and some feeds are written in.
fn utf32(bytes: &[u8]) -> Option<String> {
    let big = matches!(bytes, [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<', ..]);
    let little = matches!(bytes, [0xff, 0xfe, 0, 0, ..] | [b'<', 0, 0, 0, ..]);
    if !big && !little {
        return None;
    }
    let decode = |unit: &[u8]| {
        let unit: [u8; 4] = unit.try_into().unwrap_or_default();
        let code = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let text: String = bytes.chunks_exact(4).map(decode).collect();
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// UTF-16 without its mark: a document starts with `<`, and every second byte is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, b'<', 0, ..] => Some(UTF_16BE),
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether whole characters of several bytes are more common than broken ones: bytes of another
/// encoding hardly ever form one.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > broken
}

/// The `charset` of a media type.
fn charset(media_type: &str) -> Option<String> {
    let lower = media_type.to_ascii_lowercase();
    let after = lower[lower.find("charset")? + "charset".len()..].trim_start();
    let label = after.strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ' ', ';', ',']).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let head: String = head.iter().map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let declaration = &head[head.find("<?xml")?..];
    let declaration = &declaration[..declaration.find('>')?];
    let after = &declaration[declaration.find("encoding")? + "encoding".len()..];
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = value[1..].split(quote).next()?.trim();
    (!label.is_empty()).then(|| label.to_owned())
}

/// Drops controls, which no feed may hold. C1 controls are Windows-1252 that somebody took for
/// Latin-1, and get the character that was meant.
fn cleaned(text: Cow<'_, str>, remarks: &mut Remarks) -> String {
    let is_fine = |c: char| is_allowed(c) && !('\u{80}'..='\u{9f}').contains(&c);
    let text = match text {
        Cow::Owned(text) if text.chars().all(is_fine) => return text,
        Cow::Borrowed(text) if text.chars().all(is_fine) => return text.to_owned(),
        text => text,
    };
    let mut faults = 0;
    let mut cleaned = String::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            _ if is_fine(c) => cleaned.push(c),
            Ok(byte @ 0x80..=0x9f) => {
                faults += 1;
                cleaned.extend(crate::references::windows(byte));
            }
            _ => faults += 1,
        }
    }
    remarks.add_times("feed-repaired", faults, "a control character");
    cleaned
}
