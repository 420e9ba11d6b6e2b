//! Whether a clause tells of the past or of what is to come.

use rashomon_article::TokenKind;

use crate::lexeme::Lexemes;
use crate::resolve::Tense;

/// How many lexemes away a verb may stand.
const REACH: usize = 14;
/// How many lexemes may lead a date that opens its sentence.
const OPENING: usize = 2;

/// The tense of the clause around an expression: the nearest verb before it in the clause, or
/// else the nearest one after it.
pub(crate) fn tense(words: &Lexemes<'_>, start: usize, end: usize) -> Tense {
    // "The vote is on Friday" tells of what is to come.
    let copula = (1..=2).any(|back| {
        start >= back && words.language.times.present_cues.contains(&words.lower(start - back))
    });
    if copula {
        return Tense::Future;
    }
    let times = &words.language.times;
    if times.past_leads.contains(&words.before(start)) {
        return Tense::Past;
    }
    let lead = words.before(start);
    let deadline = times.deadline_leads.contains(&lead);
    let ahead = deadline || times.toward_leads.contains(&lead);
    let mut at = start;
    while at > 0 && start - at < REACH {
        at -= 1;
        if ends_clause(words, at) && start - at > 3 {
            break;
        }
        let tense = cue(words, at);
        if tense != Tense::Unclear {
            return if ahead && tense == Tense::Past { Tense::Near } else { tense };
        }
    }
    // "On Monday, Bell said": the clause of a date that opens the sentence comes after its comma.
    let opens = start <= OPENING;
    for at in end..words.len().min(end + REACH) {
        if words.lower(at) == "," && (at > end || !opens) || ends_clause(words, at) {
            break;
        }
        let tense = cue(words, at);
        if tense != Tense::Unclear {
            return tense;
        }
    }
    if deadline { Tense::Future } else { Tense::Unclear }
}

fn ends_clause(words: &Lexemes<'_>, at: usize) -> bool {
    matches!(words.lower(at), ";" | ":" | "—" | "–")
        || words.get(at).is_some_and(|word| word.kind == TokenKind::QuotationMark)
}

fn cue(words: &Lexemes<'_>, at: usize) -> Tense {
    let times = &words.language.times;
    let Some(word) =
        words.get(at).filter(|word| matches!(word.kind, TokenKind::Word | TokenKind::Clitic))
    else {
        return Tense::Unclear;
    };
    let lower = word.lower.as_ref();
    if times.future_cues.binary_search(&lower).is_ok() && !(word.capital && at > 0) {
        return Tense::Future;
    }
    let to = words.language.quotations.infinitive;
    if lower == to && times.duties.contains(&words.before(at)) {
        return Tense::Future; // "is to be buried"
    }
    let announced = times.announcing.binary_search(&lower).is_ok();
    if !word.capital && (times.modal_cues.contains(&lower) || announced) {
        return Tense::Near;
    }
    // "will be held": the participle tells no time of its own.
    let adverb = words.before(at).ends_with("ly");
    if times.being.contains(&words.before(at - usize::from(adverb && at > 0))) {
        return Tense::Unclear;
    }
    let ended = lower.len() > 4 && lower.ends_with("ed") && !lower.ends_with("eed");
    if times.past_cues.binary_search(&lower).is_ok() || ended && !word.capital {
        // "is expected", "was scheduled" are future cues and were found above.
        return Tense::Past;
    }
    Tense::Unclear
}
