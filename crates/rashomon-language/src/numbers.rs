use crate::Sieve;

/// What reading numbers needs to know. Tables are sorted by their words.
#[derive(Debug)]
pub struct Numbers {
    /// Number words below a hundred: `seven`, `forty`.
    pub cardinals: &'static [(&'static str, f64)],
    /// Words and letters that multiply: `hundred`, `million`, `bn`, `crore`.
    pub magnitudes: &'static [(&'static str, f64)],
    /// Ordinal words: `third`, `twentieth`.
    pub ordinals: &'static [(&'static str, f64)],
    /// What follows the digits of an ordinal: `st`, `th`.
    pub ordinal_endings: &'static [&'static str],
    /// Words of a part, singular and plural: `half`, `thirds`.
    pub fractions: &'static [(&'static str, f64)],
    /// Words of an unsaid number, with the least and the most that they can honestly mean.
    pub vague: &'static [(&'static str, (f64, f64))],
    /// Every word that a quantity may begin with passes it.
    pub openers: Sieve,
    /// Words before a number that bound it, as phrases: `more than`. In the order of their first
    /// words, and of these the longer ones first.
    pub bounds_before: &'static [(&'static [&'static str], Bound)],
    /// What may stand between a bound and its number: `a total of`.
    pub bound_fillers: &'static [&'static [&'static str]],
    /// Words after a number that bound it: `or more`.
    pub bounds_after: &'static [(&'static [&'static str], Bound)],
    /// Signs and codes of currencies, in lower case, with the name in the singular.
    pub currency_signs: &'static [(&'static str, &'static str)],
    /// Words of currencies: `rupees`, `euros`.
    pub currency_words: &'static [(&'static str, &'static str)],
    /// Adjectives that make another currency of a word: `australian` before `dollars`.
    pub currency_adjectives: &'static [&'static str],
    /// Units of measure by their words; of several words with a blank between them.
    pub units: &'static [(&'static str, UnitWord)],
    /// The same for units that nothing here converts.
    pub technical_units: &'static [(&'static str, UnitWord)],
    /// Units that are told by their capitals: `Nm` is none of `nm`.
    pub written_units: &'static [(&'static str, UnitWord)],
    /// Units that are one or two letters long and stand glued to digits only.
    pub glued_units: &'static [(&'static str, UnitWord)],
    /// Words that make a rate of two units: `per`, `a`, `/`.
    pub rates: &'static [&'static str],
    /// Things that have a price each after `a`: `share`.
    pub priced: &'static [&'static str],
    /// Words that go up, as verbs before a figure or nouns after it.
    pub up: &'static [&'static str],
    /// Words that go down.
    pub down: &'static [&'static str],
    /// Those of both that move an object: `raised the fare to $3`.
    pub movers: &'static [&'static str],
    /// Those of them that mean as well to gather: `raised $5 million`.
    pub collecting: &'static [&'static str],
    /// What may stand between such a word and its figure: `by`, `to`.
    pub change_fillers: &'static [&'static str],
    /// Words that join the two ends of a range: `to`.
    pub range_words: &'static [&'static str],
    /// Words that open a range and the word that joins its ends: `between`, `and`.
    pub range_openers: &'static [(&'static str, &'static str)],
    /// Words after a length of time that make a point in time of it: `ago`.
    pub time_marks: &'static [&'static str],
    /// Words after `half` that make it a share: `the`.
    pub after_half: &'static [&'static str],
    /// Words before `half` that make it a part in time: `second`.
    pub before_part: &'static [&'static str],
    /// Words before `day` that tell which day it is, so that a number after it is none of its name.
    pub before_day: &'static [&'static str],
    /// Words that follow a verb rather than a noun: `the`, `in`.
    pub after_verbs: &'static [&'static str],
    /// Words between a number and its unit: `more`, `consecutive`.
    pub unit_openers: &'static [&'static str],
    /// Words after a unit of temperature that tell a difference: `warmer`.
    pub difference_after: &'static [&'static str],
    /// Words before a number that something moves to, from or past: `to`, `below`.
    pub levels: &'static [&'static str],
    /// Verbs that make another verb with `up` or `down`: `call`, `shut`.
    pub phrasal_verbs: &'static [&'static str],
    /// Whose age it is in `in her thirties`.
    pub age_owners: &'static [&'static str],
    /// Parts of a decade of life, with the first and the last year of it: `early`.
    pub decade_parts: &'static [(&'static str, (f64, f64))],
    /// Decades of life: `thirties`.
    pub decades: &'static [(&'static str, f64)],
    /// Words before two numbers that make them a ratio: `odds`, `outnumbered`.
    pub ratio_words: &'static [&'static str],
    /// Words after the two numbers of a vote: for and against.
    pub ayes: &'static [&'static [&'static str]],
    /// See `ayes`.
    pub noes: &'static [&'static [&'static str]],
    /// People of whom `under five` and `over 65` tell the age.
    pub age_groups: &'static [&'static str],
    /// Subjects that are measured in years of life: `life expectancy`.
    pub age_measures: &'static [&'static [&'static str]],
    /// Words that mark an age after a number: `old`.
    pub age_words: &'static [&'static str],
    /// Words that mark an age before a number: `aged`.
    pub aged_words: &'static [&'static str],
    /// Verbs whose complement is an age where a person is the subject: `is`, `turned`.
    pub age_verbs: &'static [&'static str],
    /// Verbs whose complement is an age whoever is the subject: `turned`.
    pub age_turns: &'static [&'static str],
    /// Persons whose age follows `of`: `a girl of 14`.
    pub age_persons: &'static [&'static str],
    /// Subjects that are persons: `he`, `who`.
    pub age_subjects: &'static [&'static str],
    /// What may stand between the two: `will`, `now`.
    pub age_fillers: &'static [&'static str],
    /// Words after a bare number that is no age: `7 under par`, `2 behind`.
    pub no_age_before: &'static [&'static str],
    /// Pronouns that stand for what is counted after `of`: `them`.
    pub counted_pronouns: &'static [&'static str],
    /// The same where no noun follows: `those`.
    pub counted_demonstratives: &'static [&'static str],
    /// Words before four digits that make a year of them: `the 2020 elections`.
    pub before_years: &'static [&'static str],
    /// Words right before a bare figure that takes the unit of the figure before it: `to`, `is`.
    pub elliptical_before: &'static [&'static str],
    /// Words right after such a figure: `in`, `while`.
    pub elliptical_after: &'static [&'static str],
    /// Words right after a bare figure that counts what the figure before it counts: `who`.
    pub recounting_after: &'static [&'static str],
    /// Words that make `57-43` a result: `won`, `vote`.
    pub score_words: &'static [&'static str],
    /// Nouns before a number that name one of a series: `flight`, `article`.
    pub labels: &'static [&'static str],
    /// Words before `one` that make it a pronoun: `this`, `no`.
    pub one_pronoun_before: &'static [&'static str],
    /// Words that end the noun phrase after a number: `of`, `killed`, `who`.
    pub noun_breaks: &'static [&'static str],
    /// Words between a number and its noun that would end a noun phrase elsewhere: `more`.
    pub noun_openers: &'static [&'static str],
    /// Verbs in their finite or participle form that do not end in `-ed` and tell what happened.
    pub role_verbs: &'static [&'static str],
    /// Verbs in the present, as headlines have them before a number: `kills`.
    pub role_presents: &'static [&'static str],
    /// Plurals that stand before the noun that is counted: `rights` groups.
    pub attributive_plurals: &'static [&'static str],
    /// Nouns that end like gerunds: `building`.
    pub nouns_like_gerunds: &'static [&'static str],
    /// Prepositions that end like gerunds: `during`.
    pub prepositions_like_gerunds: &'static [&'static str],
    /// Words that open a part of what was counted: `including`.
    pub part_openers: &'static [&'static str],
    /// Plurals that are verbs as well, after a singular: `lives`.
    pub verbs_like_plurals: &'static [&'static str],
    /// Words that tell what happened and stand alone after a number: `dead`, `wounded`.
    pub role_adjectives: &'static [&'static str],
    /// Auxiliaries and relatives between what is counted and what happened to it.
    pub role_fillers: &'static [&'static str],
    /// Plurals that do not end in `-s`, with their singular: `people`, `women`.
    pub plurals: &'static [(&'static str, &'static str)],
    /// Words in `-s` that are no plural: `news`, `has`.
    pub not_plural: &'static [&'static str],
    /// Words for below zero before a number: `minus`.
    pub minus: &'static [&'static str],
    /// What a number of a telephone stands after: `phone`, `call`.
    pub telephone: &'static [&'static str],
}

