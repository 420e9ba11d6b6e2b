use std::collections::BTreeMap;

use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_terms::Lexicon;
use rashomon_text::Span;

use crate::calendar;
use crate::reading::{self, Place, Read};

/// How many terms the head of an article has, its title among them.
const HEAD: usize = 80;

/// How many terms the lead of an article has after its title: about a paragraph.
const LEAD: usize = 25;

/// How many words and how many pairs of words a signature keeps: those that weigh most in news at
/// large. Words of the head are kept besides.
const KEPT_WORDS: usize = 200;
const KEPT_PAIRS: usize = 160;

/// What a time counts that is named first of all, and after how many words it counts half.
const FIRST: usize = 20;
const HALF: usize = 50;

/// How many words are kept as they are written, so that it can be told what joined an article.
const SPELLED: usize = 24;

/// The most that counts of a term go up to: in the whole, and in head and capitals.
const MOST: u32 = 255;
const MOST_IN_PART: u32 = 15;

/// What grouping needs to know of one article: how often it has which terms. It depends on the
/// article alone; what the terms weigh depends on the articles beside it.
///
/// A term is known by a hash of its form. [`Signature::to_bytes`] takes some two kilobytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Words by number of the term.
    pub(crate) words: Vec<Counted>,
    /// Pairs of words that follow each other, by number of the term.
    pub(crate) pairs: Vec<Counted>,
    /// Days of the week, months and years that the text names, and how early and often: numbers of
    /// the terms.
    pub(crate) calendar: Vec<Counted>,
    /// How many terms were read.
    pub(crate) length: u32,
    /// Words as they are written, those that weigh most first.
    pub(crate) spellings: Vec<Spelling>,
}

impl Signature {
    /// A signature like this one with a third of its terms replaced, for measuring with more
    /// articles than there are. Variation 0 is the signature itself.
    pub fn varied(&self, variation: u32) -> Signature {
        let other = |term: u32| {
            let mixed = (term ^ variation.wrapping_mul(0x9e37_79b9)).wrapping_mul(0x85eb_ca6b);
            if variation > 0 && term.is_multiple_of(3) { mixed } else { term }
        };
        let vary = |terms: &[Counted]| {
            let mut terms: Vec<Counted> = terms
                .iter()
                .map(|&counted| Counted { term: other(counted.term), ..counted })
                .collect();
            terms.sort_by_key(|counted| counted.term);
            terms.dedup_by_key(|counted| counted.term);
            terms
        };
        let spell =
            |spelling: &Spelling| Spelling { term: other(spelling.term), ..spelling.clone() };
        Signature {
            words: vary(&self.words),
            pairs: vary(&self.pairs),
            calendar: self.calendar.clone(),
            length: self.length,
            spellings: self.spellings.iter().map(spell).collect(),
        }
    }
}

/// A term and how often an article has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    /// The hash of its form.
    pub term: u32,
    /// What it weighs in news at large, in tenths.
    pub background: u8,
    /// How often it stands anywhere, in the head, with a capital inside a sentence, in the lead and
    /// in the title.
    pub whole: u8,
    pub head: u8,
    pub capitals: u8,
    pub lead: u8,
    pub title: u8,
}

/// A term as an article writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelling {
    pub term: u32,
    pub written: Box<str>,
}

/// The signature of one document, by itself. Reads tokens.
pub fn signature(document: &Document, language: &Language) -> Signature {
    signature_with(document, &mut Lexicon::new(language), language)
}

/// The same, by somebody who reads many documents.
pub(crate) fn signature_with(
    document: &Document,
    lexicon: &mut Lexicon<'_>,
    language: &Language,
) -> Signature {
    let read = reading::read(document, lexicon, language);
    let mut counts = Counts::default();
    let titled = read.iter().filter(|read| read.place == Place::Title).count();
    let mut before: Option<(&str, f32)> = None;
    for (at, Read { form, written, place }) in read.iter().enumerate() {
        if let Some(time) = calendar::term(written, *place, language) {
            counts.calendar(time, at);
        }
        if language.words.is_function_word(form) || form.starts_with('\'') {
            before = None;
            continue;
        }
        let idf = language.words.idf(form);
        let word = counts.word(number(form), idf);
        word.whole += 1;
        word.head += u32::from(at < HEAD);
        word.capitals += u32::from(place.is_capital());
        word.lead += u32::from(at < titled + LEAD);
        word.title += u32::from(at < titled);
        word.spelling.offer(place.rank(), written);
        if let Some((first, first_idf)) = before {
            counts.pair(number(&format!("{first} {form}")), first_idf + idf).whole += 1;
        }
        before = Some((form, idf));
    }
    counts.signature(read.len())
}

