//! What is told by several, by one only, and by all but one.

use rashomon::article::{Claim, Passage};

use super::desk::{Desk, same_words, show};
use super::line::{Line, Place};
use super::tally::Tally;

pub fn check(desk: &Desk, line: &Line, tally: &mut Tally) {
    match line {
        Line::SameClaim(places) => {
            let together = desk.passages(places).map_or(0, |(story, members)| {
                let told = |claim: &Claim| {
                    members.iter().filter(|at| at.iter().any(|&at| tells(claim, at))).count()
                };
                story.claims.iter().map(told).max().unwrap_or(0)
            });
            let joined = together.saturating_sub(1);
            tally.expect_of("same-claim", joined, places.len() - 1, &show(places));
        }
        Line::Only(place) => {
            let met = desk.passages(std::slice::from_ref(place)).is_some_and(|(story, members)| {
                let alone = |at: &Passage| story.unique.iter().any(|&own| same_words(own, *at));
                members[0].iter().any(alone)
            });
            tally.expect("only", met, || show(std::slice::from_ref(place)));
        }
        Line::Omits(place) => {
            tally.expect("omits", is_omitted(desk, place), || show(std::slice::from_ref(place)));
        }
        _ => {}
    }
}

/// Sentences that are said to be told by one article alone, though others tell them.
pub fn find_false(desk: &Desk, tally: &mut Tally) {
    for line in &desk.lines {
        let Line::SameClaim(places) = line else {
            continue;
        };
        let Some((story, members)) = desk.passages(places) else {
            continue;
        };
        for (place, passages) in places.iter().zip(members) {
            let alone = |at: &Passage| story.unique.iter().any(|&own| same_words(own, *at));
            if passages.iter().any(alone) {
                tally.wrong("only", show(std::slice::from_ref(place)));
            }
        }
    }
}

fn tells(claim: &Claim, at: Passage) -> bool {
    claim.mentions.iter().any(|&mention| same_words(mention, at))
}

/// Whether some claim that uses a word of the description is told by at least half of the other
/// articles and not by this one. What is left out is described in the editor's words, so that
/// nothing stricter can be asked.
fn is_omitted(desk: &Desk, place: &Place) -> bool {
    let Some((story, article)) = desk.article(&place.key) else {
        return false;
    };
    let description = place.words.to_lowercase();
    let words: Vec<&str> = description.split(' ').filter(|word| word.len() > 4).collect();
    story.claims.iter().any(|claim| {
        let others: Vec<_> = claim.mentions.iter().map(|mention| mention.article).collect();
        let told = story.counts(others.iter().copied()).articles;
        let about = claim.mentions.iter().any(|&mention| {
            let text = story.slice(mention).to_lowercase();
            words.iter().any(|word| text.contains(word))
        });
        about && !others.contains(&article) && told * 2 >= story.documents.len() - 1
    })
}
