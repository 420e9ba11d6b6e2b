//! What must hold for any input at all, however broken. The fuzz targets run these laws on what
//! libFuzzer makes up, `crates/rashomon/tests/mutations.rs` on mutilated samples.

use rashomon::article::{Dimension, Document, Passage, Published, Quantity, Story};
use rashomon::language::english;
use rashomon::read::ReadOptions;
use rashomon::text::{Layer, Span, Spanned};
use rashomon::{CompareOptions, annotate, compare};

/// Bytes are read without a panic, and blocks are in order, apart, and inside of the text.
pub fn read(name: &str, bytes: &[u8]) -> Vec<Document> {
    let reading = rashomon::read::read(name, bytes, &ReadOptions::default(), english());
    let told = !reading.documents.is_empty() || !reading.diagnostics.is_empty();
    assert!(told, "an input gives an article or a reason");
    for document in &reading.documents {
        in_order(document, &document.article.blocks);
        let mut ends = 0;
        for block in &document.article.blocks {
            assert!(block.span.start() >= ends, "blocks do not overlap");
            ends = block.span.end();
        }
    }
    reading.documents
}

/// Every finding of a document stands in its text; quotations and mentions keep their promises.
pub fn annotated(document: Document) -> Document {
    let document = annotate(document, english());
    in_order(&document, &document.tokens);
    in_order(&document, &document.sentences);
    in_order(&document, &document.mentions);
    in_order(&document, &document.times);
    in_order(&document, &document.quantities);
    in_order(&document, &document.quotations);
    for mention in &document.mentions {
        assert!(mention.entity.get() < document.entities.len(), "a mention has its entity");
    }
    for quantity in &document.quantities {
        assert!(quantity.span.covers(quantity.number), "the number is a part of the quantity");
        quantified(&document, quantity);
    }
    for time in &document.times {
        assert!(time.days.is_none_or(|days| days.first <= days.last), "days are in order");
        assert!(is_value(&time.value), "{:?} is a time", time.value);
    }
    for quotation in &document.quotations {
        assert!(!quotation.content.is_empty(), "a quotation has content");
        let mut ends = quotation.span.start();
        for &part in &quotation.content {
            stands(&document, part);
            assert!(!part.is_empty() && part.start() >= ends, "content is in order");
            ends = part.end();
        }
        assert!(ends <= quotation.span.end(), "a quotation covers its content");
        let speaker = quotation.speaker.iter().flat_map(|speaker| &speaker.spans);
        speaker.chain(&quotation.cue).for_each(|&span| stands(&document, span));
    }
    document
}

/// A quantity is a number, and what is told of it stands in the text.
fn quantified(document: &Document, quantity: &Quantity) {
    let (min, max) = (quantity.min, quantity.max);
    assert!(min.is_finite() && max.is_finite(), "a quantity is a number");
    let result = quantity.dimension == Dimension::Score;
    assert!(result || min <= max, "a range is in order");
    let (low, high) = quantity.interval();
    assert!(result || low <= high, "an interval is in order");
    let told = &quantity.circumstances;
    let speaker = told.source.iter().flat_map(|speaker| &speaker.spans);
    let scope = told.scope.iter().map(|scope| scope.span);
    let words = [quantity.counted, quantity.role, told.subject].into_iter().flatten();
    words.chain(scope).chain(speaker.copied()).for_each(|span| stands(document, span));
    let dated = |span| document.times.iter().any(|time| time.span == span);
    assert!(told.as_of.is_none_or(dated), "a figure is dated by a time expression");
    let whole = |span| document.quantities.iter().any(|other| other.span == span);
    assert!(told.part_of.is_none_or(whole), "a part is a part of a quantity");
}

