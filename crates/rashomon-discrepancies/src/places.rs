use rashomon_article::{
    Discrepancy, DiscrepancyKind, EntityKind, Mention, MentionForm, Passage, TokenKind, Verdict,
};

use crate::days::common_words;
use crate::desk::{Desk, Key, Line};
use crate::side::{outlets, side, silent};
use crate::slots::is_seat;
use crate::spellings::are_spellings;
use crate::twins::Twin;

/// Two tellings that give different places for one fact must resemble each other this much.
const LEAST_SIMILARITY: f32 = 0.5;

/// Places of one fact that differ: the same words lead to another place, neither report knows
/// the place of the other, and no report says that one lies in the other.
pub fn places(desk: &Desk<'_>, twins: &[Twin]) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = Vec::new();
    let alike = |twin: &&Twin| twin.claimed && twin.likeness >= LEAST_SIMILARITY;
    for (a, b) in twins.iter().filter(alike).map(|twin| twin.lines(desk)) {
        for (one, x) in slots(desk, a) {
            for (other, y) in slots(desk, b) {
                if x != y {
                    continue;
                }
                let Some(discrepancy) = discrepancy(desk, (a, one), (b, other)) else { continue };
                let values = |d: &Discrepancy| (d.sides[0].value.clone(), d.sides[1].value.clone());
                if !found.iter().any(|known| values(known) == values(&discrepancy)) {
                    found.push(discrepancy);
                }
            }
        }
    }
    found
}

/// The places of a telling, each with the word of matter and the preposition before it.
fn slots<'d>(desk: &'d Desk<'_>, line: &Line) -> Vec<(&'d Mention, (Key, String))> {
    let document = desk.story.document(line.article);
    document
        .mentions
        .inside(line.span)
        .filter(|mention| mention.kind == EntityKind::Place && mention.form == MentionForm::Name)
        .filter_map(|mention| {
            let at =
                document.tokens.partition_point(|token| token.span.start() < mention.span.start());
            let before = document.tokens.get(at.checked_sub(1)?)?;
            let preposition = document.slice(before.span).to_lowercase();
            let is_function = desk.language.words.is_function_word(&preposition);
            let ends = |word: &&crate::desk::Word| {
                !word.function && word.span.end() <= before.span.start()
            };
            let word = line.words.iter().rev().find(ends)?;
            (is_function && before.kind == TokenKind::Word)
                .then_some((mention, (word.key, preposition)))
        })
        .collect()
}

fn discrepancy(
    desk: &Desk<'_>,
    (a, one): (&Line, &Mention),
    (b, other): (&Line, &Mention),
) -> Option<Discrepancy> {
    let story = desk.story;
    let x = desk.entity(a.article, one.entity)?;
    let y = desk.entity(b.article, other.entity)?;
    let tells = |article, entity: usize| {
        story.entities[entity].members.iter().any(|&(member, _)| member == article)
    };
    // `Sumatra` and `Sumatra Island` are one.
    let words = |entity: usize| -> Vec<String> {
        story.entities[entity].name.split_whitespace().map(rashomon_terms::fold).collect()
    };
    let (names_x, names_y) = (words(x), words(y));
    if names_x.iter().any(|word| names_y.contains(word))
        || are_spellings(&names_x, &names_y)
        || is_seat(desk, &names_x, &names_y)
    {
        return None;
    }
    if x == y || tells(a.article, y) || tells(b.article, x) || related(desk, x, y) {
        return None;
    }
    let place =
        |line: &Line, mention: &Mention| Passage { article: line.article, span: mention.span };
    let sides = vec![side(story, vec![place(a, one)]), side(story, vec![place(b, other)])];
    Some(Discrepancy {
        kind: DiscrepancyKind::Place,
        verdict: Verdict::Conflict,
        about: common_words(desk, a, b),
        silent: silent(story, &sides),
        why: format!(
            "{} and {} give different places for the same event, and neither names the other’s",
            outlets(story, [a.article]),
            outlets(story, [b.article])
        ),
        sides,
    })
}

/// Whether some report names both places in one sentence: then one may lie in the other.
fn related(desk: &Desk<'_>, x: usize, y: usize) -> bool {
    let places = desk.story.entities[x].aliases.iter().flat_map(|alias| &alias.mentions);
    let mut lines = places.filter_map(|place| desk.line_at(place.article, place.span.start()));
    lines.any(|line| desk.named(line.article, line.span).any(|entity| entity == y))
}