/// How a word bounds the number beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// `about`, `nearly`
    About,
    /// `fewer than`
    Less,
    /// `up to`
    AtMost,
    /// `more than`
    More,
    /// `at least`
    AtLeast,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Repetitions and pieces.
    Count,
    /// Parts of a whole; base 1.
    Share,
    /// Percentage points; base 1.
    PercentagePoints,
    /// Base: second.
    Duration,
    /// Base: metre.
    Length,
    /// Base: square metre.
    Area,
    /// Base: cubic metre.
    Volume,
    /// Base: kilogram.
    Mass,
    /// Base: metre a second.
    Speed,
    /// Base: degree Celsius.
    Temperature,
    /// Anything else; not converted.
    Other,
}

/// A unit of measure.
#[derive(Clone, Copy, Debug)]
pub struct UnitWord {
    /// The canonical name in the singular.
    pub name: &'static str,
    /// What it measures.
    pub measure: Measure,
    /// How many base units it is.
    pub scale: f64,
    /// What its zero is in base units: 0 but for scales of temperature.
    pub offset: f64,
}

/// A table row of a unit; for the packs.
pub(crate) const fn unit(
    word: &'static str,
    name: &'static str,
    measure: Measure,
    scale: f64,
) -> (&'static str, UnitWord) {
    (word, UnitWord { name, measure, scale, offset: 0.0 })
}

