use rashomon_article::{Dimension, DiscrepancyKind, EntityKind, Mention, MentionForm, Verdict};
use rashomon_text::Span;

use super::{Place, everywhere};
use crate::clash::{Account, Clash};
use crate::days::common_words;
use crate::desk::{Desk, Line, Word};
use crate::side::outlets;
use crate::spellings::are_spellings;

/// Two speakers of the same words stand in sentences that are this much alike.
const LEAST_LIKENESS_OF_SPEAKERS: f32 = 0.55;
/// And two names with no word in common in such as these.
const LEAST_LIKENESS_OF_STRANGERS: f32 = 0.65;
/// Lists of names are written in any order: more of what stands around two of them is the same.
const LEAST_COMPANY_OF_STRANGERS: f32 = 0.7;

/// So many words beside a name may stand in its place, as in `the lawyer Ada Bell`.
const MOST_OTHERS: usize = 2;

/// Two names of one kind that stand in one place of two sentences.
pub fn clash(desk: &Desk<'_>, place: &Place<'_>) -> Option<Clash> {
    let (x, y) = place.spans()?;
    let of_kind = |kind| Some((only(desk, place.a, x, kind)?, only(desk, place.b, y, kind)?));
    let (one, other) = [EntityKind::Person, EntityKind::Place].into_iter().find_map(of_kind)?;
    let (p, q) =
        (desk.entity(place.a.article, one.entity)?, desk.entity(place.b.article, other.entity)?);
    let (name, rival) =
        (words(desk.slice(place.a, one.span)), words(desk.slice(place.b, other.span)));
    let (full, fuller) = (words(&desk.story.entities[p].name), words(&desk.story.entities[q].name));
    let contained = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    if p == q
        || contained(&name, &rival)
        || contained(&rival, &name)
        || contained(&full, &fuller)
        || contained(&fuller, &full)
    {
        return None;
    }
    // A particle in the middle is no common name: `Abu`.
    let common = name.first() == rival.first() || name.last() == rival.last();
    let person = one.kind == EntityKind::Person;
    if are_spellings(&name, &rival)
        || common && !person
        || is_crowded(desk, place, one, other)
        || is_title_case(desk, place.a)
        || is_title_case(desk, place.b)
    {
        return None;
    }
    let speaks = person && is_speaker(desk, place);
    let stranger = !common && !speaks;
    let least = match (speaks, common) {
        (_, true) => 0.0,
        (true, false) => LEAST_LIKENESS_OF_SPEAKERS,
        (false, false) => LEAST_LIKENESS_OF_STRANGERS,
    };
    let alike = place.nearness() >= least || !(person && stranger) && place.is_flanked();
    let listed = person && stranger && place.company < LEAST_COMPANY_OF_STRANGERS;
    if !alike || listed || stranger && know_both(desk, (place.a, p), (place.b, q)) {
        return None;
    }
    let ranked = || is_ranked(desk, place.a) && is_ranked(desk, place.b);
    if !person && (beside(desk, p, q) || is_seat(desk, &name, &rival) || ranked()) {
        return None;
    }
    let (kind, what) = match (person, speaks && !common) {
        (false, _) => (DiscrepancyKind::Place, "give different places for the same event"),
        (true, true) => (DiscrepancyKind::Attribution, "give the same words to different people"),
        (true, false) => (DiscrepancyKind::Name, "give different names in the same place"),
    };
    let account = |mention: &Mention, name: &[String], lines: &[usize]| Account {
        value: name.join(" "),
        mentions: everywhere(desk, lines, mention.span),
    };
    Some(Clash {
        kind,
        verdict: Verdict::Conflict,
        about: common_words(desk, place.a, place.b),
        why: format!(
            "{} and {} {what}: “{}” and “{}”",
            outlets(desk.story, [place.a.article]),
            outlets(desk.story, [place.b.article]),
            desk.slice(place.a, one.span),
            desk.slice(place.b, other.span)
        ),
        sides: [account(one, &full, &place.twin.a), account(other, &fuller, &place.twin.b)],
        likeness: place.twin.likeness,
    })
}

/// Whether a sentence tells of the first of its kind: it may be the first in a town and in a country.
fn is_ranked(desk: &Desk<'_>, line: &Line) -> bool {
    let mut quantities = desk.document(line.article).quantities.inside(line.span);
    quantities.any(|quantity| quantity.dimension == Dimension::Ordinal)
}

