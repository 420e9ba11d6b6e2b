use rashomon_article::BlockKind;
use rashomon_language::Language;
use rashomon_text::Span;

use super::Draft;
use super::line::{fold, holds, opens_with};

/// Credits stand among so many lines at the foot of a text.
const FOOT_LINES: usize = 12;
/// A paragraph of credits holds no more words than this.
const MOST_WORDS: usize = 90;

/// The usual short name of an agency, from any way to write it, in lower case.
pub(crate) fn known_agency(folded: &str, language: &Language) -> Option<&'static str> {
    let agencies = language.reading.agencies;
    let folded = folded.trim_end_matches("'s");
    let at = agencies.binary_search_by_key(&folded, |&(name, _)| name).ok()?;
    Some(agencies[at].1)
}

/// The agencies in the brackets that end `words`, “(AP)”, “[NPA]”, and what stands before them.
///
/// Two to five capitals in this place are an agency, known or not.
pub(super) fn agencies_in_brackets<'w>(
    words: &'w str,
    language: &Language,
) -> Option<(&'w str, Vec<String>)> {
    let words = words.trim_end();
    let inner = words.strip_suffix(')').or_else(|| words.strip_suffix(']'))?;
    let open = inner.rfind(['(', '['])?;
    let mut agencies = Vec::new();
    for part in inner[open + 1..].split(['/', ',', '&', '-']) {
        let part = part.trim();
        let name = match known_agency(&fold(part), language) {
            Some(name) => name.to_owned(),
            None if is_short_capitals(part) => part.to_owned(),
            None => return None,
        };
        if !agencies.contains(&name) {
            agencies.push(name);
        }
    }
    (!agencies.is_empty()).then_some((&inner[..open], agencies))
}

fn is_short_capitals(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// Finds credits of agencies and of other writers at the foot of a text.
pub(super) fn mark(draft: &mut Draft<'_>) {
    let foot = draft.units.len().saturating_sub(FOOT_LINES);
    let first = draft.first_running().map_or(0, |first| first + 1);
    for at in 0..draft.units.len() {
        let in_foot = at >= foot.max(first);
        if draft.units[at].kind == Some(BlockKind::Furniture) {
            // “© AFP. All rights reserved.” is furniture that tells the origin.
            let found = credited(&draft.units[at].line.folded, draft);
            give(draft, found);
        } else if draft.units[at].is_open() && (in_foot || is_bracketed(draft.words(at))) {
            mark_unit(draft, at);
        }
    }
    mark_last_words(draft);
}

fn give(draft: &mut Draft<'_>, agencies: Vec<String>) {
    for agency in agencies {
        draft.facts.credit(agency);
    }
}

fn is_bracketed(words: &str) -> bool {
    (words.starts_with('(') && words.ends_with(')'))
        || (words.starts_with('[') && words.ends_with(']'))
}

/// A paragraph of which every sentence credits somebody.
fn mark_unit(draft: &mut Draft<'_>, at: usize) {
    let unit = &draft.units[at];
    let folded = unit.line.folded.as_str();
    if folded.is_empty() || unit.line.words > MOST_WORDS {
        return;
    }
    if let Some(agency) = known_agency(folded, draft.language)
        && !unit.line.ends
    {
        draft.facts.credit(agency.to_owned());
        draft.units[at].drop("a credit");
        return;
    }
    let words = draft.words(at);
    let quotes = words.contains(['“', '"']);
    let sentences: Vec<&str> = folded.split(". ").collect();
    let credits = sentences.iter().filter(|sentence| is_credit(sentence, draft)).count();
    if credits == 0 || quotes {
        return;
    }
    let is_whole = credits == sentences.len() || is_bracketed(words);
    let found = credited(folded, draft);
    give(draft, found);
    if is_whole {
        draft.units[at].drop("a credit");
    }
}

fn is_credit(sentence: &str, draft: &Draft<'_>) -> bool {
    let pack = &draft.language.reading;
    let sentence = sentence.trim_matches(|c: char| !c.is_alphanumeric());
    pack.credit_openers.iter().any(|opener| opens_with(sentence, opener))
        || (sentence.split_whitespace().count() <= 40
            && pack.credit_phrases.iter().any(|phrase| holds(sentence, phrase)))
}

/// The agencies that words of credit name.
fn credited(folded: &str, draft: &Draft<'_>) -> Vec<String> {
    let is_credit_line = folded.split(". ").any(|sentence| is_credit(sentence, draft));
    if !is_credit_line {
        return Vec::new();
    }
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found: Vec<String> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at))
            .rev()
            .find_map(|n| Some((n, known_agency(&words[at..at + n].join(" "), draft.language)?)));
        at += match longest {
            Some((n, name)) => {
                found.push(name.to_owned());
                n
            }
            None => 1,
        };
    }
    found
}

/// “… she said. (NPA)”, “… she said. — AFP” at the end of the last paragraphs.
fn mark_last_words(draft: &mut Draft<'_>) {
    let Some(last) = draft.units.iter().rposition(|unit| unit.is_open() && unit.line.words >= 7)
    else {
        return;
    };
    let span = draft.units[last].line.span;
    let words = draft.text.slice(span);
    let found = match agencies_in_brackets(words, draft.language) {
        Some((before, agencies)) => Some((before.len(), agencies)),
        None => after_dash(words, draft.language),
    };
    let Some((start, agencies)) = found else {
        return;
    };
    // Inside of a sentence the brackets explain a name: “the Nordic Press Agency (NPA)”.
    if !words[..start].trim_end().ends_with(['.', '!', '?', '”', '"', '’']) {
        return;
    }
    let credit = draft.text.trim(Span::new(span.start() + start, span.end()));
    draft.units[last].credit = Some(credit);
    give(draft, agencies);
}

fn after_dash(words: &str, language: &Language) -> Option<(usize, Vec<String>)> {
    let at = words.rfind(['—', '–', '-', '/'])?;
    let tail = words[at..].trim_start_matches(['—', '–', '-', '/', ' ']);
    let agency = known_agency(&fold(tail), language)?;
    Some((at, vec![agency.to_owned()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    #[test]
    fn brackets() {
        let check = |words, agencies: &[&str]| {
            let found = agencies_in_brackets(words, english()).map(|(_, found)| found);
            assert_eq!(found.unwrap_or_default(), agencies, "{words}");
        };
        check("LISBON (NPA)", &["NPA"]);
        check("LISBON (AP/AFP)", &["AP", "AFP"]);
        check("LISBON [Reuters]", &["Reuters"]);
        check("the river (a long one)", &[]);
        check("LISBON", &[]);
    }
}
