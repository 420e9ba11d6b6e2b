use rashomon_article::{EntityKind, TokenKind};
use rashomon_language::Language;

use crate::find::Found;
use crate::word::Words;

/// What speaks for each kind, in the order of [`KINDS`].
pub(crate) type Votes = [i32; 4];

pub(crate) const KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place, EntityKind::Other];

pub(crate) const PERSON: usize = 0;
pub(crate) const ORGANIZATION: usize = 1;
pub(crate) const PLACE: usize = 2;
pub(crate) const OTHER: usize = 3;

/// The kind with most votes; of equals the rarer claim, as wrong persons do most harm.
pub(crate) fn winner(votes: Votes) -> usize {
    let mut best = OTHER;
    for kind in [ORGANIZATION, PLACE, PERSON] {
        if votes[kind] > votes[best] {
            best = kind;
        }
    }
    best
}

/// What the name itself tells.
pub(crate) fn by_form(words: &Words<'_>, name: &Found, language: &Language) -> Votes {
    let names = &language.names;
    let mut votes = [0; 4];
    let range = name.words.clone();
    let first = &words.words[range.start];
    let last = &words.words[range.end - 1];
    let given = names.given.contains(&first.lower);
    if names.demonyms.contains(&name.key) {
        votes[OTHER] += 20;
    }
    if names.others.contains(&name.key) {
        votes[OTHER] += 10;
    }
    if names.organisations.contains(&name.key) {
        votes[ORGANIZATION] += 8;
    }
    if names.places.contains(&name.key) {
        votes[PLACE] += 8;
    }
    if votes != [0; 4] && (range.len() > 1 || !given) {
        return votes;
    }
    if range.len() == 1 {
        votes[PERSON] += if given { 2 } else { 0 };
        votes[PERSON] += if names.well_known.contains(&last.lower) { 3 } else { 0 };
        if last.is_all_capitals() && !last.titled && last.lower.chars().count() <= 6 {
            votes[ORGANIZATION] += 3;
        }
        if last.text.chars().any(|c| c.is_ascii_digit()) {
            votes[OTHER] += 3;
        }
        return votes;
    }
    let has = |list: &rashomon_language::Table| list.contains(&last.lower);
    if has(&names.organisation_heads) {
        votes[ORGANIZATION] += 7;
    }
    if has(&names.place_heads) {
        votes[PLACE] += 6;
    }
    if has(&names.other_heads) {
        votes[OTHER] += 6;
    }
    if names.other_starts.contains(&first.lower) {
        votes[OTHER] += 6;
    }
    if names.place_starts.contains(&first.lower) {
        votes[PLACE] += 3;
    }
    let of =
        range.clone().find(|&at| words.words[at].lower == "of" || words.words[at].lower == "for");
    if let Some(of) = of.filter(|&of| of > range.start) {
        let head = &words.words[of - 1].lower;
        if names.organisation_heads.contains(head) {
            votes[ORGANIZATION] += 7;
        } else if names.place_heads.contains(head) || names.place_starts.contains(head) {
            votes[PLACE] += 6;
        } else if names.other_heads.contains(head) {
            votes[OTHER] += 6;
        } else {
            votes[ORGANIZATION] += 3;
        }
    }
    // `J.D. Harrow`, but not `U.S. Steel`.
    let dotted = first.is_dotted()
        && range.len() > 1
        && crate::run::known_at(words, range.start, range.end, language).is_none();
    let initials = dotted || range.clone().any(|at| words.words[at].is_initial());
    let plain = range.clone().all(|at| {
        let word = &words.words[at];
        word.is_mark(".")
            || word.is_mark("-")
            || dotted && at == range.start
            || word.is_word() && (!word.is_all_capitals() || word.is_initial() || word.titled)
    });
    if plain && given {
        votes[PERSON] += 5;
    } else if plain
        && (initials
            || names.suffixes.contains(&last.lower)
            || votes == [0; 4] && has_particle(words, &range, language))
    {
        votes[PERSON] += 3;
    } else if plain
        && range.len() <= 3
        && votes == [0; 4]
        && !range.clone().any(|at| is_common_noun(words, at, language))
    {
        votes[PERSON] += 1;
    }
    votes
}

