use std::ops::Range;

use rashomon_article::{DiscrepancyKind, Passage, Verdict};
use rashomon_text::Span;

use super::Place;
use crate::clash::{Account, Clash};
use crate::desk::{Desk, Line, Word};
use crate::polarity::{denies_what_follows, exempts};
use crate::side::outlets;

/// Two sentences of which one denies the other are this much alike.
const LEAST_NEARNESS: f32 = 0.55;

/// Or are tellings of one claim that go on in the same words, so many and so many of matter.
const FLANK: usize = 4;
const MATTER_OF_FLANK: usize = 2;
/// In sentences that are this much alike, another denial is the same in both.
const COPIES: f32 = 0.8;

/// A denial in one of two sentences, or words with opposite meanings in one place of both.
pub fn clash(desk: &Desk<'_>, place: &Place<'_>) -> Option<Clash> {
    let flanked = || {
        place.twin.claimed
            && place.twin.alignment.is_flanked(place.a, &place.slot, FLANK, MATTER_OF_FLANK)
    };
    if place.nearness() < LEAST_NEARNESS && !flanked() {
        return None;
    }
    let x = &place.a.words[place.slot.a.clone()];
    let y = &place.b.words[place.slot.b.clone()];
    let (one, other) = opposed(desk, place, x, y).or_else(|| denied(desk, place, x, y))?;
    if exempts(desk, place.a) || exempts(desk, place.b) {
        return None;
    }
    let whole = |lines: &[usize]| -> Vec<Passage> {
        let lines = lines.iter().map(|&at| &desk.lines[at]);
        lines.map(|line| Passage { article: line.article, span: line.span }).collect()
    };
    let (p, q) = (desk.slice(place.a, one), desk.slice(place.b, other));
    let account = |words: &str, lines: &[usize]| Account {
        value: words.to_lowercase(),
        mentions: whole(lines),
    };
    let names = (outlets(desk.story, [place.a.article]), outlets(desk.story, [place.b.article]));
    Some(Clash {
        kind: DiscrepancyKind::Negation,
        verdict: Verdict::Conflict,
        about: format!("{p} / {q}"),
        why: format!("one tells what the other denies: “{p}” in {}, “{q}” in {}", names.0, names.1),
        sides: [account(p, &place.twin.a), account(q, &place.twin.b)],
        likeness: place.twin.likeness,
    })
}

/// Two words of which one is the opposite of the other, right after or right before a word that both
/// sentences have.
fn opposed(desk: &Desk<'_>, place: &Place<'_>, x: &[Word], y: &[Word]) -> Option<(Span, Span)> {
    let matter = |word: &&Word| !word.function || word.negation;
    let firsts = x.iter().find(matter).zip(y.iter().find(matter));
    let lasts = x.iter().rev().find(matter).zip(y.iter().rev().find(matter));
    let (one, other) = [firsts, lasts]
        .into_iter()
        .flatten()
        .find(|(one, other)| desk.opposite(one.key, other.key))?;
    // Where a sentence has both, it tells of two things.
    let also = |line: &Line, word: &Word| line.words.iter().any(|other| other.key == word.key);
    let plain = !also(place.a, other) && !also(place.b, one);
    let named = |line: &Line, word: &Word| {
        desk.document(line.article).mentions.overlapping(word.span).next().is_some()
    };
    let denied = |line: &Line, pole: &Word| {
        line.words.iter().filter(|word| word.negation && word.span != pole.span).count()
    };
    let names = named(place.a, one) || named(place.b, other);
    let mood = |line: &Line, pole: &Word| is_open(desk, line, pole.span);
    let one_mood = mood(place.a, one) == mood(place.b, other)
        && denied(place.a, one) == denied(place.b, other);
    (plain && !names && one_mood).then_some((one.span, other.span))
}

/// A denial that the other sentence lacks, between words that both have.
fn denied(desk: &Desk<'_>, place: &Place<'_>, x: &[Word], y: &[Word]) -> Option<(Span, Span)> {
    // Where both deny something else, they may deny the same in two ways.
    let denials = |line: &Line| line.words.iter().filter(|word| word.negation).count();
    let most = if place.nearness() >= COPIES { 1 } else { 0 };
    let whole = match (denials(place.a), denials(place.b)) {
        (p, q) if p == q + 1 && q <= most => {
            is_denial_of(desk, (place.a, x), (place.b, y), &place.slot.b)
        }
        (p, q) if q == p + 1 && p <= most => {
            is_denial_of(desk, (place.b, y), (place.a, x), &place.slot.a)
        }
        _ => false,
    };
    if !whole {
        return None;
    }
    // From the word before to the word after, which both have.
    let around = |line: &Line, range: &Range<usize>| {
        let last = line.words.get(range.end)?;
        let first = &line.words[range.start.checked_sub(1)?];
        Some(Span::new(first.span.start(), last.span.end()))
    };
    Some((around(place.a, &place.slot.a)?, around(place.b, &place.slot.b)?))
}

/// Whether the first words are a denial, and all that stands beside it stands in the other sentence
/// too; the other words say nothing that the first sentence lacks.
fn is_denial_of(
    desk: &Desk<'_>,
    (a, x): (&Line, &[Word]),
    (b, y): (&Line, &[Word]),
    there: &Range<usize>,
) -> bool {
    let language = desk.language;
    let text = |line: &Line, word: &Word| desk.slice(line, word.span).to_lowercase();
    let helps = |word: &str| {
        let senses = &language.senses;
        senses.present_be.binary_search(&word).is_ok()
            || senses.past_auxiliaries.binary_search(&word).is_ok()
            || senses.supports.binary_search(&word).is_ok()
            || word == senses.infinitive
    };
    let within = |(line, words): (&Line, &[Word]), other: &Line| {
        words.iter().filter(|word| !word.negation).all(|word| {
            helps(&text(line, word)) || other.words.iter().any(|there| there.key == word.key)
        })
    };
    // `refused to sign`, and not `refused the treaty`
    let verb =
        |word: &Word| language.senses.denying_verbs.binary_search(&text(a, word).as_str()).is_ok();
    let bare = |word: &&Word| desk.denials.contains(&word.key) || verb(word);
    let denial = x.iter().find(|word| word.negation).filter(bare);
    // `No. 15`, `no more than 15`
    let numbered = denial.is_some_and(|word| {
        let after = a.words.iter().find(|other| other.span.start() >= word.span.end());
        after.is_some_and(|after| {
            after.digits || language.senses.scope.binary_search(&text(a, after).as_str()).is_ok()
        })
    });
    let Some(denial) = denial.filter(|_| !numbered) else { return false };
    // Where nothing stands for it in the other sentence, what goes before the denial is no matter.
    let after: Vec<Word> =
        x.iter().filter(|word| word.span.start() > denial.span.start()).copied().collect();
    let own = if y.is_empty() { after.as_slice() } else { x };
    denies_what_follows(desk, desk.document(a.article), denial)
        && !is_open(desk, a, denial.span)
        && !is_open(desk, b, b.words.get(there.start).map_or(b.span, |word| word.span))
        && within((a, own), b)
        && within((b, y), a)
}

/// Whether a condition goes before a place: `if`, `unless`.
fn is_open(desk: &Desk<'_>, line: &Line, place: Span) -> bool {
    let conditions = &desk.language.renderings.conditions;
    let mut before = line.words.iter().take_while(|word| word.span.end() <= place.start());
    before.any(|word| {
        let text = desk.slice(line, word.span).to_lowercase();
        conditions.contains(&text.as_str())
    })
}
