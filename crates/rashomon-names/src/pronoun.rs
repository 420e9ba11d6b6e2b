use rashomon_article::{EntityIndex, EntityKind, Mention, MentionForm, TokenKind};
use rashomon_language::Language;

use crate::entities::Report;
use crate::gender::Gender;
use crate::word::Words;

/// Somebody the text has just spoken of.
#[derive(Clone, Copy, Debug)]
struct Recent {
    /// Nobody named: `an old woman`, whose pronouns are no one else's.
    entity: Option<EntityIndex>,
    sentence: usize,
    /// The first person of a sentence, not after a preposition: what it is about.
    subject: bool,
    at: usize,
    /// A verb of saying follows.
    speaks: bool,
    /// Inside somebody's words.
    quoted: bool,
}

/// Adds the pronouns whose person the text makes plain. Pronouns inside quotation marks are
/// left alone: whom a speaker means cannot be told from the outlet's own prose.
pub(crate) fn pronouns(words: &Words<'_>, report: &mut Report, language: &Language) {
    let mut recent: Vec<Recent> = Vec::new();
    let mut added = Vec::new();
    let mut next = 0;
    let mut quoted = false;
    for (number, sentence) in words.sentences.iter().enumerate() {
        let mut subject_open = true;
        // A quotation that nobody closed ends with its paragraph.
        quoted &= !words.begins_paragraph(number);
        for at in sentence.clone() {
            let word = &words.words[at];
            if word.kind == TokenKind::QuotationMark {
                quoted = opens_quotation(words, at);
            }
            while report.mentions.get(next).is_some_and(|m| m.span.end() <= word.span.start()) {
                next += 1;
            }
            let here = report.mentions.get(next).filter(|m| m.span.start() == word.span.start());
            if let Some(mention) = here.filter(|m| m.kind == EntityKind::Person) {
                let governed =
                    words.before(at).is_some_and(|before| is_preposition(&before.lower, language));
                let speaks = is_saying(words, mention.span.end(), at, language);
                let subject = subject_open && !governed || speaks;
                subject_open &= !subject;
                recent.push(Recent {
                    entity: Some(mention.entity),
                    sentence: number,
                    subject,
                    at,
                    speaks,
                    quoted,
                });
                continue;
            }
            if !word.is_word() {
                continue;
            }
            let Some(gender) = language.names.pronouns.get(&word.lower).and_then(Gender::of_value)
            else {
                let inside = report.mentions.get(next).is_some_and(|m| m.span.overlaps(word.span));
                if !inside && is_somebody(words, at, report, next, language) {
                    let subject = subject_open;
                    subject_open = false;
                    let speaks = is_saying(words, word.span.end(), at, language);
                    recent.push(Recent {
                        entity: None,
                        sentence: number,
                        subject,
                        at,
                        speaks,
                        quoted,
                    });
                }
                continue;
            };
            let inside = report.mentions.get(next).is_some_and(|m| m.span.overlaps(word.span));
            if quoted || inside || word.titled || !word.is_word() {
                continue;
            }
            let case = Case::of(words, at, language);
            let Some(entity) = antecedent(&recent, number, gender, case, report, words, language)
            else {
                continue;
            };
            // Who has been `he` once stays so.
            report.genders[entity.get()].get_or_insert(gender);
            let subject = subject_open && case == Case::Subject;
            subject_open &= !subject;
            let speaks = is_saying(words, word.span.end(), at, language);
            recent.push(Recent {
                entity: Some(entity),
                sentence: number,
                subject,
                at,
                speaks,
                quoted: false,
            });
            added.push(Mention {
                span: word.span,
                kind: EntityKind::Person,
                form: MentionForm::Pronoun,
                entity,
            });
        }
        let keep = recent.partition_point(|recent| recent.sentence + 2 < number);
        recent.drain(..keep);
    }
    report.mentions.extend(added);
    report.mentions.sort_by_key(|mention| mention.span);
}

/// Whether a quotation mark opens; a straight one stands before the word that it belongs to.
fn opens_quotation(words: &Words<'_>, at: usize) -> bool {
    let word = &words.words[at];
    match word.text {
        "“" | "„" | "«" | "‘" | "‹" => true,
        "”" | "»" | "’" | "›" => false,
        _ => !word.glued || words.before(at).is_some_and(|before| before.is_mark("(")),
    }
}

