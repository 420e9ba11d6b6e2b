use crate::name;

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Html,
    /// JSON Lines, one JSON object, or an array of them.
    Records,
}

/// How much of the head is searched for tags.
const HEAD: usize = 2048;

/// What a text is by what it holds; its name decides where that is open.
pub(crate) fn kind(name: &str, text: &str) -> Kind {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let extension = name::extension(name);
    let says_records = matches!(extension.as_str(), "json" | "jsonl" | "ndjson");
    if starts_as_json(start) || says_records {
        return Kind::Records;
    }
    let says_html = matches!(extension.as_str(), "html" | "htm" | "xhtml");
    if is_html(start) || (says_html && start.contains('<')) { Kind::Html } else { Kind::Plain }
}

/// An object with a key, or an array of such.
fn starts_as_json(start: &str) -> bool {
    let inner = start.strip_prefix('[').map_or(start, str::trim_start);
    inner
        .strip_prefix('{')
        .map(str::trim_start)
        .is_some_and(|rest| rest.starts_with('"') && rest.contains("\":") || rest.starts_with('}'))
        || inner.strip_prefix('{').is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with('"')
                && rest[1..]
                    .split_once('"')
                    .is_some_and(|(_, after)| after.trim_start().starts_with(':'))
        })
}

/// Whether a text is plainly HTML: its head has the marks of a page, or it is full of tags.
pub(crate) fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    if !start.contains('<') {
        return false;
    }
    let mut end = start.len().min(HEAD);
    while !start.is_char_boundary(end) {
        end -= 1;
    }
    let head = start[..end].to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return true;
    }
    let page = ["<html", "<head", "<body", "<!doctype html"].iter().any(|tag| head.contains(tag));
    let blocks = ["<p>", "<p ", "<div", "<article", "<h1", "<span", "<br", "<meta", "<section"];
    let tags: usize = blocks.iter().map(|tag| head.matches(tag).count()).sum();
    head.starts_with('<') && (page || tags >= 2 || (tags >= 1 && head.contains("</")))
        || (page && tags >= 1)
        || (tags >= 3 && head.contains("</p>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let table = [
            ("a.txt", "The council met.", Kind::Plain),
            ("a", "<!DOCTYPE html><p>Hi", Kind::Html),
            ("a.txt", "  <div class=x><p>Hi</p></div>", Kind::Html),
            ("a.html", "<b>Hi</b>", Kind::Html),
            ("a.html", "No tags here", Kind::Plain),
            ("a", "{\"text\": \"Hi\"}\n{}", Kind::Records),
            ("a", "[{\"text\": \"Hi\"}]", Kind::Records),
            ("a.jsonl", "oops", Kind::Records),
            ("a", "{curly} is a word", Kind::Plain),
            ("a", "[Reuters] The port is shut", Kind::Plain),
            ("a", "If a < b and c > d, then <p> is a tag.", Kind::Plain),
        ];
        for (name, text, expected) in table {
            assert_eq!(kind(name, text), expected, "{text}");
        }
    }
}
