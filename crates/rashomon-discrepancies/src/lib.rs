/*!
Where reports of one story differ, and why.

Values are held against each other only where they are of the same event, role, unit and scope.
Then the innocent explanations are tried in this order: an update over time, rounding or
overlapping ranges, another scope or subset, another source that is named. What is left is a
conflict. A false conflict wastes a desk's morning, so that each finder asks for more evidence
that two passages speak of one thing than the claims do.

The story is read once: words and names get numbers, sentences with the same words are taken as
one ([`desk`]), and an inverted index of rare words ([`index`]) brings together what may tell one
fact: figures ([`candidates`]) and sentences ([`twins`]). All work grows with the number of reports
and not with that of their pairs.

The safest ground are sentences that are nearly the same. They are aligned word by word
([`alignment`]), and what stands in one place of both ([`slots`]) is compared by its kind: figures,
days, names of persons and places, denials and opposites. [`quotes`] does the same for the speakers
of words in quotation marks. What is told in other words falls to one file for each kind:
[`figures`] (quantities and durations), `days`, `places`, `spellings` and `holders` (names and
roles), `speakers` (attribution and wording), `polarity` (negation and modality).
*/

mod abroad;
mod alignment;
mod candidates;
mod clash;
mod days;
mod desk;
mod figure;
mod figures;
mod gathering;
mod holders;
mod index;
mod likeness;
mod memo;
mod order;
mod places;
mod polarity;
mod quotes;
mod side;
mod slots;
mod speakers;
mod spellings;
mod twins;
mod verdict;

pub use memo::Memo;

use rashomon_article::{Discrepancy, Story};
use rashomon_language::Language;
use rashomon_terms::Stamp;

use crate::desk::Desk;

/// The differences between the reports, the weightiest first. Reads all layers before.
pub fn discrepancies(story: &Story, language: &Language) -> Vec<Discrepancy> {
    discrepancies_with(story, language, &[], &mut Memo::new(language))
}

/// The differences between the reports, as [`discrepancies`] finds them. What an earlier call with
/// the same memo has found of documents with the same stamps is not looked for again.
pub fn discrepancies_with(
    story: &Story,
    language: &Language,
    stamps: &[Stamp],
    memo: &mut Memo<'_>,
) -> Vec<Discrepancy> {
    let desk = Desk::new(story, language, stamps, memo);
    let figures = gathering::collect(&desk);
    let twins = twins::twins(&desk, memo);
    let mut found = figures::figures(&desk, &figures);
    found.extend(days::days(&desk, &twins));
    found.extend(places::places(&desk, &twins));
    found.extend(spellings::spellings(&desk));
    found.extend(holders::holders(&desk));
    found.extend(speakers::speakers(&desk));
    found.extend(polarity::polarity(&desk, &twins, memo));
    let mut found = slots::slots(&desk, &figures, &twins, found);
    for discrepancy in &mut found {
        discrepancy.why = sentence(&discrepancy.why);
    }
    order::sort(story, &mut found);
    found
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