/// Whether a word brings up somebody whom the report does not name: `an old woman`, `a docker`.
/// Only nouns that tell the gender count after `the`, as `the mayor` is often named elsewhere.
fn is_somebody(
    words: &Words<'_>,
    at: usize,
    report: &Report,
    next: usize,
    language: &Language,
) -> bool {
    let names = &language.names;
    let word = &words.words[at];
    let Some(value) =
        names.somebody.get(&word.lower).or_else(|| names.person_nouns.get(&word.lower))
    else {
        return false;
    };
    let led = (1..=4)
        .map_while(|back| at.checked_sub(back))
        .map(|at| &words.words[at])
        .take_while(|before| before.sentence == word.sentence && before.is_word())
        .find(|before| language.words.is_function_word(&before.lower));
    let indefinite = led.is_some_and(|led| matches!(led.lower.as_str(), "a" | "an" | "another"));
    let led = led.is_some() && (indefinite || !value.is_empty());
    // `the skipper, Ada Bell`, `driver Ada Bell`: named right there.
    let comma = words.get(at + 1).is_some_and(|after| after.is_mark(","));
    let named = words
        .get(at + 1 + usize::from(comma))
        .is_some_and(|after| after.sentence == word.sentence && after.is_capital());
    // `Ada Bell, a docker`, `Ada Bell was a docker`.
    let is_one = report.mentions[..next].last().is_some_and(|mention| {
        let from = words.words[..at].partition_point(|w| w.span.start() < mention.span.end());
        mention.kind == EntityKind::Person
            && at - from <= 10
            && (words.words[from].is_mark(",")
                || matches!(words.words[from].lower.as_str(), "is" | "was" | "as"))
    });
    led && !named && !is_one
}

/// What a pronoun does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Subject,
    Object,
    Possessive,
}

impl Case {
    fn of(words: &Words<'_>, at: usize, language: &Language) -> Case {
        let word = &words.words[at];
        match word.lower.as_str() {
            "he" | "she" => Case::Subject,
            "his" => Case::Possessive,
            "her" => {
                let owned = words.get(at + 1).is_some_and(|next| {
                    next.sentence == word.sentence
                        && next.is_word()
                        && !language.words.is_function_word(&next.lower)
                });
                if owned { Case::Possessive } else { Case::Object }
            }
            "himself" | "herself" => Case::Possessive,
            _ => Case::Object,
        }
    }
}

/// Whether a verb of saying follows the words that end at a byte.
fn is_saying(words: &Words<'_>, end: usize, at: usize, language: &Language) -> bool {
    words.words[at..]
        .iter()
        .take(10)
        .find(|word| word.span.start() >= end)
        .is_some_and(|word| word.is_word() && language.names.saying.contains(&word.lower))
}

fn is_preposition(word: &str, language: &Language) -> bool {
    language.words.is_function_word(word)
        && !matches!(
            word,
            "and"
                | "but"
                | "that"
                | "as"
                | "when"
                | "while"
                | "the"
                | "because"
                | "if"
                | "or"
                | "so"
        )
}

/// The person who fits best, if nobody else fits as well.
fn antecedent(
    recent: &[Recent],
    sentence: usize,
    gender: Gender,
    case: Case,
    report: &Report,
    words: &Words<'_>,
    language: &Language,
) -> Option<EntityIndex> {
    let mut best: Vec<(i32, Option<EntityIndex>)> = Vec::new();
    let last = recent.iter().rev().find(|recent| !recent.quoted).map(|recent| recent.at);
    for candidate in recent.iter().filter(|candidate| !candidate.quoted) {
        let known = match candidate.entity {
            Some(entity) => report.genders[entity.get()],
            None => gender_of_noun(&words.words[candidate.at].lower, language),
        };
        if known.is_some_and(|known| known != gender) {
            continue;
        }
        let distance = (sentence - candidate.sentence) as i32;
        let mut score = 10 - 4 * distance;
        score += if candidate.subject { 3 } else { 0 };
        score += if known.is_some() { 2 } else { 0 };
        score += i32::from(Some(candidate.at) == last);
        // `Bell said she`: the one who says it, unless another is closer to hand.
        if case == Case::Subject && distance == 0 && candidate.speaks && Some(candidate.at) == last
        {
            score += 4;
        }
        // Nobody acts upon himself by a plain pronoun.
        if case == Case::Object && distance == 0 && candidate.subject {
            score -= 7;
        }
        // A possessor named right before: `Ada Bell’s brother and his`.
        if words.get(candidate.at + 1).is_some_and(|next| next.kind == TokenKind::Clitic)
            && distance == 0
        {
            score -= 1;
        }
        match best.iter_mut().find(|(_, entity)| *entity == candidate.entity) {
            Some(entry) => entry.0 = entry.0.max(score),
            None => best.push((score, candidate.entity)),
        }
    }
    best.sort_by_key(|&(score, entity)| (std::cmp::Reverse(score), entity));
    // `Bell praised Moss, agreeing with her view`: whose, a possessive seldom tells.
    let margin = if case == Case::Subject { 2 } else { 4 };
    match best[..] {
        [(score, entity)] if score >= 4 => entity,
        [(score, entity), (second, _), ..] if score >= 6 && score - second >= margin => entity,
        _ => None,
    }
}

fn gender_of_noun(noun: &str, language: &Language) -> Option<Gender> {
    let names = &language.names;
    names.somebody.get(noun).or_else(|| names.person_nouns.get(noun)).and_then(Gender::of_value)
}
