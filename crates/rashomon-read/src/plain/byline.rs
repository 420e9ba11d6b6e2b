use rashomon_language::Language;

use super::Facts;
use super::credit::known_agency;
use super::line::{fold, opens_with};

/// A byline holds no more words than this.
const MOST_WORDS: usize = 32;
/// Nor does a name.
const MOST_NAME_WORDS: usize = 5;

/// Who a byline names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    pub names: Vec<String>,
    pub agencies: Vec<String>,
}

impl Byline {
    pub fn give(self, facts: &mut Facts) {
        for agency in self.agencies {
            facts.credit(agency);
        }
        for name in self.names {
            facts.author(name);
        }
    }
}

/// A part of a byline between its commas, bars and joiners.
enum Part {
    Name(String),
    Agency(String),
    /// A role, an outlet, a place, a date: beside the names.
    Beside,
    /// Nothing that a byline holds.
    Foreign,
}

/// Reads “By Ada Bell and Tom Roe, Reuters”.
pub(crate) fn opened(words: &str, language: &Language) -> Option<Byline> {
    let pack = &language.reading;
    let folded = fold(words);
    if folded.split_whitespace().count() > MOST_WORDS {
        return None;
    }
    let lower = words.to_lowercase();
    let opener = pack
        .byline_openers
        .iter()
        .filter(|opener| opens_with(&folded, opener) || is_glued(words, opener))
        .max_by_key(|opener| opener.len())?;
    // The words of the line itself, after the opener, with their capitals.
    let at = lower.find(opener)? + opener.len();
    let rest = words.get(at..)?.trim_start_matches(|c: char| c == ':' || c.is_whitespace());
    let byline = parts(rest, language, true)?;
    (!byline.names.is_empty() || !byline.agencies.is_empty()).then_some(byline)
}

/// “byAda Bell”: the link around the name swallowed the blank.
fn is_glued(words: &str, opener: &str) -> bool {
    let rest = words.strip_prefix(opener);
    rest.is_some_and(|rest| rest.chars().next().is_some_and(char::is_uppercase))
        && words.split_whitespace().count() <= 12
}

/// Reads names without an opener: “Ada Bell”, “Ada Bell and Tom Roe”, “Ada Bell | Staff Writer”.
pub(crate) fn bare(words: &str, language: &Language) -> Option<Byline> {
    let count = words.split_whitespace().count();
    if count > 12 || words.ends_with(['.', '?', '!', ':', ',']) {
        return None;
    }
    let byline = parts(words, language, false)?;
    (!byline.names.is_empty() || !byline.agencies.is_empty()).then_some(byline)
}

/// Names where a field or a record gives them: “Ada Bell, Tom Roe”.
pub(crate) fn named(words: &str, language: &Language) -> Option<Byline> {
    opened(words, language).or_else(|| {
        let byline = parts(words, language, true)?;
        (!byline.names.is_empty() || !byline.agencies.is_empty()).then_some(byline)
    })
}

/// Names and agencies in what a record or a page gives as its authors. What has no shape of a
/// byline is kept as it is given.
pub(crate) fn authors(given: &[String], language: &Language) -> (Vec<String>, Vec<String>) {
    let mut facts = Facts::default();
    for words in given {
        match named(words, language) {
            Some(byline) => byline.give(&mut facts),
            None => facts.author(words.clone()),
        }
    }
    (facts.byline, facts.agencies)
}

fn parts(words: &str, language: &Language, announced: bool) -> Option<Byline> {
    let mut byline = Byline::default();
    for (at, part) in split(words, language).into_iter().enumerate() {
        let (part, agency) = without_agency(part, language);
        byline.agencies.extend(agency);
        match part_of(part, language, announced) {
            Part::Name(name) => byline.names.push(name),
            Part::Agency(agency) => byline.agencies.push(agency),
            Part::Beside if at > 0 || announced => {}
            // After the first name of an announced byline anything may stand: a place, an outlet.
            Part::Foreign if announced && at > 0 && part.split_whitespace().count() <= 6 => {}
            Part::Beside | Part::Foreign => return None,
        }
    }
    Some(byline)
}

/// “Ada Bell Associated Press”: a name and an agency that lost the mark between them.
fn without_agency<'p>(part: &'p str, language: &Language) -> (&'p str, Option<String>) {
    let mut spaces = part.match_indices(' ').map(|(at, _)| at).skip(1);
    let found = spaces.find_map(|at| Some((at, known_agency(&fold(&part[at..]), language)?)));
    match found {
        Some((at, agency)) => (&part[..at], Some(agency.to_owned())),
        None => (part, None),
    }
}

