//! Expressions that count from when they were written, or from what is told.

use rashomon_language::{TimeUnit, TimeWord};

use super::{Reading, after_the, dates};
use crate::lexeme::Lexemes;
use crate::meaning::{Count, From, Meaning, Stated, TimeOfDay, Year};

/// `yesterday`, `last week`, `the next day`, `that same month`, `later this year`.
pub(crate) fn relative(words: &Lexemes<'_>, at: usize) -> Reading {
    days_from_now(words, at)
        .or_else(|| day_before(words, at))
        .or_else(|| end_of(words, at))
        .or_else(|| pointed(words, at))
        .or_else(|| day_of_the_month(words, at))
}

fn step(by: i64, unit: TimeUnit, from: From, time: Option<TimeOfDay>) -> Meaning {
    Meaning::Step { by, unit, from, time }
}

/// `yesterday`, `tomorrow night`, `tonight`.
fn days_from_now(words: &Lexemes<'_>, at: usize) -> Reading {
    let start = skip_stage(words, at);
    let day = |by, time| step(by, TimeUnit::Day, From::Writing, time);
    match words.role(start)? {
        TimeWord::PartOfToday(part) => Some((start + 1, day(0, Some(TimeOfDay::Part(part))))),
        TimeWord::DayFromNow(by) => {
            let by = i64::from(by);
            match words.role(start + 1) {
                Some(TimeWord::DayPart(part)) => {
                    Some((start + 2, day(by, Some(TimeOfDay::Part(part)))))
                }
                _ => Some((start + 1, day(by, None))),
            }
        }
        _ => None,
    }
}

/// Skips `early`, `late`, `later`, `earlier` with a preposition: `later in`.
fn skip_stage(words: &Lexemes<'_>, at: usize) -> usize {
    let stage =
        matches!(words.role(at), Some(TimeWord::Stage | TimeWord::Later | TimeWord::Earlier));
    if !stage {
        return at;
    }
    if matches!(words.lower(at + 1), "in" | "on") { at + 2 } else { at + 1 }
}

/// `the day before yesterday`, `the day before`, `the day after`, `the year before`.
fn day_before(words: &Lexemes<'_>, at: usize) -> Reading {
    let the = after_the(words, at);
    if the == at {
        return None;
    }
    let (unit, false) = words.unit(the)? else { return None };
    let sign = match words.role(the + 1)? {
        TimeWord::Before | TimeWord::Earlier => -1,
        TimeWord::After | TimeWord::Following => 1,
        TimeWord::Previous if words.lower(the + 1) == "prior" => -1,
        _ => return None,
    };
    if let Some(TimeWord::DayFromNow(by)) = words.role(the + 2) {
        let by = i64::from(by) + sign;
        return Some((the + 3, step(by, TimeUnit::Day, From::Writing, None)));
    }
    Some((the + 2, step(sign, unit, From::Telling, None)))
}

/// `the end of the year`, `month's end`, `the middle of the month`.
fn end_of(words: &Lexemes<'_>, at: usize) -> Reading {
    let the = after_the(words, at);
    let noun = if words.is(the, TimeWord::Part) { the + 1 } else { the };
    let part = words.is(noun, TimeWord::StageNoun)
        || matches!(words.lower(noun), "half" | "part") && noun > the;
    if part && words.lower(noun + 1) == "of" {
        let (unit, false) = words.unit(after_the(words, noun + 2))? else {
            return None;
        };
        let unit_at = after_the(words, noun + 2);
        if unit_at > noun + 2 && words.lower(unit_at + 1) != "of" && unit != TimeUnit::Second {
            return Some((unit_at + 1, step(0, unit, From::Telling, None)));
        }
    }
    let (unit, false) = words.unit(at)? else { return None };
    let owned = matches!(words.lower(at + 1), "'s" | "’s") && words.lower(at + 2) == "end";
    owned.then(|| (at + 3, step(0, unit, From::Telling, None)))
}

