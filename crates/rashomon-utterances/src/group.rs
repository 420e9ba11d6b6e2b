use std::collections::BTreeMap;

use rashomon_article::ArticleIndex;
use rustc_hash::FxHashMap;

use crate::bound::{Most, Outline};
use crate::evidence::{content, weight};
use crate::judge::{Setting, judge, may_be_one_remark, says_enough};
use crate::piece::Piece;
use crate::speaker::{Agreement, Speakers};
use crate::word::Word;

/// Pieces of one speaker with the same words: compared as one, so that a wire copy costs nothing.
struct Class {
    /// Indices of pieces.
    pieces: Vec<usize>,
    speaker: Option<usize>,
    quoted: bool,
    weight: f32,
}

/// A word that stands in more classes than this leads to no candidates.
const TOO_FREQUENT: usize = 400;
/// The share of the lighter class that the words in common must make up to be looked at.
const CANDIDATE: f32 = 0.3;
/// Words that two people must have in common to be given one remark by mistake of an outlet.
const ATTRIBUTED_TWICE: usize = 8;

/// The pieces that are one remark, each group by the indices of its pieces.
pub(crate) fn groups(
    pieces: &[Piece],
    speakers: &Speakers,
    translated: &dyn Fn(Option<usize>) -> bool,
) -> Vec<Vec<usize>> {
    let classes = classes(pieces);
    let mut edges = edges(pieces, &classes, speakers, translated);
    for (a, b) in attributed_twice(pieces, &classes, speakers) {
        edges.insert((a, b), 0.9);
    }
    let stars = join_around_core(&classes, &edges, stars(&classes, &edges));
    let mut found = Vec::new();
    for star in stars {
        let mut members: Vec<usize> =
            star.iter().flat_map(|&class| classes[class].pieces.iter().copied()).collect();
        members.sort_unstable();
        let told_twice = star.len() > 1
            || says_enough(&pieces[members[0]].words, standing(pieces, &members, speakers));
        if members.len() > 1 && told_twice {
            found.push(members);
        }
    }
    found.sort();
    found
}

/// How well the speakers of pieces with the same words are known.
fn standing(pieces: &[Piece], members: &[usize], speakers: &Speakers) -> Agreement {
    let first = pieces[members[0]].speaker;
    speakers.agreement(first, first)
}

/// Pieces by speaker and words, the heaviest quoted ones first: longer tellings gather shorter
/// ones, quoted tellings gather indirect ones.
fn classes(pieces: &[Piece]) -> Vec<Class> {
    let mut by_words: BTreeMap<(Option<usize>, bool, Vec<u32>), Vec<usize>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate() {
        let words = piece.words.iter().map(|word| word.exact).collect();
        by_words.entry((piece.speaker, piece.quoted, words)).or_default().push(at);
    }
    let mut classes: Vec<Class> = by_words
        .into_iter()
        .map(|((speaker, quoted, _), members)| Class {
            weight: weight(&pieces[members[0]].words),
            pieces: members,
            speaker,
            quoted,
        })
        .collect();
    classes.sort_by(|a, b| {
        b.quoted.cmp(&a.quoted).then(b.weight.total_cmp(&a.weight)).then(a.pieces.cmp(&b.pieces))
    });
    classes
}

/// The strengths of the pairs of classes that are one remark, the smaller index first.
fn edges(
    pieces: &[Piece],
    classes: &[Class],
    speakers: &Speakers,
    translated: &dyn Fn(Option<usize>) -> bool,
) -> BTreeMap<(usize, usize), f32> {
    let words = |class: usize| &pieces[classes[class].pieces[0]].words[..];
    let outlines: Vec<Outline> =
        (0..classes.len()).map(|class| Outline::new(words(class))).collect();
    let matter: Vec<f32> = (0..classes.len()).map(|class| content(words(class))).collect();
    let mut postings: FxHashMap<(bool, u32), Vec<usize>> = FxHashMap::default();
    // What the class at hand shares with each earlier one, and which these are. In this width the
    // sum is the same in whatever order the words come.
    let mut shared = vec![0.0f64; classes.len()];
    let mut others: Vec<usize> = Vec::new();
    let mut edges = BTreeMap::new();
    for class in 0..classes.len() {
        for (key, weight) in keys(words(class)) {
            let posting = postings.entry(key).or_default();
            if posting.len() <= TOO_FREQUENT {
                for &other in posting.iter() {
                    if shared[other] == 0.0 {
                        others.push(other);
                    }
                    shared[other] += f64::from(weight);
                }
            }
            posting.push(class);
        }
        for other in others.drain(..) {
            let shared = std::mem::take(&mut shared[other]) as f32;
            let (a, b) = (&classes[class], &classes[other]);
            let setting = Setting {
                speakers: speakers.agreement(a.speaker, b.speaker),
                quoted: a.quoted && b.quoted,
                translated: translated(a.speaker),
            };
            if (setting.speakers == Agreement::Different && !setting.quoted)
                || shared < CANDIDATE * matter[class].min(matter[other])
            {
                continue;
            }
            let (light, heavy) = if a.weight <= b.weight { (class, other) } else { (other, class) };
            if may_be_one_remark(&Most::new(words(light), &outlines[heavy]), setting)
                && let Some((score, _)) = judge(words(light), words(heavy), setting)
            {
                edges.insert((other, class), score);
            }
        }
    }
    edges
}