/// Cuts at commas, bars, dashes between blanks, and the words that join names.
fn split<'w>(words: &'w str, language: &Language) -> Vec<&'w str> {
    let joiners = language.reading.name_joiners;
    let mut parts = Vec::new();
    for piece in words.split([',', '|', '/', ';', '&', '•', '·', '(', ')', '—']) {
        for piece in piece.split(" - ").flat_map(|piece| piece.split(" – ")) {
            let mut start = 0;
            let mut at = 0;
            for word in piece.split_inclusive(char::is_whitespace) {
                if joiners.binary_search(&word.trim().to_lowercase().as_str()).is_ok() {
                    parts.push(&piece[start..at]);
                    start = at + word.len();
                }
                at += word.len();
            }
            parts.push(&piece[start..]);
        }
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn part_of(part: &str, language: &Language, announced: bool) -> Part {
    let pack = &language.reading;
    if let Some(agency) = known_agency(&fold(part), language) {
        return Part::Agency(agency.to_owned());
    }
    let words: Vec<&str> = part.split_whitespace().collect();
    // “Ada Bell in Lisbon”, “Ada Bell of the Herald”.
    let place = words.iter().position(|word| pack.place_openers.binary_search(word).is_ok());
    // A heading may open like a name: only after “By” is the rest of it a place.
    let place = place.filter(|_| announced);
    let name = &words[..place.unwrap_or(words.len())];
    if is_name(name, language, announced) {
        return Part::Name(name.join(" "));
    }
    let is_beside = words.iter().any(|word| {
        let word = fold(word);
        let word = word.as_str();
        pack.roles.binary_search(&word).is_ok() || pack.outlet_words.binary_search(&word).is_ok()
    });
    let is_dated = crate::date::scan(part, pack).any();
    if (is_beside && words.len() <= 8) || is_dated { Part::Beside } else { Part::Foreign }
}

/// Whether the words have the shape of a person's name and none of the words of a heading.
fn is_name(words: &[&str], language: &Language, announced: bool) -> bool {
    let pack = &language.reading;
    if !(2..=MOST_NAME_WORDS).contains(&words.len()) {
        return false;
    }
    let mut capitals = 0;
    for word in words {
        let lower = fold(word);
        let lower = lower.as_str();
        let is_particle = pack.name_particles.binary_search(&lower).is_ok();
        if is_particle && word.chars().all(char::is_lowercase) {
            continue;
        }
        let starts = word.chars().next().is_some_and(char::is_uppercase);
        let letters =
            word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        let is_initial = word.chars().filter(|c| c.is_alphabetic()).count() <= 2;
        let is_common = !is_initial && language.words.is_function_word(lower);
        let is_heading = pack.roles.binary_search(&lower).is_ok()
            || pack.weekdays.binary_search(&lower).is_ok()
            || (pack.outlet_words.binary_search(&lower).is_ok() && (!announced || capitals > 0))
            || (!announced
                && (pack.section_words.binary_search(&lower).is_ok()
                    || (word.len() > 3 && word.chars().all(char::is_uppercase))));
        if !starts || !letters || is_common || is_heading {
            return false;
        }
        capitals += 1;
    }
    capitals >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    fn check(found: Option<Byline>, names: &[&str], agencies: &[&str]) {
        let found = found.expect("a byline");
        assert_eq!(
            (&found.names[..], &found.agencies[..]),
            (
                &names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>()[..],
                &agencies.iter().map(|&n| n.to_owned()).collect::<Vec<_>>()[..]
            )
        );
    }

    #[test]
    fn announced_names() {
        let english = english();
        check(opened("By Ada Bell", english), &["Ada Bell"], &[]);
        check(opened("byAda Bell and Tom van Roe", english), &["Ada Bell", "Tom van Roe"], &[]);
        check(opened("BY ADA BELL, Staff Writer", english), &["ADA BELL"], &[]);
        check(opened("By Ada Bell in Lisbon, Reuters", english), &["Ada Bell"], &["Reuters"]);
        check(opened("By The Associated Press", english), &[], &["AP"]);
        check(opened("Written by: J. R. Bell | 3 March 2026", english), &["J. R. Bell"], &[]);
        assert_eq!(opened("By Friday the council had met.", english), None);
        assert_eq!(opened("By the river the council met", english), None);
    }

    #[test]
    fn bare_names() {
        let english = english();
        check(bare("Ada Bell", english), &["Ada Bell"], &[]);
        check(bare("Ada Bell and Tom Roe", english), &["Ada Bell", "Tom Roe"], &[]);
        check(bare("Ada Bell | Staff Writer", english), &["Ada Bell"], &[]);
        check(bare("Ada Bell, Reuters", english), &["Ada Bell"], &["Reuters"]);
        for line in ["No Peace", "Middle East", "The Bell", "World News", "A city mourns", "Peace"]
        {
            assert_eq!(bare(line, english), None, "{line}");
        }
    }
}
