use rashomon_article::{
    ArticleIndex, DayRange, Dimension, Document, EntityKind, MentionForm, Passage, Quantity,
    ScopeKind, TimeBasis, TimeKind,
};
use rashomon_text::Span;

use crate::desk::{Desk, ENTITIES, Key, Line, Word};
use crate::figure::Figure;

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
/// A name that stands with the number.
const NAME_WEIGHT: f32 = 4.0;
/// A word that says that a figure is a part of another stands within so many tokens of it.
const SUBSET_REACH: usize = 4;

/// A sentence of more figures is a table that lost its lines.
const MOST_FIGURES: usize = 100;

/// The figures of a story that can be held against each other, in order.
pub fn collect<'s>(desk: &Desk<'s>) -> Vec<Figure<'s>> {
    let mut figures = Vec::new();
    for (at, line) in desk.lines.iter().enumerate() {
        let document = desk.document(line.article);
        let mut clauses = None;
        let inside = &document.quantities[document.quantities.starting_in(line.span)];
        if inside.len() > MOST_FIGURES {
            continue;
        }
        for quantity in inside {
            // A single one is told of in many ways: `one missile hit and was followed by another`.
            let single = quantity.dimension == Dimension::Count && quantity.max <= 1.0;
            let open = matches!(quantity.dimension, Dimension::Ordinal | Dimension::Other);
            if single || open {
                continue;
            }
            let clauses = clauses.get_or_insert_with(|| {
                let sentence = &document.sentences[line.sentence];
                rashomon_terms::clauses(document, sentence, desk.language)
            });
            let clause = clauses.iter().find(|clause| clause.overlaps(quantity.span));
            let clause = clause.copied().unwrap_or(line.span);
            figures.push(figure(desk, (at, line), document, quantity, clause));
        }
        inherit(&mut figures, at);
    }
    figures
}

/// A part of a toll grows with it: `15 people killed, including four journalists`.
fn inherit(figures: &mut [Figure<'_>], line: usize) {
    let from = figures.partition_point(|figure| figure.line < line);
    for at in from..figures.len() {
        let whole = figures[at].quantity.circumstances.part_of;
        let whole = figures[from..].iter().find(|figure| Some(figure.quantity.span) == whole);
        if let Some(toll) = whole.and_then(|whole| whole.toll) {
            figures[at].toll.get_or_insert(toll);
        }
    }
}

fn figure<'s>(
    desk: &Desk<'s>,
    (at, line): (usize, &Line),
    document: &'s Document,
    quantity: &'s Quantity,
    clause: Span,
) -> Figure<'s> {
    let words = &line.words;
    let key_of = |place: Option<Span>| {
        let place = place?;
        let inside = |word: &&Word| place.covers(word.span) && !word.function;
        words.iter().rev().find(inside).map(|word| word.key)
    };
    let counted = key_of(quantity.counted);
    let role = key_of(quantity.role);
    let context = context(desk, line, document, quantity, clause);
    let near = near(document, words, quantity.span, clause);
    let denied = words.iter().any(|word| {
        word.negation
            && clause.covers(word.span)
            && distance(document, word.span, quantity.span) <= DENIAL
    });
    let modifiers = quantity.counted.map_or_else(Vec::new, |noun| {
        let between = |word: &&Word| {
            word.span.start() >= quantity.number.end()
                && word.span.end() <= noun.end()
                && !word.function
        };
        words.iter().filter(between).map(|word| word.key).collect()
    });
    let people = counted.is_some_and(|noun| desk.persons.contains(&noun));
    let after = words.iter().filter(|word| {
        people && clause.covers(word.span) && word.span.start() >= quantity.span.end()
    });
    let around = near.iter().map(|&(key, _)| key).chain(after.map(|word| word.key));
    // What will happen to so many is no toll.
    let planned = words.iter().any(|word| {
        word.function
            && desk.planned.contains(&word.key)
            && clause.covers(word.span)
            && word.span.end() <= quantity.span.start()
    });
    let toll = toll(desk, quantity.dimension, [role, counted], around).filter(|_| !planned);
    Figure {
        quantity,
        passage: Passage { article: line.article, span: quantity.span },
        line: at,
        interval: quantity.interval(),
        claims: desk.claims(line.article, quantity.span),
        modifiers,
        weight: context.iter().map(|(_, weight)| weight).sum(),
        context,
        event: event(desk, line, document, quantity, clause),
        near,
        persons: persons(desk, line.article, document, line.span),
        denied,
        scope: scope(desk, document, quantity, clause),
        central: line.sentence < CENTRAL,
        source: source(desk, line.article, quantity),
        place: place(desk, line.article, document, quantity),
        as_of: as_of(document, quantity),
        subset: is_part(desk, document, quantity),
        toll,
        anchor: anchor(document, clause),
        counted,
        role,
    }
}