/// The words of matter of a piece and their senses, each once with its greatest weight, in order.
fn keys(words: &[Word]) -> Vec<((bool, u32), f32)> {
    let mut keys: Vec<((bool, u32), f32)> = words
        .iter()
        .filter(|word| word.content)
        .flat_map(|word| {
            [Some((false, word.key)), word.sense.map(|sense| (true, sense))]
                .into_iter()
                .flatten()
                .map(|key| (key, word.weight))
        })
        .collect();
    keys.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    keys.dedup_by_key(|(key, _)| *key);
    keys
}

/// Pairs of classes of two speakers whose whole quotations have the same words: an outlet has
/// given one of them to the wrong person.
fn attributed_twice(
    pieces: &[Piece],
    classes: &[Class],
    speakers: &Speakers,
) -> Vec<(usize, usize)> {
    let mut whole: BTreeMap<(ArticleIndex, usize), Vec<usize>> = BTreeMap::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.quoted) {
        whole.entry((piece.article, piece.quotation)).or_default().push(at);
    }
    let mut by_words: BTreeMap<Vec<u32>, Vec<&Vec<usize>>> = BTreeMap::new();
    for members in whole.values() {
        let words: Vec<u32> =
            members.iter().flat_map(|&at| pieces[at].words.iter().map(|word| word.exact)).collect();
        let matter: f32 = members.iter().map(|&at| content(&pieces[at].words)).sum();
        if words.len() >= ATTRIBUTED_TWICE && matter >= 1.5 {
            by_words.entry(words).or_default().push(members);
        }
    }
    let class_of: BTreeMap<usize, usize> = classes
        .iter()
        .enumerate()
        .flat_map(|(at, class)| class.pieces.iter().map(move |&piece| (piece, at)))
        .collect();
    let mut found = Vec::new();
    for quotations in by_words.values() {
        let first = quotations[0];
        for other in &quotations[1..] {
            let speaker = |members: &[usize]| pieces[members[0]].speaker;
            let agreement = speakers.agreement(speaker(first), speaker(other));
            if agreement == Agreement::Same || first.len() != other.len() {
                continue;
            }
            for (a, b) in first.iter().zip(other.iter()) {
                let exact = |at: &usize| pieces[*at].words.iter().map(|word| word.exact);
                let (same, a, b) = (exact(a).eq(exact(b)), class_of[a], class_of[b]);
                if same && a != b {
                    found.push((a.min(b), a.max(b)));
                }
            }
        }
    }
    found
}

/// Groups of classes, each around its heaviest one. A class joins where it matches the centre,
/// or where it matches most of the members: no chain of neighbours makes a group.
fn stars(classes: &[Class], edges: &BTreeMap<(usize, usize), f32>) -> Vec<Vec<usize>> {
    let mut neighbours: Vec<Vec<(usize, f32)>> = vec![Vec::new(); classes.len()];
    for (&(earlier, later), &score) in edges {
        neighbours[later].push((earlier, score));
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of = vec![0; classes.len()];
    for class in 0..classes.len() {
        let mut strengths: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
        for &(earlier, score) in &neighbours[class] {
            let group = group_of[earlier];
            let strength = strengths.entry(group).or_insert((0.0, 0.0));
            strength.1 += score / groups[group].len() as f32;
            if groups[group][0] == earlier {
                strength.0 = score;
            }
        }
        let best = strengths
            .into_iter()
            .map(|(group, (centre, mean))| {
                (group, centre.max(if mean >= 0.6 { mean } else { 0.0 }))
            })
            .filter(|&(_, strength)| strength > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match best {
            Some((group, _)) => {
                groups[group].push(class);
                group_of[class] = group;
            }
            None => {
                group_of[class] = groups.len();
                groups.push(vec![class]);
            }
        }
    }
    groups
}

/// The share of a telling that a shorter one must make up for two longer tellings to be one
/// remark with its words before or after: `So there is no deal`, `As I said, there is no deal`.
const CORE: f32 = 0.5;

/// Joins groups whose centres both hold one shorter telling that is most of either.
fn join_around_core(
    classes: &[Class],
    edges: &BTreeMap<(usize, usize), f32>,
    groups: Vec<Vec<usize>>,
) -> Vec<Vec<usize>> {
    let centres: BTreeMap<usize, usize> =
        groups.iter().enumerate().map(|(group, classes)| (classes[0], group)).collect();
    let mut target: Vec<usize> = (0..groups.len()).collect();
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(earlier, later) in edges.keys() {
        let is_core = classes[later].weight >= CORE * classes[earlier].weight;
        if let Some(&group) = centres.get(&earlier).filter(|_| is_core) {
            holders.entry(later).or_default().push(group);
        }
    }
    for (core, holders) in holders {
        if !classes[core].quoted {
            continue;
        }
        let first = holders.iter().map(|&group| target[group]).min().unwrap_or(0);
        for group in holders {
            if target[group] == group {
                target[group] = first;
            }
        }
    }
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    for (group, members) in groups.into_iter().enumerate() {
        let mut at = group;
        while target[at] != at {
            at = target[at];
        }
        joined[at].extend(members);
    }
    joined.retain(|members| !members.is_empty());
    joined
}
