//! Expectations in Python: the conditions of feedparser's tests, as far as they hold a field that
//! is read here against a string, a number or a time.

use super::fact::Fact;

/// The facts of a condition; a condition with `or` has none.
pub fn facts(condition: &str) -> Vec<Fact> {
    if condition.contains(" or ") {
        return Vec::new();
    }
    condition.split(" and ").filter_map(fact).collect()
}

fn fact(condition: &str) -> Option<Fact> {
    let condition = condition.trim().trim_matches(['(', ')']);
    match condition {
        "bozo" => return Some(Fact::new("well-formed", None, "false")),
        "not bozo" => return Some(Fact::new("well-formed", None, "true")),
        _ => {}
    }
    let (left, right) = condition.split_once(" == ")?;
    if left == "len(entries)" {
        return Some(Fact::new("entries", None, right.trim()));
    }
    let (left, is_instant) = match left.strip_suffix("_parsed']") {
        Some(start) => (format!("{start}']"), true),
        None => (left.to_owned(), false),
    };
    let (field, entry) = field(&left.replace("['", ".").replace("']", ""))?;
    if field == "published" && !is_instant {
        return None;
    }
    let expected = if is_instant { instant(right.trim())? } else { literal(right.trim())? };
    Some(Fact::new(field, entry, &expected))
}

/// `entries[0].title` as a field of the table.
fn field(path: &str) -> Option<(&'static str, Option<usize>)> {
    if let Some(field) = path.strip_prefix("feed.") {
        let field = match field {
            "title" => "feed title",
            "link" => "home",
            "description" | "subtitle" | "tagline" | "tagline_detail.value" | "info" => {
                "feed description"
            }
            "language" => "feed language",
            _ => return None,
        };
        return Some((field, None));
    }
    let (at, field) = path.strip_prefix("entries[")?.split_once("].")?;
    let field = match field {
        "title" => "title",
        "link" => "address",
        "id" | "guid" => "id",
        "description" | "summary" | "summary_detail.value" => "words",
        "content[0].value" => "content",
        "published" => "published",
        "updated" => "updated",
        "source.href" => "source address",
        "author_detail.name" => "authors",
        field if field.starts_with("tags[") && field.ends_with(".term") => "categories",
        _ => return None,
    };
    Some((field, at.parse().ok()))
}

/// A string of Python, in single or double marks, once or three times.
fn literal(text: &str) -> Option<String> {
    let mark = ["\"\"\"", "'", "\""].into_iter().find(|mark| text.starts_with(mark))?;
    let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let mut words = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            words.push(c);
            continue;
        }
        let digits = match chars.next()? {
            'x' => 2,
            'u' => 4,
            'n' => {
                words.push('\n');
                continue;
            }
            c => {
                words.push(c);
                continue;
            }
        };
        let code: String = chars.by_ref().take(digits).collect();
        words.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
    }
    Some(words)
}

/// `(2004, 1, 1, 19, 48, 21, 3, 1, 0)` in UTC.
fn instant(text: &str) -> Option<String> {
    let inner = text.strip_prefix('(')?.trim_end_matches(')');
    let parts: Vec<i16> = inner.split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let &[year, month, day, hour, minute, second, ..] = parts.as_slice() else {
        return None;
    };
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}
