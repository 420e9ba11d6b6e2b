use std::ops::Range;

use rashomon_article::{EntityKind, MentionForm, Scope, ScopeKind, TimeKind};
use rashomon_text::Span;

use super::Scene;
use crate::lexeme::Kind;

/// How many words may stand between a preposition and the name of the place: `in the northern
/// port of Lusa`.
const MOST_BETWEEN: usize = 5;

/// What narrows a quantity down, in the order of the text.
pub(super) fn scope(scene: &Scene<'_>, at: usize, number: Span) -> Vec<Scope> {
    let mut scope = Vec::new();
    beside(scene, at, &mut scope);
    let after = scene.after(at);
    let with = |place: &Span| scene.is_spoken_with(number, *place);
    let place = places(scene, after.clone())
        .find(with)
        .or_else(|| places(scene, scene.before(at)).filter(with).last())
        .or_else(|| scene.opening(at).and_then(|opening| places(scene, opening).last()));
    scope.extend(place.map(|span| Scope { span, kind: ScopeKind::Place }));
    let period = period(scene, after)
        .or_else(|| period(scene, scene.before(at)))
        .or_else(|| scene.opening(at).and_then(|opening| period(scene, opening)));
    scope.extend(period.map(|span| Scope { span, kind: ScopeKind::Period }));
    scope.sort_unstable();
    scope.dedup();
    scope
}

/// `another 15`, `15 more`, `a total of 15`, `15 on average`.
fn beside(scene: &Scene<'_>, at: usize, scope: &mut Vec<Scope>) {
    let pack = &scene.words.language.circumstances;
    let place = scene.places[at];
    let before = [
        (ScopeKind::Addition, pack.additions_before),
        (ScopeKind::Total, pack.totals_before),
        (ScopeKind::Average, pack.averages_before),
    ];
    let after = [
        (ScopeKind::Addition, pack.additions_after),
        (ScopeKind::Total, pack.totals_after),
        (ScopeKind::Average, pack.averages_after),
    ];
    let mut add = |start: usize, end: usize, kind: ScopeKind| {
        scope.push(Scope { span: scene.words.span(start, end), kind });
    };
    for (kind, phrases) in before {
        for end in [place.start, place.number] {
            if let Some(start) = scene.phrase_before(end, phrases) {
                add(start, end, kind);
                break;
            }
        }
    }
    for (kind, phrases) in after {
        for start in [place.end, place.after] {
            // `15 more than` compares.
            let end = scene.phrase_at(start, phrases);
            if let Some(end) = end.filter(|&end| scene.words.lower(end) != "than") {
                add(start, end, kind);
                break;
            }
        }
    }
}

/// Names of places, and common nouns for them, after a preposition of place.
fn places<'s>(scene: &'s Scene<'s>, range: Range<usize>) -> impl Iterator<Item = Span> + 's {
    let names = &scene.words.language.names;
    let end = range.end;
    range.filter_map(move |at| {
        if let Some(end) = scene.phrase_at(at, scene.words.language.circumstances.open_places) {
            return Some(scene.words.span(at, end));
        }
        if !is_locative(scene, at) {
            return None;
        }
        let reach = at + 1..(at + 2 + MOST_BETWEEN).min(end);
        let nearest = reach.clone().find_map(|next| {
            let lexeme = scene.words.get(next)?;
            let mention = scene.document.mentions.overlapping(lexeme.span).next();
            match mention {
                Some(named) => {
                    let tied = next > 0 && scene.words.is_hyphen(next - 1);
                    let place = named.kind == EntityKind::Place
                        && named.form == MentionForm::Name
                        && !tied
                        && !is_about(scene, at, named.span);
                    Some(place.then_some(named.span))
                }
                // A mark or another preposition ends the phrase, but for the `of` of `the port of`.
                None if next > at + 1 && is_end(scene, next) => Some(None),
                None => {
                    let noun = names.place_nouns.contains(&lexeme.lower);
                    let goes_on = scene.words.is_word(next + 1) && !is_end(scene, next + 1)
                        || scene.words.lower(next + 1) == "of";
                    (noun && !goes_on).then(|| Some(scene.words.span(at + 1, next + 1)))
                }
            }
        });
        nearest.flatten()
    })
}

/// `in Lusa’s longest strike` and `a pact on Lusa` are no places where something holds; `on Orm
/// Island` is.
fn is_about(scene: &Scene<'_>, preposition: usize, name: Span) -> bool {
    let words = scene.words;
    let names = &words.language.names;
    let end = words.from(name.end());
    let owns = words.get(end).is_some_and(|next| next.kind == Kind::Clitic);
    let head = words.before(end);
    let ground = names.place_heads.contains(head) || names.place_nouns.contains(head);
    let vague = words.language.circumstances.topical.contains(&words.lower(preposition));
    owns || vague && !ground
}

fn is_locative(scene: &Scene<'_>, at: usize) -> bool {
    scene.words.language.circumstances.locatives.binary_search(&scene.words.lower(at)).is_ok()
}

fn is_end(scene: &Scene<'_>, at: usize) -> bool {
    let (words, quotations) = (scene.words, &scene.words.language.quotations);
    let lower = words.lower(at);
    !words.is_word(at) && !words.is_hyphen(at)
        || lower != "of" && quotations.prepositions.contains(&lower)
        || quotations.conjunctions.contains(&lower)
        || quotations.finite.contains(&lower)
}

/// `since Monday`, `over the past week`, `so far`.
fn period(scene: &Scene<'_>, range: Range<usize>) -> Option<Span> {
    let words = scene.words;
    let pack = &words.language.circumstances;
    for at in range.clone() {
        if let Some(end) = scene.phrase_at(at, pack.open_periods) {
            return Some(words.span(at, end));
        }
    }
    let times = scene.document.times.inside(scene.span(&range)?);
    for time in times {
        let start = words.from(time.span.start());
        let definite = words.language.quotations.definite;
        let inner = definite.contains(&words.lower(start));
        let determined = definite.contains(&words.before(start));
        let lead = start.checked_sub(if determined { 2 } else { 1 })?;
        let over = pack.over.binary_search(&words.lower(lead)).is_ok();
        let within = is_locative(scene, lead);
        let length = time.kind == TimeKind::Duration;
        if range.contains(&lead) && (over && (!length || inner || determined))
            || within && length && (inner || determined)
        {
            return Some(words.items[lead].span.hull(time.span));
        }
    }
    None
}
