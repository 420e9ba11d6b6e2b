//! Small parts that pages share.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use rashomon::text::Span;
use rashomon_desk::store::Snippet;
use rashomon_desk::store::StoryRow;

/// `1 report`, `2 reports`.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

/// A moment, exact for machines; the script adds how long ago it was. Midnight to the microsecond is
/// how a day without a time is kept.
pub(crate) fn moment(at: Timestamp) -> Markup {
    let zoned = at.to_zoned(TimeZone::UTC);
    let is_day = at.as_microsecond() % (24 * 3600 * 1_000_000) == 0;
    html! {
        @if is_day {
            time datetime=(zoned.strftime("%Y-%m-%d")) { (zoned.strftime("%-d %b %Y")) }
        } @else {
            time datetime=(at) title=(zoned.strftime("%-d %B %Y, %H:%M UTC")) {
                (zoned.strftime("%-d %b %Y, %H:%M UTC"))
            }
        }
    }
}

/// When something was told, where that is known.
pub(crate) fn told_at(at: Timestamp, dated: bool) -> Markup {
    html! { @if dated { (moment(at)) } @else { span title="The report does not say when it came out" { "undated" } } }
}

/// A moment that may not be known.
pub(crate) fn maybe_moment(at: Option<Timestamp>) -> Markup {
    html! { @if let Some(at) = at { (moment(at)) } @else { "never" } }
}

/// What a story is called.
pub(crate) fn title(row: &StoryRow) -> &str {
    row.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).unwrap_or("(no headline)")
}

/// The address of a story.
pub(crate) fn story_address(story: u64) -> String {
    format!("/stories/s{story}")
}

/// Words with what was searched for marked in them. The marks are of the words.
pub(crate) fn marked(words: &str, marks: &[Span]) -> Markup {
    let mut at = 0;
    let mut parts: Vec<(&str, bool)> = Vec::new();
    for mark in marks {
        if mark.start() < at || words.get(mark.start()..mark.end()).is_none() {
            continue;
        }
        parts.push((&words[at..mark.start()], false));
        parts.push((&words[mark.start()..mark.end()], true));
        at = mark.end();
    }
    parts.push((&words[at..], false));
    html! {
        @for (part, is_marked) in parts {
            @if is_marked { mark { (part) } } @else { (part) }
        }
    }
}

/// A piece of a report around what was found.
pub(crate) fn snippet(snippet: &Snippet) -> Markup {
    // The marks are of the text, the words a part of it.
    let from = snippet.span.start();
    let marks = snippet.marks.iter().filter_map(|mark| {
        Some(Span::new(mark.start().checked_sub(from)?, mark.end().checked_sub(from)?))
    });
    marked(&snippet.words, &marks.collect::<Vec<Span>>())
}

/// The link to the next page of a list.
pub(crate) fn more(next: Option<&str>, address: &str, pairs: &[(&str, &str)]) -> Markup {
    html! {
        @if let Some(next) = next {
            p.more-list {
                a href=(with(address, &[pairs, &[("after", next)]].concat())) data-more { "Older" }
            }
        }
    }
}

/// A name as one part of a path.
pub(crate) fn part(name: &str) -> String {
    let mut part = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            part.push(char::from(byte));
        } else {
            part.push_str(&format!("%{byte:02X}"));
        }
    }
    // A browser takes these two for ways through the tree.
    match part.as_str() {
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        _ => part,
    }
}

/// An address with a query; pairs without a value are left out.
pub(crate) fn with(address: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    match query.finish() {
        query if query.is_empty() => address.to_owned(),
        query => format!("{address}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_do_not_fit_are_left_out() {
        let spans = [Span::new(0, 2), Span::new(1, 3), Span::new(4, 90)];
        let html = marked("é<b>", &spans).into_string();
        assert_eq!(html, "<mark>é</mark>&lt;b&gt;");
    }

    #[test]
    fn marks_stand_where_the_words_do() {
        let (span, marks) = (Span::new(10, 20), vec![Span::new(14, 17)]);
        let html = snippet(&Snippet { span, words: "one two ok".to_owned(), marks });
        assert_eq!(html.into_string(), "one <mark>two</mark> ok");
    }

    #[test]
    fn addresses_carry_what_is_given() {
        assert_eq!(with("/search", &[("q", "a&b"), ("after", "")]), "/search?q=a%26b");
        assert_eq!(with("/search", &[("q", "")]), "/search");
    }

    #[test]
    fn a_name_is_one_part_of_a_path() {
        for (name, written) in [("a b", "a%20b"), ("a/é", "a%2F%C3%A9"), ("..", "%2E%2E")] {
            assert_eq!(part(name), written);
        }
    }

    #[test]
    fn counts_of_one_are_of_one() {
        assert_eq!(counted(1, "story"), "1 story");
        assert_eq!(counted(2, "story"), "2 stories");
        assert_eq!(counted(0, "report"), "0 reports");
    }
}
