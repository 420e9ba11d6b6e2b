use std::collections::BTreeMap;

use rashomon_article::{
    ArticleIndex, Claim, Comparator, DayRange, Dimension, Document, EntityKind, MentionForm,
    Passage, Quantity, ScopeKind, Story, TimeBasis, TimeKind,
};
use rashomon_terms::{Term, terms};
use rashomon_text::Span;

use crate::Desk;

/// Words of the same clause tell more about a number than those of the rest of the sentence.
const FAR_WEIGHT: f32 = 0.35;
/// The event of a length of time stands within so many tokens after it, or else before it.
const EVENT_REACH: usize = 3;
/// The headline and the first sentences of a report tell what it is about.
const CENTRAL: usize = 3;
/// Words within so many tokens of a number tell most about it.
const NEAR: usize = 5;
/// A denial within so many tokens of a number is of what is counted: `240,000 without power`.
const DENIAL: usize = 3;
/// Two measures in different units are one where they differ by no more than this share.
const CONVERSION: f64 = 0.03;
/// A name that stands with the number.
const NAME_WEIGHT: f32 = 4.0;
/// A word that says that a figure is a part of another stands within so many tokens of it.
const SUBSET_REACH: usize = 4;

/// A quantity with all that tells what it is a quantity of.
#[derive(Debug)]
pub struct Figure<'s> {
    pub quantity: &'s Quantity,
    /// The whole expression.
    pub passage: Passage,
    /// The sentence it stands in, by index in its article.
    pub sentence: usize,
    /// The least and most that the words leave room for, in base units.
    pub interval: (f64, f64),
    /// The claims that its passage takes part in, by index, in order.
    pub claims: Vec<usize>,
    /// The sense or form of the noun that is counted.
    pub counted: Option<String>,
    /// The words between the number and the noun: `crew` in `four crew members`.
    pub modifiers: Vec<String>,
    /// The sense or form of what happened to them.
    pub role: Option<String>,
    /// What stands around it, weighted: senses, forms, names.
    pub context: BTreeMap<String, f32>,
    /// The sense of the event that a length of time is the length of.
    pub event: Option<String>,
    /// The weighted words of matter within a few tokens of the number, names left out.
    pub near: BTreeMap<String, f32>,
    /// The persons of the sentence, by index among the entities of the story.
    pub persons: Vec<usize>,
    /// The words beside it that give it another scope: `another`, `since`, `total`.
    pub scope: Vec<String>,
    /// It stands in the headline or the first sentences: it is the figure of the story.
    pub central: bool,
    /// The clause denies: `have no electricity`.
    pub denied: bool,
    /// Who gives the figure, by index among the entities of the story.
    pub source: Option<usize>,
    /// The place that it is told of, by index among the entities of the story.
    pub place: Option<usize>,
    /// The days as of which it holds, where the text tells.
    pub as_of: Option<DayRange>,
    /// A word says that it is a part of another figure.
    pub subset: bool,
    /// What happened to what is counted, where that can only grow while the event lasts: the sense
    /// of `killed`, `missing`, `evacuated`.
    pub toll: Option<String>,
    /// The year or day that the sentence gives for it, where that is not the time of the event.
    pub anchor: Option<String>,
}

impl<'s> Figure<'s> {
    pub fn comparator(&self) -> Comparator {
        self.quantity.comparator
    }