/// Whether a value is one that the calendar and the clock know: no 45th of May, no 25 o'clock.
/// What TIMEX3 leaves open stands as `X`.
fn is_value(value: &str) -> bool {
    if value.ends_with("_REF") || value.starts_with('P') || value.starts_with("BC") {
        return !value.is_empty();
    }
    let (date, clock) = match value.split_once('T') {
        Some((date, clock)) => (date, Some(clock)),
        None => (value, None),
    };
    let part = |part: &str, range: std::ops::RangeInclusive<u32>| {
        part.contains('X') || part.parse::<u32>().is_ok_and(|number| range.contains(&number))
    };
    let parts: Vec<&str> = date.split('-').collect();
    let dated = match parts[..] {
        [year] => !year.is_empty() && year.chars().all(|c| c.is_ascii_digit() || c == 'X'),
        [_, within] => match within.split_at_checked(1) {
            Some(("W", week)) => part(week, 1..=53),
            Some(("Q", quarter)) => part(quarter, 1..=4),
            Some(("H", half)) => part(half, 1..=2),
            _ => part(within, 1..=12) || within.chars().all(|c| c.is_ascii_uppercase()),
        },
        [year, month, day] if !month.starts_with('W') => {
            let known = [year, month, day].iter().all(|part| !part.contains('X'));
            part(month, 1..=12) && part(day, 1..=31) && (!known || day_of(date).is_some())
        }
        [_, week, day] => part(&week[1..], 1..=53) && (day == "WE" || part(day, 1..=7)),
        _ => false,
    };
    let mut hours = clock.unwrap_or("00").split(['+', '-', 'Z', ':']);
    let told = hours.next().unwrap_or_default();
    let timed = part(told, 0..=24) || told.chars().all(|c| c.is_ascii_uppercase());
    dated && timed && hours.all(|minute| minute.is_empty() || part(minute, 0..=59))
}

/// A day of the calendar.
pub fn day_of(date: &str) -> Option<Published> {
    date.parse().map(Published::Day).ok()
}

/// Every finding across documents points home, and the same documents give the same findings.
pub fn compared(documents: Vec<Document>, one_story: bool) {
    let options = CompareOptions { one_story };
    let all = documents.len();
    let once = compare(documents.clone(), &options, english());
    let again = compare(documents, &options, english());
    assert_eq!(format!("{once:?}"), format!("{again:?}"), "the same input gives the same findings");
    let kept: usize = once.stories.iter().map(|story| story.documents.len()).sum();
    assert_eq!(kept, all, "no article is lost");
    once.stories.iter().for_each(points_home);
}

fn points_home(story: &Story) {
    let passage = |at: Passage| stands(story.document(at.article), at.span);
    for article in story.articles() {
        let of = story.lineages.iter().filter(|lineage| lineage.articles.contains(&article));
        assert!(of.count() <= 1, "an article has one lineage");
    }
    for evidence in story.lineages.iter().flat_map(|lineage| &lineage.evidence) {
        passage(evidence.a);
        passage(evidence.b);
    }
    for alias in story.entities.iter().flat_map(|entity| &entity.aliases) {
        alias.mentions.iter().copied().for_each(passage);
    }
    for utterance in &story.utterances {
        assert!(utterance.speaker.is_none_or(|speaker| speaker < story.entities.len()));
        for variant in &utterance.variants {
            let quotation = &story.document(variant.article).quotations[variant.quotation];
            let said = quotation.content.iter().any(|part| part.covers(variant.span));
            assert!(said, "a variant is what somebody is quoted with");
            assert!(variant.differing.iter().all(|&part| variant.span.covers(part)));
        }
    }
    for claim in &story.claims {
        claim.mentions.iter().copied().chain([claim.text]).for_each(passage);
    }
    for discrepancy in &story.discrepancies {
        assert!(discrepancy.sides.len() >= 2, "a difference has two sides");
        discrepancy.sides.iter().flat_map(|side| &side.mentions).copied().for_each(passage);
    }
    story.unique.iter().copied().for_each(passage);
    story.timeline.iter().flat_map(|entry| &entry.mentions).copied().for_each(passage);
}

fn in_order<T: Spanned>(document: &Document, layer: &Layer<T>) {
    let key = |item: &T| (item.span().start(), std::cmp::Reverse(item.span().end()));
    assert!(layer.is_sorted_by_key(key), "a layer is sorted");
    layer.iter().for_each(|item| stands(document, item.span()));
}

/// Slicing panics off a character boundary or past the end.
fn stands(document: &Document, span: Span) {
    let _ = document.slice(span);
}
