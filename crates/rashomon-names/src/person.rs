use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::EntityKind;
use rashomon_language::Language;

use crate::fold::{is_spelling_of, skeletons};
use crate::gender::Gender;
use crate::given::may_be_given;
use crate::join::Member;
use crate::union::Union;

/// How many times more reports must name somebody than another of the same family name.
const BY_FAR: usize = 4;

/// Full names of persons in other spellings, with short given names or initials.
pub(crate) fn persons(members: &[Member], union: &mut Union, language: &Language) {
    let mut by_family: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind == EntityKind::Person && member.words.len() > 1 {
            // Under the last word and under the first: some languages put the family name first.
            for word in [member.words.last(), member.words.first()].into_iter().flatten() {
                for skeleton in skeletons(word) {
                    by_family.entry(skeleton).or_default().push(at);
                }
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for bucket in by_family.values() {
        // One of each spelling stands for the rest.
        let mut seen: Vec<usize> = Vec::new();
        for &at in bucket {
            if seen.iter().any(|&other| {
                members[other].words == members[at].words
                    && members[other].suffix == members[at].suffix
            }) {
                continue;
            }
            for &other in &seen {
                if is_same_person(&members[other], &members[at], language) {
                    pairs.push((other, at));
                }
            }
            seen.push(at);
        }
    }
    // By name, so that the order of the reports does not matter.
    let key = |at: usize| (&members[at].words, &members[at].suffix);
    for pair in &mut pairs {
        if key(pair.0) > key(pair.1) {
            *pair = (pair.1, pair.0);
        }
    }
    pairs.sort_by(|a, b| (key(a.0), key(a.1)).cmp(&(key(b.0), key(b.1))));
    let open = open_initials(&pairs, members, language);
    pairs.retain(|(a, b)| !open.contains(a) && !open.contains(b));
    // `George Bell` may be `George H. Bell` and `George W. Bell`, but not both.
    let mut full: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (a, b) in pairs {
        let (x, y) = (union.find(a), union.find(b));
        let of = |set: usize, one: usize| {
            full.get(&set).map_or_else(|| vec![one], |members| [&members[..], &[one]].concat())
        };
        let (left, right) = (of(x, a), of(y, b));
        let agree = left.iter().all(|&x| {
            right.iter().all(|&y| {
                let (one, other) = (&members[x], &members[y]);
                let (x, y) = (core(&one.words, language), core(&other.words, language));
                // `J. Bell` is John or Joan, and does not make one person of the two.
                let given = || {
                    may_be_given(&x[0], &y[0], true, language)
                        || is_same_person(one, other, language)
                };
                x.len() < 2
                    || y.len() < 2
                    || is_turned(&x, &y, language)
                    || middles_agree(&x, &y) && given()
            })
        });
        if x != y && agree {
            union.join_variants(a, b);
            if union.find(a) == union.find(b) {
                let both = [left, right].concat();
                let root = union.find(a);
                full.insert(root, both);
            }
        }
    }
}

/// Members by an initial or a short form that may be two persons: `J. Bell` beside John and Joan
/// Bell, `Chris Bell` beside Christina and Christopher.
fn open_initials(
    pairs: &[(usize, usize)],
    members: &[Member],
    language: &Language,
) -> BTreeSet<usize> {
    let mut partners: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let both = pairs.iter().flat_map(|&(a, b)| [(a, b), (b, a)]);
    for (short, full) in both {
        let given = |at: usize| members[at].words.first().map_or("", String::as_str);
        let shortened = given(short).len() == 1 || language.names.nicknames.contains(given(short));
        if shortened && given(full).len() > given(short).len() {
            partners.entry(short).or_default().push(given(full));
        }
    }
    let differ = |(_, givens): &(&usize, &Vec<&str>)| {
        let other = |given: &&str| !may_be_given(givens[0], given, true, language);
        givens.iter().any(other)
    };
    partners.iter().filter(differ).map(|(&short, _)| short).collect()
}

fn is_same_person(a: &Member, b: &Member, language: &Language) -> bool {
    if a.suffix != b.suffix {
        return false;
    }
    let (x, y) = (core(&a.words, language), core(&b.words, language));
    let (x, y) = (&x, &y);
    if x.len() < 2 || y.len() < 2 {
        return false;
    }
    let (family_x, family_y) = (&x[x.len() - 1], &y[y.len() - 1]);
    let in_office = || a.offices.intersection(&b.offices).next().is_some();
    if is_spelling_of(family_x, family_y) && may_be_given(&x[0], &y[0], in_office(), language) {
        return middles_agree(x, y);
    }
    let initials = |x: &[String], y: &[String], of: &Member| {
        x.len() == 2 && has_initials(of) && fits_initials(&x[0], y)
    };
    if is_spelling_of(family_x, family_y) && (initials(x, y, a) || initials(y, x, b)) {
        return true;
    }
    // `Boris Harrow` and `Alexander Boris Harrow`: called by the middle name.
    let called = |x: &[String], y: &[String], of: &Member| {
        // `Jean-Paul Moll` is not called Paul.
        let double = of.name.split_whitespace().next().is_some_and(|first| first.contains('-'));
        x.len() == 2
            && !double
            && x[0].len() >= 4
            && y[1..y.len() - 1].iter().any(|middle| is_spelling_of(&x[0], middle))
    };
    let family = is_spelling_of(family_x, family_y);
    family && (called(x, y, b) || called(y, x, a)) || is_turned(x, y, language)
}

/// The other order, the family name at the other end: `Kim Sol Ho`, `Sol Ho Kim`. `James Paul` and
/// `Paul James` are two, as both begin with a given name.
fn is_turned(x: &[String], y: &[String], language: &Language) -> bool {
    if x.len() != y.len() || x.len() < 2 || x == y {
        return false;
    }
    let turned = |x: &[String], y: &[String]| x[0] == y[y.len() - 1] && x[1..] == y[..y.len() - 1];
    let given = |words: &[String]| language.names.given.contains(&words[0]);
    (turned(x, y) || turned(y, x)) && !(x.len() == 2 && given(x) && given(y))
}

/// The words without particles: `Osama bin Laden`, `Usama ibn Ladin`.
fn core(words: &[String], language: &Language) -> Vec<String> {
    let particle = |at: usize, word: &str| at > 0 && language.names.particles.contains(word);
    let kept = words.iter().enumerate().filter(|(at, word)| !particle(*at, word));
    kept.map(|(_, word)| word.clone()).collect()
}

/// `JD Bell`, `J.D. Bell`: the first word is two letters in capitals.
fn has_initials(member: &Member) -> bool {
    let first = member.name.split_whitespace().next().unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() == 2 && letters.clone().all(char::is_uppercase)
}

/// Whether given names begin with these letters; a middle name may be missing.
fn fits_initials(letters: &str, full: &[String]) -> bool {
    let givens = &full[..full.len() - 1];
    givens.len() <= letters.len()
        && givens.iter().zip(letters.chars()).all(|(given, letter)| given.starts_with(letter))
}

/// Middle names and initials of both do not exclude each other.
fn middles_agree(x: &[String], y: &[String]) -> bool {
    let (x, y) = (&x[1..x.len() - 1], &y[1..y.len() - 1]);
    x.is_empty()
        || y.is_empty()
        || x.iter().any(|a| {
            y.iter().any(|b| {
                is_spelling_of(a, b)
                    || a.as_bytes().first() == b.as_bytes().first()
                        && (a.len() == 1 || b.len() == 1)
            })
        })
}

/// A family name alone belongs to the only full name of the story that has it.
pub(crate) fn family_names(members: &[Member], union: &mut Union, language: &Language) {
    let mut full: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind == EntityKind::Person && member.words.len() > 1 {
            let last = member.words.last().expect("a full name has words");
            for skeleton in skeletons(last) {
                full.entry(skeleton).or_default().push(at);
            }
        }
    }
    // `Abu Harrow` before `Harrow`, which may be of either.
    let mut short: Vec<usize> =
        (0..members.len()).filter(|&at| is_family(&members[at], language)).collect();
    short.sort_by_key(|&at| std::cmp::Reverse(members[at].words.len()));
    for at in short {
        let member = &members[at];
        let name = member.words.last().expect("a family name has words");
        let mut bearers: Vec<usize> =
            skeletons(name).filter_map(|skeleton| full.get(&skeleton)).flatten().copied().collect();
        bearers.sort_unstable();
        bearers.dedup();
        let exact = member.kind != EntityKind::Person;
        let spelt =
            |&bearer: &usize| ends_with(&members[bearer].words, &member.words, exact, language);
        let mut sets: Vec<usize> =
            bearers.iter().copied().filter(spelt).map(|at| union.find(at)).collect();
        sets.sort_unstable();
        sets.dedup();
        // `Mr. Bell` is not Susan Bell.
        let other = |&set: &usize, union: &mut Union| {
            let its = bearers.iter().filter(|&&bearer| union.find(bearer) == set);
            its.filter_map(|&bearer| gender(&members[bearer], language))
                .any(|its| gender(member, language).is_some_and(|mine| mine != its))
        };
        sets.retain(|set| !other(set, union));
        if sets.len() > 1 {
            sets = likeliest(sets, &bearers, member, members, union, language);
        }
        if let [only] = sets[..] {
            if gender(member, language).is_some() {
                // A report that calls somebody `Mr. Bell` apart from Ada Bell means another one.
                union.join_variants(only, at);
            } else {
                union.join(only, at);
            }
        }
    }
}

/// Whether it is a man or a woman, by title or else by the given name.
fn gender(member: &Member, language: &Language) -> Option<Gender> {
    let names = &language.names;
    let titles = member.offices.iter().flat_map(|office| office.split(' '));
    let title = titles.filter_map(|title| names.titles.get(title)).find_map(Gender::of_value);
    let given = || {
        let first = member.words.first().filter(|_| member.words.len() > 1)?;
        names.given.get(first).and_then(Gender::of_value)
    };
    title.or_else(given)
}

/// One word, or a name that begins with a particle or is one by hyphens: `al-Marsa`, `Hale-Moss`.
fn is_family(member: &Member, language: &Language) -> bool {
    if !matches!(member.kind, EntityKind::Person | EntityKind::Other) {
        return false;
    }
    match &member.words[..] {
        [] => false,
        [_] => true,
        _ if member.kind != EntityKind::Person => false,
        [first, ..] => {
            let plain = !member.name.contains(char::is_whitespace) && !member.name.contains('.');
            member.words.len() <= 3 && (plain || language.names.particles.contains(first))
        }
    }
}

/// Whether a full name ends with a family name, whatever particles either has.
fn ends_with(full: &[String], family: &[String], exact: bool, language: &Language) -> bool {
    let plain = |words: &[String]| -> Vec<String> {
        let kept = words.iter().filter(|word| !language.names.particles.contains(word));
        kept.cloned().collect()
    };
    let (long, short) = (plain(full), plain(family));
    let same = |(a, b): (&String, &String)| if exact { a == b } else { is_spelling_of(a, b) };
    !short.is_empty()
        && long.len() > short.len()
        && long[long.len() - short.len()..].iter().zip(&short).all(same)
}

/// `Harbour Secretary Ada Bell` where another report has `Ada Bell`: words before a full name
/// that end with a title are no part of it.
pub(crate) fn titled(members: &[Member], union: &mut Union, language: &Language) {
    let names = &language.names;
    let mut full: BTreeMap<&[String], usize> = BTreeMap::new();
    for (at, member) in members.iter().enumerate() {
        if member.kind == EntityKind::Person && member.words.len() > 1 && member.suffix.is_none() {
            full.entry(&member.words).or_insert(at);
        }
    }
    for (at, member) in members.iter().enumerate().filter(|(_, m)| m.suffix.is_none()) {
        // `Office of President Ada Bell` is an organisation.
        let small = |word: &String| language.words.is_function_word(word);
        if member.kind != EntityKind::Person || member.words.iter().any(small) {
            continue;
        }
        let found = (1..member.words.len().saturating_sub(1)).find_map(|cut| {
            let title = &member.words[cut - 1];
            let known = names.titles.contains(title) || names.person_nouns.contains(title);
            full.get(&member.words[cut..]).filter(|_| known)
        });
        if let Some(&person) = found {
            union.join(person, at);
        }
    }
}

/// Of several bearers of a family name those who hold the office that the report gives with it,
/// as `President Bell`; else those who are no `Jr`; else, where the name needs no introduction, the
/// one whom most reports name by far.
fn likeliest(
    sets: Vec<usize>,
    bearers: &[usize],
    member: &Member,
    members: &[Member],
    union: &mut Union,
    language: &Language,
) -> Vec<usize> {
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &bearer in bearers {
        of.entry(union.find(bearer)).or_default().push(bearer);
    }
    let of = |set: usize| of.get(&set).map_or(&[][..], Vec::as_slice);
    let kept = |fits: &dyn Fn(usize) -> bool| -> Option<Vec<usize>> {
        let kept: Vec<usize> = sets.iter().copied().filter(|&set| fits(set)).collect();
        (kept.len() == 1).then_some(kept)
    };
    let holds = |set: usize| {
        of(set).iter().any(|&bearer| !members[bearer].offices.is_disjoint(&member.offices))
    };
    let first = |set: usize| of(set).iter().all(|&bearer| members[bearer].suffix.is_none());
    let known = language.names.well_known.contains(&member.words[member.words.len() - 1]);
    let by_far = |set: usize| {
        known && sets.iter().all(|&other| other == set || of(set).len() >= BY_FAR * of(other).len())
    };
    kept(&holds).or_else(|| kept(&first)).or_else(|| kept(&by_far)).unwrap_or(sets)
}
