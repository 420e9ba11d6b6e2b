use rashomon_article::{Article, Sign};

use crate::credit::{Credits, address, same_publication};
use crate::index::{Overlap, PassageIndex};

/// From which share and number of shared prose words on a copy is a copy. The share is of the
/// prose of the report that has less of it.
///
/// Held against the first passages of 61 pairs of ground-news.dev, drawn by chance: 22 that share 24
/// to 39 words and a tenth to a half, 22 that share 40 or more and a tenth to a quarter, 16 that
/// share 40 or more and a quarter to two fifths, and the one brief. From a quarter and 40 words on
/// most are an agency's text cut and rearranged, some a release or a statement. Below, copies stand
/// beside tallies of the dead, definitions and statements printed without quotation marks, which
/// words alone do not tell apart. Nobody labelled the pairs; `CREDITED` was set on invented reports.
/// When passages began to go on over edits, 17 more ties passed in these stories, read as well: all
/// print the same sentences lightly edited.
struct Threshold {
    share: f64,
    words: usize,
}

/// A brief that is half another report's.
const BRIEF: Threshold = Threshold { share: 0.5, words: 20 };

/// A quarter of a report: more than background.
const REPORT: Threshold = Threshold { share: 0.25, words: 40 };

/// A long stretch inside a long report.
const STRETCH: Threshold = Threshold { share: 0.12, words: 150 };

/// The one credits where the other comes from, both the same agency, or one owner stands behind
/// both: then part of a copy is enough, if it is more than a standing sentence.
const CREDITED: Threshold = Threshold { share: 0.15, words: 30 };

/// What two reports of one origin have in common.
pub struct Kinship {
    /// How much of the shorter report's prose it is, 0 to 1.
    pub strength: f64,
    /// What shows it.
    pub signs: Vec<Sign>,
}

/// One side of a pair: the article and its credits.
#[derive(Clone, Copy)]
pub struct Report<'s, 'd> {
    /// The article.
    pub article: &'d Article,
    /// What it says of where it comes from.
    pub credits: &'s Credits<'d>,
}

/// What shows that two reports that share passages come from one another or both from a third;
/// `None` where it is not enough.
pub fn kinship(
    overlap: &Overlap,
    index: &PassageIndex,
    a: Report<'_, '_>,
    b: Report<'_, '_>,
) -> Option<Kinship> {
    let shorter = index.prose_words(overlap.a).min(index.prose_words(overlap.b));
    let share = (overlap.equal_prose as f64 / shorter.max(1) as f64).min(1.0);
    let passes =
        |threshold: &Threshold| share >= threshold.share && overlap.equal_prose >= threshold.words;
    let printed = Sign::SharedProse { words: overlap.equal_prose, share };
    if same_publication(a.article, b.article) {
        let signs = address(a.article).map(|address| Sign::SameAddress(address.to_owned()));
        return Some(Kinship {
            strength: 1.0,
            signs: signs.into_iter().chain([printed]).collect(),
        });
    }
    let enough = passes(&BRIEF) || passes(&REPORT) || passes(&STRETCH);
    if !enough && !passes(&CREDITED) {
        return None;
    }
    let declared = declared(a.credits, b.credits);
    let kin = enough || !declared.is_empty();
    kin.then(|| Kinship { strength: share, signs: [printed].into_iter().chain(declared).collect() })
}

/// What two reports say themselves of a common origin.
pub fn declared(a: &Credits<'_>, b: &Credits<'_>) -> Vec<Sign> {
    let credit = a.same_agency(b).or_else(|| a.names(b)).or_else(|| b.names(a));
    let owner = a.same_owner(b);
    let credit = credit.map(|name| Sign::Credit(name.to_owned()));
    credit.into_iter().chain(owner.map(|name| Sign::SameOwner(name.to_owned()))).collect()
}
