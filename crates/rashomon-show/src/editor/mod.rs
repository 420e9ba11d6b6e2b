//! What the views for editors share: where words stand, in what order findings are read, which
//! tellings are the same to the eye.

mod accounts;
mod certainty;
mod left_out;
mod places;
mod remarks;
mod ties;
mod when;

use rashomon_article::{Discrepancy, Story, Verdict};

pub(crate) use accounts::{Account, account};
pub(crate) use certainty::{label, otherwise, told};
pub(crate) use left_out::{Reasons, excuse, omissions};
pub(crate) use places::Places;
pub(crate) use remarks::{Remark, Wording, by_speaker, tellers};
pub(crate) use ties::{likely, suggests};
pub(crate) use when::{month, when};

/// The differences, the gravest first.
pub(crate) fn by_gravity(story: &Story) -> Vec<&Discrepancy> {
    let mut differences: Vec<&Discrepancy> = story.discrepancies.iter().collect();
    differences.sort_by_key(|difference| gravity(difference.verdict));
    differences
}

fn gravity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Conflict => 0,
        Verdict::Update => 1,
        Verdict::Variant => 2,
        Verdict::Vague => 3,
        Verdict::Compatible => 4,
    }
}

/// The days from the first to the last report, where known.
pub(crate) fn days(story: &Story) -> Option<String> {
    let days = || story.documents.iter().filter_map(|d| d.article.published).map(|p| p.day());
    let (first, last) = (days().min()?, days().max()?);
    Some(if first == last { first.to_string() } else { format!("{first} to {last}") })
}

/// The headline of a story, or what names it where no report has one.
pub(crate) fn title(story: &Story) -> &str {
    if story.title.is_empty() { &story.id } else { &story.title }
}

/// `1 article`, `3 articles`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `6 articles · 5 outlets · 4 independent origins`.
pub(crate) fn breadth(story: &Story) -> String {
    let counts = story.counts(story.articles());
    format!(
        "{} · {} · {}",
        count(counts.articles, "article"),
        count(counts.outlets, "outlet"),
        count(counts.origins, "independent origin")
    )
}

/// How many of those who are silent are named where not all are.
const SILENT: usize = 4;

/// Some names, the first of them and how many more there are where not all are wanted.
pub(crate) fn some_names(names: &[&str], all: bool) -> (Vec<String>, String) {
    let mut different: Vec<String> = Vec::new();
    for name in names {
        if !different.iter().any(|known| known == name) {
            different.push((*name).to_owned());
        }
    }
    let rest = if all { 0 } else { different.len().saturating_sub(SILENT) };
    // One more name takes no more room than the word that there is one.
    if rest < 2 {
        return (different, String::new());
    }
    different.truncate(SILENT);
    (different, format!(" and {rest} more"))
}

/// A reason as a sentence: with a capital at its start and a stop at its end.
pub(crate) fn sentence(reason: &str) -> String {
    let reason = reason.trim();
    let mut chars = reason.chars();
    let mut sentence: String = chars.next().map(char::to_uppercase).into_iter().flatten().collect();
    sentence.push_str(chars.as_str());
    if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// A character that drives a terminal, reorders text or cannot be seen, made harmless.
///
/// Controls become their pictures (`␛`), what reorders text or is no character becomes `�`, line
/// ends become blanks, and what has no width and no meaning here is left out. Everything else
/// stays as it is: the words shown are the words of the source.
pub(crate) fn harmless(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32),
        '\u{7f}' => Some('␡'),
        '\u{80}'..='\u{9f}' => Some('�'),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('�'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' => None,
        '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' => None,
        '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => None,
        _ => Some(c),
    }
}

/// Words on one line, each character harmless, runs of white space one blank.
pub(crate) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for c in words.chars().filter_map(harmless) {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}
