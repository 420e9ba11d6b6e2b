use std::collections::BTreeSet;

use rashomon::text::Span;

use super::lists::{
    AUXILIARIES, GIVEN, MONTHS, NUMBERS, OPEN_BOUNDS, OPPOSITES, PLACES, SAYING, TITLES, WEEKDAYS,
};
use super::reports::{Report, Sentence};

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Number,
    Date,
    Person,
    Place,
    Polarity,
    Attribution,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Number, Kind::Date, Kind::Person, Kind::Place, Kind::Polarity, Kind::Attribution];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Date => "date",
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Polarity => "polarity",
            Kind::Attribution => "attribution",
        }
    }
}

/// Words of one sentence that stand in a sentence of another report too, in the same company.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    pub kind: Kind,
    /// The report, the sentence in it, and the words.
    pub here: (usize, usize, Span),
    /// The same in the other report.
    pub there: (usize, usize, Span),
    /// How many words the two sentences share (Dice).
    pub overlap: f64,
}

/// A sentence with its report.
#[derive(Clone, Copy)]
struct View<'r> {
    report: &'r Report,
    sentence: &'r Sentence,
}

impl<'r> View<'r> {
    fn word(self, at: Option<usize>) -> &'r str {
        self.report.word(self.sentence, at)
    }

    fn capital(self, at: Option<usize>) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }
}

/// The facts of a kind that two sentences share.
pub fn facts(
    reports: &[Report],
    families: &BTreeSet<String>,
    kind: Kind,
    a: (usize, usize),
    b: (usize, usize),
) -> Vec<Fact> {
    let view = |(report, sentence): (usize, usize)| View {
        report: &reports[report],
        sentence: &reports[report].sentences[sentence],
    };
    let (x, y) = (view(a), view(b));
    let overlap = x.sentence.overlap(y.sentence);
    let found = (0..x.sentence.words.len()).filter_map(|at| {
        let length = holds(x, families, kind, at)?;
        let there = x.sentence.same_place(at, y.sentence)?;
        let span = |view: View<'_>, at: usize| {
            let words = &view.sentence.words;
            let last = words.get(at + length - 1)?;
            Some(Span::new(words[at].span.start(), last.span.end()))
        };
        let (here, there) = (span(x, at)?, span(y, there)?);
        let same = x.report.slice(here).eq_ignore_ascii_case(y.report.slice(there));
        same.then_some(Fact { kind, here: (a.0, a.1, here), there: (b.0, b.1, there), overlap })
    });
    found.collect()
}

/// How many words at a place of a sentence make a value of a kind, if they do.
fn holds(view: View<'_>, families: &BTreeSet<String>, kind: Kind, at: usize) -> Option<usize> {
    match kind {
        Kind::Number => is_number(view, at).then_some(1),
        Kind::Date => is_date(view, at).then_some(1),
        Kind::Person => person(view, at),
        Kind::Place => is_place(view, at).then_some(1),
        Kind::Polarity => polarity(view, at),
        Kind::Attribution => speaker(view, families, at),
    }
}

/// A number that counts or measures: none of a date or time, of a name, or with an open end.
fn is_number(view: View<'_>, at: usize) -> bool {
    let word = view.word(Some(at));
    let digits = view.sentence.words[at].number;
    let (before, after) = (at.checked_sub(1), Some(at + 1));
    let well_formed = word.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'));
    if !(digits && well_formed && word != "1" || NUMBERS.contains(&word)) {
        return false;
    }
    let open = (1..=2)
        .any(|back| OPEN_BOUNDS.contains(&view.word(at.checked_sub(back)).to_lowercase().as_str()));
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let dated = MONTHS.contains(&view.word(before)) || MONTHS.contains(&view.word(after));
    let next = view.word(after).to_lowercase();
    let clock = ["a.m", "p.m", "am", "pm", "gmt", "o'clock"].iter().any(|c| next.starts_with(c));
    let gap = view.report.gap(view.sentence, at);
    let gap_before = before.map_or("", |before| view.report.gap(view.sentence, before));
    let joined = |gap: &str| gap.contains([':', '/', '.', '(', ')']) || gap.is_empty();
    let named = view.capital(before) && before != Some(0) && !gap_before.contains('$');
    let counts = next.starts_with(char::is_alphabetic) && !view.capital(after) || gap.contains('%');
    !open && !year && !dated && !clock && !joined(gap) && !joined(gap_before) && !named && counts
}

/// A weekday, the day of a month, or a year that stands by itself.
fn is_date(view: View<'_>, at: usize) -> bool {
    let word = view.word(Some(at));
    if WEEKDAYS.contains(&word) {
        return true;
    }
    if !view.sentence.words[at].number || !word.chars().all(|c| c.is_ascii_digit()) {
        return false;
    }
    let (before, after) = (view.word(at.checked_sub(1)), view.word(Some(at + 1)));
    let day = word.len() <= 2
        && (MONTHS.contains(&before) || MONTHS.contains(&after) && !after.eq("May"));
    let year = word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && matches!(before, "in" | "In" | "since" | "Since" | "until");
    day || year
}

