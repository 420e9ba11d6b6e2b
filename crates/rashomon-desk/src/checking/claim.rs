//! What the store has that is nearest to a sentence, and what disagrees with it.

use std::collections::{BTreeMap, BTreeSet};

use rashomon::language::english;
use rashomon::terms::Normaliser;
use rashomon_store::{Dispute, Hit, HitKind, Query, Store, StoredClaim, StoryNumber};

use super::words::{phrase, telling, words};
use crate::Error;

/// How many claims are read at most, and by how many words they are looked up.
const READ: usize = 60;
const TELLING: usize = 8;
/// The share of the telling words that a claim must have to be near.
const SHARE: f64 = 0.3;

/// A claim that shares words with what is asked.
#[derive(Clone, Debug)]
pub struct CheckedClaim {
    /// The claim with all its tellings.
    pub claim: StoredClaim,
    /// The article of the telling that is shown, as a search gives it.
    pub hit: Hit,
    /// The share of the telling words of what is asked that it has, endings folded.
    pub share: f64,
    /// The differences of its story that touch one of its tellings, as indexes into
    /// [`ClaimCheck::disputes`].
    pub disputes: Vec<usize>,
    /// Whether the findings are those of the story as it is now.
    pub up_to_date: bool,
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct ClaimCheck {
    /// The nearest claims first, of equals those of most origins.
    pub claims: Vec<CheckedClaim>,
    /// What disagrees.
    pub disputes: Vec<Dispute>,
}

/// Looks up the claims that are nearest to a sentence. That a claim is near does not mean that it
/// says the same, nor that it is true. A sentence without a word gives the error `bad-value`.
pub fn check_claim(store: &Store, sentence: &str, limit: usize) -> Result<ClaimCheck, Error> {
    let own = words(sentence);
    if own.is_empty() {
        return Err(Error::new("bad-value", "sentence: there is no word in it"));
    }
    let telling = telling(&own);
    let normaliser = Normaliser::new(english());
    let asked: Vec<String> =
        telling.iter().take(TELLING).map(|word| begun(word, &normaliser.form(word))).collect();
    let query = Query::parse(&asked.join(" OR "))?.with_kind(HitKind::Claim);
    let forms: BTreeSet<String> = telling.iter().map(|word| normaliser.form(word)).collect();
    let mut near: Vec<(f64, Hit)> = Vec::new();
    for hit in store.search(&query, READ, None)?.hits {
        let document = store.revision(hit.article, hit.revision)?;
        let there = hit.content.first().map_or("", |span| document.slice(*span));
        let there: BTreeSet<String> =
            words(there).iter().map(|(word, _)| normaliser.form(word)).collect();
        let share = forms.intersection(&there).count() as f64 / forms.len() as f64;
        if share >= SHARE {
            near.push((share, hit));
        }
    }
    let origins = |hit: &Hit| hit.counts.map_or(0, |counts| counts.origins);
    near.sort_by(|(a, hit), (b, other)| {
        b.total_cmp(a).then(origins(other).cmp(&origins(hit))).then(hit.number.cmp(&other.number))
    });
    near.truncate(limit);
    let mut check = ClaimCheck::default();
    let mut stories: BTreeMap<StoryNumber, Told> = BTreeMap::new();
    for (share, hit) in near {
        let Some(story) = hit.story else { continue };
        if let std::collections::btree_map::Entry::Vacant(place) = stories.entry(story) {
            place.insert(Told::read(store, story)?);
        }
        let Some(told) = stories.get_mut(&story) else { continue };
        let claim = told.claims.iter().find(|claim| claim.number == hit.number);
        let Some(claim) = claim.cloned() else { continue };
        let disputes = told.touching(&claim, &mut check.disputes);
        let up_to_date = told.up_to_date;
        check.claims.push(CheckedClaim { claim, hit, share, disputes, up_to_date });
    }
    Ok(check)
}

/// Asks for a word with any ending: for what it and its normal form begin with alike.
fn begun(word: &str, form: &str) -> String {
    let alike = word.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
    match word.starts_with(|c: char| c.is_ascii_digit()) || alike < 4 {
        true => phrase(word),
        false => format!("{}*", phrase(&word.chars().take(alike).collect::<String>())),
    }
}

/// What is told in a story.
struct Told {
    claims: Vec<StoredClaim>,
    disputes: Vec<Dispute>,
    /// The place of a dispute in the answer, where it has one.
    placed: BTreeMap<u64, usize>,
    up_to_date: bool,
}

impl Told {
    fn read(store: &Store, story: StoryNumber) -> Result<Told, Error> {
        let up_to_date = store.story(story)?.row.found;
        let (claims, disputes) = (store.claims(story)?, store.disputes(story)?);
        Ok(Told { claims, disputes, placed: BTreeMap::new(), up_to_date })
    }

    /// The differences with a side that stands in a telling of the claim.
    fn touching(&mut self, claim: &StoredClaim, all: &mut Vec<Dispute>) -> Vec<usize> {
        let touches = |dispute: &Dispute| {
            let mut told = dispute.sides.iter().flat_map(|side| &side.tellings);
            told.any(|told| {
                claim.tellings.iter().any(|telling| {
                    (telling.article, telling.revision) == (told.by.article, told.by.revision)
                        && telling.span.start() < told.span.end()
                        && told.span.start() < telling.span.end()
                })
            })
        };
        let mut places = Vec::new();
        for dispute in self.disputes.iter().filter(|dispute| touches(dispute)) {
            let place = *self.placed.entry(dispute.number).or_insert_with(|| {
                all.push(dispute.clone());
                all.len() - 1
            });
            places.push(place);
        }
        places
    }
}
