//! The answer of a server as a crawl keeps it.

use httparse::{EMPTY_HEADER, ParserConfig, Response, Status};

/// An answer has no more fields than this.
const MOST_FIELDS: usize = 512;

/// The head of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Answer {
    pub status: u16,
    pub media_type: Option<String>,
    /// How the body was packed, the last coding first.
    pub codings: Vec<String>,
    pub chunked: bool,
    /// Where the body begins.
    pub body: usize,
}

/// Reads the head of an answer; `None` where there is none.
pub(super) fn answer(bytes: &[u8]) -> Option<Answer> {
    // The later versions have no text form: crawlers write the first line as if they had.
    let later = bytes.starts_with(b"HTTP/2") || bytes.starts_with(b"HTTP/3");
    if !later {
        return parse(bytes);
    }
    let after = bytes.iter().position(|&byte| byte == b' ')?;
    let mut mended = b"HTTP/1.1".to_vec();
    mended.extend_from_slice(&bytes[after..]);
    let answer = parse(&mended)?;
    Some(Answer { body: answer.body + after - b"HTTP/1.1".len(), ..answer })
        .filter(|answer| answer.body <= bytes.len())
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let mut config = ParserConfig::default();
    config
        .allow_spaces_after_header_name_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_multiple_spaces_in_response_status_delimiters(true)
        .ignore_invalid_headers_in_responses(true);
    let mut fields = [EMPTY_HEADER; MOST_FIELDS];
    let mut response = Response::new(&mut fields);
    let body = match config.parse_response(&mut response, bytes) {
        Ok(Status::Complete(body)) => body,
        _ => return None,
    };
    let mut answer = Answer { status: response.code?, body, ..Answer::default() };
    for field in response.headers.iter() {
        let value = String::from_utf8_lossy(field.value).trim().to_owned();
        match field.name.to_ascii_lowercase().as_str() {
            "content-type" => answer.media_type = Some(value),
            "content-encoding" => {
                let codings = value.split(',').map(|coding| coding.trim().to_ascii_lowercase());
                answer.codings = codings.filter(|coding| !coding.is_empty()).collect();
                answer.codings.reverse();
            }
            "transfer-encoding" => answer.chunked = value.to_ascii_lowercase().contains("chunked"),
            _ => {}
        }
    }
    Some(answer)
}

/// The body without the lengths of its chunks, and whether all were there. A body that has none,
/// since the crawler took them out already, comes as it is.
pub(super) fn joined(body: &[u8]) -> (Vec<u8>, bool) {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((length, after)) = chunk(rest) {
        if length == 0 {
            return (joined, true);
        }
        let content = after.get(..length).unwrap_or(after);
        joined.extend_from_slice(content);
        let Some(next) = after.get(length..) else {
            return (joined, false);
        };
        rest = next.strip_prefix(b"\r\n").or_else(|| next.strip_prefix(b"\n")).unwrap_or(next);
    }
    if joined.is_empty() { (body.to_vec(), true) } else { (joined, false) }
}

/// The length of a chunk and what follows the line that tells it.
fn chunk(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(64).position(|&byte| byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    let length = usize::from_str_radix(digits, 16).ok()?;
    Some((length, &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX: \xff\r\n\
            Content-Encoding: gzip, br\r\nTransfer-Encoding: Chunked\r\n\r\nbody";
        let found = answer(bytes).expect("an answer");
        assert_eq!(&bytes[found.body..], b"body");
        assert_eq!((found.status, found.chunked), (200, true));
        assert_eq!(found.codings, ["br", "gzip"]);
        let later = b"HTTP/2 301 \r\nLocation: /\r\n\r\nmoved";
        let found = answer(later).expect("an answer");
        assert_eq!((found.status, &later[found.body..]), (301, &b"moved"[..]));
        for bytes in ["", "<html>", "HTTP/2", "HTTP/1.1 200 OK\r\n"] {
            assert_eq!(answer(bytes.as_bytes()), None);
        }
    }

    #[test]
    fn chunks() {
        let table: &[(&[u8], &[u8], bool)] = &[
            (b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", b"abcde", true),
            (b"3\nabc\n0\n", b"abc", true),
            (b"<html>whole</html>", b"<html>whole</html>", true),
            (b"5\r\nabc", b"abc", false),
            (b"3\r\nabc\r\nzz\r\n", b"abc", false),
            (b"ffffffffffffffff\r\nab", b"ab", false),
            (b"", b"", true),
        ];
        for (body, expected, whole) in table {
            assert_eq!(joined(body), (expected.to_vec(), *whole));
        }
    }
}
