use std::collections::HashSet;

use rashomon_article::{Dimension, Discrepancy, DiscrepancyKind, Passage, Side, Verdict};

use crate::candidates::candidates;
use crate::desk::{Desk, Key};
use crate::figure::Figure;
use crate::likeness::{likeness, shared};
use crate::side::{side, silent};
use crate::slots::{other_days, tells};
use crate::verdict::judge;

/// Two figures speak of one thing where what stands around them resembles this much.
const LEAST_CONTEXT: f32 = 0.50;
/// Less is asked where the two stand in sentences that tell the same fact.
const LEAST_CONTEXT_IN_CLAIM: f32 = 0.20;
/// Less is asked where what is counted and what happened to it are both the same.
const LEAST_CONTEXT_OF_ROLE: f32 = 0.30;
/// Less still is asked of two tolls: the number of the dead is the figure of its story.
const LEAST_CONTEXT_OF_TOLL: f32 = 0.10;
/// Two figures are only said to be in conflict where their sentences are this much alike: figures
/// in sentences that share a few words are of the same kind of thing, and often of two.
const LEAST_LIKENESS: f32 = 0.75;
/// Less where the two are tellings of one claim, and this much alike in what stands around them.
const LEAST_LIKENESS_IN_CLAIM: f32 = 0.4;
const LEAST_CONTEXT_OF_CONFLICT: f32 = 0.6;
/// So many figures of a value are held against those of another.
const MOST_COMPARED: usize = 12;
/// The largest ratio of two figures of one thing.
const MOST_RATIO: f64 = 3.0;

/// Quantities and durations of one thing that differ.
pub fn figures(desk: &Desk<'_>, figures: &[Figure<'_>]) -> Vec<Discrepancy> {
    let mut found = Vec::new();
    for group in groups(desk, figures) {
        let members: Vec<&Figure<'_>> = group.iter().map(|&at| &figures[at]).collect();
        found.extend(discrepancy(desk, figures, &members));
    }
    found
}

/// Figures of one thing, by average linkage over the pairs that speak of one thing.
fn groups(desk: &Desk<'_>, figures: &[Figure<'_>]) -> Vec<Vec<usize>> {
    let mut links: Vec<(f32, usize, usize)> = Vec::new();
    for (a, b) in candidates(desk, figures) {
        if let Some(strength) = one_thing(desk, &figures[a], &figures[b])
            && !told_both(figures, a, b)
        {
            links.push((strength, a, b));
        }
    }
    links.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let linked: HashSet<(usize, usize)> = links.iter().map(|&(_, a, b)| (a, b)).collect();
    let mut group_of: Vec<usize> = (0..figures.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..figures.len()).map(|at| vec![at]).collect();
    for (_, a, b) in links {
        let (a, b) = (group_of[a], group_of[b]);
        if a == b {
            continue;
        }
        let pairs =
            members[a].iter().flat_map(|&x| members[b].iter().map(move |&y| (x.min(y), x.max(y))));
        let (mut all, mut tied) = (0, 0);
        for pair in pairs {
            // Two figures of one article need not be linked: it may tell its figure twice.
            if figures[pair.0].passage.article != figures[pair.1].passage.article {
                all += 1;
                tied += usize::from(linked.contains(&pair));
            }
        }
        if tells_two(figures, &members[a], &members[b]) {
            continue;
        }
        let central = |group: &[usize]| {
            group.iter().any(|&at| figures[at].toll.is_some() && figures[at].central)
        };
        let toll = central(&members[a]) && central(&members[b]);
        if 2 * tied < all && !toll {
            continue;
        }
        for member in std::mem::take(&mut members[b]) {
            group_of[member] = a;
            members[a].push(member);
        }
    }
    members.retain(|group| group.len() > 1);
    members.iter_mut().for_each(|group| group.sort_unstable());
    members
}

/// Whether one of the two articles tells both values: then they are values of two things. A toll
/// may be told with the one before it.
fn told_both(figures: &[Figure<'_>], a: usize, b: usize) -> bool {
    let (x, y) = (&figures[a], &figures[b]);
    let unit = |figure: &Figure<'_>| {
        let unit = figure.quantity.unit.as_ref();
        (figure.quantity.dimension, unit.map(|unit| unit.dimension))
    };
    let tells = |article, value: &Figure<'_>| {
        let from = figures.partition_point(|figure| figure.passage.article < article);
        figures[from..]
            .iter()
            .take_while(|figure| figure.passage.article == article)
            .any(|figure| unit(figure) == unit(value) && figure.same_value(value))
    };
    x.toll.is_none()
        && !x.same_value(y)
        && (tells(y.passage.article, x) || tells(x.passage.article, y))
}

/// Whether some article would stand in the group with two values that exclude each other: then it
/// means two things by them.
fn tells_two(figures: &[Figure<'_>], a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|&x| {
        b.iter().any(|&y| {
            let (x, y) = (&figures[x], &figures[y]);
            x.passage.article == y.passage.article && !x.overlaps(y)
        })
    })
}

