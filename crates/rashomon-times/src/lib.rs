/*!
Time expressions, found by the words of the language pack and resolved to TIMEX3 values.

A report is news or narrative. In news, `Friday` and `last month` count from the day of
publication and the tense of the clause decides between the last and the next. Where a text's own
dates lie far from its publication it is a narrative: years are carried along from date to date,
and `the next day` counts from the day told last. Values follow TIMEX3 and, for eras and parts of
the day, TIMEX2 (Ferro et al., "TIDES 2005 Standard for the Annotation of Temporal Expressions").

```
use rashomon_article::{Article, Block, BlockKind, Document, Published};

let text = "The talks lasted three hours on Friday. They will go on next week.";
let mut article = Article { text: text.into(), ..Default::default() };
article.blocks = [Block { span: article.text.span(), kind: BlockKind::Paragraph }].into_iter().collect();
article.published = Some(Published::Day("2026-03-02".parse().unwrap()));
let english = rashomon_language::english();
let mut document = Document::new(article);
document.tokens = rashomon_segment::tokens(&document, english);
document.sentences = rashomon_segment::sentences(&document, english);

let times = rashomon_times::times(&document, english);
let found: Vec<_> = times.iter().map(|t| (document.slice(t.span), t.value.as_str())).collect();
assert_eq!(found, [("three hours", "PT3H"), ("Friday", "2026-02-27"), ("next week", "2026-W11")]);
```
*/

mod basis;
mod calendar;
mod coarse;
mod grammar;
mod lexeme;
mod meaning;
mod modifier;
mod resolve;
mod tense;
mod value;
mod zone;

use jiff::civil::Date;
use rashomon_article::{BlockKind, Document, TimeBasis, TimeExpression, Token};
use rashomon_language::{Language, TimeUnit};
use rashomon_text::Layer;

use grammar::Found;
use lexeme::Lexemes;
use meaning::{From, Meaning, Stated, Year};
use resolve::{Resolved, Resolver, Tense};

/// The time expressions of a report. Reads tokens and sentences.
pub fn times(document: &Document, language: &Language) -> Layer<TimeExpression> {
    let written = document.article.published.map(|published| published.day());
    expressions(document, written, language)
}

/// The time expressions of a report that does not tell when it was published, counted from a day
/// that is borrowed for it. What counts from that day is a guess. Spans and types are those that
/// [`times`] finds.
pub fn times_as_of(document: &Document, day: Date, language: &Language) -> Layer<TimeExpression> {
    expressions(document, Some(day), language)
        .iter()
        .map(|time| {
            let basis = match time.basis {
                TimeBasis::Resolved => TimeBasis::Guessed,
                basis => basis,
            };
            TimeExpression { basis, ..time.clone() }
        })
        .collect()
}

