use crate::editor::one_line;

/// Words of a source as Markdown that shows exactly these words, on one line, wherever they
/// stand: no emphasis, link, heading, table cell, footnote or HTML of their own.
///
/// Escapes what CommonMark 0.31 and GitHub's extensions (tables, strikethrough, bare addresses,
/// mathematics) give a meaning to.
pub(super) fn escape(words: &str) -> String {
    let words = one_line(words);
    let digits = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
    let mut out = String::with_capacity(words.len() + words.len() / 8);
    for (at, c) in words.char_indices() {
        let special = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&'
            | '$' | '@' | '!' | '^' => true,
            // A list item or an underlined heading begins only at the start.
            '-' | '+' | '=' => at == 0,
            // An ordered list begins so, and a bare address goes on so.
            '.' => at == digits && at > 0 || ends_in_www(&words[..at]),
            ')' => at == digits && at > 0,
            ':' => words[at..].starts_with("://") || is_mailto(&words[..at]),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn ends_in_www(before: &str) -> bool {
    let tail = before.len().checked_sub(3).and_then(|start| before.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case("www"))
}

fn is_mailto(before: &str) -> bool {
    let lower = before.to_ascii_lowercase();
    lower.ends_with("mailto") || lower.ends_with("xmpp")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn a_source_cannot_write_markdown() {
        let table = [
            ("plain words, 3.5 m (high) - and low", "plain words, 3.5 m (high) - and low"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("[a](b) ![c](d)", "\\[a\\](b) \\!\\[c\\](d)"),
            ("# not a heading", "\\# not a heading"),
            ("- no item", "\\- no item"),
            ("1. no item", "1\\. no item"),
            ("a | b", "a \\| b"),
            ("*so* _so_ ~~so~~ `so`", "\\*so\\* \\_so\\_ \\~\\~so\\~\\~ \\`so\\`"),
            (
                "see https://x.example or WWW.x.example",
                "see https\\://x.example or WWW\\.x.example",
            ),
            ("two\n\n# lines", "two \\# lines"),
            ("&lt;b&gt; $x$ [^1]", "\\&lt;b\\&gt; \\$x\\$ \\[\\^1\\]"),
            ("a\u{1b}[2Jb\u{202e}c", "a␛\\[2Jb�c"),
        ];
        for (words, expected) in table {
            assert_eq!(escape(words), expected);
        }
    }
}
