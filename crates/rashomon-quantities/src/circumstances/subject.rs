use std::ops::Range;

use rashomon_article::{Dimension, Quantity};
use rashomon_text::Span;

use super::Scene;
use crate::lexeme::Kind;
use crate::noun;

/// How many lexemes a subject may have.
const LONGEST: usize = 14;
/// How many fillers may stand between a verb and its figure.
const MOST_FILLERS: usize = 4;

/// Who or what a quantity is said of, and the verb whose object or complement it is.
pub(super) fn subject(
    scene: &Scene<'_>,
    at: usize,
    quantity: &Quantity,
) -> (Option<Span>, Option<Span>) {
    let verb = verb(scene, at);
    let acts = |&verb: &usize| {
        let pack = &scene.words.language.circumstances;
        pack.copulas.binary_search(&scene.words.lower(verb)).is_err()
    };
    let role = verb.filter(acts).map(|verb| scene.words.items[verb].span);
    (named(scene, at, quantity, verb), role)
}

fn named(scene: &Scene<'_>, at: usize, quantity: &Quantity, verb: Option<usize>) -> Option<Span> {
    let measured = !matches!(quantity.dimension, Dimension::Count | Dimension::Ordinal);
    if quantity.dimension == Dimension::Age
        && let Some(name) = bearer(scene, at)
    {
        return Some(name);
    }
    let phrase = attributed(scene, at, measured)
        .or_else(|| of_noun(scene, at))
        .or_else(|| measured.then(|| moved_noun(scene, at)).flatten())
        .or_else(|| of_verb(scene, at, verb?))?;
    scene.span(&phrase).filter(|&span| scene.is_spoken_with(span, quantity.number))
}

/// Whose age it is: `Ada Bell, 51,`.
fn bearer(scene: &Scene<'_>, at: usize) -> Option<Span> {
    let comma = scene.places[at].start.checked_sub(1)?;
    let last = scene.words.items.get(comma.checked_sub(1)?)?;
    if scene.words.lower(comma) != "," {
        return None;
    }
    scene.document.mentions.overlapping(last.span).next().map(|mention| mention.span)
}

/// `a three-hour meeting`, `a $5 million fine`: the noun that the measure stands before.
fn attributed(scene: &Scene<'_>, at: usize, measured: bool) -> Option<Range<usize>> {
    let (words, place) = (scene.words, scene.places[at]);
    let quotations = &words.language.quotations;
    let article = matches!(words.before(place.start), "a" | "an" | "the");
    let tied = (place.number..place.end).any(|at| words.is_hyphen(at));
    // `a two-state plan`, `a two-count criminal complaint`
    let modifies = words.is_hyphen(place.end)
        && !matches!(words.lower(place.end), "—" | "–")
        && place.end == place.number + 1;
    if !modifies && (!measured || !(article || tied) || words.is_hyphen(place.end)) {
        return None;
    }
    let from = if modifies { place.end + 2 } else { place.end };
    let reach = (from + 4).min(words.len());
    let end = (from..reach)
        .find(|&at| {
            let lower = words.lower(at);
            !words.is_word(at) && !words.is_hyphen(at)
                || words.language.words.is_function_word(lower)
                || quotations.finite.contains(&lower)
                || at > from && (is_verb(scene, at) || lower.len() > 5 && lower.ends_with("ing"))
        })
        .unwrap_or(reach);
    // `the 5 km race drew 300 runners`: the last word before a figure is a verb.
    let figure = scene.places.get(at + 1).is_some_and(|next| next.start == end);
    let end = if figure && end > from + 1 { end - 1 } else { end };
    // `the $5 million comes from`
    let acts = words.before(place.start) == "the" && !tied && words.before(end).ends_with('s');
    (end > from && !acts && !is_change(scene, end - 1)).then_some(from..end)
}

/// `a fine of $5 million`, `speeds of up to 90 mph`.
fn of_noun(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let words = scene.words;
    let of = scene.places[at].start.checked_sub(1).filter(|&of| words.lower(of) == "of")?;
    let head = of.checked_sub(1)?;
    let noun = words.is_word(head)
        && !words.language.words.is_function_word(words.lower(head))
        && words.language.circumstances.empty_nouns.binary_search(&words.lower(head)).is_err()
        && !is_verb(scene, head)
        && !is_change(scene, head);
    let floor = at.checked_sub(1).map_or(0, |before| scene.places[before].end);
    if !noun || head < floor {
        return None;
    }
    let inner = |&at: &usize| {
        let lower = words.lower(at);
        words.is_word(at) && !words.language.words.is_function_word(lower) && !is_verb(scene, at)
            || words.is_hyphen(at)
    };
    let start = (floor..head).rev().take_while(inner).last().unwrap_or(head);
    let article =
        start > floor && words.language.quotations.determiners.contains(&words.lower(start - 1));
    Some(start - usize::from(article)..head + 1)
}

