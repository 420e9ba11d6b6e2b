//! What the head of an answer says.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use ureq::http::{HeaderMap, HeaderName, HeaderValue, header};

/// A validator as text: bytes outside of ASCII become the characters of the same number, so that
/// [`validator_value`] gives back the bytes that came.
pub(crate) fn validator(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    (!value.is_empty()).then(|| value.iter().map(|&byte| char::from(byte)).collect())
}

/// A validator as it goes back to the server, or `None` where HTTP cannot carry it.
pub(crate) fn validator_value(validator: &str) -> Option<HeaderValue> {
    let bytes: Option<Vec<u8>> =
        validator.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    let bytes = bytes.unwrap_or_else(|| validator.as_bytes().to_vec());
    HeaderValue::from_bytes(&bytes).ok()
}

/// Media type and charset of `Content-Type`.
pub(crate) fn content_type(headers: &HeaderMap) -> (Option<String>, Option<String>) {
    let Some(value) = headers.get(header::CONTENT_TYPE) else {
        return (None, None);
    };
    let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
    let mut parts = value.split(';').map(str::trim);
    let media_type = parts.next().filter(|media_type| media_type.contains('/'));
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        (name.trim() == "charset" && !value.is_empty()).then(|| value.to_owned())
    });
    (media_type.map(str::to_owned), charset)
}

/// How long the server asks to be left alone: seconds, or a date. More than a day counts as one.
pub(crate) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let asked = match whole_seconds(value) {
        Some(seconds) => seconds,
        None => date(value)?.duration_since(SystemTime::from(now)).unwrap_or_default(),
    };
    Some(asked.min(LONGEST_REST))
}

/// How long an answer stays good, by `Cache-Control` or else `Expires`, less the time that it
/// spent in caches on its way.
pub(crate) fn max_age(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let mut directives = Vec::new();
    for value in headers.get_all(header::CACHE_CONTROL) {
        let Ok(value) = value.to_str() else { continue };
        directives.extend(value.split(',').map(|directive| directive.trim().to_ascii_lowercase()));
    }
    if directives.iter().any(|directive| directive == "no-store" || directive == "no-cache") {
        return Some(Duration::ZERO);
    }
    let stated = directives.iter().find_map(|directive| {
        let (name, seconds) = directive.split_once('=')?;
        (name.trim() == "max-age").then(|| whole_seconds(seconds.trim().trim_matches('"')))?
    });
    if let Some(stated) = stated {
        let age = text(headers, &header::AGE).and_then(whole_seconds).unwrap_or_default();
        return Some(stated.saturating_sub(age));
    }
    // An unreadable date of expiry, such as 0, means that the answer has expired.
    let expires = text(headers, &header::EXPIRES)?;
    let from = text(headers, &header::DATE).and_then(date).unwrap_or(SystemTime::from(now));
    Some(date(expires).and_then(|expires| expires.duration_since(from).ok()).unwrap_or_default())
}

/// The longest rest that a server can ask for.
const LONGEST_REST: Duration = Duration::from_secs(24 * 60 * 60);

/// The most seconds that a header can name: a year.
const LONGEST: u64 = 365 * 24 * 60 * 60;

fn whole_seconds(text: &str) -> Option<Duration> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Duration::from_secs(text.parse().unwrap_or(LONGEST).min(LONGEST)))
}

fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text.trim()).ok()
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        headers
    }

    #[test]
    fn media_types_and_charsets_are_read_leniently() {
        let cases = [
            ("text/html", Some("text/html"), None),
            ("Text/HTML; Charset=UTF-8", Some("text/html"), Some("utf-8")),
            ("text/html;charset=\"windows-1252\"", Some("text/html"), Some("windows-1252")),
            ("text/html; charset='utf-8'", Some("text/html"), Some("utf-8")),
            ("text/html; charset = utf-8 ; a=b", Some("text/html"), Some("utf-8")),
            ("text/html; a=b; charset=koi8-r", Some("text/html"), Some("koi8-r")),
            ("text/html; charset=", Some("text/html"), None),
            ("text/html; charset", Some("text/html"), None),
            ("; charset=utf-8", None, Some("utf-8")),
            ("html", None, None),
            ("", None, None),
        ];
        for (value, media_type, charset) in cases {
            let found = content_type(&headers(&[("content-type", value)]));
            assert_eq!((found.0.as_deref(), found.1.as_deref()), (media_type, charset), "{value}");
        }
        assert_eq!(content_type(&HeaderMap::new()), (None, None));
    }

    #[test]
    fn an_answer_stays_good_as_long_as_its_head_says() {
        const DATE: (&str, &str) = ("date", "Mon, 04 May 2026 12:00:00 GMT");
        let now: Timestamp = "2026-05-04T12:10:00Z".parse().unwrap();
        type Lines = &'static [(&'static str, &'static str)];
        let cases: &[(Lines, Option<u64>)] = &[
            (&[], None),
            (&[("cache-control", "public, max-age=300")], Some(300)),
            (&[("cache-control", "Max-Age=\"300\"")], Some(300)),
            (&[("cache-control", "public"), ("cache-control", "max-age=60")], Some(60)),
            (&[("cache-control", "max-age=300"), ("age", "100")], Some(200)),
            (&[("cache-control", "max-age=300"), ("age", "900")], Some(0)),
            (&[("cache-control", "no-cache, max-age=300")], Some(0)),
            (&[("cache-control", "no-store")], Some(0)),
            (&[("cache-control", "max-age=soon")], None),
            (&[("cache-control", "max-age=99999999999999999999999")], Some(LONGEST)),
            (&[("cache-control", "s-maxage=9")], None),
            (&[("expires", "Mon, 04 May 2026 12:20:00 GMT")], Some(600)),
            (&[("expires", "Mon, 04 May 2026 12:20:00 GMT"), DATE], Some(1200)),
            (&[("expires", "Mon, 04 May 2026 11:00:00 GMT")], Some(0)),
            (&[("expires", "0")], Some(0)),
            (&[("expires", "0"), ("cache-control", "max-age=5")], Some(5)),
        ];
        for (lines, expected) in cases {
            let found = max_age(&headers(lines), now);
            assert_eq!(found, expected.map(Duration::from_secs), "{lines:?}");
        }
    }

    #[test]
    fn validators_go_back_as_they_came() {
        let bytes: Vec<u8> = (0x20..=0x7e).chain(0x80..=0xff).collect();
        let mut headers = HeaderMap::new();
        headers.insert(header::ETAG, HeaderValue::from_bytes(&bytes).unwrap());
        let kept = validator(&headers, &header::ETAG).unwrap();
        assert_eq!(validator_value(&kept).unwrap().as_bytes(), bytes);
        // A validator that was kept by somebody else may hold any character.
        assert_eq!(validator_value("\u{2014}").unwrap().as_bytes(), "\u{2014}".as_bytes());
        assert_eq!(validator_value("a\nb"), None);
    }
}
