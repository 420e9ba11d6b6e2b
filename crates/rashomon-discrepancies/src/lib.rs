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

use std::collections::{BTreeMap, BTreeSet};

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
    let events = main_events(story, language, &senses);
    let desk = Desk { story, language, senses, tolls, persons, events, units };
    let mut found = figures::figures(&desk);
    found.extend(days::days(&desk));
    found.extend(places::places(&desk));
    found.extend(spellings::spellings(&desk));
    found.extend(holders::holders(&desk));
    found.extend(speakers::speakers(&desk));
    found.extend(polarity::polarity(&desk));
    for discrepancy in &mut found {
        discrepancy.why = sentence(&discrepancy.why);
    }
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
    /// Keys of the senses that the heads of most reports hold: what the story is about.
    events: BTreeSet<String>,
    units: Units,
}

/// How many sentences make the head of a report.
const HEAD: usize = 3;

/// The senses that stand in the heads of at least three in five of the reports.
fn main_events(story: &Story, language: &Language, senses: &SenseIndex) -> BTreeSet<String> {
    let mut holders: BTreeMap<usize, usize> = BTreeMap::new();
    for document in &story.documents {
        let head = document.sentences.iter().take(HEAD);
        let terms =
            head.flat_map(|sentence| rashomon_terms::terms(document, sentence.span, language));
        let found: BTreeSet<usize> = terms.filter_map(|term| senses.sense(&term.form)).collect();
        for sense in found {
            *holders.entry(sense).or_default() += 1;
        }
    }
    let most = |&(_, count): &(usize, usize)| 5 * count >= 3 * story.documents.len();
    holders.into_iter().filter(most).map(|(sense, _)| format!("={sense}")).collect()
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
