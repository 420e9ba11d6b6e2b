use rashomon_article::BlockKind;
use rashomon_language::Language;
use rashomon_text::Span;

use super::Draft;
use super::credit::{agencies_in_brackets, known_agency};
use super::line::fold;
use crate::date::scan;

/// A dateline stands in one of the first so many paragraphs of running text,
const PARAGRAPHS: usize = 3;
/// and is no longer than this.
const MOST_BYTES: usize = 110;
/// A place has no more words than this.
const MOST_PLACE_WORDS: usize = 8;

/// What stands between a dateline and its paragraph, longest first.
const MARKS: &[&str] = &[" -- ", " — ", " – ", " - ", "--", "—", "–", " -", "- ", ": "];

/// The head of a paragraph that says where and when it was written.
#[derive(Debug, PartialEq)]
struct Dateline {
    /// Bytes of the paragraph up to its mark, which belongs to it.
    end: usize,
    agencies: Vec<String>,
    published: Option<rashomon_article::Published>,
}

/// Finds the datelines of the first paragraphs and those that stand on a line of their own.
pub(super) fn mark(draft: &mut Draft<'_>) {
    let running: Vec<usize> = (0..draft.units.len())
        .filter(|&at| draft.units[at].is_open() && draft.units[at].line.words >= 8)
        .filter(|&at| draft.units[at].line.is_running() || at > 0 || draft.units.len() == 1)
        .take(PARAGRAPHS)
        .collect();
    for at in running {
        let span = draft.units[at].line.span;
        let Some(found) = read(draft.words(at), draft.language) else {
            continue;
        };
        draft.units[at].dateline = Some(Span::new(span.start(), span.start() + found.end));
        for agency in found.agencies {
            draft.facts.credit(agency);
        }
        if let Some(published) = found.published {
            draft.facts.published.get_or_insert(published);
        }
        break;
    }
    mark_alone(draft);
}

/// “ANKARA” on a line of its own, right before the first paragraph.
fn mark_alone(draft: &mut Draft<'_>) {
    let Some(first) = draft.first_running().filter(|&first| first > 0) else {
        return;
    };
    for at in first.saturating_sub(3)..first {
        let unit = &draft.units[at];
        let place = draft.text.slice(unit.line.span);
        let alone = unit.is_open() && unit.line.words <= 4;
        if alone && is_capitals(place) && is_known_place(place, draft.language) {
            draft.units[at].kind = Some(BlockKind::Dateline);
        }
    }
}

/// Reads the dateline at the head of a paragraph.
fn read(paragraph: &str, language: &Language) -> Option<Dateline> {
    let mut end = paragraph.len().min(MOST_BYTES);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let head = &paragraph[..end];
    let mut marks: Vec<(usize, &str)> = Vec::new();
    for mark in MARKS {
        for (at, _) in head.match_indices(mark).take(4) {
            if !marks.iter().any(|&(other, longer)| other <= at && at < other + longer.len()) {
                marks.push((at, mark));
            }
        }
    }
    marks.sort_unstable();
    marks.into_iter().take(5).find_map(|(at, mark)| {
        let after = paragraph[at + mark.len()..].trim_start();
        let opens = after.chars().next().is_some_and(|c| {
            c.is_uppercase()
                || c.is_numeric()
                || matches!(c, '“' | '"' | '‘' | '\'' | '(' | '$' | '€' | '£')
        });
        // “(NPA) - the council” is rare, but its brackets say enough.
        let found = before_mark(&paragraph[..at], mark, language)?;
        (opens || !found.0.is_empty()).then(|| Dateline {
            end: at + mark.trim_end().len(),
            agencies: found.0,
            published: found.1,
        })
    })
}

type Before = (Vec<String>, Option<rashomon_article::Published>);

/// Takes apart what stands before the mark: a place, a date, an agency, at least one of them.
fn before_mark(head: &str, mark: &str, language: &Language) -> Option<Before> {
    let mut rest = head.trim();
    let mut agencies = Vec::new();
    if let Some((before, found)) = agencies_in_brackets(rest, language) {
        rest = before.trim();
        agencies = found;
    }
    let (place, date) = split_date(rest, language)?;
    let published = date.and_then(|date| scan(date, &language.reading).published().ok().flatten());
    let strong = !agencies.is_empty() || date.is_some();
    let place = place.trim_end_matches([',', ' ', '.', ';']);
    // “the World Mill Programme (WMP) – …” explains a name: without capitals a place stands only
    // before an agency that is known.
    let known_agencies = agencies.iter().all(|name| known_agency(&fold(name), language).is_some());
    let strong = date.is_some() || (strong && (known_agencies || is_capitals(place)));
    let fits = if place.is_empty() {
        date.is_some() || !agencies.is_empty()
    } else {
        is_place(place, mark, strong, language)
    };
    fits.then_some((agencies, published))
}

/// “PARIS, Aug 15” is a place and a date. `None` where something else stands after the comma.
fn split_date<'h>(head: &'h str, language: &Language) -> Option<(&'h str, Option<&'h str>)> {
    let pack = &language.reading;
    let mut start = None;
    for (at, word) in words(head) {
        let lower = fold(word);
        let is_month = pack.months.binary_search_by_key(&lower.as_str(), |&(name, _)| name).is_ok();
        let is_day = lower.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse::<u8>().is_ok();
        let is_weekday = pack.weekdays.binary_search(&lower.as_str()).is_ok();
        if (is_month || is_weekday || is_day) && start.is_none() {
            start = Some(at);
        }
    }
    let Some(start) = start else {
        return Some((head, None));
    };
    let date = &head[start..];
    let found = scan(date, pack);
    let is_weekday = date.split_whitespace().count() == 1
        && pack.weekdays.binary_search(&fold(date).as_str()).is_ok();
    (found.others.is_empty() && (found.any() || is_weekday)).then_some((&head[..start], Some(date)))
}