    pub fn words(&self, story: &'s Story) -> &'s str {
        story.slice(self.passage)
    }

    pub fn middle(&self) -> f64 {
        let (min, max) = self.quantity.base();
        (min + max) / 2.0
    }

    pub fn width(&self) -> f64 {
        self.interval.1 - self.interval.0
    }

    pub fn same_value(&self, other: &Figure<'_>) -> bool {
        let unit = |figure: &Figure<'_>| figure.quantity.unit.as_ref().map(|unit| unit.scale);
        let slack = if unit(self) == unit(other) { 1e-6 } else { CONVERSION };
        let close = |a: f64, b: f64| a == b || (a - b).abs() <= slack * a.abs().min(b.abs());
        close(self.interval.0, other.interval.0) && close(self.interval.1, other.interval.1)
    }

    /// `over three hours` and `less than three hours` touch, and do not overlap.
    pub fn overlaps(&self, other: &Figure<'_>) -> bool {
        let (low, high) =
            (self.interval.0.max(other.interval.0), self.interval.1.min(other.interval.1));
        low < high || (low == high && !self.excludes_by_comparator(other))
    }

    /// Whether the two state one bound from its two sides.
    pub fn excludes_by_comparator(&self, other: &Figure<'_>) -> bool {
        use Comparator::{AtMost, Less, More};
        let strict =
            |a: Comparator, b: Comparator| matches!((a, b), (More, Less | AtMost) | (Less, More));
        let pair = (self.comparator(), other.comparator());
        let disjoint = self.interval.0 >= other.interval.1 || other.interval.0 >= self.interval.1;
        disjoint && (strict(pair.0, pair.1) || strict(pair.1, pair.0))
    }
}

/// The figures of a story that can be held against each other.
pub fn collect<'s>(desk: &Desk<'s>) -> Vec<Figure<'s>> {
    let articles = desk.story.articles();
    articles
        .flat_map(|article| {
            let document = desk.story.document(article);
            document
                .quantities
                .iter()
                .filter_map(move |quantity| figure(desk, article, document, quantity))
        })
        .collect()
}

fn figure<'s>(
    desk: &Desk<'s>,
    article: ArticleIndex,
    document: &'s Document,
    quantity: &'s Quantity,
) -> Option<Figure<'s>> {
    // A single one is told of in many ways: `one missile hit and was followed by another`.
    let single = quantity.dimension == Dimension::Count && quantity.max <= 1.0;
    if single || matches!(quantity.dimension, Dimension::Ordinal | Dimension::Other) {
        return None;
    }
    let sentence = document.sentence_at(quantity.span.start())?;
    let span = document.sentences[sentence].span;
    let clause = rashomon_terms::clauses(document, &document.sentences[sentence], desk.language)
        .into_iter()
        .find(|clause| clause.overlaps(quantity.span))
        .unwrap_or(span);
    let words = terms(document, span, desk.language);
    let key = |term: &Term| match desk.senses.sense(&term.form) {
        Some(sense) => format!("={sense}"),
        None => term.form.clone(),
    };
    let key_of = |place: Option<Span>| {
        let place = place?;
        words.iter().rev().find(|term| place.covers(term.span) && !term.function_word).map(key)
    };
    let counted = key_of(quantity.counted);
    let role = key_of(quantity.role);
    let mut context = BTreeMap::new();
    for term in &words {
        let inside = quantity.number.covers(term.span);
        if term.function_word || inside || term.form.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let near = if clause.covers(term.span) { 1.0 } else { FAR_WEIGHT };
        let weight = context.entry(key(term)).or_insert(0.0_f32);
        *weight = weight.max(near * term.idf);
    }
    for mention in document.mentions.inside(span) {
        if let Some(entity) = desk.story.entity(article, mention.entity) {
            let near = if clause.covers(mention.span) { 1.0 } else { FAR_WEIGHT };
            let near = if mention.form == MentionForm::Name { near } else { near * FAR_WEIGHT };
            let weight = context.entry(format!("@{entity}")).or_insert(0.0);
            *weight = weight.max(near * NAME_WEIGHT);
        }
    }
    let event = event(desk, document, &words, quantity, clause);
    let near = near(desk, document, &words, quantity.span, clause);
    let denied = words.iter().any(|term| {
        term.negation
            && clause.covers(term.span)
            && distance(document, term.span, quantity.span) <= DENIAL
    });
    let persons = persons(desk, article, document, span);
    let scope = scope(desk, document, quantity, clause);
    let modifiers = quantity.counted.map_or_else(Vec::new, |noun| {
        let between = |term: &&Term| {
            term.span.start() >= quantity.number.end() && term.span.end() <= noun.end()
        };
        words.iter().filter(between).filter(|term| !term.function_word).map(key).collect()
    });
    let people = counted.as_ref().is_some_and(|noun| desk.persons.contains(noun));
    let after: Vec<String> = words
        .iter()
        .filter(|term| {
            people && clause.covers(term.span) && term.span.start() >= quantity.span.end()
        })
        .map(|term| crate::pairing::key(desk, term))
        .collect();
    let toll = toll(desk, quantity.dimension, [&role, &counted], near.keys().chain(&after));
    Some(Figure {
        quantity,
        passage: Passage { article, span: quantity.span },
        sentence,
        interval: quantity.interval(),
        claims: claims(desk.story, article, quantity.span),
        modifiers,
        context,
        event,
        near,
        persons,
        denied,
        scope,
        central: sentence < CENTRAL,
        source: source(desk.story, article, quantity),
        place: place(desk.story, article, document, quantity),
        as_of: as_of(document, quantity),
        subset: is_part(desk, document, quantity),
        toll,
        anchor: anchor(document, clause),
        counted,
        role,
    })
}

