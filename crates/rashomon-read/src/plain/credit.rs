use rashomon_article::BlockKind;
use rashomon_language::Language;
use rashomon_text::Span;

use super::line::{fold, holds_any, opens_with};
use super::{Draft, Unit};

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
///
/// An agency that “contributed to this report” gave a part of it: it is listed only where nothing
/// else is credited and its own writers are named (“Associated Press writer Tom Roe”).
pub(super) fn mark(draft: &mut Draft<'_>) {
    let foot = draft.units.len().saturating_sub(FOOT_LINES);
    let first = draft.first_running().map_or(0, |first| first + 1);
    let last = draft.units.iter().rposition(Unit::is_running).unwrap_or(0);
    for at in 0..draft.units.len() {
        let in_foot = at >= foot.max(first);
        if draft.units[at].kind == Some(BlockKind::Furniture) {
            // “© AFP. All rights reserved.” is furniture that tells the origin.
            let found = credited(&draft.units[at].line.folded, draft);
            give(draft, found.whole);
        } else if draft.units[at].is_open() && (in_foot || is_bracketed(draft.words(at))) {
            mark_unit(draft, at, last);
        }
    }
    mark_last_words(draft);
    if draft.facts.agencies.is_empty() {
        let helpers = std::mem::take(&mut draft.helpers);
        give(draft, helpers);
    }
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
fn mark_unit(draft: &mut Draft<'_>, at: usize, last: usize) {
    let unit = &draft.units[at];
    let folded = unit.line.folded.as_str();
    if folded.is_empty() || unit.line.words > MOST_WORDS {
        return;
    }
    if let Some(agency) = known_agency(folded, draft.language)
        && !unit.line.ends
    {
        // Between paragraphs it credits a picture or one entry of many, not the report.
        if at > last {
            draft.facts.credit(agency.to_owned());
        }
        draft.units[at].drop("a credit");
        return;
    }
    let words = draft.words(at);
    let quotes = words.contains(['“', '"']);
    let sentences: Vec<&str> = words.split(". ").collect();
    let credits = sentences.iter().filter(|sentence| is_signed(sentence, draft)).count();
    if credits == 0 || quotes {
        return;
    }
    let is_whole = credits == sentences.len() || is_bracketed(words);
    let found = credited(folded, draft);
    give(draft, found.whole);
    draft.helpers.extend(found.helped);
    if is_whole {
        draft.units[at].drop("a credit");
    }
}

fn is_credit(sentence: &str, draft: &Draft<'_>) -> bool {
    let pack = &draft.language.reading;
    let sentence = sentence.trim_matches(|c: char| !c.is_alphanumeric());
    pack.credit_openers.iter().any(|opener| opens_with(sentence, opener))
        || (sentence.split_whitespace().count() <= 40
            && [pack.credit_phrases, pack.help_phrases]
                .iter()
                .any(|list| holds_any(sentence, list)))
}

/// Whether a sentence with its capitals credits somebody: “Ada Bell reported from Lisbon” does,
/// “Ada Bell was a reporter who reported from Lisbon” does not.
fn is_signed(sentence: &str, draft: &Draft<'_>) -> bool {
    let folded = fold(sentence);
    if !is_credit(&folded, draft) {
        return false;
    }
    let pack = &draft.language.reading;
    let opens = pack.credit_openers.iter().any(|opener| opens_with(&folded, opener));
    if opens || holds_any(&folded, pack.help_phrases) {
        return true;
    }
    let found = pack.credit_phrases.iter().filter_map(|phrase| folded.find(phrase)).min();
    let Some(before) = found.map(|at| folded[..at].split_whitespace().count()) else {
        return false;
    };
    sentence.split_whitespace().take(before).all(|word| {
        let lower = fold(word);
        let lower = lower.as_str();
        word.chars().find(|c| c.is_alphabetic()).is_none_or(char::is_uppercase)
            || [pack.roles, pack.name_joiners, pack.place_openers, pack.name_particles]
                .iter()
                .any(|list| list.binary_search(&lower).is_ok())
    })
}

/// The agencies that words of credit name.
#[derive(Default)]
struct Credited {
    /// Those that the report is from.
    whole: Vec<String>,
    /// Those whose own writers helped with it.
    helped: Vec<String>,
}

fn credited(folded: &str, draft: &Draft<'_>) -> Credited {
    let mut found = Credited::default();
    let pack = &draft.language.reading;
    for sentence in folded.split(". ").filter(|sentence| is_credit(sentence, draft)) {
        let helps = holds_any(sentence, pack.help_phrases);
        for (agency, after) in named_agencies(sentence, draft.language) {
            if !helps {
                found.whole.push(agency.to_owned());
            } else if after.is_some_and(|word| pack.roles.binary_search(&word).is_ok()) {
                found.helped.push(agency.to_owned());
            }
        }
    }
    found
}

/// The agencies in a sentence, each with the word after it.
fn named_agencies<'s>(
    sentence: &'s str,
    language: &Language,
) -> Vec<(&'static str, Option<&'s str>)> {
    let words: Vec<&str> = sentence
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\''))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=4.min(words.len() - at))
            .rev()
            .find_map(|n| Some((n, known_agency(&words[at..at + n].join(" "), language)?)));
        at += match longest {
            Some((n, name)) => {
                found.push((name, words.get(at + n).copied()));
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