/// The number of a form.
pub(crate) fn number(form: &str) -> u32 {
    xxhash_rust::xxh3::xxh3_64(form.as_bytes()) as u32
}

/// The terms of one article, being counted.
#[derive(Default)]
struct Counts<'d> {
    words: BTreeMap<u32, Count<'d>>,
    pairs: BTreeMap<u32, Count<'d>>,
    calendar: BTreeMap<u32, u32>,
}

#[derive(Default)]
struct Count<'d> {
    background: f32,
    whole: u32,
    head: u32,
    capitals: u32,
    lead: u32,
    title: u32,
    spelling: Best<'d>,
}

/// The spelling that shows a word best: the first one of the best place.
#[derive(Default)]
struct Best<'d>(Option<(u8, &'d str)>);

impl<'d> Best<'d> {
    fn offer(&mut self, rank: u8, written: &'d str) {
        if self.0.is_none_or(|(best, _)| rank < best) {
            self.0 = Some((rank, written));
        }
    }
}

impl<'d> Counts<'d> {
    fn word(&mut self, term: u32, background: f32) -> &mut Count<'d> {
        self.words.entry(term).or_insert_with(|| Count { background, ..Count::default() })
    }

    fn pair(&mut self, term: u32, background: f32) -> &mut Count<'d> {
        self.pairs.entry(term).or_insert_with(|| Count { background, ..Count::default() })
    }

    /// A time named at a place: the earlier, the more it is that of the event.
    fn calendar(&mut self, term: u32, at: usize) {
        *self.calendar.entry(term).or_default() += (FIRST * HALF / (HALF + at)) as u32;
    }

    fn signature(self, length: usize) -> Signature {
        let mut words: Vec<(u32, Count<'d>)> = self.words.into_iter().collect();
        let mut pairs: Vec<(u32, Count<'d>)> = self.pairs.into_iter().collect();
        heaviest_first(&mut words);
        heaviest_first(&mut pairs);
        let spelled = words.iter().filter_map(|(term, count)| {
            let (_, written) = count.spelling.0?;
            Some(Spelling { term: *term, written: written.into() })
        });
        let spellings = spelled.take(SPELLED).collect();
        let mut rank = 0..;
        words.retain(|(_, count)| rank.next() < Some(KEPT_WORDS) || count.head > 0);
        pairs.truncate(KEPT_PAIRS);
        let calendar = self.calendar.into_iter().filter(|&(_, count)| count > 0);
        let calendar =
            calendar.map(|(term, count)| (term, Count { whole: count, ..Count::default() }));
        Signature {
            words: counted(words),
            pairs: counted(pairs),
            calendar: counted(calendar.collect()),
            length: length as u32,
            spellings,
        }
    }
}

fn heaviest_first(terms: &mut [(u32, Count<'_>)]) {
    let weight = |count: &Count<'_>| count.background * (1.0 + (count.whole as f32).ln());
    terms.sort_by(|x, y| weight(&y.1).total_cmp(&weight(&x.1)).then(x.0.cmp(&y.0)));
}

fn counted(terms: Vec<(u32, Count<'_>)>) -> Vec<Counted> {
    let mut counted: Vec<Counted> = terms
        .into_iter()
        .map(|(term, count)| Counted {
            term,
            background: (count.background * 10.0).round().clamp(0.0, 255.0) as u8,
            whole: count.whole.min(MOST) as u8,
            head: count.head.min(MOST_IN_PART) as u8,
            capitals: count.capitals.min(MOST_IN_PART) as u8,
            lead: count.lead.min(MOST_IN_PART) as u8,
            title: count.title.min(MOST_IN_PART) as u8,
        })
        .collect();
    counted.sort_by_key(|counted| counted.term);
    counted
}

/// The words of a document that weigh most, as written. `weight` is asked for each term.
pub(crate) fn heaviest_words(
    document: &Document,
    weight: &dyn Fn(u32) -> f32,
    lexicon: &mut Lexicon<'_>,
    most: usize,
) -> Vec<String> {
    let mut found: BTreeMap<u32, (f32, Span)> = BTreeMap::new();
    for (word, _) in reading::matter(document, lexicon) {
        let lexeme = lexicon.lexeme(word.lexeme);
        let term = number(&lexeme.form);
        let weight = weight(term);
        if weight > 0.0 && !lexeme.function_word {
            found.entry(term).or_insert((weight, word.span));
        }
    }
    let mut found: Vec<(f32, Span)> = found.into_values().collect();
    found.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    found.truncate(most);
    found.into_iter().map(|(_, span)| document.slice(span).to_owned()).collect()
}
