use rashomon_article::{EntityIndex, EntityKind, Mention, MentionForm, TokenKind};
use rashomon_language::Language;

use crate::entities::Report;
use crate::gender::Gender;
use crate::word::Words;

/// Somebody the text has just spoken of.
#[derive(Clone, Copy, Debug)]
struct Recent {
    entity: EntityIndex,
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
    for (number, sentence) in words.sentences.iter().enumerate() {
        let mut subject_open = true;
        let mut quoted = false;
        for at in sentence.clone() {
            let word = &words.words[at];
            if word.kind == TokenKind::QuotationMark {
                quoted = match word.text {
                    "“" | "„" | "«" => true,
                    "”" | "»" => false,
                    "\"" => !quoted,
                    _ => quoted,
                };
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
                    entity: mention.entity,
                    sentence: number,
                    subject,
                    at,
                    speaks,
                    quoted,
                });
                continue;
            }
            let Some(gender) = language.names.pronouns.get(&word.lower).and_then(Gender::of_value)
            else {
                continue;
            };
            let inside = report.mentions.get(next).is_some_and(|m| m.span.overlaps(word.span));
            if quoted || inside || word.titled || !word.is_word() {
                continue;
            }
            let case = Case::of(words, at, language);
            let Some(entity) = antecedent(&recent, number, gender, case, report, words) else {
                continue;
            };
            let subject = subject_open && case == Case::Subject;
            subject_open &= !subject;
            let speaks = is_saying(words, word.span.end(), at, language);
            recent.push(Recent { entity, sentence: number, subject, at, speaks, quoted: false });
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
) -> Option<EntityIndex> {
    let mut best: Vec<(i32, EntityIndex)> = Vec::new();
    let last = recent.iter().rev().find(|recent| !recent.quoted).map(|recent| recent.at);
    for candidate in recent.iter().filter(|candidate| !candidate.quoted) {
        let known = report.genders[candidate.entity.get()];
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
        [(score, entity)] if score >= 4 => Some(entity),
        [(score, entity), (second, _), ..] if score >= 6 && score - second >= margin => {
            Some(entity)
        }
        _ => None,
    }
}
