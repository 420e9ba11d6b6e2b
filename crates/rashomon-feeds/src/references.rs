//! Character and entity references, of XML and of HTML.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// No name of an entity of HTML is longer.
const LONGEST_NAME: usize = 32;

/// Decodes the references of a text once. What is no reference stays as it stands.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let mut decoded = String::with_capacity(text.len());
    decoded.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(after) = rest.strip_prefix('&') {
        match reference(after) {
            Some((meaning, length)) => {
                meaning.push_to(&mut decoded);
                rest = &after[length..];
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
        let next = rest.find('&').unwrap_or(rest.len());
        decoded.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(decoded)
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Char(char),
    Text(&'static str),
}

impl Meaning {
    pub fn push_to(self, text: &mut String) {
        match self {
            Meaning::Char(c) => text.push(c),
            Meaning::Text(meaning) => text.push_str(meaning),
        }
    }
}

/// The meaning of what stands between `&` and `;`.
pub(crate) fn resolve(name: &str) -> Option<Meaning> {
    match name.strip_prefix('#') {
        Some(number) => character(number).map(Meaning::Char),
        None => resolve_html5_entity(name).map(Meaning::Text),
    }
}

/// The reference after an ampersand, and its length with the semicolon.
fn reference(after: &str) -> Option<(Meaning, usize)> {
    let head = &after.as_bytes()[..after.len().min(LONGEST_NAME + 1)];
    if let Some(end) = head.iter().position(|&byte| byte == b';')
        && let Some(meaning) = resolve(&after[..end])
    {
        return Some((meaning, end + 1));
    }
    // HTML lets the oldest ones go without.
    const BARE: &[(&str, char)] =
        &[("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("nbsp", '\u{a0}')];
    BARE.iter().find_map(|&(name, c)| {
        let next = after.strip_prefix(name)?.chars().next();
        let ends = next.is_none_or(|c| !c.is_alphanumeric() && c != '=');
        ends.then_some((Meaning::Char(c), name.len()))
    })
}

/// The character of a decimal or hexadecimal number. Numbers of the C1 controls mean what
/// Windows-1252 has there, as in browsers.
fn character(number: &str) -> Option<char> {
    let digits = number.strip_prefix(['x', 'X']);
    let code = match digits {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16).ok()?
        }
        None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    if let 0x80..=0x9f = code {
        return windows(u8::try_from(code).ok()?);
    }
    char::from_u32(code).filter(|&c| is_allowed(c))
}

/// The character of a byte in Windows-1252.
pub(crate) fn windows(byte: u8) -> Option<char> {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    // Five bytes mean nothing there.
    text.chars().next().filter(|c| !c.is_control())
}

/// Whether a character may stand in a text: no control but the blanks, no non-character.
pub(crate) fn is_allowed(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' | '\u{7f}' => false,
        _ => c >= ' ',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once() {
        let table = [
            ("plain", "plain"),
            ("Bell &amp; Cole", "Bell & Cole"),
            ("Bell &amp;amp; Cole", "Bell &amp; Cole"),
            ("caf&eacute; &#8211; &#x2014;", "café – —"),
            ("don&#146;t", "don’t"),
            ("&#144;", "&#144;"),
            ("AT&T", "AT&T"),
            ("a & b; c", "a & b; c"),
            ("?a=1&b=2&copy=3", "?a=1&b=2&copy=3"),
            ("&nbsp &lt", "\u{a0} <"),
            ("&#0;&#xD800;&#99999999999;&#x;&;", "&#0;&#xD800;&#99999999999;&#x;&;"),
            ("&nosuchname;", "&nosuchname;"),
            ("&#+65;", "&#+65;"),
            ("ends in &", "ends in &"),
        ];
        for (text, expected) in table {
            assert_eq!(decode(text), expected, "{text}");
        }
    }
}