/// The one name of a kind that has words of a span.
fn only<'d>(desk: &Desk<'d>, line: &Line, span: Span, kind: EntityKind) -> Option<&'d Mention> {
    let named = |mention: &&Mention| mention.form == MentionForm::Name && mention.kind == kind;
    let mut here = desk.document(line.article).mentions.overlapping(span).filter(named);
    let first = here.next()?;
    here.next().is_none().then_some(first)
}

/// The words of a name, folded.
pub fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '’' | '\''));
    words.filter(|word| !word.is_empty()).map(rashomon_terms::fold).collect()
}

/// Whether more than the names stands in the place: then the two need not stand for each other.
fn is_crowded(desk: &Desk<'_>, place: &Place<'_>, one: &Mention, other: &Mention) -> bool {
    let others = |line: &Line, range: &std::ops::Range<usize>, name: &Mention| {
        let words = line.words[range.clone()].iter();
        let outside = words.filter(|word| !word.function && !name.span.covers(word.span));
        outside.filter(|word| desk.slice(line, word.span).starts_with(char::is_lowercase)).count()
    };
    others(place.a, &place.slot.a, one) > MOST_OTHERS
        || others(place.b, &place.slot.b, other) > MOST_OTHERS
}

/// Whether most words have a capital, as in headlines: then it tells no names.
fn is_title_case(desk: &Desk<'_>, line: &Line) -> bool {
    let matter = || line.words.iter().filter(|word| !word.function && !word.digits);
    let capital = |word: &&Word| desk.slice(line, word.span).starts_with(char::is_uppercase);
    4 * matter().filter(capital).count() > 3 * matter().count()
}

/// Whether one of two places is named for the other: the capital for its country.
pub fn is_seat(desk: &Desk<'_>, name: &[String], rival: &[String]) -> bool {
    let (one, other) = (name.join(" "), rival.join(" "));
    let seats = desk.language.senses.seats.iter();
    let mut pairs = seats.map(|&(seat, of)| (seat, of));
    pairs.any(|(seat, of)| one == seat && other == of || one == of && other == seat)
}

/// Whether the place stands beside a verb of saying in both sentences.
fn is_speaker(desk: &Desk<'_>, place: &Place<'_>) -> bool {
    let says = |line: &Line, at: Option<usize>| {
        at.and_then(|at| line.words.get(at)).is_some_and(|word| {
            let text = desk.slice(line, word.span).to_lowercase();
            desk.language.segmentation.saying.binary_search(&text.as_str()).is_ok()
        })
    };
    let (a, b) = (&place.slot.a, &place.slot.b);
    let before = |line: &Line, start: usize| says(line, start.checked_sub(1));
    says(place.a, Some(a.end)) && says(place.b, Some(b.end))
        || before(place.a, a.start) && before(place.b, b.start)
}

/// Whether both reports know both names: then they mean two by them.
fn know_both(desk: &Desk<'_>, (a, p): (&Line, usize), (b, q): (&Line, usize)) -> bool {
    let knows = |line: &Line, entity: usize| {
        let members = &desk.story.entities[entity].members;
        let from = members.partition_point(|(article, _)| *article < line.article);
        members.get(from).is_some_and(|(article, _)| *article == line.article)
    };
    knows(a, q) && knows(b, p)
}

/// Whether some report has the two names of places beside each other, as in `Lusa, Orm`: then one
/// lies in the other.
fn beside(desk: &Desk<'_>, p: usize, q: usize) -> bool {
    let mentions = desk.story.entities[p].aliases.iter().flat_map(|alias| &alias.mentions);
    mentions.into_iter().any(|place| {
        let document = desk.document(place.article);
        let around = Span::new(place.span.start().saturating_sub(24), place.span.end() + 24);
        let mut others = document.mentions.overlapping(around);
        others.any(|other| {
            let (first, second) = match other.span.start() < place.span.start() {
                true => (other.span, place.span),
                false => (place.span, other.span),
            };
            let gap = document.article.text.as_str().get(first.end()..second.start());
            desk.entity(place.article, other.entity) == Some(q)
                && gap
                    .is_some_and(|gap| gap.trim_matches([' ', ',', '’', '\'', 's', '(']).len() <= 3)
        })
    })
}