/// The words and names of the sentence with their weights, sorted, each once.
fn context(
    desk: &Desk<'_>,
    line: &Line,
    document: &Document,
    quantity: &Quantity,
    clause: Span,
) -> Vec<(Key, f32)> {
    let nearness = |span: Span| if clause.covers(span) { 1.0 } else { FAR_WEIGHT };
    let words = line
        .words
        .iter()
        .filter(|word| !word.function && !word.digits && !quantity.number.covers(word.span));
    let mut context: Vec<(Key, f32)> =
        words.map(|word| (word.key, nearness(word.span) * word.idf)).collect();
    for mention in document.mentions.inside(line.span) {
        if let Some(entity) = desk.entity(line.article, mention.entity) {
            let near = nearness(mention.span);
            let near = if mention.form == MentionForm::Name { near } else { near * FAR_WEIGHT };
            context.push((ENTITIES + entity as Key, near * NAME_WEIGHT));
        }
    }
    // Of what stands twice, the heavier one counts.
    context.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    context.dedup_by_key(|(key, _)| *key);
    context
}

/// The event that a length of time is the length of, by where English puts it: after the number
/// (`a three-hour summit`, `three hours in talks`), before it (`met for three hours`), or as the
/// subject of a verb of lasting (`the talks lasted three hours`).
fn event(
    desk: &Desk<'_>,
    line: &Line,
    document: &Document,
    quantity: &Quantity,
    clause: Span,
) -> Option<Key> {
    if quantity.dimension != Dimension::Duration {
        return None;
    }
    let words = &line.words;
    let named = |word: &Word| {
        document
            .mentions
            .inside(clause)
            .any(|m| m.form == MentionForm::Name && m.span.covers(word.span))
    };
    let lasting = |word: &Word| desk.lasting.contains(&word.key);
    let sense = |word: &Word| {
        (desk.is_sense(word.key) && !named(word) && !lasting(word)).then_some(word.key)
    };
    let after = words.iter().filter(|word| {
        let gap = |start| document.tokens_in(Span::new(quantity.span.end(), start)).len();
        word.span.start() >= quantity.span.end()
            && clause.covers(word.span)
            && gap(word.span.start()) <= EVENT_REACH
    });
    let before: Vec<&Word> =
        words.iter().filter(|word| word.span.end() <= quantity.span.start()).collect();
    if before.last().is_some_and(|word| lasting(word)) {
        return before.into_iter().find_map(sense);
    }
    let before = before.into_iter().rev().filter(|word| clause.covers(word.span));
    after.filter(|word| !word.function).find_map(sense).or_else(|| before.take(6).find_map(sense))
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

/// The words of matter within a few tokens of a number, sorted, each once.
fn near(document: &Document, words: &[Word], span: Span, clause: Span) -> Vec<(Key, f32)> {
    let close = |word: &&Word| {
        !word.function
            && clause.covers(word.span)
            && !span.overlaps(word.span)
            && distance(document, word.span, span) <= NEAR
            && !is_named(document, word.span)
    };
    let mut near: Vec<(Key, f32)> =
        words.iter().filter(close).map(|word| (word.key, word.idf)).collect();
    near.sort_by_key(|(key, _)| *key);
    near.dedup_by_key(|(key, _)| *key);
    near
}

fn persons(desk: &Desk<'_>, article: ArticleIndex, document: &Document, span: Span) -> Vec<usize> {
    let mentions =
        document.mentions.inside(span).filter(|mention| mention.kind == EntityKind::Person);
    let mut persons: Vec<usize> =
        mentions.filter_map(|mention| desk.entity(article, mention.entity)).collect();
    persons.sort_unstable();
    persons.dedup();
    persons
}

/// The word that tells of a toll: the role or the noun, else one of those around.
fn toll(
    desk: &Desk<'_>,
    dimension: Dimension,
    words: [Option<Key>; 2],
    around: impl Iterator<Item = Key>,
) -> Option<Key> {
    if dimension != Dimension::Count {
        return None;
    }
    words.into_iter().flatten().chain(around).find(|word| desk.tolls.contains(word))
}

/// Who gives the figure.
fn source(desk: &Desk<'_>, article: ArticleIndex, quantity: &Quantity) -> Option<usize> {
    let entity = quantity.circumstances.source.as_ref()?.entity?;
    desk.entity(article, entity)
}

/// The place by name that the figure is told of.
fn place(
    desk: &Desk<'_>,
    article: ArticleIndex,
    document: &Document,
    quantity: &Quantity,
) -> Option<usize> {
    let mut scopes = quantity.circumstances.scope.iter();
    let scope = scopes.find(|scope| scope.kind == ScopeKind::Place)?;
    let mention = document.mentions.overlapping(scope.span).next()?;
    desk.entity(article, mention.entity)
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