/// `last`, `next`, `this`, `that`, `the same` before a unit, a part of the day or a name.
fn pointed(words: &Lexemes<'_>, at: usize) -> Reading {
    let stage = skip_stage(words, at);
    let stage = if stage == at && words.is(at, TimeWord::Definite) && end_word(words, at + 1) {
        at + 3
    } else {
        stage
    };
    let the = after_the(words, stage);
    let telling = the > stage;
    let role = words.role(the)?;
    let (by, from) = match role {
        TimeWord::Last => (-1, if telling { From::Telling } else { From::Writing }),
        TimeWord::Past if telling => (-1, From::Telling),
        TimeWord::Next => (1, if telling { From::Telling } else { From::Writing }),
        TimeWord::Previous => (-1, From::Telling),
        TimeWord::Following => (1, From::Telling),
        TimeWord::This if words.lower(the + 1) == "day" => (0, From::Telling),
        TimeWord::This => (0, From::Writing),
        TimeWord::That | TimeWord::Same => (0, From::Telling),
        // "later in the year"
        _ if telling && stage > at => {
            let (unit, false) = words.unit(the)? else { return season_told(words, the) };
            return coarse(unit).then(|| (the + 1, step(0, unit, From::Telling, None)));
        }
        TimeWord::Unit(unit) if telling => {
            let following = words.is(the + 1, TimeWord::Following);
            return following.then(|| (the + 2, step(1, unit, From::Telling, None)));
        }
        _ => return None,
    };
    let mut next = the + 1;
    let mut from = from;
    if matches!(words.lower(next), "same" | "very" | "past" | "coming" | "particular") {
        if words.is(next, TimeWord::Same) {
            from = From::Telling;
        }
        next += 1;
    }
    let early = usize::from(words.is(next, TimeWord::Stage));
    match words.role(next + early)? {
        TimeWord::Unit(TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour) => None,
        // "in the past year" is the length up to now, "over the past weekend" a date.
        TimeWord::Unit(unit) if role == TimeWord::Past && unit != TimeUnit::Weekend => {
            Some((next + early + 1, Meaning::Length(Count::Known(1.0), unit)))
        }
        TimeWord::Unit(unit) => {
            let part = match words.role(next + 1) {
                Some(TimeWord::DayPart(part)) if unit == TimeUnit::Day => Some(part),
                _ => None,
            };
            let end = next + 1 + usize::from(part.is_some());
            Some((end, step(by, unit, from, part.map(TimeOfDay::Part))))
        }
        TimeWord::DayPart(part) => {
            // "last night" is the night of yesterday, "the next morning" is tomorrow's.
            let time = Some(TimeOfDay::Part(part));
            Some((next + early + 1, step(by, TimeUnit::Day, from, time)))
        }
        _ => {
            let name = next + early;
            let (end, Meaning::Calendar(stated)) = dates::date(words, name)? else { return None };
            let named =
                stated.weekday.is_some() || stated.month.is_some() || stated.season.is_some();
            if !named || stated.day.is_some() || stated.year != Year::Unsaid {
                return None;
            }
            let time = match words.role(end) {
                Some(TimeWord::DayPart(part)) if stated.weekday.is_some() => {
                    Some(TimeOfDay::Part(part))
                }
                _ => None,
            };
            let stated = Stated { time, ..stated };
            Some((end + usize::from(time.is_some()), Meaning::Named { stated, by, from }))
        }
    }
}

/// `end of` and its like, so that `the end of next week` is one expression.
fn end_word(words: &Lexemes<'_>, at: usize) -> bool {
    words.is(at, TimeWord::StageNoun) && words.lower(at + 1) == "of"
}

fn season_told(words: &Lexemes<'_>, at: usize) -> Reading {
    let TimeWord::Season(season) = words.role(at)? else { return None };
    let stated = Stated { season: Some(season), ..Stated::NOTHING };
    Some((at + 1, Meaning::Calendar(stated)))
}

fn coarse(unit: TimeUnit) -> bool {
    !matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour)
}

/// `on the 13th`: a day of the month told of.
fn day_of_the_month(words: &Lexemes<'_>, at: usize) -> Reading {
    if !words.is(at, TimeWord::Definite) || !matches!(words.before(at), "on" | "by" | "until") {
        return None;
    }
    let (day, end) = words.ordinal(at + 1)?;
    let digits = words.is_number(at + 1);
    let alone = words.get(end).is_none_or(|next| {
        next.kind != rashomon_article::TokenKind::Word
            || words.language.words.is_function_word(&next.lower) && !words.is(end, TimeWord::Of)
    });
    if !digits || !alone || day > 31 || words.is_dash(end) {
        return None;
    }
    let stated = Stated { day: Some(day as u8), ..Stated::NOTHING };
    Some((end, Meaning::Calendar(stated)))
}

