//! Whatever the text, spans stand on its characters, days are in order, and values are values.

mod timex;

use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;
use rashomon_article::{
    Article, Block, BlockKind, Document, Published, TimeBasis, TimeExpression, TimeKind,
};

const PUBLISHED: Date = jiff::civil::date(2026, 3, 2);

fn document(text: &str, published: Option<Date>) -> Document {
    let mut article = Article { text: text.into(), ..Article::default() };
    article.published = published.map(Published::Day);
    article.blocks = article
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .map(|span| Block { span, kind: BlockKind::Paragraph })
        .collect();
    let english = rashomon_language::english();
    let mut document = Document::new(article);
    document.tokens = rashomon_segment::tokens(&document, english);
    document.sentences = rashomon_segment::sentences(&document, english);
    document
}

fn check(text: &str) {
    for published in [Some(PUBLISHED), None] {
        let document = document(text, published);
        for time in &rashomon_times::times(&document, rashomon_language::english()) {
            check_time(&document, time);
        }
        let borrowed =
            rashomon_times::times_as_of(&document, PUBLISHED, rashomon_language::english());
        for time in &borrowed {
            check_time(&document, time);
            assert!(time.basis != TimeBasis::Resolved, "{time:?}");
        }
    }
}

fn check_time(document: &Document, time: &TimeExpression) {
    let text = &document.article.text;
    assert!(text.get(time.span).is_some_and(|words| !words.is_empty()));
    assert!(document.article.blocks.iter().any(|block| block.span.covers(time.span)));
    assert!(time.days.is_none_or(|days| days.first <= days.last), "{time:?}");
    let fault = timex::fault(&time.value);
    assert_eq!(fault, None, "{} of {:?} in {:?}", time.value, document.slice(time.span), text);
    assert!(time.days.is_some() || time.basis == TimeBasis::Stated, "{time:?}");
    if let Some(instant) = time.instant {
        let days = time.days.filter(|days| days.first == days.last && time.kind == TimeKind::Time);
        let written = jiff::tz::Offset::UTC.to_datetime(instant).date();
        let day = days.map_or(Date::MIN, |days| days.first);
        assert!((written - day).get_days().abs() <= 1, "{time:?}");
    }
}

/// The value, basis and words of the only expression of a text.
fn only(text: &str) -> (String, TimeBasis, String) {
    let document = document(text, Some(PUBLISHED));
    let times = rashomon_times::times(&document, rashomon_language::english());
    assert_eq!(times.len(), 1, "{text}: {times:?}");
    (times[0].value.clone(), times[0].basis, document.slice(times[0].span).to_owned())
}

/// A day in the forms of the press, each with its year; March to July are never cut short.
fn forms(day: Date) -> Vec<String> {
    let (y, m, d) = (day.year(), day.month(), day.day());
    let name = day.strftime("%B").to_string();
    let weekday = day.strftime("%A");
    let short = match m {
        3..=7 => name.clone(),
        9 => "Sept.".to_owned(),
        _ => format!("{}.", &name[..3]),
    };
    let ending = match (d % 10, d / 10) {
        (1, 0 | 2 | 3) => "st",
        (2, 0 | 2) => "nd",
        (3, 0 | 2) => "rd",
        _ => "th",
    };
    vec![
        format!("{name} {d}, {y}"),
        format!("{short} {d}, {y}"),
        format!("{name} {d}{ending}, {y}"),
        format!("{d} {name} {y}"),
        format!("{d}{ending} {name} {y}"),
        format!("the {d}{ending} of {name} {y}"),
        format!("{weekday}, {name} {d}, {y}"),
        format!("{weekday} {d} {name} {y}"),
        format!("{y}-{m:02}-{d:02}"),
    ]
}

const WORDS: &str = "(the|of|on|in|last|next|May|March|31|2024|1915-17|480|BC|BC|0|9999|99999|\
    Friday|night|early|end|three|and|a|half|years|year|ago|later|century|19th|1990s|every|day|\
    week|this|that|decade|,|-|to|9:30|p\\.m\\.|2025-08-15|30/02/2024|spring|million|few|\u{c9}t\u{e9})";

/// Pieces that dates and times are made of, right ones and wrong ones.
const PIECES: &str = "(January|Feb\\.|May|Sept\\.|December|45|31|30|29|0|1|12|13|24|25|60|99|\
    2025|2026|0000|1600|2199|-|/|:|\\.|,| |T|Z|GMT|EST|ET|IST|CET|a\\.m\\.|pm|am|st|th|rd|'s|s|\
    Q1|Q5|H2|W60|weekend|Friday|fiscal|half|quarter|first|second|BC|AD|century|the|of|to|in|at|\
    noon|midnight|minutes|hours|[0-9]{1,4}|3\\.5|1,000|\u{bd})";

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn words_of_time_in_any_order(words in prop::collection::vec(WORDS, 0..14), glue in "[ \\-]") {
        check(&words.join(&glue));
    }

    #[test]
    fn days_come_back_in_every_form(days in 0..150_000i32) {
        let day = jiff::civil::date(1700, 1, 1) + days.days();
        for form in forms(day) {
            let (value, basis, words) = only(&format!("It was signed on {form} in Lisbon."));
            prop_assert_eq!(value, day.to_string(), "{}", &form);
            prop_assert_eq!(basis, TimeBasis::Stated);
            prop_assert_eq!(words, form);
        }
    }

    #[test]
    fn weekdays_come_back_from_their_tense(days in 1..=6i32) {
        let (past, next) = (PUBLISHED - days.days(), PUBLISHED + days.days());
        let (value, basis, _) = only(&format!("It sank on {}.", past.strftime("%A")));
        prop_assert_eq!((value, basis), (past.to_string(), TimeBasis::Resolved));
        let (value, basis, _) = only(&format!("It will sail on {}.", next.strftime("%A")));
        prop_assert_eq!((value, basis), (next.to_string(), TimeBasis::Resolved));
    }

    #[test]
    fn times_of_day_come_back(hour in 0..24u8, minute in 0..60u8) {
        let half = if hour < 12 { "a.m." } else { "p.m." };
        let clock = match hour % 12 { 0 => 12, hour => hour };
        let want = format!("2026-03-03T{hour:02}:{minute:02}");
        for text in [
            format!("It will sail at {clock}:{minute:02} {half} on March 3, 2026."),
            format!("It will sail at {hour:02}:{minute:02} on March 3, 2026."),
        ] {
            prop_assert_eq!(only(&text).0, want.clone(), "{}", text);
        }
        let (value, ..) = only(&format!("It will sail at {hour:02}{minute:02} GMT on March 3, 2026."));
        prop_assert_eq!(value, format!("{want}Z"));
        let (value, ..) = only(&format!("It will sail on 2026-03-03T{hour:02}:{minute:02}:00+05:30."));
        prop_assert_eq!(value, format!("{want}+05:30"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn pieces_of_dates_glued_at_random(pieces in prop::collection::vec(PIECES, 1..9), glue in "( ||-)") {
        check(&pieces.join(&glue));
    }
}