/// The words of a text and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(char::is_whitespace)
        .map(move |piece| {
            let start = at;
            at += piece.len();
            (start, piece.trim())
        })
        .filter(|(_, word)| !word.is_empty())
}

/// Whether the words name a place: in capitals, or as a city that datelines name.
fn is_place(place: &str, mark: &str, strong: bool, language: &Language) -> bool {
    let pack = &language.reading;
    if place.split_whitespace().count() > MOST_PLACE_WORDS
        || place.contains(['“', '"', '?', '!', '(', ';'])
        || !has_short_stops(place)
        || pack.labels.binary_search(&fold(place).as_str()).is_ok()
    {
        return false;
    }
    let (city, region) = match place.split_once(',') {
        Some((city, region)) => (city.trim(), Some(region.trim())),
        None => (place, None),
    };
    let region_fits = region.is_none_or(|region| {
        region.split_whitespace().count() <= 4
            && region.chars().next().is_some_and(char::is_uppercase)
    });
    if !region_fits || !is_capitalised(city, language) {
        return false;
    }
    let known = is_known_place(city, language);
    let capitals = is_capitals(city);
    if mark.trim() == ":" {
        return known || (capitals && (strong || region.is_some()));
    }
    known || strong || (capitals && (city.chars().count() >= 5 || region.is_some()))
}

/// Full stops stand only after abbreviations: “SPRINGFIELD, Ill.”, “ST. LOUIS”.
fn has_short_stops(place: &str) -> bool {
    place.split_whitespace().filter(|word| word.contains('.')).all(|word| word.chars().count() <= 6)
}

/// One of the cities of the language pack, or several with slashes between.
fn is_known_place(place: &str, language: &Language) -> bool {
    let places = language.reading.dateline_places;
    let city = place.split(',').next().unwrap_or(place);
    city.split('/').any(|part| places.binary_search(&fold(part).as_str()).is_ok())
}

fn is_capitals(words: &str) -> bool {
    let letters = words.split(',').next().unwrap_or(words).chars().filter(|c| c.is_alphabetic());
    let (mut all, mut small) = (0, 0);
    for c in letters {
        all += 1;
        small += usize::from(c.is_lowercase());
    }
    all >= 3 && small == 0
}

/// Every word begins with a capital, but for the small words of names.
fn is_capitalised(words: &str, language: &Language) -> bool {
    let pack = &language.reading;
    words.split_whitespace().all(|word| {
        let lower = fold(word);
        let lower = lower.as_str();
        word.chars().next().is_some_and(char::is_uppercase)
            || pack.name_particles.binary_search(&lower).is_ok()
            || pack.name_joiners.binary_search(&lower).is_ok()
            || lower.is_empty()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    fn check(paragraph: &str, dateline: &str, agencies: &[&str]) {
        let found = read(paragraph, english()).unwrap_or_else(|| panic!("{paragraph}"));
        assert_eq!(&paragraph[..found.end], dateline);
        assert_eq!(found.agencies, agencies);
    }

    #[test]
    fn datelines() {
        check("LISBON (NPA) - The port is shut.", "LISBON (NPA) -", &["NPA"]);
        check("LISBON (NPA) — “We won,” she said.", "LISBON (NPA) —", &["NPA"]);
        check("PORT ELLEN, Islay — The ferry is late.", "PORT ELLEN, Islay —", &[]);
        check(
            "PARIS, Aug 15 (Reuters) – Ada Bell left.",
            "PARIS, Aug 15 (Reuters) –",
            &["Reuters"],
        );
        check("Aug. 23 (UPI) -- Many left.", "Aug. 23 (UPI) --", &["UPI"]);
        check("(Reuters) - Many left.", "(Reuters) -", &["Reuters"]);
        check("WASHINGTON: The council met.", "WASHINGTON:", &[]);
        check("Cairo/Jerusalem — Prime Minister Bell met.", "Cairo/Jerusalem —", &[]);
        check(
            "DEIR AL-HARRA, Harra Strip (AP/AFP) — Rain fell.",
            "DEIR AL-HARRA, Harra Strip (AP/AFP) —",
            &["AP", "AFP"],
        );
        check("ST. LOUIS (AP) — Rain fell.", "ST. LOUIS (AP) —", &["AP"]);
        check("Springfield, Ill. (AP) — Rain fell.", "Springfield, Ill. (AP) —", &["AP"]);
    }

    #[test]
    fn paragraphs_without() {
        for paragraph in [
            "NATO — the alliance of the west — met in June.",
            "The council — seven of nine — met on Monday.",
            "BREAKING: The port is shut.",
            "Bell: We won the day.",
            "UPDATE — The port is shut.",
            "Peace (of a kind) — The words were few.",
            "“LONDON — That is where I live,” she said.",
        ] {
            assert_eq!(read(paragraph, english()), None, "{paragraph}");
        }
    }
}