/// A table row of a scale of temperature: its degree and its zero in Celsius.
pub(crate) const fn degree(
    word: &'static str,
    name: &'static str,
    scale: f64,
    offset: f64,
) -> (&'static str, UnitWord) {
    (word, UnitWord { name, measure: Measure::Temperature, scale, offset })
}

fn find<T: Copy>(table: &'static [(&'static str, T)], word: &str) -> Option<T> {
    let at = table.binary_search_by_key(&word, |&(known, _)| known).ok()?;
    Some(table[at].1)
}

impl Numbers {
    /// The value of a number word below a hundred, in lower case.
    pub fn cardinal(&self, word: &str) -> Option<f64> {
        find(self.cardinals, word)
    }

    /// The factor of `million`, `bn`.
    pub fn magnitude(&self, word: &str) -> Option<f64> {
        find(self.magnitudes, word)
    }

    /// The value of an ordinal word.
    pub fn ordinal(&self, word: &str) -> Option<f64> {
        find(self.ordinals, word)
    }

    /// The value of a word of a part.
    pub fn fraction(&self, word: &str) -> Option<f64> {
        find(self.fractions, word)
    }

    /// The least and the most that a vague word means.
    pub fn vague(&self, word: &str) -> Option<(f64, f64)> {
        find(self.vague, word)
    }

    /// The bound that begins here, and how many words it takes. `word` gives the n-th word in
    /// lower case, and an empty string past the end.
    pub fn bound_before<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<(Bound, usize)> {
        let first = word(0);
        let from = self.bounds_before.partition_point(|(phrase, _)| phrase[0] < first);
        self.bounds_before[from..]
            .iter()
            .take_while(|(phrase, _)| phrase[0] == first)
            .find(|(phrase, _)| (1..phrase.len()).all(|at| phrase[at] == word(at)))
            .map(|(phrase, bound)| (*bound, phrase.len()))
    }

