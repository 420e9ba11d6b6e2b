/*!
Where reports of one story differ, and why.

Values are held against each other only where they are of the same event, role, unit and scope.
Then the innocent explanations are tried in this order: an update over time, rounding or
overlapping ranges, another scope or subset, another source that is named. What is left is a
conflict. A false conflict wastes a desk's morning, so that each finder asks for more evidence
that two passages speak of one thing than the claims do.

One file for each kind of difference: [`figures`] (quantities and durations), `days`, `places`,
`spellings` and `holders` (names and roles), `speakers` (attribution and wording), `polarity`
(negation and modality).
*/

mod days;
mod figure;
mod figures;
mod holders;
mod order;
mod pairing;
mod places;
mod polarity;
mod side;
mod speakers;
mod spellings;
mod verdict;

use std::collections::BTreeSet;

use rashomon_article::{Discrepancy, Story};
use rashomon_language::Language;
use rashomon_terms::{SenseIndex, Units};

/// The differences between the reports, the weightiest first. Reads all layers before.
pub fn discrepancies(story: &Story, language: &Language) -> Vec<Discrepancy> {
    let senses = SenseIndex::new(language);
    let key = |word: &&str| {
        let form = rashomon_terms::normal_form(word, language);
        senses.sense(&form).map_or(form, |sense| format!("={sense}"))
    };
    let tolls = language.senses.cumulative.iter().map(key).collect();
    let persons = language.senses.persons.iter().map(key).collect();
    let units = Units::new(story, language);
    let desk = Desk { story, language, senses, tolls, persons, units };
    let mut found = figures::figures(&desk);
    found.extend(days::days(&desk));
    found.extend(places::places(&desk));
    found.extend(spellings::spellings(&desk));
    found.extend(holders::holders(&desk));
    found.extend(speakers::speakers(&desk));
    found.extend(polarity::polarity(&desk));
    order::sort(story, &mut found);
    found
}

/// What every finder reads.
struct Desk<'s> {
    story: &'s Story,
    language: &'s Language,
    senses: SenseIndex,
    /// Keys of what can only grow while an event lasts.
    tolls: BTreeSet<String>,
    /// Keys of nouns that count human beings of any kind.
    persons: BTreeSet<String>,
    units: Units,
}
