use rashomon_article::Article;

use crate::index::{Overlap, PassageIndex};

/// From which share and number of shared prose words on a copy is a copy. The share is of the
/// prose of the report that has less of it.
///
/// Chosen by reading pairs of ground-news.dev: what lies above is a copy of a part of a report, what
/// lies below a standing paragraph of background, a notice of rights, a list of names, or speech
/// whose quotation marks were lost.
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

/// Both credit one agency: then even a rewritten copy keeps this much.
const SAME_AGENCY: Threshold = Threshold { share: 0.1, words: 24 };

/// How much of the shorter report's prose two reports share, where that is enough to say that one
/// comes from the other or both from a third; else `None`.
pub fn kinship(overlap: &Overlap, index: &PassageIndex, a: &Article, b: &Article) -> Option<f64> {
    let shorter = index.prose_words(overlap.a).min(index.prose_words(overlap.b));
    let share = overlap.equal_prose as f64 / shorter.max(1) as f64;
    let passes =
        |threshold: &Threshold| share >= threshold.share && overlap.equal_prose >= threshold.words;
    let same_agency = credit_same_agency(a, b);
    let kin = passes(&BRIEF)
        || passes(&REPORT)
        || passes(&STRETCH)
        || same_agency && passes(&SAME_AGENCY);
    kin.then_some(share.min(1.0))
}

/// Whether two reports credit the same agency, in whatever case they write it.
pub fn credit_same_agency(a: &Article, b: &Article) -> bool {
    a.agencies.iter().any(|agency| {
        b.agencies.iter().any(|other| rashomon_terms::fold(agency) == rashomon_terms::fold(other))
    })
}

/// Whether two articles are one article of one outlet, read twice.
pub fn same_publication(a: &Article, b: &Article) -> bool {
    a.outlet.is_some()
        && a.outlet == b.outlet
        && a.canonical.is_some()
        && a.canonical == b.canonical
}