    /// Whether a unit begins with this word.
    pub fn begins_unit(&self, word: &str) -> bool {
        [self.units, self.technical_units].iter().any(|units| {
            let from = units.partition_point(|&(unit, _)| unit < word);
            units[from..]
                .iter()
                .take_while(|(unit, _)| unit.starts_with(word))
                .any(|(unit, _)| matches!(unit.as_bytes().get(word.len()), None | Some(b' ')))
        })
    }

    /// The currency of a sign or code.
    pub fn currency_sign(&self, sign: &str) -> Option<&'static str> {
        find(self.currency_signs, sign)
    }

    /// The currency of a word.
    pub fn currency_word(&self, word: &str) -> Option<&'static str> {
        find(self.currency_words, word)
    }

    /// The unit of a word.
    pub fn unit(&self, word: &str) -> Option<UnitWord> {
        find(self.units, word).or_else(|| find(self.technical_units, word))
    }

    /// The unit of letters glued to digits.
    pub fn glued_unit(&self, letters: &str) -> Option<UnitWord> {
        find(self.glued_units, letters).or_else(|| self.unit(letters))
    }

    /// The value of a run of number words, and how many words it takes: `twenty-eight thousand`,
    /// `a hundred and five`. `word` gives the n-th word in lower case, a hyphen as `-`, and an
    /// empty string past the end.
    pub fn compose<'w>(&self, word: impl Fn(usize) -> &'w str) -> Option<(f64, usize)> {
        let (mut at, mut total, mut group) = (0, 0.0, 0.0);
        // The least place that is filled: a smaller number may follow, a larger one may not.
        let mut room = f64::INFINITY;
        let mut top = f64::INFINITY;
        if word(0) == self.article_of_magnitudes(word(0)) && self.spelled(word(1)).is_some() {
            at = 1;
        }
        let mut taken = 0;
        loop {
            let mut next = at;
            if taken > 0 && (word(next) == "-" || self.is_joint(word(next))) {
                next += 1;
            }
            let words = word(next);
            if let Some(value) = self.cardinal(words) {
                let hyphen = next > at;
                let tens = value >= 20.0;
                let fits = if room == 10.0 {
                    value > 0.0 && value < 10.0
                } else {
                    room >= 100.0 && (!hyphen || taken > 0 && word(at) != "-" || tens)
                };
                if !fits {
                    break;
                }
                group += value;
                room = if tens { 10.0 } else { 0.0 };
            } else if let Some(factor) = self.spelled(words) {
                if next == 0 || word(at) != words && word(at) != "-" {
                    break;
                }
                if factor == 100.0 {
                    if group >= 100.0 || taken > 0 && room > 10.0 {
                        break;
                    }
                    group = f64::max(group, 1.0) * 100.0;
                    room = 100.0;
                } else {
                    if factor >= top {
                        break;
                    }
                    total += f64::max(group, 1.0) * factor;
                    group = 0.0;
                    top = factor;
                    room = 1000.0;
                }
            } else {
                break;
            }
            at = next + 1;
            taken = at;
        }
        (taken > 0).then_some((total + group, taken))
    }

    /// A magnitude that is spelled out: `hundred`, not `m`.
    pub fn spelled(&self, word: &str) -> Option<f64> {
        (word.len() > 3).then(|| self.magnitude(word)).flatten()
    }

    /// Whether a plural is its own singular: `series`.
    pub fn is_invariable(&self, word: &str) -> bool {
        find(self.plurals, word) == Some(word)
    }

    /// The singular of a noun, by table or by its ending.
    pub fn singular(&self, word: &str) -> String {
        if let Ok(at) = self.plurals.binary_search_by_key(&word, |&(plural, _)| plural) {
            return self.plurals[at].1.to_owned();
        }
        let kept = word.len() < 4 || word.ends_with("ss");
        if kept || self.not_plural.binary_search(&word).is_ok() {
            return word.to_owned();
        }
        if let Some(stem) = word.strip_suffix("men") {
            return format!("{stem}man");
        }
        if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
            return format!("{stem}y");
        }
        for ending in ["sses", "shes", "ches", "xes", "zzes"] {
            if word.ends_with(ending) {
                return word[..word.len() - 2].to_owned();
            }
        }
        word.strip_suffix('s').unwrap_or(word).to_owned()
    }

    fn article_of_magnitudes(&self, word: &str) -> &'static str {
        if word == "a" { "a" } else { "\0" }
    }

    fn is_joint(&self, word: &str) -> bool {
        word == "and"
    }
}