/// `van der Linde`, `bin Rashid`; but `Le Courrier du Sud` begins with an article.
fn has_particle(words: &Words<'_>, range: &std::ops::Range<usize>, language: &Language) -> bool {
    let first = &words.words[range.start];
    let article = first.is_capital() && language.names.particles.contains(&first.lower);
    !article
        && range.clone().any(|at| {
            let word = &words.words[at];
            !word.is_capital() && language.names.particles.contains(&word.lower)
        })
}

/// Whether a capitalised word is rather a noun than a name: the text has it in lower case too,
/// or it ends as abstract nouns do.
fn is_common_noun(words: &Words<'_>, at: usize, language: &Language) -> bool {
    let lower = &words.words[at].lower;
    let ending = (2..=5).any(|length| {
        let cut =
            lower.len().checked_sub(length).filter(|&cut| cut >= 3 && lower.is_char_boundary(cut));
        cut.is_some_and(|cut| language.names.noun_endings.contains(&lower[cut..]))
    });
    ending || words.casing(lower).lower > 0 || language.names.common.contains(lower)
}

/// What the words around it tell.
pub(crate) fn by_place(words: &Words<'_>, name: &Found, language: &Language) -> Votes {
    let names = &language.names;
    let mut votes = [0; 4];
    let start = name.title.as_ref().map_or(name.words.start, |title| title.start);
    if name.title.is_some() {
        votes[PERSON] += 8;
    }
    let before = words.before(start);
    let after = words.get(name.words.end).filter(|w| w.sentence == words.words[start].sentence);
    if let Some(before) = before.filter(|_| name.title.is_none()) {
        if names.person_nouns.contains(&before.lower) {
            votes[PERSON] += 5;
        }
        if names.vessels.contains(&before.lower) {
            votes[OTHER] += 8;
        }
        if names.place_cues.contains(&before.lower) {
            votes[PLACE] += 3;
        }
        if before.lower == "the" {
            votes[PERSON] -= 4;
        }
        organisation_before(words, name, before, &mut votes, language);
        let noun = words.before(start - 1).filter(|_| before.lower == "of");
        if noun.is_some_and(|noun| names.place_nouns.contains(&noun.lower)) {
            votes[PLACE] += 5;
        }
        if before.lower == "mr" || before.lower == "mrs" || before.lower == "ms" {
            votes[PERSON] += 8;
        }
    }
    let last = &words.words[name.words.end - 1];
    let Some(after) = after else { return votes };
    if before.is_some_and(|b| b.kind == TokenKind::QuotationMark)
        && closes_quotation(words, name.words.end)
    {
        // A slogan or a title, not somebody.
        votes[OTHER] += 5;
    }
    if says(words, name, language) {
        let plain_noun = is_common_noun(words, name.words.end - 1, language);
        votes[PERSON] += if plain_noun { 0 } else { 2 };
        votes[ORGANIZATION] += if plain_noun { 2 } else { 1 };
    }
    if after.kind == TokenKind::Clitic
        && words.get(name.words.end + 1).is_some_and(|w| names.corporate.contains(&w.lower))
        && !names.given.contains(&words.words[name.words.start].lower)
        && !names.suffixes.contains(&last.lower)
    {
        votes[ORGANIZATION] += 4;
    }
    match after.lower.as_str() {
        "who" | "whose" | "himself" | "herself" => votes[PERSON] += 3,
        "-" if words.get(name.words.end + 1).is_some_and(|w| w.lower == "based") => {
            votes[PLACE] += 5
        }
        _ => {}
    }
    if after.is_mark(",") {
        votes[PERSON] += after_comma(words, name.words.end + 1, language);
        votes[ORGANIZATION] += organisation_after_comma(words, name.words.end + 1, language);
        let next = words.get(name.words.end + 1);
        let given = names.given.contains(&words.words[name.words.start].lower);
        if next.is_some_and(|w| w.is_capital() && names.places.contains(&w.lower)) && !given {
            votes[PLACE] += 3;
        }
    }
    votes
}

