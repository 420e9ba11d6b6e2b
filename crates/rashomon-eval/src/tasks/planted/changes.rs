use rashomon::text::Span;

use super::facts::{Fact, Kind};
use super::lists::{FAMILIES, GIVEN, NUMBERS, OPPOSITES, PLACES, WEEKDAYS};
use super::random::Random;
use super::reports::Report;

/// A change to one report.
#[derive(Clone, Debug)]
pub struct Change {
    /// The fact that is changed; its words are those before the change.
    pub fact: Fact,
    /// What is replaced by what, in the order of the text.
    pub edits: Vec<(Span, String)>,
}

impl Change {
    /// The text after the change, and where the new words stand in it.
    pub fn apply(&self, text: &str) -> (String, Vec<Span>) {
        let (mut changed, mut places, mut end) = (String::with_capacity(text.len()), vec![], 0);
        for (span, words) in &self.edits {
            changed.push_str(&text[end..span.start()]);
            places.push(Span::new(changed.len(), changed.len() + words.len()));
            changed.push_str(words);
            end = span.end();
        }
        changed.push_str(&text[end..]);
        (changed, places)
    }
}

/// Changes a fact in its report, or nothing where no plausible change is known.
pub fn change(reports: &[Report], fact: Fact, random: &mut Random) -> Option<Change> {
    let (report, sentence, span) = fact.here;
    let report = &reports[report];
    let words = report.slice(span);
    let once = |new: String| vec![(span, new)];
    let edits = match fact.kind {
        Kind::Number => {
            let new = number(words, random)?;
            // A number that stands beside it already would make two of one.
            let taken = [fact.here, fact.there].iter().any(|&(at, sentence, _)| {
                let words = &reports[at].sentences[sentence].words;
                words.iter().any(|word| reports[at].slice(word.span) == new)
            });
            if taken {
                return None;
            }
            once(new)
        }
        Kind::Date => once(date(words, random)?),
        Kind::Place => {
            let list = PLACES.iter().find(|list| list.contains(&words))?;
            let told = |place: &str| {
                report.text.contains(place) || reports[fact.there.0].text.contains(place)
            };
            let others: Vec<&&str> = list.iter().filter(|place| !told(place)).collect();
            let new = **random.pick(&others)?;
            everywhere(report, report.sentences[sentence].span, words, new)
        }
        Kind::Person => {
            let (given, family) = words.split_once(' ')?;
            let told = |name: &str| reports.iter().any(|report| report.text.contains(name));
            let list = GIVEN.iter().find(|list| list.contains(&given));
            let (old, list) = match list {
                Some(list) if random.below(2) == 0 => (given, *list),
                _ => (family, FAMILIES),
            };
            let others: Vec<&&str> = list.iter().filter(|name| !told(name)).collect();
            let new = **random.pick(&others)?;
            everywhere(report, Span::new(0, report.text.len()), old, new)
        }
        Kind::Polarity => once(polarity(words, random)?),
        Kind::Attribution => {
            let last = words.rsplit(' ').next()?;
            let others: Vec<String> =
                speakers(reports).into_iter().filter(|name| !name.contains(last)).collect();
            let beside = &reports[fact.there.0];
            let beside = beside.slice(beside.sentences[fact.there.1].span);
            let fits = |name: &&String| {
                !report.slice(report.sentences[sentence].span).contains(*name)
                    && !beside.contains(name.as_str())
            };
            let others: Vec<&String> = others.iter().filter(fits).collect();
            once((*random.pick(&others)?).clone())
        }
    };
    Some(Change { fact, edits })
}

/// Another number, written like the one before: a third less to twice as much.
fn number(words: &str, random: &mut Random) -> Option<String> {
    if NUMBERS.contains(&words) {
        let others: Vec<&&str> = NUMBERS.iter().filter(|number| **number != words).collect();
        return random.pick(&others).map(|number| (**number).to_owned());
    }
    let decimals = words.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    let value: f64 = words.replace(',', "").parse().ok()?;
    let factor = [0.65, 0.72, 0.8, 1.3, 1.45, 1.6, 1.85][random.below(7)];
    // As many zeros at its end as the number had.
    let zeros = words.replace(',', "").chars().rev().take_while(|c| *c == '0').count();
    let step = if decimals > 0 { 0.1_f64.powi(decimals as i32) } else { 10_f64.powi(zeros as i32) };
    let mut new = (value * factor / step).round() * step;
    if (new - value).abs() < step / 2.0 {
        new = value + 3.0 * step;
    }
    let written = format!("{new:.decimals$}");
    (new > 0.0).then(|| if words.contains(',') { with_commas(&written) } else { written })
}