#[cfg(test)]
mod tests {
    use crate::english;

    #[test]
    fn tables_are_sorted() {
        let numbers = &english().numbers;
        for table in [numbers.cardinals, numbers.magnitudes, numbers.ordinals, numbers.fractions] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0), "{table:?}");
        }
        for table in [numbers.currency_signs, numbers.currency_words, numbers.plurals] {
            let wrong = table.windows(2).find(|pair| pair[0].0 >= pair[1].0);
            assert_eq!(wrong, None);
        }
        for table in [numbers.units, numbers.technical_units, numbers.glued_units] {
            let wrong = table.windows(2).find(|pair| pair[0].0 >= pair[1].0);
            assert_eq!(wrong.map(|pair| pair[1].0), None);
        }
        assert!(numbers.vague.is_sorted_by(|a, b| a.0 < b.0));
        let order = |phrase: &'static [&'static str]| (phrase[0], usize::MAX - phrase.len());
        assert!(numbers.bounds_before.is_sorted_by_key(|(phrase, _)| order(phrase)));
        for list in [
            numbers.up,
            numbers.down,
            numbers.change_fillers,
            numbers.labels,
            numbers.noun_breaks,
            numbers.role_verbs,
            numbers.role_presents,
            numbers.role_adjectives,
            numbers.role_fillers,
            numbers.not_plural,
            numbers.score_words,
            numbers.elliptical_before,
            numbers.elliptical_after,
            numbers.recounting_after,
            numbers.one_pronoun_before,
            numbers.telephone,
            numbers.phrasal_verbs,
            numbers.verbs_like_plurals,
            numbers.attributive_plurals,
            numbers.nouns_like_gerunds,
        ] {
            let wrong = list.windows(2).find(|pair| pair[0] >= pair[1]);
            assert_eq!(wrong, None);
        }
    }

    #[test]
    fn every_word_that_opens_a_quantity_passes() {
        let numbers = &english().numbers;
        let tables = [numbers.cardinals, numbers.magnitudes, numbers.ordinals, numbers.fractions];
        for (word, _) in tables.into_iter().flatten() {
            assert!(numbers.openers.passes(word), "{word}");
        }
        for (phrase, _) in numbers.bounds_before {
            assert!(numbers.openers.passes(phrase[0]), "{phrase:?}");
        }
        for (word, _) in numbers.vague {
            assert!(numbers.openers.passes(word), "{word}");
        }
        let frequent =
            ["the", "and", "said", "was", "that", "harbour", "it", "strike", "with", "is"];
        assert!(frequent.iter().filter(|word| numbers.openers.passes(word)).count() < 3);
    }

    #[test]
    fn number_words_compose() {
        let table = [
            ("seven", Some((7.0, 1))),
            ("twenty - three", Some((23.0, 3))),
            ("twenty three", Some((23.0, 2))),
            ("two three", Some((2.0, 1))),
            ("a hundred and five people", Some((105.0, 4))),
            ("a dog", None),
            ("and five", None),
            ("twenty - eight thousand six hundred forty - two", Some((28642.0, 9))),
            ("two million and three", Some((2_000_003.0, 4))),
            ("five and six", Some((5.0, 1))),
            ("three hundred thousand", Some((300_000.0, 3))),
            ("twenty and", Some((20.0, 1))),
            ("ten - year", Some((10.0, 1))),
        ];
        for (words, expected) in table {
            let words: Vec<&str> = words.split(' ').collect();
            let found = english().numbers.compose(|at| words.get(at).copied().unwrap_or(""));
            assert_eq!(found, expected, "{words:?}");
        }
    }
}
