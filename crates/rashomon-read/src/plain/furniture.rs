use std::collections::BTreeSet;

use rashomon_article::BlockKind;
use rashomon_language::Reading as Words;

use super::line::{fold, holds_any, opens_with};
use super::{Draft, Unit};

/// A line with more words is prose, whatever it opens with.
const MOST_WORDS: usize = 45;
/// A line of one sentence that asks the reader for something may have this many words.
const MOST_WORDS_OPENER: usize = 28;
/// A paragraph of fewer words may be said twice on purpose.
const LEAST_WORDS_AGAIN: usize = 8;
/// An appeal of more words speaks to its reader, and has no more than this.
const MOST_WORDS_APPEAL: usize = 90;
/// Other articles' headlines at the foot: at least so many lines of so few words.
const TEASERS: usize = 4;
const TEASER_WORDS: usize = 20;
/// A list of links: at least so many lines of so few words.
const MENU_LINES: usize = 5;
const MENU_WORDS: usize = 4;

/// Marks single lines that the page brought along.
pub(super) fn mark_lines(draft: &mut Draft<'_>) {
    for at in 0..draft.units.len() {
        if draft.units[at].is_open()
            && let Some(why) = reason(draft, at)
        {
            draft.units[at].drop(why);
        }
    }
}

/// Why a line is furniture, if it is.
fn reason(draft: &Draft<'_>, at: usize) -> Option<&'static str> {
    let line = &draft.units[at].line;
    let words = draft.words(at);
    let pack = &draft.language.reading;
    if is_appeal(draft, at) {
        return Some("an appeal to readers");
    }
    if line.words > MOST_WORDS || line.folded.is_empty() && !words.is_empty() && words.len() > 8 {
        return (line.words <= MOST_WORDS && !words.contains(char::is_alphanumeric))
            .then_some("a rule");
    }
    let folded = line.folded.as_str();
    if folded.is_empty() {
        return Some("a mark");
    }
    if is_lone_letter(words) || is_shortcode(words) {
        return Some("a button");
    }
    if is_address(words) {
        return Some("an address");
    }
    if pack.furniture_lines.binary_search(&folded).is_ok()
        || pack.comment_headings.binary_search(&folded).is_ok()
        || (!line.ends && pack.link_headings.binary_search(&folded).is_ok())
    {
        return Some("page furniture");
    }
    if is_reading_time(folded, pack) || is_counter(folded, pack) {
        return Some("page furniture");
    }
    // What quotes somebody is told, not offered.
    if words.contains(['“', '"', '”']) {
        return None;
    }
    let is_short = line.words <= MOST_WORDS_OPENER;
    let raw = words.to_lowercase();
    let opens = is_short
        && pack.furniture_openers.iter().any(|opener| {
            if opener.ends_with(|c: char| !c.is_alphanumeric()) {
                raw.starts_with(opener)
            } else {
                opens_with(folded, opener)
            }
        });
    if opens && (!line.ends || addresses_reader(folded, pack) || line.words <= 6) {
        return Some("page furniture");
    }
    let pleads = holds_any(folded, pack.furniture_phrases);
    (pleads && (is_short || addresses_reader(folded, pack))).then_some("page furniture")
}

/// A paragraph that asks its readers for something in its own name, and quotes nobody.
fn is_appeal(draft: &Draft<'_>, at: usize) -> bool {
    let line = &draft.units[at].line;
    let pack = &draft.language.reading;
    let folded = line.folded.as_str();
    let own = folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| pack.reader_words.binary_search(word).is_ok())
        .count();
    (MOST_WORDS + 1..=MOST_WORDS_APPEAL).contains(&line.words)
        && own >= 3
        && !draft.words(at).contains(['“', '"', '”'])
        && holds_any(folded, pack.furniture_phrases)
}

/// Whether the page speaks to the one who reads it: prose of a report does not.
fn addresses_reader(folded: &str, pack: &Words) -> bool {
    folded
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .any(|word| pack.reader_words.binary_search(&word).is_ok())
}

/// The letter of a button: “X”.
fn is_lone_letter(words: &str) -> bool {
    let mut letters = words.chars().filter(|c| c.is_alphanumeric());
    words.chars().count() <= 3
        && letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_none()
}

/// What an editing system left: “[[id:7]]”, “{{ad}}”.
fn is_shortcode(words: &str) -> bool {
    (words.starts_with("[[") && words.ends_with("]]"))
        || (words.starts_with("{{") && words.ends_with("}}"))
}

/// Nothing but addresses, handles and hash tags.
fn is_address(words: &str) -> bool {
    words.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | ',' | '|'));
        word.starts_with("http://")
            || word.starts_with("https://")
            || word.starts_with("www.")
            || word.starts_with("pic.twitter.com/")
            || (word.starts_with(['#', '@']) && word.len() > 2)
            || is_mail(word)
    })
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.ends_with('.') && !host.contains('@')
    })
}