/// The time told of, after a preposition and with nothing that says which: not `by the time of`.
fn at_that_time(words: &Lexemes<'_>, at: usize, end: usize) -> Reading {
    let led = matches!(
        words.before(at),
        "at" | "by" | "during" | "around" | "from" | "of" | "since" | "until" | "before" | "in"
    );
    let open = words.get(end).is_none_or(|next| {
        next.kind != rashomon_article::TokenKind::Word
            || matches!(next.lower.as_ref(), "was" | "were" | "and" | "but" | "the" | "it" | "he")
    }) || !words.is(at, TimeWord::Definite);
    let told = !matches!(words.lower(end), "of" | "when" | "that" | "frame" | "being" | "limit");
    (led && open && told).then_some((end, Meaning::Reference("PRESENT_REF")))
}

/// `now`, `recently`, `the future`, `at that time`.
pub(crate) fn reference(words: &Lexemes<'_>, at: usize) -> Reading {
    if words.language.numbers.cardinal(words.lower(at)) == Some(1.0)
        && let Some(TimeWord::DayPart(part)) = words.role(at + 1)
    {
        // "one night"
        let time = Some(TimeOfDay::Part(part));
        return Some((at + 2, Meaning::Calendar(Stated { time, ..Stated::NOTHING })));
    }
    let the = after_the(words, at);
    if the > at && words.lower(the) == "time" && words.before(at) == "at" {
        return at_that_time(words, at, the + 1);
    }
    match words.role(the)? {
        TimeWord::Reference(value) if the == at => Some((at + 1, Meaning::Reference(value))),
        TimeWord::Adjective(value) => {
            let word = words.lower(the);
            if word == "present" {
                let day = words.is_dash(the + 1) && words.lower(the + 2) == "day";
                let at_present = words.before(the) == "at";
                return if day {
                    Some((the + 3, Meaning::Reference(value)))
                } else {
                    at_present.then_some((the + 1, Meaning::Reference(value)))
                };
            }
            let noun = words.get(the + 1).is_some_and(|noun| {
                noun.kind == rashomon_article::TokenKind::Word
                    && !words.language.words.is_function_word(&noun.lower)
            });
            let whole = word == "future" && !noun;
            let fits = if the > at { whole } else { noun || word == "future" };
            fits.then_some((the + 1, Meaning::Reference(value)))
        }
        TimeWord::This | TimeWord::That if words.lower(the + 1) == "time" && the == at => {
            at_that_time(words, at, the + 2)
        }
        TimeWord::Past if the > at => {
            let alone = words.get(the + 1).is_none_or(|next| {
                next.kind != rashomon_article::TokenKind::Word
                    || words.language.words.is_function_word(&next.lower)
            });
            alone.then_some((the + 1, Meaning::Reference("PAST_REF")))
        }
        TimeWord::DayPart(part) => day_part(words, at, the, part),
        _ => None,
    }
}

/// A part of no day in particular: `at night`, `in the morning`, `overnight`, `night raids`.
fn day_part(words: &Lexemes<'_>, at: usize, noun: usize, part: &'static str) -> Reading {
    let times = &words.language.times;
    let led = times.before_day_part.binary_search(&words.before(at)).is_ok();
    let bare = noun == at;
    let adverb = bare && times.day_part_adverbs.contains(&words.lower(at));
    let open = words.get(noun + 1).is_none_or(|next| {
        next.kind != rashomon_article::TokenKind::Word
            || words.language.words.is_function_word(&next.lower)
    });
    // "a night raid", not "the Night Watch" nor "the morning show".
    let attribute = bare
        && part == "NI"
        && !words.capital(at)
        && !open
        && !words.glued(at + 1)
        && !words.glued(at);
    let told = if bare { led && part != "DT" } else { led && open };
    (adverb || attribute || told).then(|| {
        let time = Some(TimeOfDay::Part(part));
        if !bare {
            return (noun + 1, step(0, TimeUnit::Day, From::Telling, time));
        }
        (noun + 1, Meaning::Calendar(Stated { time, ..Stated::NOTHING }))
    })
}