fn expressions(
    document: &Document,
    written: Option<Date>,
    language: &Language,
) -> Layer<TimeExpression> {
    let read = |tokens: &[Token]| {
        let words = Lexemes::of(document, tokens, language);
        let found = grammar::expressions(&words);
        (words, found)
    };
    let sentences: Vec<(Lexemes<'_>, Vec<Found>)> = document
        .sentences
        .iter()
        .map(|sentence| read(document.sentence_tokens(sentence)))
        .collect();
    let narrative = is_narrative(&sentences, written.map(|day| i32::from(day.year())));
    let mut resolver = Resolver { written, narrative, ..Resolver::default() };
    let mut times = margin(document, &resolver, read);
    for (words, found) in &sentences {
        let before = resolver.told;
        for (at, expression) in found.iter().enumerate() {
            let Found { start, end, meaning } = expression;
            let tense = tense::tense(words, *start, *end);
            let shared = found.get(at + 1).and_then(|next| shared_year(words, *end, meaning, next));
            let meaning = shared.as_ref().unwrap_or(meaning);
            let told = resolver.told;
            let resolved = resolver.resolve(meaning, tense);
            let ends_range = at > 0
                && is_year(meaning)
                && is_year(&found[at - 1].meaning)
                && found[at - 1].end + 1 == *start;
            if ends_range {
                // "the 1975-1976 season": the story goes on where the range began.
                resolver.told = told;
            }
            let day = resolved.days.filter(|days| days.first == days.last).map(|days| days.first);
            let basis = match (resolved.days, meaning) {
                (None, _) => TimeBasis::Stated,
                // "on November 3 at 5 p.m.": as well known as the day.
                (_, Meaning::Calendar(stated)) if stated.is_time_alone() && at > 0 => {
                    times.last().map_or(TimeBasis::Guessed, |last: &TimeExpression| last.basis)
                }
                (_, Meaning::Calendar(stated)) if resolver.recalls(stated) => TimeBasis::Guessed,
                // The weekday of the day of publication is the same for every tense.
                _ if day.is_some() && day == written && !narrative => {
                    basis::basis(meaning, Tense::Past, narrative)
                }
                _ => basis::basis(&resolver.anchored(meaning, tense), tense, narrative),
            };
            let told = found[..at].iter().rev().find_map(|found| said_year(&found.meaning));
            let doubtful = basis == TimeBasis::Resolved
                && resolved.days.zip(written).is_some_and(|(days, written)| {
                    let other = |year| i32::from(days.first.year()) != year;
                    // The days contradict the tense, or the sentence tells of another year.
                    tense == Tense::Past && days.first > written
                        || tense == Tense::Future && days.last < written
                        || !states_year(meaning) && told.is_some_and(other)
                });
            let basis = if doubtful { TimeBasis::Guessed } else { basis };
            let time = told_in(words, expression, meaning, resolved, basis);
            resolver.instant = time.instant.or(resolver.instant);
            times.push(time);
        }
        if is_archive_caption(words) {
            // The story does not go on where an old picture was taken.
            resolver.told = before;
        }
    }
    Layer::new(times)
}

/// An expression with its value.
fn told_in(
    words: &Lexemes<'_>,
    found: &Found,
    meaning: &Meaning,
    resolved: Resolved,
    basis: TimeBasis,
) -> TimeExpression {
    let day = resolved.days.filter(|days| days.first == days.last).map(|days| days.first);
    TimeExpression {
        span: words.span(found.start, found.end),
        kind: resolved.kind,
        modifier: modifier::modifier(words, found, resolved.kind),
        value: resolved.value,
        basis,
        days: resolved.days,
        instant: day.zip(meaning.time()).and_then(|(day, time)| zone::instant(day, time)),
    }
}

/// The expressions of datelines and captions. The story does not go on from them; a dateline lies
/// behind its report.
fn margin<'t>(
    document: &Document,
    resolver: &Resolver,
    read: impl Fn(&[Token]) -> (Lexemes<'t>, Vec<Found>),
) -> Vec<TimeExpression> {
    let mut times = Vec::new();
    for block in document.article.blocks.iter().filter(|block| block.kind.is_margin()) {
        let (words, found) = read(&document.margin[document.margin.starting_in(block.span)]);
        let mut resolver = resolver.clone();
        for expression in &found {
            let Found { start, end, meaning } = expression;
            let tense = match block.kind {
                BlockKind::Dateline => Tense::Past,
                _ => tense::tense(&words, *start, *end),
            };
            let resolved = resolver.resolve(meaning, tense);
            let basis = match resolved.days {
                None => TimeBasis::Stated,
                Some(_) => basis::basis(&resolver.anchored(meaning, tense), tense, false),
            };
            times.push(told_in(&words, expression, meaning, resolved, basis));
        }
    }
    times
}

/// `File photo: ...`, `FILE - ...`: the caption of a picture that is older than the report.
fn is_archive_caption(words: &Lexemes<'_>) -> bool {
    let lead = usize::from(matches!(words.lower(0), "(" | "["));
    words.language.times.archive_leads.contains(&words.lower(lead))
        && words.capital(lead)
        && words.get(lead + 1).is_some_and(|next| !next.capital)
}

/// The year that an expression states.
fn said_year(meaning: &Meaning) -> Option<i32> {
    match meaning {
        Meaning::Calendar(Stated { year: Year::Said(year), .. }) => Some(*year),
        _ => None,
    }
}

/// Whether an expression tells its year, or counts from the day of writing and needs none.
fn states_year(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Calendar(stated) => stated.year != Year::Unsaid || stated.month.is_none(),
        _ => true,
    }
}

/// A year and nothing finer.
fn is_year(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Calendar(stated) if !stated.is_finer_than_year() && stated.year != Year::Unsaid)
}

/// The first date of a range with the year that only the second states: `26 June - 4 August 1952`.
fn shared_year(words: &Lexemes<'_>, end: usize, first: &Meaning, next: &Found) -> Option<Meaning> {
    let (Meaning::Calendar(stated), Meaning::Calendar(last)) = (first, &next.meaning) else {
        return None;
    };
    let joined = words.is_dash(end) || matches!(words.lower(end), "to" | "and" | "or" | "until");
    let (Year::Unsaid, Year::Said(year)) = (stated.year, last.year) else { return None };
    let (month, last) = (stated.month?, last.month?);
    if !joined || next.start != end + 1 {
        return None;
    }
    let by = if month > last { -1 } else { 0 };
    let year = Year::Said(calendar::plus_years(year, by)?);
    Some(Meaning::Calendar(Stated { year, ..*stated }))
}

/// So many sentences, the headline among them, hold the lede of a report.
const LEDE: usize = 5;

/// `Friday`, `yesterday`: so tells who writes of these days.
fn is_of_the_week(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Calendar(stated) => stated.weekday.is_some() && stated.month.is_none(),
        Meaning::Step { from: From::Writing, unit, .. } => {
            matches!(unit, TimeUnit::Day | TimeUnit::Week)
        }
        _ => false,
    }
}

/// Whether most of the dates that state their year lie more than a year from the publication, and
/// few words tell of the days around it. A report that looks back once or twice stays news.
fn is_narrative(sentences: &[(Lexemes<'_>, Vec<Found>)], written: Option<i32>) -> bool {
    let (mut far, mut fine, mut all, mut near) = (0, 0, 0, 0);
    for (_, found) in sentences {
        for found in found {
            near += usize::from(is_of_the_week(&found.meaning));
            if let Meaning::Calendar(stated) = found.meaning
                && let Year::Said(year) = stated.year
            {
                all += 1;
                if written.is_none_or(|written| (year - written).abs() > 1) {
                    far += 1;
                    fine += usize::from(stated.is_finer_than_year());
                }
            }
        }
    }
    // A report tells in its first sentences which of these days it is about.
    let is_near = |found: &Found| is_of_the_week(&found.meaning);
    if written.is_some() && sentences.iter().take(LEDE).any(|(_, found)| found.iter().any(is_near))
    {
        return false;
    }
    // Background years alone are no story: full dates are.
    let enough = fine >= 4 || fine >= 2 && far >= 6;
    enough && far * 3 >= all * 2 && near * 2 < far
}
