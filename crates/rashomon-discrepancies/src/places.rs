use rashomon_article::{
    Discrepancy, DiscrepancyKind, EntityKind, Mention, MentionForm, Passage, TokenKind, Verdict,
};
use rashomon_terms::Unit;

use crate::Desk;
use crate::days::common_words;
use crate::pairing::{Pair, key, matter, pairs};
use crate::side::{outlets, side, silent};

/// Two tellings that give different places for one fact must resemble each other this much.
const LEAST_SIMILARITY: f32 = 0.5;

/// Places of one fact that differ: the same words lead to another place, neither report knows
/// the place of the other, and no report says that one lies in the other.
pub fn places(desk: &Desk<'_>) -> Vec<Discrepancy> {
    let mut found: Vec<Discrepancy> = Vec::new();
    for Pair { a, b } in pairs(desk, LEAST_SIMILARITY) {
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
fn slots<'d>(desk: &'d Desk<'_>, unit: &Unit) -> Vec<(&'d Mention, (String, String))> {
    let document = desk.story.document(unit.passage.article);
    let words = matter(desk, unit.passage);
    document
        .mentions
        .inside(unit.passage.span)
        .filter(|mention| mention.kind == EntityKind::Place && mention.form == MentionForm::Name)
        .filter_map(|mention| {
            let at =
                document.tokens.partition_point(|token| token.span.start() < mention.span.start());
            let before = document.tokens.get(at.checked_sub(1)?)?;
            let preposition = document.slice(before.span).to_lowercase();
            let is_function = desk.language.words.is_function_word(&preposition);
            let word = words.iter().rev().find(|term| term.span.end() <= before.span.start())?;
            (is_function && before.kind == TokenKind::Word)
                .then(|| (mention, (key(desk, word), preposition)))
        })
        .collect()
}

fn discrepancy(
    desk: &Desk<'_>,
    (a, one): (&Unit, &Mention),
    (b, other): (&Unit, &Mention),
) -> Option<Discrepancy> {
    let story = desk.story;
    let x = story.entity(a.passage.article, one.entity)?;
    let y = story.entity(b.passage.article, other.entity)?;
    let tells = |article, entity: usize| {
        story.entities[entity].members.iter().any(|&(member, _)| member == article)
    };
    // `Sumatra` and `Sumatra Island` are one.
    let words = |entity: usize| -> Vec<String> {
        story.entities[entity].name.split_whitespace().map(rashomon_terms::fold).collect()
    };
    let (names_x, names_y) = (words(x), words(y));
    if names_x.iter().any(|word| names_y.contains(word)) {
        return None;
    }
    if x == y || tells(a.passage.article, y) || tells(b.passage.article, x) || related(desk, x, y) {
        return None;
    }
    let place = |unit: &Unit, mention: &Mention| Passage {
        article: unit.passage.article,
        span: mention.span,
    };
    let sides = vec![side(story, vec![place(a, one)]), side(story, vec![place(b, other)])];
    Some(Discrepancy {
        kind: DiscrepancyKind::Place,
        verdict: Verdict::Conflict,
        about: common_words(desk, a, b),
        silent: silent(story, &sides),
        why: format!(
            "{} and {} give different places for the same event, and neither names the other’s",
            outlets(story, [a.passage.article]),
            outlets(story, [b.passage.article])
        ),
        sides,
    })
}

/// Whether some report names both places in one sentence: then one may lie in the other.
fn related(desk: &Desk<'_>, x: usize, y: usize) -> bool {
    desk.story.articles().any(|article| {
        let document = desk.story.document(article);
        document.sentences.iter().any(|sentence| {
            let holds = |entity: usize| {
                document
                    .mentions
                    .inside(sentence.span)
                    .any(|mention| desk.story.entity(article, mention.entity) == Some(entity))
            };
            holds(x) && holds(y)
        })
    })
}