/// How surely two figures of different articles are of the same event, role, unit and scope.
fn one_thing(desk: &Desk<'_>, a: &Figure<'_>, b: &Figure<'_>) -> Option<f32> {
    let one_article = a.passage.article == b.passage.article;
    if one_article && !(a.toll.is_some() && a.toll == b.toll && a.same_value(b))
        || a.quantity.dimension != b.quantity.dimension
        || a.anchor != b.anchor
        || a.quantity.change.is_some()
            && b.quantity.change.is_some()
            && a.quantity.change != b.quantity.change
    {
        return None;
    }
    let conflicting =
        |x: Option<Key>, y: Option<Key>| matches!((x, y), (Some(x), Some(y)) if x != y);
    let same = |x: Option<Key>, y: Option<Key>| matches!((x, y), (Some(x), Some(y)) if x == y);
    let strangers = !a.persons.is_empty()
        && !b.persons.is_empty()
        && !a.persons.iter().any(|person| b.persons.contains(person));
    if strangers || a.denied != b.denied || a.scope != b.scope {
        return None;
    }
    // What shrinks by one figure and what grows by another are two things.
    if a.near.iter().any(|(x, _)| b.near.iter().any(|(y, _)| desk.opposite(*x, *y))) {
        return None;
    }
    // What outlets tell differently is of one size.
    let (x, y) = (a.middle().abs(), b.middle().abs());
    if x.max(y) > MOST_RATIO * x.min(y) {
        return None;
    }
    let resemblance = resemblance(a, b);
    let neighbours = shared(&a.near, &b.near) > 0.0;
    let claimed = a.claims.iter().any(|claim| b.claims.contains(claim));
    let least = if claimed { LEAST_CONTEXT_IN_CLAIM } else { LEAST_CONTEXT };
    match a.quantity.dimension {
        Dimension::Count => {
            let anybody = |figure: &Figure<'_>| {
                figure.counted.is_none_or(|noun| desk.persons.contains(&noun))
            };
            if same(a.toll, b.toll) && anybody(a) && anybody(b) && !a.subset && !b.subset {
                let central = a.central && b.central;
                let least = if central || one_article { LEAST_CONTEXT_OF_TOLL } else { least };
                return (resemblance >= least).then_some(resemblance + 0.5);
            }
            if conflicting(a.role, b.role)
                || a.counted.is_none() && b.counted.is_none() && a.role.is_none()
            {
                return None;
            }
            let scope =
                a.modifiers != b.modifiers && !(a.modifiers.is_empty() || b.modifiers.is_empty());
            if conflicting(a.counted, b.counted) || scope {
                return None;
            }
            let strong = same(a.role, b.role) && same(a.counted, b.counted);
            let least = if strong { LEAST_CONTEXT_OF_ROLE } else { least };
            (same(a.role, b.role) || same(a.counted, b.counted)).then_some(())?;
            (resemblance >= least).then_some(resemblance)
        }
        Dimension::Duration => {
            let same_event = same(a.event, b.event);
            let main = a.event.is_some_and(|event| desk.events.contains(&event));
            let event = same_event && (main || resemblance >= LEAST_CONTEXT_OF_ROLE)
                || claimed && !conflicting(a.event, b.event);
            event.then_some(1.0 + resemblance)
        }
        Dimension::Money => {
            let unit =
                |unit: &'_ Option<rashomon_article::Unit>| unit.as_ref().map(|u| u.name.clone());
            (unit(&a.quantity.unit) == unit(&b.quantity.unit) && neighbours && resemblance >= least)
                .then_some(resemblance)
        }
        _ => (neighbours && resemblance >= least).then_some(resemblance),
    }
}

/// How alike what stands around two figures is: shared weight over the weight of the smaller.
fn resemblance(a: &Figure<'_>, b: &Figure<'_>) -> f32 {
    let shared = shared(&a.context, &b.context);
    let (x, y) = (a.weight, b.weight);
    let least = x.min(y).max(8.0);
    0.5 * shared / least + shared / (x + y).max(8.0)
}