/// `a 5% rise in prices`: what moves.
fn moved_noun(scene: &Scene<'_>, at: usize) -> Option<Range<usize>> {
    let (words, place) = (scene.words, scene.places[at]);
    let moves = (place.end..place.end + 2).find(|&at| is_change(scene, at))?;
    let of = moves + 1;
    if !matches!(words.lower(of), "in" | "of") {
        return None;
    }
    let mut end = of + 1;
    while words.is_word(end) && end < of + 6 {
        let lower = words.lower(end);
        let determiner = end == of + 1 && words.language.quotations.determiners.contains(&lower);
        if !determiner && (words.language.words.is_function_word(lower) || is_verb(scene, end)) {
            break;
        }
        end += 1;
    }
    let moved = of + 1..end;
    // `3% higher in February` tells when.
    let dated = |span| scene.document.times.overlapping(span).next().is_some();
    scene.span(&moved).is_some_and(|span| !dated(span)).then_some(moved)
}

/// The verb that the figure is the object or complement of, a few fillers between them.
fn verb(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let words = scene.words;
    let pack = &words.language.circumstances;
    let floor = at.checked_sub(1).map_or(0, |before| scene.places[before].after);
    let mut verb = scene.places[at].start.checked_sub(1).filter(|&verb| verb >= floor)?;
    let mut fillers = 0;
    // `were down 4%`, `up 3%`: the particle stands for the verb.
    while !is_figure_verb(scene, verb) {
        let lower = words.lower(verb);
        let passed = pack.figure_fillers.binary_search(&lower).is_ok()
            || words.language.quotations.determiners.contains(&lower)
            || pack.empty_nouns.binary_search(&lower).is_ok()
            || is_adverb(scene, verb);
        fillers += 1;
        if !passed || fillers > MOST_FILLERS || verb <= floor {
            return None;
        }
        verb -= 1;
    }
    Some(verb)
}

/// The subject of that verb: `The talks lasted three hours`, `Shares were down 4%`, `Police
/// arrested 15 people`.
fn of_verb(scene: &Scene<'_>, at: usize, verb: usize) -> Option<Range<usize>> {
    let words = scene.words;
    let floor = at.checked_sub(1).map_or(0, |before| scene.places[before].after);
    let mut end = verb;
    while end > floor && is_auxiliary(scene, end - 1) {
        end -= 1;
    }
    if end > floor && words.lower(end - 1) == words.language.quotations.infinitive {
        return None; // `a deal to keep 1,000 jobs`
    }
    let relative = |at: usize| words.language.quotations.relatives.contains(&words.lower(at));
    if end > floor && relative(end - 1) {
        end -= 1;
        if end > floor && words.lower(end - 1) == "," {
            end -= 1;
        }
    } else if end > floor && words.lower(end - 1) == "," {
        return inserted(scene, verb, end - 1);
    }
    let phrase = noun_phrase(scene, end, floor)?;
    is_named_or_noun(scene, &phrase).then_some(phrase)
}

/// The subject before what is put between commas: `The talks, the first in years, lasted`. There
/// is none for a participle that hangs on: `The storm hit Orm, killing 15`.
fn inserted(scene: &Scene<'_>, verb: usize, closing: usize) -> Option<Range<usize>> {
    let words = scene.words;
    if words.lower(verb).ends_with("ing") {
        return None;
    }
    let opening = (0..closing).find(|&at| words.lower(at) == ",")?;
    let phrase = noun_phrase(scene, opening, 0)?;
    // It opens the sentence, and no clause of its own stands between.
    let first = scene.opening_word();
    let clause =
        (opening + 1..closing).any(|at| words.lower(at) == ";" || words.is_quotation_mark(at));
    (phrase.start == first && !clause && is_named_or_noun(scene, &phrase)).then_some(phrase)
}

