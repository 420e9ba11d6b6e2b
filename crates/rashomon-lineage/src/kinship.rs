use rashomon_article::{Article, Document};
use rashomon_language::Language;

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

/// The one credits where the other comes from, or both the same agency: then part of a copy is
/// enough, if it is more than a standing sentence.
const CREDITED: Threshold = Threshold { share: 0.15, words: 30 };

/// How many words a line that does nothing but credit has at most.
const CREDIT_LINE: usize = 8;

/// How much of the shorter report's prose two reports share, where that is enough to say that one
/// comes from the other or both from a third; else `None`.
pub fn kinship(
    overlap: &Overlap,
    index: &PassageIndex,
    a: &Document,
    b: &Document,
    language: &Language,
) -> Option<f64> {
    let shorter = index.prose_words(overlap.a).min(index.prose_words(overlap.b));
    let share = overlap.equal_prose as f64 / shorter.max(1) as f64;
    let passes =
        |threshold: &Threshold| share >= threshold.share && overlap.equal_prose >= threshold.words;
    let credited = || {
        credit_same_agency(&a.article, &b.article)
            || credits(&a.article, &b.article, language)
            || credits(&b.article, &a.article, language)
    };
    let kin =
        passes(&BRIEF) || passes(&REPORT) || passes(&STRETCH) || passes(&CREDITED) && credited();
    kin.then_some(share.min(1.0))
}

/// Whether a report has a line of its own that names the outlet of another or an agency that the
/// other credits: _With material from NPA_.
fn credits(report: &Article, source: &Article, language: &Language) -> bool {
    let names: Vec<Vec<&str>> = source
        .agencies
        .iter()
        .chain(source.outlet.as_ref().filter(|_| report.outlet != source.outlet))
        .map(|name| words(name, language))
        .filter(|name| !name.is_empty())
        .collect();
    report.blocks.iter().any(|block| {
        let line = words(report.text.slice(block.span), language);
        line.len() <= CREDIT_LINE
            && names.iter().any(|name| line.windows(name.len()).any(|at| at == name.as_slice()))
    })
}

/// The words of a name or a line that are no function words, as written: an agency may be named
/// like a common word in capitals.
fn words<'t>(text: &'t str, language: &Language) -> Vec<&'t str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !language.words.is_function_word(&word.to_lowercase()))
        .collect()
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
