//! What a quantity is a quantity of: its subject and scope, as of when it holds, who gives it, of
//! which other one it is a part.

mod dating;
mod scope;
mod source;
mod subject;
mod whole;

use rashomon_article::{Dimension, Document, Quantity, Scope, ScopeKind, TimeExpression};
use rashomon_text::Span;

use crate::lexeme::{Kind, Lexemes};
use crate::noun;

use dating::Dated;
pub(crate) use source::speaker;

/// Where a quantity stands among the lexemes of its sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The first lexeme of its span.
    pub start: usize,
    /// The first lexeme of its number.
    pub number: usize,
    /// One past its span.
    pub end: usize,
    /// One past what is counted and what happened to it, where they stand after it.
    pub after: usize,
    /// It stands in the way of what is told of the quantity before it: an ordinal does not, nor
    /// the length of a time over which that one adds up.
    blocks: bool,
}

impl Place {
    fn of(document: &Document, words: &Lexemes<'_>, quantity: &Quantity) -> Place {
        let end = words.from(quantity.span.end());
        let known = [quantity.counted, quantity.role];
        let after =
            known.into_iter().flatten().map(|span| words.from(span.end())).fold(end, usize::max);
        let start = words.from(quantity.span.start());
        let within = |time: &TimeExpression| time.span.start() < quantity.span.start();
        let blocks = match quantity.dimension {
            Dimension::Ordinal => false,
            Dimension::Duration => !document.times.overlapping(quantity.span).any(within),
            _ => true,
        };
        Place { start, number: words.from(quantity.number.start()), end, after, blocks }
    }
}

/// A sentence with its quantities, as their circumstances are told.
pub(crate) struct Scene<'s> {
    pub document: &'s Document,
    pub words: &'s Lexemes<'s>,
    pub places: &'s [Place],
    /// The first colon or semicolon.
    colon: Option<usize>,
}

/// How many lexemes may open a sentence before its subject.
const LONGEST_OPENING: usize = 30;
/// How far apart two places of a sentence may be to speak of each other.
const FARTHEST: usize = 60;