/// The discrepancy of a group of figures of one thing, or none where all say the same.
fn discrepancy(
    desk: &Desk<'_>,
    all: &[Figure<'_>],
    members: &[&Figure<'_>],
) -> Option<Discrepancy> {
    let story = desk.story;
    let mut values: Vec<Vec<&Figure<'_>>> = Vec::new();
    for &figure in members {
        match values.iter_mut().find(|value| value[0].same_value(figure)) {
            Some(value) => value.push(figure),
            None => values.push(vec![figure]),
        }
    }
    if values.len() < 2 {
        return None;
    }
    let (verdict, why) = worst(desk, all, &values)?;
    let sides: Vec<Side> = values
        .iter()
        .map(|value| side(story, value.iter().map(|figure| figure.passage).collect()))
        .collect();
    let kind = match (verdict, members[0].quantity.dimension) {
        (Verdict::Update, _) => DiscrepancyKind::Update,
        (_, Dimension::Duration) => DiscrepancyKind::Duration,
        _ => DiscrepancyKind::Quantity,
    };
    let silent = silent(story, &sides);
    Some(Discrepancy { kind, verdict, about: about(desk, members), sides, silent, why })
}

/// The gravest verdict on two of the values. A conflict is only stated between two figures that
/// stand in sentences which tell one fact.
fn worst(
    desk: &Desk<'_>,
    all: &[Figure<'_>],
    values: &[Vec<&Figure<'_>>],
) -> Option<(Verdict, String)> {
    let gravity = |verdict: Verdict| match verdict {
        Verdict::Conflict => 4,
        Verdict::Update => 3,
        Verdict::Compatible => 2,
        Verdict::Vague => 1,
        Verdict::Variant => 0,
    };
    let mut worst: Option<(Verdict, String)> = None;
    for (at, value) in values.iter().enumerate() {
        for other in &values[..at] {
            let pair = closest(desk, other, value);
            let both = tells(all, pair.0.line, pair.1) || tells(all, pair.1.line, pair.0);
            let Some(judgement) = judge(desk.story, pair.0, pair.1) else { continue };
            let lines = (&desk.lines[pair.0.line], &desk.lines[pair.1.line]);
            let apart = both || other_days(desk, lines.0, lines.1);
            if judgement.verdict == Verdict::Conflict && (!pair.2 || apart) {
                continue;
            }
            if worst
                .as_ref()
                .is_none_or(|(verdict, _)| gravity(judgement.verdict) > gravity(*verdict))
            {
                worst = Some((judgement.verdict, judgement.why));
            }
        }
    }
    worst
}

/// The two figures of two values in the sentences that are most alike, and whether these are
/// enough alike to tell one fact.
fn closest<'f, 's>(
    desk: &Desk<'_>,
    a: &[&'f Figure<'s>],
    b: &[&'f Figure<'s>],
) -> (&'f Figure<'s>, &'f Figure<'s>, bool) {
    let mut best = (a[0], b[0], f32::NEG_INFINITY);
    for &one in a.iter().take(MOST_COMPARED) {
        for &other in b.iter().take(MOST_COMPARED) {
            let likeness = likeness(&desk.lines[one.line], &desk.lines[other.line]);
            let claimed = one.claims.iter().any(|claim| other.claims.contains(claim));
            let head = one.central && other.central;
            // The length of what the story is about is told in as many ways as there are reports.
            let event = one.event.filter(|event| desk.events.contains(event));
            if head && event.is_some() && event == other.event {
                return (one, other, true);
            }
            let told = claimed && resemblance(one, other) >= LEAST_CONTEXT_OF_CONFLICT;
            let least = if told { LEAST_LIKENESS_IN_CLAIM } else { LEAST_LIKENESS };
            if likeness - least > best.2 {
                best = (one, other, likeness - least);
            }
        }
    }
    (best.0, best.1, best.2 >= 0.0)
}

/// A label in the words of a source: what is counted, else what is measured.
pub fn about(desk: &Desk<'_>, members: &[&Figure<'_>]) -> String {
    let story = desk.story;
    let slice =
        |figure: &Figure<'_>, span| story.slice(Passage { article: figure.passage.article, span });
    let counted = members.iter().find_map(|figure| {
        let noun = figure.quantity.counted?;
        let start = figure.quantity.number.end().min(noun.start());
        let words = slice(figure, rashomon_text::Span::new(start, noun.end())).trim();
        Some(match figure.quantity.role.filter(|role| role.start() >= noun.end()) {
            Some(role) if role.start() - noun.end() < 12 => {
                slice(figure, rashomon_text::Span::new(noun.start(), role.end())).to_owned()
            }
            _ => words.trim_start_matches(['-', ' ']).to_owned(),
        })
    });
    counted.unwrap_or_else(|| shared_word(desk, members))
}

/// The weightiest word that stands around most of the figures, as the first of them writes it.
fn shared_word(desk: &Desk<'_>, members: &[&Figure<'_>]) -> String {
    let line = &desk.lines[members[0].line];
    if let Some(event) = members[0].event {
        return desk.word_of(line, event).unwrap_or_default();
    }
    let mut best: Option<(usize, f32, Key)> = None;
    for &(key, weight) in &members[0].near {
        let holds = |figure: &&&Figure<'_>| figure.near.iter().any(|(near, _)| *near == key);
        let holders = members.iter().filter(holds).count();
        if best.is_none_or(|(count, most, _)| (holders, weight) > (count, most)) {
            best = Some((holders, weight, key));
        }
    }
    best.and_then(|(.., key)| desk.word_of(line, key))
        .unwrap_or_else(|| desk.story.slice(members[0].passage).to_owned())
}
