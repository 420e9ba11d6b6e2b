//! Whatever the text, spans stand on its characters and intervals are sound; whatever the form of
//! a number, its value comes back.

mod forms;
mod texts;

use proptest::prelude::*;
use rashomon_article::{Comparator, Dimension, Document, Quantity};

use texts::document;

fn read(document: &Document) -> Vec<Quantity> {
    let quantities = rashomon_quantities::quantities(document, rashomon_language::english());
    quantities.iter().cloned().collect()
}

fn check(text: &str) {
    let document = document(text);
    let quantities = read(&document);
    for quantity in &quantities {
        sound(&document, quantity);
    }
    assert!(quantities.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
}

fn sound(document: &Document, quantity: &Quantity) {
    let whole = quantity.span;
    let inner = [Some(quantity.number), quantity.counted, quantity.role];
    for span in inner.into_iter().flatten().chain([whole]) {
        assert!(document.article.text.get(span).is_some_and(|words| !words.is_empty()));
        assert!(document.article.blocks.iter().any(|block| block.span.covers(span)));
    }
    assert!(whole.covers(quantity.number));
    assert!(quantity.min.is_finite() && quantity.max.is_finite(), "{quantity:?}");
    assert!(quantity.max.abs() < 1e30, "{quantity:?}");
    let score = quantity.dimension == Dimension::Score;
    assert!(score || quantity.min <= quantity.max, "{quantity:?}");
    assert!(score || quantity.min == quantity.max || is_open(quantity), "{quantity:?}");
    let (low, high) = quantity.interval();
    assert!(!low.is_nan() && !high.is_nan() && (score || low <= high), "{quantity:?}");
    if let Some(unit) = &quantity.unit {
        assert_eq!(unit.dimension, quantity.dimension);
        assert!(unit.scale > 0.0 && unit.offset.is_finite());
        let back = unit.from_base(unit.base(quantity.max));
        let near = unit.offset.abs() / unit.scale + quantity.max.abs();
        assert!((back - quantity.max).abs() <= near * 1e-9, "{quantity:?}");
    }
    // Nothing that is counted is below zero, and only things that are called old are so old.
    assert!(quantity.counted.is_none() || quantity.unit.is_some() || quantity.min >= 0.0);
    let words = document.slice(whole);
    let named = words.contains("old") || words.contains("age");
    assert!(quantity.dimension != Dimension::Age || named || quantity.max < 130.0, "{words}");
    if let Some(other) = &quantity.restated {
        assert!(whole.covers(other.span) && !other.span.overlaps(quantity.number), "{quantity:?}");
        sound(document, other);
    }
}

fn is_open(quantity: &Quantity) -> bool {
    matches!(quantity.comparator, Comparator::Range | Comparator::Vague)
}

const WORDS: &str = "(the|of|more|than|at|least|15|15,000|12,50,000|3\\.5|½|1/2|\\.5|-|to|and|between|\
    from|\\$|US\\$|€|RM3\\.06mil|USD10m|million|bn|dozens|hundreds|thousand|a|half|third|two|\
    twenty|%|percent|points|km|miles|\\(|\\)|people|killed|rose|by|votes|year|old|aged|one|in|\
    five|99999999999999999999|per|day|F|22|°|C|,|Bell|minus|couple|é|×|10|\\^|⁻⁶|3:1|odds|for|\
    against|her|forties|mid|40s|45th|May|/|–|−|square|more|hours|below|zero|or|aged|under|PS|Nm)";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn words_of_number_in_any_order(words in prop::collection::vec(WORDS, 0..14), glue in "[ \\-]") {
        check(&words.join(&glue));
    }

    /// Fragments with and without a blank between them.
    #[test]
    fn fragments_glued_together(words in prop::collection::vec((WORDS, "[ ]?"), 0..16)) {
        let text: String = words.iter().flat_map(|(word, blank)| [&**word, blank]).collect();
        check(&text);
    }

    #[test]
    fn a_number_comes_back_from_every_form(number in forms::number()) {
        let (written, value) = number;
        let text = format!("They counted {written} gulls.");
        let document = document(&text);
        let found = read(&document);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        let near = |a: f64| (a - value).abs() <= value.abs() * 1e-12;
        prop_assert!(near(found[0].min) && near(found[0].max), "{}: {:?}", text, found);
        prop_assert_eq!(document.slice(found[0].number), &written);
        prop_assert_eq!(found[0].counted.map(|span| document.slice(span)), Some("gulls"));
    }

    #[test]
    fn money_comes_back_from_every_form(money in forms::money()) {
        let text = format!("The line paid {} in spring.", money.0);
        let found = read(&document(&text));
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert!((found[0].max - money.1).abs() <= money.1 * 1e-12, "{}: {:?}", text, found);
        let unit = found[0].unit.as_ref().map(|unit| unit.name.as_str());
        prop_assert_eq!(unit, Some(money.2), "{}", text);
    }

    #[test]
    fn both_ends_of_a_range_come_back(range in forms::range()) {
        let (text, low, high) = range;
        let text = format!("They expect {text} in spring.");
        let found = read(&document(&text));
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert_eq!((found[0].min, found[0].max), (low, high), "{}", text);
        prop_assert_eq!(found[0].comparator, Comparator::Range);
    }

    /// Temperatures that say the same in two scales are one quantity, and one place on the scale.
    #[test]
    fn a_temperature_is_the_same_in_both_scales(celsius in -40_i32..50) {
        let fahrenheit = (f64::from(celsius) * 1.8 + 32.0).round();
        let text = format!("It was {celsius}C ({fahrenheit}F) at noon.");
        let found = read(&document(&text));
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        let other = found[0].restated.as_ref();
        let apart = other.map(|other| (other.interval().0 - found[0].interval().0).abs());
        prop_assert!(apart.is_some_and(|apart| apart < 0.6), "{}: {:?}", text, found);
    }
}
