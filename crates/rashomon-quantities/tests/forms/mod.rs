//! Numbers in the forms in which reports write them, each with its value.

use proptest::prelude::*;

const ONES: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The words of a number below a thousand.
fn below_thousand(number: usize, and: &str) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let small = match rest {
        0..20 => ONES[rest].to_owned(),
        _ if rest.is_multiple_of(10) => TENS[rest / 10].to_owned(),
        _ => format!("{}-{}", TENS[rest / 10], ONES[rest % 10]),
    };
    match (hundreds, rest) {
        (0, _) => small,
        (_, 0) => format!("{} hundred", ONES[hundreds]),
        _ => format!("{} hundred{and}{small}", ONES[hundreds]),
    }
}

/// The words of a number below a trillion, as British and American papers spell it.
fn spelled(number: usize, british: bool) -> String {
    let and = if british { " and " } else { " " };
    let mut parts = Vec::new();
    for (factor, name) in
        [(1_000_000_000, " billion"), (1_000_000, " million"), (1000, " thousand")]
    {
        let group = number / factor % 1000;
        if group > 0 {
            parts.push(format!("{}{name}", below_thousand(group, and)));
        }
    }
    if !number.is_multiple_of(1000) {
        parts.push(below_thousand(number % 1000, and));
    }
    parts.join(" ")
}

/// Digits with a mark between groups of three.
fn grouped(number: usize, mark: &str) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    groups.join(mark)
}

/// Digits as India groups them: the last three, then two by two.
fn indian(number: usize) -> String {
    let digits = number.to_string();
    let Some(cut) = digits.len().checked_sub(3).filter(|cut| *cut > 0) else { return digits };
    let groups: Vec<&str> = digits.as_bytes()[..cut]
        .rchunks(2)
        .rev()
        .map(|group| std::str::from_utf8(group).unwrap_or_default())
        .collect();
    format!("{},{}", groups.join(","), &digits[cut..])
}

#[expect(clippy::cast_precision_loss, reason = "numbers of reports are below 2^53")]
fn value(number: usize) -> f64 {
    number as f64
}

/// A number of two or more in any form.
pub fn number() -> impl Strategy<Value = (String, f64)> {
    let any =
        || prop_oneof![2_usize..1000, 1000_usize..1_000_000, 1_000_000_usize..1_000_000_000_000];
    prop_oneof![
        any().prop_map(|number| (grouped(number, ","), value(number))),
        any().prop_map(|number| (spelled(number, true), value(number))),
        any().prop_map(|number| (spelled(number, false), value(number))),
        any().prop_map(|number| (indian(number), value(number))),
        (3000_usize..1_000_000).prop_map(|number| (number.to_string(), value(number))),
        (1_000_000_usize..1_000_000_000).prop_map(|number| (grouped(number, "."), value(number))),
        (1_000_000_usize..1_000_000_000).prop_map(|number| (grouped(number, " "), value(number))),
        (1_000_usize..1_000_000_000)
            .prop_map(|number| (grouped(number, "\u{202f}"), value(number))),
        (11_u32..9999, magnitude()).prop_map(|(number, (word, factor))| {
            let decimal = format!("{}.{}", number / 10, number % 10);
            (format!("{decimal} {word}"), f64::from(number) * (factor / 10.0))
        }),
    ]
}

fn magnitude() -> impl Strategy<Value = (&'static str, f64)> {
    prop_oneof![
        Just(("thousand", 1e3)),
        Just(("lakh", 1e5)),
        Just(("million", 1e6)),
        Just(("crore", 1e7)),
        Just(("billion", 1e9)),
        Just(("trillion", 1e12)),
    ]
}

/// An amount of money with the name of its currency.
pub fn money() -> impl Strategy<Value = (String, f64, &'static str)> {
    let signs = prop_oneof![
        Just(("$", "dollar")),
        Just(("US$", "dollar")),
        Just(("A$", "australian dollar")),
        Just(("€", "euro")),
        Just(("£", "pound sterling")),
        Just(("₹", "indian rupee")),
        Just(("Rs ", "rupee")),
        Just(("CHF ", "swiss franc")),
        Just(("RM", "malaysian ringgit")),
    ];
    let words = prop_oneof![
        Just(("dollars", "dollar")),
        Just(("euros", "euro")),
        Just(("yen", "japanese yen")),
        Just(("Egyptian pounds", "egyptian pound")),
        Just(("CHF", "swiss franc")),
    ];
    let short = prop_oneof![Just(("m", 1e6)), Just(("bn", 1e9)), Just(("k", 1e3)), Just(("", 1.0))];
    let small = 11_u32..999;
    prop_oneof![
        (signs, small.clone(), short).prop_map(|((sign, name), number, (letter, factor))| {
            let decimal = format!("{}.{}", number / 10, number % 10);
            (format!("{sign}{decimal}{letter}"), f64::from(number) * factor / 10.0, name)
        }),
        (words, small, magnitude()).prop_map(|((word, name), number, (many, factor))| {
            (format!("{number} {many} {word}"), f64::from(number) * factor, name)
        }),
    ]
}

/// A range in words or with a dash.
pub fn range() -> impl Strategy<Value = (String, f64, f64)> {
    (2_u32..90, 1_u32..90, 0_usize..6).prop_map(|(low, more, form)| {
        let high = low + more;
        let text = match form {
            0 => format!("between {low} and {high} boats"),
            1 => format!("from {low} to {high} percent"),
            2 => format!("{low}–{high} kilometres"),
            3 => format!("{low}-{high} tonnes of eels"),
            4 => format!("€{low} to €{high}"),
            _ => format!("{low} to {high} miles"),
        };
        (text, f64::from(low), f64::from(high))
    })
}
