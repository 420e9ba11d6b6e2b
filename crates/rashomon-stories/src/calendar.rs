use rashomon_language::{Language, TimeWord};

use crate::reading::Place;
use crate::signature::number;

/// The longest names of months and days that may be something else without a capital: `sat`.
const SHORT: usize = 3;

/// The number of the day of the week, the month or the year that a word names: `Monday`, `Aug`,
/// `2025`. Two reports of one day name the same ones, whatever words they tell it in.
pub fn term(written: &str, place: Place, language: &Language) -> Option<u32> {
    if written.len() == 4 && (written.starts_with("19") || written.starts_with("20")) {
        let is_year = written.bytes().all(|byte| byte.is_ascii_digit());
        return is_year.then(|| number(&format!("year {written}")));
    }
    let word = written.to_lowercase();
    let words = language.times.words;
    let at = words.binary_search_by_key(&word.as_str(), |&(word, _)| word).ok()?;
    let doubtful = word.len() <= SHORT || language.times.doubtful_months.contains(&word.as_str());
    if doubtful && !place.is_capital() {
        return None;
    }
    match words[at].1 {
        TimeWord::Month(month) => Some(number(&format!("month {month}"))),
        TimeWord::Weekday(day) => Some(number(&format!("weekday {day}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    #[test]
    fn names_of_times_are_told_from_other_words() {
        let term = |word: &str, place| term(word, place, english());
        assert_eq!(term("Monday", Place::Beginning), term("Mon", Place::Capital));
        assert_ne!(term("Monday", Place::Capital), term("Tuesday", Place::Capital));
        assert!(term("2025", Place::Inside).is_some() && term("August", Place::Title).is_some());
        for word in ["sat", "may", "march", "19th", "ferry"] {
            assert_eq!(term(word, Place::Inside), None, "{word}");
        }
    }
}
