//! HTML turned into a line of plain text: for headlines and teasers.

use crate::references;

/// Elements of HTML that occur in headlines and teasers. Anything else in angle brackets is
/// something that the outlet wrote: `<censored>`, `1 < 2`.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "li",
    "link",
    "main",
    "mark",
    "meta",
    "nav",
    "nobr",
    "noscript",
    "object",
    "ol",
    "p",
    "param",
    "picture",
    "pre",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// Elements that stand within a line: no blank comes from them.
const WITHIN_LINES: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Joins blanks and lines to single blanks.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Drops tags, comments, scripts and styles, decodes references, joins blanks.
pub(crate) fn to_plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    // Where no `-->` follows at one place, none follows later: looked for once.
    let mut comments = true;
    while let Some(at) = rest.find('<') {
        text.push_str(&references::decode(&rest[..at]));
        rest = &rest[at..];
        if comments && let Some(comment) = rest.strip_prefix("<!--") {
            match comment.find("-->") {
                Some(end) => {
                    rest = &comment[end + 3..];
                    continue;
                }
                None => comments = false,
            }
        }
        match tag(rest) {
            Some((name, length)) => {
                if !WITHIN_LINES.contains(&name.as_str()) {
                    text.push(' ');
                }
                rest = after_raw(&name, &rest[length..], rest.starts_with("</"));
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(&references::decode(rest));
    one_line(&text)
}

/// The name and length of the tag that a text starts with, if it is one of HTML.
fn tag(text: &str) -> Option<(String, usize)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    let name = inner.get(..end).filter(|name| name.len() <= 10)?.to_ascii_lowercase();
    ELEMENTS.binary_search(&name.as_str()).ok()?;
    let mut quote = None;
    for (at, byte) in inner[end..].bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some((name, text.len() - inner.len() + end + at + 1)),
            // A tag does not hold another one, so that each byte is looked at once.
            (b'<', _) => return None,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Where the text goes on after a start tag: what scripts and styles hold is no text.
fn after_raw<'t>(name: &str, rest: &'t str, is_end: bool) -> &'t str {
    if is_end || !matches!(name, "script" | "style") {
        return rest;
    }
    rest.find("</").map_or("", |end| &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_to_plain() {
        let table = [
            ("Ferry sinks off Lusa", "Ferry sinks off Lusa"),
            ("<b>Ferry</b> sinks\n off&nbsp;Lusa", "Ferry sinks off Lusa"),
            ("<p>One.</p><p>Two.</p>", "One. Two."),
            ("a<br>b<br/>c", "a b c"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("The <censored> minister", "The <censored> minister"),
            ("<a href=\"x?a>b\">link</a>ed", "linked"),
            ("x<!-- <b>no</b> -->y", "xy"),
            ("x<!-- open", "x<!-- open"),
            ("<script>if (a < b) {}</script>Told", "Told"),
            ("<style>p {}", ""),
            ("&lt;b&gt; is a tag", "<b> is a tag"),
            ("<b <i>x</i>", "<b x"),
        ];
        for (html, expected) in table {
            assert_eq!(to_plain(html), expected, "{html}");
        }
    }

    #[test]
    fn lists_are_sorted() {
        assert!(ELEMENTS.is_sorted());
        assert!(WITHIN_LINES.is_sorted());
    }
}