/// The event that a length of time is the length of, by where English puts it: after the number
/// (`a three-hour summit`, `three hours in talks`), before it (`met for three hours`), or as the
/// subject of a verb of lasting (`the talks lasted three hours`).
fn event(
    desk: &Desk<'_>,
    document: &Document,
    words: &[Term],
    quantity: &Quantity,
    clause: Span,
) -> Option<String> {
    if quantity.dimension != Dimension::Duration {
        return None;
    }
    let named = |term: &Term| {
        document
            .mentions
            .inside(clause)
            .any(|m| m.form == MentionForm::Name && m.span.covers(term.span))
    };
    let lasting = |term: &Term| {
        let known = desk.language.senses.lasting.iter();
        known
            .map(|word| rashomon_terms::normal_form(word, desk.language))
            .any(|form| form == term.form)
    };
    let sense = |term: &Term| {
        let sense = desk.senses.sense(&term.form).filter(|_| !named(term) && !lasting(term))?;
        Some(format!("={sense}"))
    };
    let after = words.iter().filter(|term| {
        let gap = |start| document.tokens_in(Span::new(quantity.span.end(), start)).len();
        term.span.start() >= quantity.span.end()
            && clause.covers(term.span)
            && gap(term.span.start()) <= EVENT_REACH
    });
    let before: Vec<&Term> =
        words.iter().filter(|term| term.span.end() <= quantity.span.start()).collect();
    if before.last().is_some_and(|term| lasting(term)) {
        return before.into_iter().find_map(sense);
    }
    let before = before.into_iter().rev().filter(|term| clause.covers(term.span));
    after
        .filter(|term| !term.function_word)
        .find_map(sense)
        .or_else(|| before.take(6).find_map(sense))
}

fn is_named(document: &Document, span: Span) -> bool {
    let before = document.mentions.starting_in(Span::new(0, span.start() + 1));
    document.mentions[before]
        .last()
        .is_some_and(|mention| mention.form == MentionForm::Name && mention.span.overlaps(span))
}

/// How many tokens stand between two spans.
fn distance(document: &Document, a: Span, b: Span) -> usize {
    let (first, second) = if a.start() <= b.start() { (a, b) } else { (b, a) };
    let gap = Span::new(first.end().min(second.start()), second.start());
    document.tokens_in(gap).len()
}

fn near(
    desk: &Desk<'_>,
    document: &Document,
    words: &[Term],
    span: Span,
    clause: Span,
) -> BTreeMap<String, f32> {
    let mut near = BTreeMap::new();
    for term in words.iter().filter(|term| !term.function_word && clause.covers(term.span)) {
        if span.overlaps(term.span) || is_named(document, term.span) {
            continue;
        }
        if distance(document, term.span, span) <= NEAR {
            near.insert(crate::pairing::key(desk, term), term.idf);
        }
    }
    near
}

fn persons(desk: &Desk<'_>, article: ArticleIndex, document: &Document, span: Span) -> Vec<usize> {
    let mentions =
        document.mentions.inside(span).filter(|mention| mention.kind == EntityKind::Person);
    let mut persons: Vec<usize> =
        mentions.filter_map(|mention| desk.story.entity(article, mention.entity)).collect();
    persons.sort_unstable();
    persons.dedup();
    persons
}

/// The sense of a word that tells of a toll: of the role or the noun, else of the nearest words.
fn toll<'w>(
    desk: &Desk<'_>,
    dimension: Dimension,
    words: [&'w Option<String>; 2],
    around: impl Iterator<Item = &'w String>,
) -> Option<String> {
    if dimension != Dimension::Count {
        return None;
    }
    let mut words = words.into_iter().flatten().chain(around);
    words.find(|word| desk.tolls.contains(*word)).cloned()
}

