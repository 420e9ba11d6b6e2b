//! Whether words stand in a report, and in whose mouth.

use std::collections::BTreeSet;

use rashomon::article::QuotationKind;
use rashomon::text::Span;
use rashomon_store::{HitKind, Query, Store};

use super::even::{Even, bare};
use super::near::{Nearest, Piece, nearest};
use super::source::{Source, said};
use super::words::{Word, phrase, telling, words};
use crate::Error;

/// How many articles with the words in a row are read, at most.
const READ: usize = 1000;
/// How many articles are read for what comes near, by either way.
const READ_NEAR: usize = 30;
/// How many rows of three words lead to what comes near, and how many words by themselves.
const ROWS: usize = 6;
const TELLING: usize = 4;
/// The share of the words asked for that a passage must have to be near.
const SHARE: f64 = 0.5;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The words; quotation marks around the whole of them do not count.
    pub words: &'a str,
    /// Who is said to have said them.
    pub speaker: Option<&'a str>,
    /// How many places are given at most, and how many that come near.
    pub limit: usize,
}

/// A quotation as the analysis found it.
#[derive(Clone, Debug)]
pub struct Said {
    /// Direct, mixed or indirect.
    pub kind: QuotationKind,
    /// Whether the words stand in it from the first to the last.
    pub whole: bool,
    /// The words said.
    pub content: Vec<Span>,
    /// Who says them, as found in the text.
    pub speaker: Option<String>,
}

/// Where the words stand.
#[derive(Clone, Debug)]
pub struct VerbatimPlace {
    /// The article.
    pub source: Source,
    /// Its newest text.
    pub text: rashomon::text::Text,
    /// The place in that text.
    pub span: Span,
    /// Whether they stand there to the code point.
    pub exact: bool,
    /// The quotation that they stand in; `None` where they are the report's own words.
    pub said: Option<Said>,
    /// Whether that is who was asked for: `None` where nobody was, or nobody is found.
    pub by_asked: Option<bool>,
}

/// A passage that comes near: not what was asked.
#[derive(Clone, Debug)]
pub struct NearPlace {
    /// The article.
    pub source: Source,
    /// Its newest text.
    pub text: rashomon::text::Text,
    /// The passage, from the first word in common to the last.
    pub span: Span,
    /// The share of the words asked for that stand there in the same order.
    pub share: f64,
    /// What differs, word by word.
    pub difference: Vec<Piece>,
    /// The quotation that it stands in.
    pub said: Option<Said>,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct QuotationCheck {
    /// The words that were held against the reports.
    pub words: String,
    /// Where they stand: the first reports that came, in the order of their time.
    pub places: Vec<VerbatimPlace>,
    /// Whether more places than these may be there.
    pub more: bool,
    /// Whether all articles were read that can have the words. Where not, nothing found says
    /// little.
    pub complete: bool,
    /// What comes near, the nearest first; nothing where the words stand somewhere.
    pub near: Vec<NearPlace>,
}

impl QuotationCheck {
    /// Whether the words stand in any report, but for typography.
    pub fn verbatim(&self) -> bool {
        !self.places.is_empty()
    }

