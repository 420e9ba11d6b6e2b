//! Words held against the sample stories.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use rashomon::article::QuotationKind;
use rashomon_desk::checking::{
    Asked, Even, PieceKind, QuotationCheck, check_claim, check_quotation,
};
use rashomon_desk::store::Store;
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Unwatched};

fn desk() -> Desk {
    let mut desk = Desk::in_memory(&DeskOptions::default()).expect("a store");
    let stop = AtomicBool::new(false);
    let gathering = Gathering { fetcher: None, pages: Pages::Never, from_start: true, stop: &stop };
    let samples: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    desk.ingest(&[samples], &gathering, &Unwatched).expect("the samples can be read");
    desk.compare_changed(&Unwatched).expect("the store can be written");
    desk
}

fn check(store: &Store, words: &str, speaker: Option<&str>) -> QuotationCheck {
    check_quotation(store, &Asked { words, speaker, limit: 20 }).expect("the store can be read")
}

/// Each place says what is asked, in the text that the store has.
fn assert_places_hold(store: &Store, check: &QuotationCheck) {
    let asked = Even::new(&check.words).folded();
    for place in &check.places {
        let document = store.article(place.source.article).expect("the article").document;
        let there = document.slice(place.span);
        assert_eq!(Even::new(there).folded(), asked);
        assert_eq!(place.exact, there == check.words);
    }
}

#[test]
fn a_quotation_is_verbatim_with_its_speaker_or_it_is_only_near() {
    let desk = desk();
    let store = desk.store();
    let words =
        "\"This offer is an insult with a ribbon on it, and our members can smell the glue\"";
    let verbatim = check(store, words, Some("Thorsall"));
    assert!(verbatim.verbatim() && verbatim.exact() && verbatim.complete && !verbatim.more);
    assert!(verbatim.near.is_empty());
    assert_places_hold(store, &verbatim);
    let agency = verbatim.places.iter().find(|place| place.source.outlet == "NPA");
    let agency = agency.expect("the agency has it");
    let said = agency.said.as_ref().expect("it is a quotation");
    assert_eq!((said.kind, said.whole), (QuotationKind::Direct, true));
    assert_eq!(said.speaker.as_deref().map(|it| it.contains("Thorsall")), Some(true));
    assert_eq!(agency.by_asked, Some(true));
    let other = check(store, words, Some("Lars Dreyholt"));
    assert!(other.places.iter().all(|place| place.by_asked != Some(true)));

    // One word changed: nothing of it is verbatim, and the difference says which word.
    let wrong = words.replace("members", "lawyers");
    let near = check(store, &wrong, None);
    assert!(!near.verbatim() && !near.exact());
    let first = near.near.first().expect("something near");
    let of = |kind| first.difference.iter().filter(move |piece| piece.kind == kind);
    let only = |kind| of(kind).map(|piece| piece.words.as_str()).collect::<Vec<&str>>();
    assert_eq!(
        (only(PieceKind::Asked), only(PieceKind::There)),
        (vec!["lawyers"], vec!["members"])
    );
    let near = check(store, "this OFFER is an insult with a ribbon on it", None);
    assert!(!near.verbatim(), "capitals count");
    assert_eq!(near.near.first().map(|place| place.share), Some(1.0));
}

#[test]
fn what_nobody_says_has_nothing_near_and_no_word_is_refused() {
    let desk = desk();
    let none = check(desk.store(), "Zebras juggle quarterly umbrellas backwards", None);
    assert!(!none.verbatim() && none.complete && none.near.is_empty());
    for words in ["…", "“”", " - "] {
        let asked = Asked { words, speaker: None, limit: 5 };
        let refused = check_quotation(desk.store(), &asked).expect_err("no word");
        assert_eq!(refused.code(), "bad-value");
        assert!(check_claim(desk.store(), words, 5).is_err());
    }
    for words in ["a\" OR \"b", "NOT (", "title:x\0y", "* \\ -", "speaker:\"a"] {
        let asked = Asked { words, speaker: None, limit: 5 };
        if let Err(refused) = check_quotation(desk.store(), &asked) {
            assert_eq!(refused.code(), "bad-value", "{words}");
        }
        if let Err(refused) = check_claim(desk.store(), words, 5) {
            assert_eq!(refused.code(), "bad-value", "{words}");
        }
    }
}

#[test]
fn a_claim_comes_with_its_origins_and_with_what_disagrees() {
    let desk = desk();
    let store = desk.store();
    let check = check_claim(store, "The meeting at the Old Customs House lasted 14 hours.", 5);
    let check = check.expect("the store can be read");
    let first = check.claims.first().expect("a claim");
    assert!(first.claim.words.contains("14 hours"), "{}", first.claim.words);
    assert!(first.claim.counts.origins >= 1 && first.share > 0.7 && first.up_to_date);
    let disputes = first.disputes.iter().map(|at| &check.disputes[*at]);
    let values: Vec<&str> =
        disputes.flat_map(|it| &it.sides).map(|side| side.value.as_str()).collect();
    assert!(values.contains(&"ten hours"), "{values:?}");
    for pair in check.claims.windows(2) {
        assert!(pair[0].share >= pair[1].share);
    }
}

#[test]
fn any_words_of_any_report_are_found_and_none_that_are_in_no_report() {
    let desk = desk();
    let store = desk.store();
    let count = store.stats().expect("figures").articles;
    let texts: Vec<String> = (1..=count)
        .map(|it| store.article(it).expect("an article").document.article.text.as_str().to_owned())
        .collect();
    let evened: Vec<String> = texts.iter().map(|text| Even::new(text).folded()).collect();
    proptest!(ProptestConfig::with_cases(128), |(
        at in 0..texts.len(), from in 0.0f64..1.0, len in 3usize..9, swap in any::<bool>(),
    )| {
        let mut words: Vec<&str> = texts[at].split_whitespace().collect();
        let start = ((words.len().saturating_sub(len)) as f64 * from) as usize;
        words = words.into_iter().skip(start).take(len).collect();
        if swap {
            words.swap(0, 2);
        }
        let words = words.join(" ").replace(['“', '”'], "\"").replace('’', "'");
        let asked = Asked { words: &words, speaker: None, limit: 20 };
        let Ok(found) = check_quotation(store, &asked) else { return Ok(()) };
        assert_places_hold(store, &found);
        let folded = Even::new(&found.words).folded();
        if found.verbatim() {
            prop_assert!(evened.iter().any(|text| text.contains(&folded)));
        } else {
            prop_assert!(swap, "{words:?} stand in a{} and were not found", at + 1);
        }
    });
}
