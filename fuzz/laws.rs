//! What must hold for any input at all, however broken. The fuzz targets run these laws on what
//! libFuzzer makes up, `crates/rashomon/tests/mutations.rs` on mutilated samples.

use rashomon::article::{Dimension, Document, Passage, Published, Quantity, Story, TieKind};
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
    if let Some(length) = value.strip_prefix('P') {
        return value == "PAST_REF" || value == "PRESENT_REF" || is_length(length);
    }
    let (date, clock) = match value.split_once('T') {
        Some((date, clock)) => (date, Some(clock)),
        None => (value, None),
    };
    value == "FUTURE_REF" || is_date(date) && clock.is_none_or(is_clock)
}

/// `3D`, `T2H`, `XM`, `3.5Y`.
fn is_length(length: &str) -> bool {
    let timed = length.starts_with('T');
    let length = length.trim_start_matches('T');
    let units = length.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == 'X');
    let number = &length[..length.len() - units.len()];
    let known = if timed {
        ["H", "M", "S"].contains(&units)
    } else {
        ["D", "W", "WE", "M", "Y", "DE", "CE"].contains(&units)
    };
    known && (number == "X" || number.parse::<f64>().is_ok_and(f64::is_finite))
}

fn is_part(part: &str, range: std::ops::RangeInclusive<u32>) -> bool {
    part == "XX"
        || part == "X"
        || part.len() <= 2 && part.parse().is_ok_and(|it| range.contains(&it))
}

fn is_date(date: &str) -> bool {
    let (before_christ, date) = match date.strip_prefix("BC") {
        Some(date) => (true, date),
        // A fiscal year, as TIDES 2005 writes it.
        None => (false, date.strip_prefix("FY").unwrap_or(date)),
    };
    let parts: Vec<&str> = date.split('-').collect();
    let year = parts[0];
    let years =
        (2..=4).contains(&year.len()) && year.bytes().all(|c| c.is_ascii_digit() || c == b'X');
    let rest = match parts[1..] {
        [] => true,
        [within] => match within.split_at_checked(1) {
            Some(("W", week)) if week != "I" => is_part(week, 1..=53),
            Some(("Q", quarter)) => is_part(quarter, 1..=4),
            Some(("H", half)) => is_part(half, 1..=2),
            _ => is_part(within, 1..=12) || ["SP", "SU", "FA", "WI"].contains(&within),
        },
        [week, day] if week.starts_with('W') => {
            is_part(&week[1..], 1..=53) && (day == "WE" || is_part(day, 1..=7))
        }
        [month, day] => {
            let known = !before_christ && !date.contains('X');
            is_part(month, 1..=12) && is_part(day, 1..=31) && (!known || day_of(date).is_some())
        }
        _ => false,
    };
    years && rest
}

/// `17:30`, `17:30-05:00`, `17:30Z`, `NI`, `XX`.
fn is_clock(clock: &str) -> bool {
    if ["MO", "AF", "EV", "NI", "DA", "DU", "DT", "MI", "XX"].contains(&clock) {
        return true;
    }
    let Some((time, offset)) = clock.split_at_checked(5) else { return false };
    let timed = |time: &str, hours: u32| {
        time.split_once(':').is_some_and(|(hour, minute)| {
            hour.len() == 2
                && minute.len() == 2
                && is_part(hour, 0..=hours)
                && is_part(minute, 0..=59)
        })
    };
    let zoned = offset.strip_prefix(['+', '-']).is_some_and(|offset| timed(offset, 14));
    timed(time, 23) && (offset.is_empty() || offset == "Z" || zoned)
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
    for tie in &story.ties {
        assert!(tie.a != tie.b && !tie.signs.is_empty(), "a tie has two sides and a sign");
        for evidence in &tie.passages {
            assert_eq!((evidence.a.article, evidence.b.article), (tie.a, tie.b));
            passage(evidence.a);
            passage(evidence.b);
        }
        let copy = story.lineage(tie.a) == story.lineage(tie.b);
        assert_eq!(copy, tie.kind == TieKind::Copy, "only copies are of one lineage");
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
    for omission in &story.omissions {
        let claim = &story.claims[omission.claim];
        let tells = claim.mentions.iter().any(|mention| mention.article == omission.article);
        assert!(!tells, "who tells something does not leave it out");
    }
    for near in &story.near {
        passage(near.passage);
        assert!(near.claim < story.claims.len(), "what is near is near to a claim");
    }
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