fn claims(story: &Story, article: ArticleIndex, span: Span) -> Vec<usize> {
    let holds = |claim: &Claim| {
        claim
            .mentions
            .iter()
            .any(|mention| mention.article == article && mention.span.overlaps(span))
    };
    (0..story.claims.len()).filter(|&at| holds(&story.claims[at])).collect()
}

/// Who gives the figure.
fn source(story: &Story, article: ArticleIndex, quantity: &Quantity) -> Option<usize> {
    let entity = quantity.circumstances.source.as_ref()?.entity?;
    story.entity(article, entity)
}

/// The place by name that the figure is told of.
fn place(
    story: &Story,
    article: ArticleIndex,
    document: &Document,
    quantity: &Quantity,
) -> Option<usize> {
    let mut scopes = quantity.circumstances.scope.iter();
    let scope = scopes.find(|scope| scope.kind == ScopeKind::Place)?;
    let mention = document.mentions.overlapping(scope.span).next()?;
    story.entity(article, mention.entity)
}

/// The days of the time expression that dates the figure. A guess explains nothing.
fn as_of(document: &Document, quantity: &Quantity) -> Option<DayRange> {
    let span = quantity.circumstances.as_of?;
    let time = document.times.overlapping(span).find(|time| time.span == span)?;
    time.days.filter(|_| time.basis != TimeBasis::Guessed)
}

/// The scope words within a few tokens of a quantity, those of its comparator left out.
fn scope(desk: &Desk<'_>, document: &Document, quantity: &Quantity, clause: Span) -> Vec<String> {
    let tokens = document.tokens_in(clause).iter();
    let mut scope: Vec<String> = tokens
        .filter(|token| {
            !quantity.span.covers(token.span)
                && distance(document, token.span, quantity.span) <= NEAR
        })
        .map(|token| document.slice(token.span).to_lowercase())
        .filter(|word| desk.language.senses.scope.binary_search(&word.as_str()).is_ok())
        .collect();
    scope.sort_unstable();
    scope.dedup();
    scope
}

/// Whether a figure is told as a part of another one. One that others are a part of is the whole,
/// and one beside a word like `including` may be either: then it is no figure to be held against
/// wholes.
fn is_part(desk: &Desk<'_>, document: &Document, quantity: &Quantity) -> bool {
    let whole = || {
        let sentence = document.sentence_at(quantity.span.start());
        let span = sentence.map_or(quantity.span, |at| document.sentences[at].span);
        let mut others = document.quantities.inside(span);
        others.any(|other| other.circumstances.part_of == Some(quantity.span))
    };
    quantity.circumstances.part_of.is_some()
        || !whole() && is_beside_part(desk, document, quantity.span)
}

fn is_beside_part(desk: &Desk<'_>, document: &Document, span: Span) -> bool {
    let before = document.tokens.partition_point(|token| token.span.start() < span.start());
    let after = document.tokens.partition_point(|token| token.span.start() < span.end());
    let after = &document.tokens[after..(after + SUBSET_REACH).min(document.tokens.len())];
    let before = &document.tokens[before.saturating_sub(SUBSET_REACH)..before];
    before.iter().chain(after).any(|token| {
        let word = document.slice(token.span).to_lowercase();
        desk.language.senses.subset.binary_search(&word.as_str()).is_ok()
    })
}

/// The month, year or far day that the clause gives: the figure is then one of another time than
/// that of the event. A day near the publication is the event's own.
fn anchor(document: &Document, clause: Span) -> Option<String> {
    let published = document.article.published.map(|published| published.day());
    document.times.inside(clause).filter(|time| time.kind == TimeKind::Date).find_map(|time| {
        let coarse = time.value.starts_with(|c: char| c.is_ascii_digit() || c == 'X')
            && !time.value.contains('W')
            && time.value.matches('-').count() < 2;
        let far =
            time.days.zip(published).is_some_and(|(days, day)| (day - days.last).get_days() > 14);
        (coarse || far).then(|| time.value.clone())
    })
}