    /// Whether they stand in any report to the code point.
    pub fn exact(&self) -> bool {
        self.places.iter().any(|place| place.exact)
    }
}

/// Holds words against the newest text of all articles. Words without a letter or digit give the
/// error `bad-value`.
pub fn check_quotation(store: &Store, asked: &Asked<'_>) -> Result<QuotationCheck, Error> {
    let own = bare(asked.words);
    let own_words = words(own);
    if own_words.is_empty() {
        return Err(Error::new("bad-value", "words: there is no word in it"));
    }
    let even = Even::new(own);
    let longest = own_words.iter().map(|(_, span)| &own[span.range()]);
    let longest = longest.max_by_key(|word| word.len()).unwrap_or_default();
    let query = Query::parse(&phrase(own))?.with_kind(HitKind::Article);
    let mut candidates = store.search_all(&query)?;
    let complete = candidates.len() <= READ;
    // The first to report are the likeliest source of the others.
    candidates.sort_unstable();
    candidates.truncate(READ);
    let (mut places, mut more) = (Vec::new(), !complete);
    for candidate in candidates {
        if places.len() >= asked.limit {
            more = true;
            break;
        }
        // Evening out changes no letter: most texts with other capitals are told by one word.
        let text = store.text(candidate.article)?;
        let spans = match text.contains(longest) {
            true => Even::new(&text).find(&even),
            false => continue,
        };
        if spans.is_empty() {
            continue;
        }
        let stored = store.article(candidate.article)?;
        let text = &stored.document.article.text;
        for span in spans {
            let said = said(store, stored.number, span)?;
            let by_asked = asked.speaker.and_then(|asked| {
                let found = said.as_ref().and_then(|said| said.speaker.as_deref())?;
                Some(is_same(asked, found))
            });
            let exact = text.slice(span) == own;
            let source = Source::of(&stored);
            places.push(VerbatimPlace { source, text: text.clone(), span, exact, said, by_asked });
        }
    }
    more |= places.len() > asked.limit;
    places.truncate(asked.limit);
    places.sort_by_key(|place| (place.source.at, place.source.article, place.span.start()));
    let near = match places.is_empty() {
        true => near(store, own, &own_words, asked.limit)?,
        false => Vec::new(),
    };
    Ok(QuotationCheck { words: own.to_owned(), places, more, complete, near })
}

/// Whether two names may be one person's: all words of one are among those of the other.
fn is_same(a: &str, b: &str) -> bool {
    let [a, b] = [a, b]
        .map(|name| words(name).into_iter().map(|(word, _)| word).collect::<BTreeSet<String>>());
    !a.is_empty() && !b.is_empty() && (a.is_subset(&b) || b.is_subset(&a))
}

fn near(
    store: &Store,
    own: &str,
    own_words: &[Word],
    limit: usize,
) -> Result<Vec<NearPlace>, Error> {
    let mut found: Vec<(Nearest, f64, u64)> = Vec::new();
    for (query, kind) in near_queries(own_words) {
        let query = Query::parse(&query)?.with_kind(kind);
        let hits = store.search_all(&query)?;
        let articles: BTreeSet<u64> = hits.iter().take(READ_NEAR).map(|hit| hit.article).collect();
        for article in articles {
            let text = store.text(article)?;
            let Some(nearest) = nearest(own, own_words, &text, &words(&text)) else { continue };
            let share = nearest.shared as f64 / own_words.len() as f64;
            if share >= SHARE && nearest.shared >= own_words.len().min(3) {
                found.push((nearest, share, article));
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found.sort_by(|(a, share, article), (b, other, next)| {
        let length = |nearest: &Nearest| nearest.span.len();
        other.total_cmp(share).then(length(a).cmp(&length(b))).then(article.cmp(next))
    });
    found.truncate(limit);
    let places = found.into_iter().map(|(nearest, share, article)| {
        let stored = store.article(article)?;
        Ok(NearPlace {
            said: said(store, article, nearest.span)?,
            source: Source::of(&stored),
            text: stored.document.article.text,
            span: nearest.span,
            share,
            difference: nearest.difference,
        })
    });
    places.collect()
}

/// What leads to what comes near: three of the words in a row in any text; where that leads nowhere,
/// the words that say most in any quotation. Long words are rare mostly, and quick to look up.
fn near_queries(own: &[Word]) -> Vec<(String, HitKind)> {
    let mut rows: Vec<&[Word]> = own.windows(3).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.iter().map(|it| it.0.len()).sum::<usize>()));
    let rows = rows.iter().take(ROWS);
    let rows = rows.map(|row| phrase(&[&*row[0].0, &row[1].0, &row[2].0].join(" ")));
    let single = telling(own);
    let single = single.iter().take(TELLING).map(|word| phrase(word));
    let either = |words: Vec<String>| words.join(" OR ");
    let both = [
        (either(rows.collect()), HitKind::Article),
        (either(single.collect()), HitKind::Quotation),
    ];
    both.into_iter().filter(|(query, _)| !query.is_empty()).collect()
}
