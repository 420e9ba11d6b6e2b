use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use crate::signature::looks_utf16;

/// How far into a page its own word about its encoding may stand; the HTML standard says 1024,
/// pages of the web say it later.
const DECLARED_WITHIN: usize = 4096;

/// Text, and how it was found.
pub(crate) struct Decoded<'b> {
    /// The text without a byte order mark.
    pub text: Cow<'b, str>,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Whether bytes that mean nothing in that encoding were replaced.
    pub replaced: bool,
}

/// Decodes bytes: by their byte order mark, as UTF-8 where they are UTF-8, by what the sender or
/// else the page declares, and else by how they look.
pub(crate) fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Decoded<'b> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    if let Some(encoding) = looks_utf16(&bytes[..bytes.len().min(DECLARED_WITHIN)]) {
        return decode_as(encoding, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), replaced: false };
    }
    // Mostly UTF-8 with a few broken bytes is UTF-8 that was cut or mixed, whatever it declares.
    if is_mostly_utf8(bytes) {
        return decode_as(UTF_8, bytes);
    }
    let label = charset.and_then(|charset| Encoding::for_label(charset.trim().as_bytes()));
    match label.filter(|label| *label != UTF_8).or_else(|| declared(bytes)) {
        Some(encoding) if encoding != UTF_8 => decode_as(encoding, bytes),
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(bytes, true);
            decode_as(detector.guess(None, Utf8Detection::Allow), bytes)
        }
    }
}

/// The `charset` of a media type.
pub(crate) fn charset(media_type: &str) -> Option<&str> {
    let (_, parameters) = media_type.split_once(';')?;
    parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Decoded<'b> {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), replaced }
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

/// The encoding that a page names in a `meta` element or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    ["charset=", "encoding="].iter().find_map(|key| {
        let after = &head[head.find(key)? + key.len()..];
        let label: String = after
            .trim_start_matches(['"', '\'', ' '])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
            .collect();
        Encoding::for_label(label.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let table: &[(&[u8], &str, &str)] = &[
            (b"plain", "plain", "UTF-8"),
            ("\u{feff}mark".as_bytes(), "mark", "UTF-8"),
            (b"\xff\xfeA\0d\0a\0", "Ada", "UTF-16LE"),
            (b"\xfe\xff\0A\0d\0a", "Ada", "UTF-16BE"),
            (
                b"The caf\xe9 is \x93open\x94, she said.",
                "The caf\u{e9} is “open”, she said.",
                "windows-1252",
            ),
            (b"<meta charset=iso-8859-2>\xb1", "<meta charset=iso-8859-2>ą", "ISO-8859-2"),
        ];
        for (bytes, text, encoding) in table {
            let decoded = decode(bytes, None);
            assert_eq!((&*decoded.text, decoded.encoding), (*text, *encoding));
            assert!(!decoded.replaced);
        }
    }

    #[test]
    fn what_the_sender_declares_goes_before_the_page() {
        let page = b"<meta charset=iso-8859-2>caf\xe9 \xb1";
        assert!(
            decode(page, charset("text/html; Charset=\"windows-1252\""))
                .text
                .ends_with("caf\u{e9} \u{b1}")
        );
        assert!(decode(page, charset("text/html")).text.ends_with("ą"));
        assert_eq!(&*decode("café".as_bytes(), Some("iso-8859-1")).text, "café");
    }

    #[test]
    fn a_cut_character_is_replaced() {
        let decoded = decode("one “two” three—".as_bytes().split_last().expect("bytes").1, None);
        assert!(decoded.replaced);
        assert!(decoded.text.starts_with("one “two” three"));
    }
}