/// A given name and a family name, known by the given name or by a title before it.
fn person(view: View<'_>, at: usize) -> Option<usize> {
    let name = |at: usize| {
        let word = view.word(Some(at));
        view.capital(Some(at)) && word.len() > 2 && word.chars().any(char::is_lowercase)
    };
    let together = view.report.gap(view.sentence, at) == " ";
    if !name(at) || !name(at + 1) || !together || TITLES.contains(&view.word(Some(at))) {
        return None;
    }
    let known = GIVEN.iter().any(|list| list.contains(&view.word(Some(at))));
    let titled = TITLES.contains(&view.word(at.checked_sub(1)));
    let longer = name(at + 2) && view.report.gap(view.sentence, at + 1) == " ";
    let begun = view.capital(at.checked_sub(1)) && !titled;
    ((known || titled) && !longer && !begun).then_some(2)
}

fn is_place(view: View<'_>, at: usize) -> bool {
    let word = view.word(Some(at));
    let known = PLACES.iter().any(|list| list.contains(&word));
    // `Georgia Bell`, `Washington Post`, `New Delhi`, and `Paris Agreement` are other names.
    let beside = |at: Option<usize>| view.capital(at) && at != Some(0);
    let after = view.report.gap(view.sentence, at) == " " && beside(Some(at + 1));
    let before = at.checked_sub(1);
    let before = before.is_some_and(|before| view.report.gap(view.sentence, before) == " ")
        && beside(before);
    known && !after && !before
}

/// A word with an opposite, or an auxiliary and the word that it helps.
fn polarity(view: View<'_>, at: usize) -> Option<usize> {
    let word = view.word(Some(at));
    if OPPOSITES.iter().any(|(one, other)| *one == word || *other == word) {
        return Some(1);
    }
    let next = view.word(Some(at + 1));
    let plain = view.report.gap(view.sentence, at) == " ";
    let helped = next == "not"
        || next == "been"
        || next == "be"
        || next.len() > 4 && (next.ends_with("ed") || next.ends_with("ing"));
    (AUXILIARIES.contains(&word) && plain && helped).then_some(2)
}

/// The family names of the persons of a story, as far as a given name or a title tells them.
pub fn families(reports: &[Report]) -> BTreeSet<String> {
    let mut families = BTreeSet::new();
    for report in reports {
        for sentence in &report.sentences {
            let view = View { report, sentence };
            let named = (0..sentence.words.len()).filter(|&at| person(view, at).is_some());
            families.extend(named.map(|at| view.word(Some(at + 1)).to_owned()));
        }
    }
    families
}

/// The name of a person, of up to three words, right before or after a verb of saying.
fn speaker(view: View<'_>, families: &BTreeSet<String>, at: usize) -> Option<usize> {
    let name = |at: usize| {
        let word = view.word(Some(at));
        view.capital(Some(at)) && word.len() > 2 && word.chars().any(char::is_lowercase)
    };
    let known = |at: usize| {
        TITLES.contains(&view.word(Some(at)))
            || WEEKDAYS.contains(&view.word(Some(at)))
            || PLACES.iter().any(|list| list.contains(&view.word(Some(at))))
    };
    let joined = |at: usize| view.report.gap(view.sentence, at) == " ";
    let begins = name(at) && !known(at) && !matches!(view.word(Some(at)), "The" | "They" | "She");
    let goes_on = at.checked_sub(1).is_some_and(|before| name(before) && joined(before));
    let titled = at.checked_sub(1).is_some_and(|before| TITLES.contains(&view.word(Some(before))));
    // `the Bureau of Ocean Energy`, `Al-Hamid`: the name began before.
    let begun = at.checked_sub(1).is_some_and(|before| {
        matches!(view.word(Some(before)), "of" | "for" | "and" | "&")
            || !joined(before) && name(before)
    });
    if !begins || begun || goes_on && !titled {
        return None;
    }
    let mut length = 1;
    while length < 3 && name(at + length) && joined(at + length - 1) {
        length += 1;
    }
    let says = |at: Option<usize>| SAYING.contains(&view.word(at));
    if !families.contains(view.word(Some(at + length - 1))) {
        return None;
    }
    let after = says(Some(at + length)) && joined(at + length - 1);
    let before = at.checked_sub(1).is_some_and(|before| says(Some(before)) && joined(before));
    let ends = !matches!(view.report.gap(view.sentence, at + length - 1), " " | "-");
    (after || before && ends).then_some(length)
}