impl Scene<'_> {
    /// The lexemes after a quantity that may speak of it: up to the next quantity or the next
    /// clause.
    fn after(&self, at: usize) -> std::ops::Range<usize> {
        let start = self.places[at].after;
        let next = self.places[at + 1..].iter().find(|next| next.blocks);
        let next = next.map_or(self.words.len(), |next| next.start);
        let end = (start..next).find(|&at| self.is_boundary(at)).unwrap_or(next);
        start..end.max(start)
    }

    /// The lexemes before a quantity that may speak of it: from the quantity before it on, or
    /// from the beginning of the clause.
    fn before(&self, at: usize) -> std::ops::Range<usize> {
        let end = self.places[at].start;
        let floor = self.places[..at].iter().rfind(|before| before.blocks);
        let floor = floor.map_or(0, |before| before.after).min(end);
        let start = (floor..end).rev().find(|&at| self.is_boundary(at)).unwrap_or(floor);
        start..end
    }

    /// Whether another clause begins at a lexeme.
    fn is_boundary(&self, at: usize) -> bool {
        let words = self.words;
        let pack = &words.language.circumstances;
        let lower = words.lower(at);
        if matches!(lower, ";" | ":" | "—" | "–" | "(" | ")") && !words.glued(at) {
            return true;
        }
        if pack.clause_openers.binary_search(&lower).is_ok() {
            return pack.over.binary_search(&lower).is_err() || !self.leads_time(at);
        }
        let quotations = &words.language.quotations;
        let coordinates = quotations.coordinators.contains(&lower);
        let next = words.lower(at + 1);
        let acts = || noun::is_participle(words, at + 1) && !words.capital(at + 1);
        coordinates
            && (words.before(at) == "," || quotations.prepositions.contains(&next) || acts())
    }

    /// Whether two places stand in the same quotations.
    fn is_spoken_with(&self, a: Span, b: Span) -> bool {
        let holds = |content: &[Span], span: Span| content.iter().any(|part| part.covers(span));
        let mut quotations = self.document.quotations.overlapping(a.hull(b));
        quotations.all(|quotation| holds(&quotation.content, a) == holds(&quotation.content, b))
    }

    /// Whether a time expression stands right after a lexeme.
    fn leads_time(&self, at: usize) -> bool {
        let next = |at: usize| {
            let lexeme = self.words.get(at)?;
            self.document.times.overlapping(lexeme.span).next()
        };
        next(at + 1).or_else(|| next(at + 2)).is_some()
    }

    /// The first word of the sentence.
    fn opening_word(&self) -> usize {
        usize::from(self.words.get(0).is_some_and(|lexeme| lexeme.kind == Kind::Mark))
    }

    /// Whether a semicolon, colon or quotation mark stands between two lexemes.
    fn is_parted(&self, from: usize, to: usize) -> bool {
        let words = self.words;
        to - from.min(to) > FARTHEST
            || (from..to)
                .any(|at| matches!(words.lower(at), ";" | ":") || words.is_quotation_mark(at))
    }

    /// The sentence begins with a preposition: `In Lusa, 15 people died`. It holds for the
    /// quantities up to the first colon or semicolon.
    fn opening(&self, at: usize) -> Option<std::ops::Range<usize>> {
        let quotations = &self.words.language.quotations;
        if self.colon.is_some_and(|colon| colon < self.places[at].start) {
            return None;
        }
        let first = self.opening_word();
        let opens = quotations.prepositions.contains(&self.words.lower(first));
        let stop = self.places.first()?.start;
        let stop = stop.min(first + LONGEST_OPENING);
        let end = (first..stop).find(|&at| self.words.lower(at) == ",").unwrap_or(stop);
        opens.then_some(first..end)
    }

    fn span(&self, range: &std::ops::Range<usize>) -> Option<Span> {
        (range.start < range.end).then(|| self.words.span(range.start, range.end))
    }

    /// The first of the phrases that begins at a lexeme, with its end.
    fn phrase_at(&self, at: usize, phrases: &[rashomon_language::Phrase]) -> Option<usize> {
        let phrase = phrases.iter().find(|phrase| self.words.is_phrase(at, phrase))?;
        Some(at + phrase.len())
    }

    /// The first of the phrases that ends before a lexeme, with its start.
    fn phrase_before(&self, end: usize, phrases: &[rashomon_language::Phrase]) -> Option<usize> {
        phrases.iter().find_map(|phrase| {
            let start = end.checked_sub(phrase.len())?;
            self.words.is_phrase(start, phrase).then_some(start)
        })
    }
}

/// Tells of the quantities of one sentence what they are quantities of. `earlier` is the last
/// count of the sentence before, of which one may be a part: `Four of them were children`.
pub(crate) fn tell(
    document: &Document,
    words: &Lexemes<'_>,
    quantities: &mut [Quantity],
    earlier: Option<&Quantity>,
) {
    let places: Vec<Place> =
        quantities.iter().map(|quantity| Place::of(document, words, quantity)).collect();
    let colon = (0..words.len()).find(|&at| matches!(words.lower(at), ";" | ":"));
    let scene = Scene { document, words, places: &places, colon };
    let wholes = whole::wholes(&scene, quantities, earlier);
    let dates = dating::dates(&scene, quantities);
    for (at, quantity) in quantities.iter_mut().enumerate() {
        quantity.circumstances.source = source::source(&scene, at, quantity.number);
        if quantity.dimension == Dimension::Ordinal {
            continue; // Of `the third time` there is nothing to compare.
        }
        let (subject, verb) = subject::subject(&scene, at, quantity);
        if quantity.dimension != Dimension::Age {
            quantity.role = quantity.role.or(verb);
        }
        let circumstances = &mut quantity.circumstances;
        circumstances.subject = subject;
        circumstances.part_of = wholes[at];
        if quantity.dimension == Dimension::Age {
            continue; // Whoever is 45 is so everywhere.
        }
        circumstances.scope = scope::scope(&scene, at, quantity.number);
        match dates[at] {
            Some(Dated::Period(span)) if !has_period(&circumstances.scope) => {
                circumstances.scope.push(Scope { span, kind: ScopeKind::Period });
                circumstances.scope.sort_unstable();
            }
            Some(Dated::AsOf(span)) => circumstances.as_of = Some(span),
            Some(Dated::Period(_)) | None => {}
        }
    }
}

fn has_period(scope: &[Scope]) -> bool {
    scope.iter().any(|scope| scope.kind == ScopeKind::Period)
}