/// `the company Velikon`, `the operator, Hidromanso,`, `shares in Velikon`.
fn organisation_before(
    words: &Words<'_>,
    name: &Found,
    before: &crate::word::Word<'_>,
    votes: &mut Votes,
    language: &Language,
) {
    let names = &language.names;
    let start = name.words.start;
    let last = &words.words[name.words.end - 1].lower;
    let given = names.given.contains(&words.words[start].lower) && name.words.len() > 1;
    if given || names.suffixes.contains(last) {
        return;
    }
    let noun = names.organisation_nouns.contains(&before.lower) && !before.is_capital()
        || before.first && names.organisation_nouns.contains(&before.lower);
    // `publisher Ada Bell` may be either; of one word it is no person's name.
    if noun && (!names.person_nouns.contains(&before.lower) || name.words.len() == 1) {
        votes[ORGANIZATION] += 5;
        votes[PERSON] -= if names.person_nouns.contains(&before.lower) { 5 } else { 0 };
    }
    let kind = EntityKind::Organization;
    let introduced =
        crate::describe::introduction(words, start, name.words.end, kind, language).is_some();
    if introduced && name.words.len() == 1 {
        votes[ORGANIZATION] += 5;
    }
    let owned = matches!(before.lower.as_str(), "of" | "in" | "at" | "for")
        && words.before(start - 1).is_some_and(|noun| names.corporate.contains(&noun.lower));
    votes[ORGANIZATION] += if owned { 4 } else { 0 };
}

/// `Velikon, the builder of the bridge,` and `Hidromanso, which runs the dam,`.
pub(crate) fn organisation_after_comma(words: &Words<'_>, at: usize, language: &Language) -> i32 {
    let names = &language.names;
    let Some(next) = words.get(at) else { return 0 };
    if next.lower == "which" {
        let works = words.get(at + 1).is_some_and(|verb| names.operating.contains(&verb.lower));
        return if works { 7 } else { 0 };
    }
    let article = matches!(next.lower.as_str(), "a" | "an") || names.definite.contains(&next.lower);
    let inner = |w: &crate::word::Word<'_>| {
        w.sentence == next.sentence
            && (w.is_word() && !language.words.is_function_word(&w.lower) || w.is_mark("-"))
    };
    let Some(head) = (at + 1..at + 7).take_while(|&at| words.get(at).is_some_and(inner)).last()
    else {
        return 0;
    };
    // `Ada Bell, the union’s secretary`: somebody’s.
    let owner = words.get(head + 1).is_some_and(|next| next.kind == TokenKind::Clitic);
    let is_one = names.organisation_nouns.contains(&words.words[head].lower) && !owner;
    if article && is_one { 5 } else { 0 }
}

/// Whether a verb of saying follows.
pub(crate) fn says(words: &Words<'_>, name: &Found, language: &Language) -> bool {
    words.get(name.words.end).is_some_and(|after| {
        after.sentence == words.words[name.words.start].sentence
            && after.is_word()
            && language.names.saying.contains(&after.lower)
    })
}

fn closes_quotation(words: &Words<'_>, at: usize) -> bool {
    let mark = |at: usize| words.get(at).is_some_and(|word| word.kind == TokenKind::QuotationMark);
    mark(at) || words.get(at).is_some_and(|word| matches!(word.text, "." | ",")) && mark(at + 1)
}

/// An age or a role after a comma: `Ada Bell, 45,` and `Ada Bell, the harbour master`.
fn after_comma(words: &Words<'_>, at: usize, language: &Language) -> i32 {
    let Some(next) = words.get(at) else { return 0 };
    if next.lower == "who" || next.lower == "whose" {
        return 3;
    }
    let age = next.text.len() <= 2 && next.text.chars().all(|c| c.is_ascii_digit());
    if age && words.get(at + 1).is_none_or(|w| w.kind == TokenKind::Mark) {
        return 4;
    }
    let role = (at..at + 6)
        .map_while(|at| words.get(at))
        .take_while(|w| w.is_word())
        .any(|w| language.names.person_nouns.contains(&w.lower));
    if role { 3 } else { 0 }
}
