//! Lists in the terminal.

use jiff::Timestamp;

/// A text of a source on one line, in which no character drives the terminal.
pub fn plain(text: &str) -> String {
    let shown = |c: char| match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => ' ',
        c => c,
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().map(shown).collect()
}

/// A day.
pub fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// One day, or two with what lies between.
pub fn span(first: Timestamp, last: Timestamp) -> String {
    let (first, last) = (day(first), day(last));
    if first == last { first } else { format!("{first} to {last}") }
}

/// `1 article`, `2 articles`.
pub fn counted(number: u64, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if number == 1 => format!("{number} {noun}"),
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}

/// `once`, `2 times`.
pub fn times(number: u64) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}
