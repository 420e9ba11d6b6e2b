/// Which words mean about the same in a report, and which the opposite.
///
/// Words are lemmas in lower case. The sets are those of news: what is told of the same event in
/// other words by another outlet.
#[derive(Debug)]
pub struct Senses {
    /// Sets of words that tell the same kind of thing: `talk`, `meet`, `summit`. A word stands in
    /// one set only.
    pub synonyms: &'static [&'static [&'static str]],
    /// Words that cannot both be true of one event: `agree`, `refuse`.
    pub antonyms: &'static [(&'static str, &'static str)],
    /// Words before a verb that say it has not happened yet: `will`, `plan`, `expect`.
    pub planned: &'static [&'static str],
    /// Words before a verb that announce it: `will`, `plan`, `vow`.
    pub announcing: &'static [&'static str],
    /// Words that say it may come or be so: `may`, `likely`, `expect`.
    pub expected: &'static [&'static str],
    /// Words that say it is confirmed: `confirm`, `verify`.
    pub confirming: &'static [&'static str],
    /// Words that say that somebody only says so: `allegedly`, `reportedly`.
    pub hearsay: &'static [&'static str],
    /// Sets of words of stock phrases, which tell of the work of reporters: `respond`, `request`,
    /// `comment`.
    pub stock: &'static [&'static [&'static str]],
    /// Words that say somebody claims it: `allegedly`, `accuse`, `suspect`.
    pub alleged: &'static [&'static str],
    /// Words that deny and say nothing else: `not`. Lemmas.
    pub denials: &'static [&'static str],
    /// Words that stand beside a denial and fall away with it: `do` in `did not sign`, `a` in
    /// `not a word`. All forms.
    pub supports: &'static [&'static str],
    /// Capitals and other names with the country or region that they stand for, folded: who reads
    /// `Paris` and `France` in one place reads one thing.
    pub seats: &'static [(&'static str, &'static str)],
    /// Denials that are verbs: they deny the verb after their infinitive mark, not their object.
    /// All forms, in lower case.
    pub denying_verbs: &'static [&'static str],
    /// Words that free from something, or take it back, without denying it: `exempt`, `unable`. All
    /// forms.
    pub exempting: &'static [&'static str],
    /// Forms of the verb `be` after which a participle tells no past: `is`, `be`.
    pub present_be: &'static [&'static str],
    /// Endings of regular verbs in the past: `ed`.
    pub past_endings: &'static [&'static str],
    /// Auxiliaries that tell of the past: `was`, `had`.
    pub past_auxiliaries: &'static [&'static str],
    /// The mark of an infinitive: `to`.
    pub infinitive: &'static str,
    /// What can only grow while an event lasts: `kill`, `injure`, `miss`, `displace`.
    pub cumulative: &'static [&'static str],
    /// Words beside a figure that say it is not the figure of the event itself, but of more, of
    /// others, or since some other time: `another`, `more`, `since`, `total`.
    pub scope: &'static [&'static str],
    /// Verbs of which a length of time is the object and the event the subject: `last`, `take`.
    pub lasting: &'static [&'static str],
    /// Nouns that count human beings of any kind: `people`, `victims`.
    pub persons: &'static [&'static str],
    /// Words that say a figure is a part of another: `among`, `including`, `of`.
    pub subset: &'static [&'static str],
    /// Words at which a sentence can be cut into clauses: `but`, `while`, `after`.
    pub clause_openers: &'static [&'static str],
}

impl Senses {
    /// Whether a word in lower case is a regular verb in the past, or tells of it.
    pub fn is_past(&self, word: &str) -> bool {
        let ending = |ending: &&str| word.len() > ending.len() + 1 && word.ends_with(*ending);
        self.past_endings.iter().any(ending) || self.past_auxiliaries.binary_search(&word).is_ok()
    }

    /// The number of the set that a lemma in lower case stands in.
    pub fn set_of(&self, lemma: &str) -> Option<usize> {
        self.synonyms.iter().position(|set| set.contains(&lemma))
    }
}
