use rashomon_article::{Dimension, Quantity};
use rashomon_text::Span;

use super::Scene;
use crate::noun;

/// How many lexemes may stand between `including` and the part: `including Ada Bell and four
/// others`.
const REACH: usize = 6;

/// For each quantity of a sentence the span of the one of which it is a part.
pub(super) fn wholes(
    scene: &Scene<'_>,
    quantities: &[Quantity],
    earlier: Option<&Quantity>,
) -> Vec<Option<Span>> {
    let mut wholes: Vec<Option<Span>> = vec![None; quantities.len()];
    // Of which quantity it stands in a list of parts.
    let mut listed: Vec<Option<usize>> = vec![None; quantities.len()];
    for at in 0..quantities.len() {
        if let Some(next) = quantities.get(at + 1)
            && among(scene, at)
            && fits(&quantities[at], next)
        {
            wholes[at] = Some(next.span);
        }
        let former = at.checked_sub(1);
        let those = of_those(scene, at);
        let whole = former.filter(|_| !those).and_then(|former| {
            if includes(scene, former) || is_of_opening(scene, former) {
                Some(former)
            } else {
                listed[former].filter(|_| is_list(scene, former))
            }
        });
        if let Some(whole) = whole.filter(|&whole| fits(&quantities[at], &quantities[whole])) {
            listed[at] = Some(whole);
            wholes[at] = Some(quantities[whole].span);
        } else if wholes[at].is_none() && those {
            // `Four of them`: of what was counted last.
            let known = former.map(|former| &quantities[former]).or(earlier);
            let known = known.filter(|known| fits(&quantities[at], known));
            wholes[at] = known.map(|known| known.span);
        }
    }
    wholes
}

/// A count, or a share, that is no more than the other one.
fn fits(part: &Quantity, whole: &Quantity) -> bool {
    let counts = |quantity: &Quantity| quantity.dimension == Dimension::Count;
    let share = matches!(part.dimension, Dimension::Share);
    counts(whole) && (share || counts(part) && part.min <= whole.max)
}

/// `four journalists among 15 people`, `four of the 15 people`.
fn among(scene: &Scene<'_>, at: usize) -> bool {
    let words = scene.words;
    let phrases = words.language.circumstances.part_of_whole;
    let (place, next) = (scene.places[at], scene.places[at + 1].start);
    // `five journalists were among 20 people`
    let verb =
        |at: &usize| words.language.circumstances.copulas.binary_search(&words.lower(*at)).is_ok();
    let verbs = (place.after..next).take_while(verb).count();
    let starts = [place.after, place.end, place.after + verbs];
    let Some(end) = starts.into_iter().find_map(|at| scene.phrase_at(at, phrases)) else {
        return false;
    };
    let determiner = |at: usize| words.language.quotations.determiners.contains(&words.lower(at));
    // `of its planned 65 turbines`
    end == next
        || end < next
            && next - end <= 3
            && determiner(end)
            && (end..next).all(|at| words.is_word(at))
}

/// `15 people, including four children`, `15 people, among them four children`.
fn includes(scene: &Scene<'_>, at: usize) -> bool {
    let (from, to) = (scene.places[at].after, scene.places[at + 1].start);
    let phrases = scene.words.language.circumstances.whole_with_part;
    let lead = (from..to).rev().take(REACH).find(|&at| scene.phrase_at(at, phrases).is_some());
    lead.is_some_and(|lead| {
        !(lead + 1..to).any(|at| scene.is_boundary(at) && scene.words.lower(at) != "and")
    })
}

/// The next one follows in a list: `four children and two women`.
fn is_list(scene: &Scene<'_>, at: usize) -> bool {
    let (from, to) = (scene.places[at].after, scene.places[at + 1].start);
    let quotations = &scene.words.language.quotations;
    from < to
        && to - from <= 2
        && (from..to).all(|at| {
            matches!(scene.words.lower(at), "," | ";") || scene.words.lower(at) == quotations.and
        })
}

/// `Of the 15 people killed, four`.
fn is_of_opening(scene: &Scene<'_>, at: usize) -> bool {
    let words = scene.words;
    let (from, to) = (scene.places[at].after, scene.places[at + 1].start);
    let start = scene.places[at].start;
    let led = (0..start).all(|at| {
        let lower = words.lower(at);
        let mut phrases = words.language.circumstances.part_of_whole.iter();
        let of = phrases.any(|phrase| phrase[0] == lower);
        of || words.language.quotations.determiners.contains(&lower)
    });
    let comma = (from..to).rev().take(3).any(|at| words.lower(at) == ",");
    start > 0 && led && comma
}

/// `four of them`, `four children among them`.
fn of_those(scene: &Scene<'_>, at: usize) -> bool {
    let phrases = scene.words.language.circumstances.of_those;
    let place = scene.places[at];
    let words = scene.words;
    // `of those ships` names what it is of; `two of them children` does not.
    let alone = |end: usize| {
        let pronoun = words.language.numbers.counted_pronouns.contains(&words.lower(end - 1));
        let function = words.language.words.is_function_word(words.lower(end));
        pronoun || !words.is_word(end) || function || noun::is_participle(words, end)
    };
    [place.end, place.after].into_iter().any(|at| scene.phrase_at(at, phrases).is_some_and(alone))
}
