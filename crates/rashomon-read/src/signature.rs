/// The first bytes of files that hold no text, and what the files are.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"OggS", "Ogg sound or video"),
    (b"ID3", "MP3 sound"),
    (b"fLaC", "FLAC sound"),
    (b"\x1aE\xdf\xa3", "Matroska video"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"{\\rtf", "an RTF document"),
];

/// How many bytes at the head are looked at for signs of binary content.
const HEAD: usize = 8192;

/// What the bytes are, where they are no text: `"a PDF document"`.
pub(crate) fn not_text(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    if bytes.starts_with(b"RIFF") && bytes.len() >= 12 {
        return Some(match &bytes[8..12] {
            b"WEBP" => "a WebP picture",
            b"WAVE" => "WAVE sound",
            _ => "a RIFF container of sound or video",
        });
    }
    if bytes.len() >= 12 && &bytes[4..8] == b"ftyp" {
        return Some("MP4 video or an HEIF picture");
    }
    // UTF-16 is full of NUL bytes; its byte order mark says so.
    if has_utf16_mark(bytes) {
        return None;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    if looks_utf16(head).is_some() {
        return None;
    }
    let controls = head
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1b))
        .count();
    let binary = head.contains(&0) || controls * 10 > head.len();
    binary.then_some("binary data")
}

fn has_utf16_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff")
}

/// UTF-16 without a byte order mark, told by where its NUL bytes stand.
pub(crate) fn looks_utf16(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if head.len() < 16 {
        return None;
    }
    let even = head.iter().step_by(2).filter(|&&byte| byte == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|&&byte| byte == 0).count();
    let most = head.len() / 2 * 7 / 10;
    match (even, odd) {
        (0, odd) if odd >= most => Some(encoding_rs::UTF_16LE),
        (even, 0) if even >= most => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_files() {
        assert_eq!(not_text(b"%PDF-1.7 ..."), Some("a PDF document"));
        assert_eq!(not_text(b"RIFF....WEBPVP8 "), Some("a WebP picture"));
        assert_eq!(not_text(b"some\0thing"), Some("binary data"));
        assert_eq!(not_text("Größe — “words”\n".as_bytes()), None);
        assert_eq!(not_text(b"\xff\xfeA\0d\0a\0"), None);
        assert_eq!(not_text(b""), None);
        assert_eq!(
            not_text(
                "ocean report"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<_>>()
                    .as_slice()
            ),
            None
        );
    }
}