fn with_commas(written: &str) -> String {
    let (whole, rest) =
        written.split_once('.').map_or((written, ""), |(whole, rest)| (whole, rest));
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if rest.is_empty() { out } else { format!("{out}.{rest}") }
}

/// Another weekday, another day of the month, another year.
fn date(words: &str, random: &mut Random) -> Option<String> {
    if WEEKDAYS.contains(&words) {
        let others: Vec<&&str> = WEEKDAYS.iter().filter(|day| **day != words).collect();
        return random.pick(&others).map(|day| (**day).to_owned());
    }
    let value: i32 = words.parse().ok()?;
    let shift = [1, 2, 3, 4, 5][random.below(5)];
    if words.len() == 4 {
        return Some((value - shift).to_string());
    }
    let new = if random.below(2) == 0 { value - shift } else { value + shift };
    let new = if (1..=28).contains(&new) { new } else { value - (new - value) };
    (1..=28).contains(&new).then(|| new.to_string())
}

/// The opposite, or with a denial where there was none and without it where there was one.
fn polarity(words: &str, random: &mut Random) -> Option<String> {
    if let Some((auxiliary, next)) = words.split_once(' ') {
        return Some(match next {
            "not" => auxiliary.to_owned(),
            _ => format!("{auxiliary} not {next}"),
        });
    }
    let others: Vec<&str> = OPPOSITES
        .iter()
        .filter_map(|&(one, other)| match words {
            _ if words == one => Some(other),
            _ if words == other => Some(one),
            _ => None,
        })
        .collect();
    random.pick(&others).map(|word| (*word).to_owned())
}

/// Replaces a word wherever it stands by itself inside a span.
fn everywhere(report: &Report, span: Span, old: &str, new: &str) -> Vec<(Span, String)> {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let within = report.slice(span);
    within
        .match_indices(old)
        .map(|(at, _)| Span::new(span.start() + at, span.start() + at + old.len()))
        .filter(|place| {
            !is_letter(report.text[..place.start()].chars().next_back())
                && !is_letter(report.text[place.end()..].chars().next())
        })
        .map(|place| (place, new.to_owned()))
        .collect()
}

/// Full names of persons that the reports give, each once, in order.
fn speakers(reports: &[Report]) -> Vec<String> {
    let mut names: Vec<String> = reports
        .iter()
        .flat_map(|report| report.sentences.iter().map(move |sentence| (report, sentence)))
        .flat_map(|(report, sentence)| {
            (0..sentence.words.len().saturating_sub(1)).filter_map(move |at| {
                let (given, family) =
                    (report.word(sentence, Some(at)), report.word(sentence, Some(at + 1)));
                let known = GIVEN.iter().any(|list| list.contains(&given));
                let name = known
                    && family.starts_with(char::is_uppercase)
                    && family.chars().any(char::is_lowercase)
                    && report.gap(sentence, at) == " ";
                name.then(|| format!("{given} {family}"))
            })
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_form_and_change_their_value() {
        let mut random = Random::new(1, "story");
        for words in ["15", "63,000", "3.5", "1,204.50", "two", "500"] {
            let new = number(words, &mut random).expect("a number");
            assert_ne!(new, words);
            assert_eq!(new.contains('.'), words.contains('.'), "{words} {new}");
        }
        assert_eq!(with_commas("1234567"), "1,234,567");
        assert_eq!(with_commas("234.5"), "234.5");
    }

    #[test]
    fn a_denial_comes_or_goes() {
        let mut random = Random::new(1, "story");
        assert_eq!(polarity("was arrested", &mut random).as_deref(), Some("was not arrested"));
        assert_eq!(polarity("did not", &mut random).as_deref(), Some("did"));
        assert_eq!(polarity("rose", &mut random).as_deref(), Some("fell"));
    }
}
