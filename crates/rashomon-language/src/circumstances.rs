/// A phrase in lower case, word by word.
pub type Phrase = &'static [&'static str];

/// What telling of what a quantity is needs to know. Lists of words are sorted; of phrases the
/// longer one stands before the shorter one that it begins with.
#[derive(Debug)]
pub struct Circumstances {
    /// Words before the place where something holds: `in`, `across`.
    pub locatives: &'static [&'static str],
    /// Those of them that tell as well what something is about: `on`.
    pub topical: &'static [&'static str],
    /// Phrases for a place that name none: `elsewhere`.
    pub open_places: &'static [Phrase],
    /// Words before a time over which something adds up: `since`, `during`.
    pub over: &'static [&'static str],
    /// Words before a time from which other times are counted: `from now`.
    pub counting: &'static [&'static str],
    /// Phrases before a time as of which something holds, however long that time is: `by`.
    pub as_of: &'static [Phrase],
    /// Words after which a verb stands in its first form: `to`, `could`.
    pub modals: &'static [&'static str],
    /// Phrases for such a time that name none: `so far`.
    pub open_periods: &'static [Phrase],
    /// Phrases right before a number that comes on top: `another`.
    pub additions_before: &'static [Phrase],
    /// The same after it: `more`.
    pub additions_after: &'static [Phrase],
    /// Phrases before a number that is the sum of all: `a total of`.
    pub totals_before: &'static [Phrase],
    /// The same after it: `in all`.
    pub totals_after: &'static [Phrase],
    /// Phrases before a mean: `an average of`.
    pub averages_before: &'static [Phrase],
    /// The same after it: `on average`.
    pub averages_after: &'static [Phrase],
    /// Words between a part and the whole that it is a part of: `among`.
    pub part_of_whole: &'static [Phrase],
    /// Words between a whole and a part of it: `including`.
    pub whole_with_part: &'static [Phrase],
    /// Phrases after a part that stand for the whole told before: `of them`.
    pub of_those: &'static [Phrase],
    /// Words that open a clause of another time: `after`, `because`.
    pub clause_openers: &'static [&'static str],
    /// Words after which somebody else may be the source: `while`.
    pub turns: &'static [&'static str],
    /// Words of being and having, after which a figure is said of the subject.
    pub copulas: &'static [&'static str],
    /// Verbs besides those of movement that take a figure and do not end as participles do:
    /// `cost`, `reach`.
    pub figure_verbs: &'static [&'static str],
    /// What may stand between a verb and its figure: `by`, `for`.
    pub figure_fillers: &'static [&'static str],
    /// Words that end a subject to the left: `that`, `but`.
    pub subject_stops: &'static [&'static str],
    /// Nouns before `of` and a figure that say nothing of what is measured: `a total of`.
    pub empty_nouns: &'static [&'static str],
}