/// “3 min read”, “Reading time: 4 minutes”.
fn is_reading_time(folded: &str, pack: &Words) -> bool {
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    words.len() <= 8
        && words.iter().any(|word| word.bytes().all(|b| b.is_ascii_digit()) && !word.is_empty())
        && words.iter().any(|word| pack.reading_units.binary_search(word).is_ok())
        && words.iter().any(|word| pack.reading_words.binary_search(word).is_ok())
}

/// “12 Comments”, “3 shares”.
fn is_counter(folded: &str, pack: &Words) -> bool {
    let Some((number, what)) = folded.split_once(' ') else {
        return false;
    };
    number
        .trim_end_matches(['k', '+'])
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        && pack.counted_words.binary_search(&what).is_ok()
}

/// Marks the lists that headings such as “Related articles” announce, menus, and lines that
/// only repeat the headline.
pub(super) fn mark_lists(draft: &mut Draft<'_>) {
    mark_announced(draft);
    mark_menus(draft);
    mark_teasers(draft);
    mark_repeated(draft);
    mark_said_again(draft);
}

/// Lines below a heading of links, up to the next sentence.
fn mark_announced(draft: &mut Draft<'_>) {
    let pack = &draft.language.reading;
    let mut announced = false;
    for unit in &mut draft.units {
        let folded = unit.line.folded.as_str();
        if unit.kind == Some(BlockKind::Furniture) {
            announced |= pack.link_headings.binary_search(&folded).is_ok();
        } else if !unit.is_open() || unit.line.ends || unit.line.is_running() {
            announced = false;
        } else if announced && unit.line.words >= 3 && !goes_on(draft.text.slice(unit.line.span)) {
            unit.drop("a link to another article");
        } else {
            announced = false;
        }
    }
}

/// An item of a list in running text, which no link ends like.
fn goes_on(words: &str) -> bool {
    words.ends_with([';', ',', ':'])
}

/// Runs of very short lines before the first or after the last sentence.
fn mark_menus(draft: &mut Draft<'_>) {
    let is_item = |unit: &Unit| unit.is_open() && !unit.line.ends && unit.line.words <= MENU_WORDS;
    let Some(first) = draft.units.iter().position(Unit::is_running) else {
        return;
    };
    let last = draft.units.iter().rposition(Unit::is_running).unwrap_or(first);
    for range in [0..first, last + 1..draft.units.len()] {
        let mut start = range.start;
        while start < range.end {
            let run = draft.units[start..range.end].iter().take_while(|unit| is_item(unit)).count();
            if run >= MENU_LINES {
                for unit in &mut draft.units[start..start + run] {
                    unit.drop("a menu");
                }
            }
            start += run.max(1);
        }
    }
}

/// Headlines of other articles below the last sentence.
fn mark_teasers(draft: &mut Draft<'_>) {
    let Some(last) = draft.units.iter().rposition(Unit::is_running) else {
        return;
    };
    // After a colon they are a list of the report's own.
    if draft.words(last).trim_end().ends_with(':') {
        return;
    }
    let is_teaser = |unit: &Unit| {
        let words = draft.text.slice(unit.line.span);
        unit.is_open()
            && !unit.line.ends
            && (MENU_WORDS + 1..=TEASER_WORDS).contains(&unit.line.words)
            && words.starts_with(char::is_uppercase)
            && !goes_on(words)
    };
    let found: Vec<usize> =
        (last + 1..draft.units.len()).filter(|&at| is_teaser(&draft.units[at])).collect();
    let open = draft.units[last + 1..].iter().filter(|unit| unit.is_open()).count();
    if found.len() >= TEASERS && found.len() == open {
        for at in found {
            draft.units[at].drop("a headline of another article");
        }
    }
}

/// A paragraph that stands there a second time: a page prints its parts twice, a writer does not.
fn mark_said_again(draft: &mut Draft<'_>) {
    let text = draft.text;
    let mut said = BTreeSet::new();
    for unit in draft.units.iter_mut().filter(|unit| unit.is_open()) {
        if unit.line.words >= LEAST_WORDS_AGAIN && !said.insert(text.slice(unit.line.span)) {
            unit.drop("a paragraph, said again,");
        }
    }
}

fn mark_repeated(draft: &mut Draft<'_>) {
    let headline = draft
        .units
        .iter()
        .find(|unit| unit.kind == Some(BlockKind::Headline))
        .map(|unit| fold(draft.text.slice(unit.line.span)));
    let Some(headline) = headline.filter(|headline| !headline.is_empty()) else {
        return;
    };
    for unit in draft.units.iter_mut().filter(|unit| unit.is_open()) {
        if unit.line.folded == headline && !unit.line.ends {
            unit.drop("the headline, said again,");
        }
    }
}