/// The noun phrase that ends before `end`, with what prepositions hang on it.
fn noun_phrase(scene: &Scene<'_>, end: usize, floor: usize) -> Option<Range<usize>> {
    let words = scene.words;
    let pack = &words.language.circumstances;
    let quotations = &words.language.quotations;
    let mut start = end;
    while start > floor && end - start < LONGEST {
        let at = start - 1;
        let lower = words.lower(at);
        let kind = words.get(at)?.kind;
        let inner = match kind {
            Kind::Word if lower == quotations.and && at > floor => {
                words.is_word(at - 1) && !is_verb(scene, at - 1) && start < end
            }
            Kind::Word => {
                let adjective = at > floor && quotations.determiners.contains(&words.lower(at - 1));
                pack.subject_stops.binary_search(&lower).is_err()
                    && pack.clause_openers.binary_search(&lower).is_err()
                    && !is_auxiliary(scene, at)
                    && (!is_verb(scene, at) || adjective)
            }
            Kind::Clitic => lower.ends_with(['s', '’', '\'']),
            Kind::Mark => words.is_hyphen(at) || lower == "." && words.glued(at),
            Kind::Number(_) | Kind::Ordinal(_) => true,
        };
        if !inner {
            break;
        }
        start = at;
    }
    if end - start >= LONGEST {
        return None;
    }
    if start < end && words.lower(start) == quotations.and {
        start += 1;
    }
    // `All laws that pass the house must have`: what the relative clause hangs on.
    let relative = start > floor && quotations.relatives.contains(&words.lower(start - 1));
    if relative && start < end && !quotations.determiners.contains(&words.lower(start)) {
        return noun_phrase(scene, start - 1, floor);
    }
    // `On Friday the talks`: what a preposition opens is no subject.
    if start < end && quotations.prepositions.contains(&words.lower(start)) {
        let article = (start + 1..end).rev().find(|&at| {
            matches!(words.lower(at), "the" | "a" | "an")
                && !quotations.prepositions.contains(&words.lower(at - 1))
        });
        start = article?;
    }
    let acts = start < end && words.lower(start).ends_with("ing") && !words.capital(start);
    (start < end && !acts).then_some(start..end)
}

/// A name, a pronoun that is known, or a noun.
fn is_named_or_noun(scene: &Scene<'_>, phrase: &Range<usize>) -> bool {
    let words = scene.words;
    let Some(span) = scene.span(phrase) else { return false };
    if scene.document.mentions.overlapping(span).next().is_some() {
        return true;
    }
    phrase
        .clone()
        .any(|at| words.is_word(at) && !words.language.words.is_function_word(words.lower(at)))
}

/// The first form of a verb, by what stands before it: `could reach`, `to keep`.
fn is_base(scene: &Scene<'_>, at: usize) -> bool {
    let (words, quotations) = (scene.words, &scene.words.language.quotations);
    let lower = words.lower(at);
    let led = words.language.circumstances.modals.binary_search(&words.before(at)).is_ok();
    led && words.is_word(at)
        && !words.capital(at)
        && !quotations.determiners.contains(&lower)
        && !words.language.words.is_function_word(lower)
}

/// A verb of the kind that figures follow.
fn is_figure_verb(scene: &Scene<'_>, at: usize) -> bool {
    let pack = &scene.words.language.circumstances;
    let lower = scene.words.lower(at);
    scene.words.is_word(at)
        && scene.words.language.quotations.saying.binary_search(&lower).is_err()
        && (pack.figure_verbs.binary_search(&lower).is_ok()
            || pack.copulas.binary_search(&lower).is_ok()
            || is_movement(scene, at)
            || is_base(scene, at)
            || noun::is_participle(scene.words, at) && !scene.words.capital(at))
}

/// A verb or noun of going up or down, by form: `rose`, `drop`.
fn is_movement(scene: &Scene<'_>, at: usize) -> bool {
    let numbers = &scene.words.language.numbers;
    let lower = scene.words.lower(at);
    let known =
        numbers.up.binary_search(&lower).is_ok() || numbers.down.binary_search(&lower).is_ok();
    known && !matches!(lower, "up" | "down")
}

fn is_change(scene: &Scene<'_>, at: usize) -> bool {
    scene.words.is_word(at) && is_movement(scene, at)
}

/// A word that is most often a verb here.
fn is_verb(scene: &Scene<'_>, at: usize) -> bool {
    let words = scene.words;
    noun::is_participle(words, at) && !words.capital(at)
        || words.language.quotations.saying.binary_search(&words.lower(at)).is_ok()
}

fn is_adverb(scene: &Scene<'_>, at: usize) -> bool {
    let lower = scene.words.lower(at);
    scene.words.is_word(at) && lower.len() > 4 && lower.ends_with("ly")
}

/// What stands between a subject and its verb: `has`, `will`, `reportedly`.
fn is_auxiliary(scene: &Scene<'_>, at: usize) -> bool {
    let quotations = &scene.words.language.quotations;
    let lower = scene.words.lower(at);
    quotations.finite.contains(&lower)
        || quotations.skipped.binary_search(&lower).is_ok()
        || quotations.auxiliaries.contains(&lower)
        || is_adverb(scene, at)
}
