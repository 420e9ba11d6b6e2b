//! Queries that are wrong get the place and the mend; no text of any kind makes a query fail
//! otherwise.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod invented;

use invented::add;
use proptest::prelude::*;
use rashomon_store::{HitKind, Query, Store};

#[test]
fn a_wrong_query_names_the_place_and_the_mend() {
    // The query, the words that are wrong, and a piece of the mend.
    let table = [
        ("strike \"harbour", "\"harbour", "add one at the end"),
        ("strike )", ")", "never opened"),
        ("(strike", "(", "never closed"),
        ("strike ()", "(", "delete them"),
        ("OR strike", "OR", "between two things"),
        ("strike OR", "OR", "between two things"),
        ("strike AND OR harbour", "AND", "between two things"),
        ("(strike OR) harbour", "OR", "between two things"),
        ("strike -", "-", "-harbour"),
        ("rock - paper", "-", "-harbour"),
        ("speeker:bell", "speeker:", "the fields are speaker"),
        ("https://herald.example/a", "https:", "quotation marks"),
        ("speaker: bell", "speaker:", "speaker:\"Ada Bell\""),
        ("outlet:", "outlet:", "outlet:herald"),
        ("after:monday", "after:monday", "after:2026-01-05"),
        ("on:2026-02-30", "on:2026-02-30", "no day"),
        ("on:26-1-5", "on:26-1-5", "no day"),
        ("story:x", "story:x", "story:s17"),
        ("story:99999999999999999999", "story:99999999999999999999", "story:s17"),
        ("language:e_n", "language:e_n", "language:en"),
        ("is:new", "is:new", "is:revised"),
        ("kind:photo", "kind:photo", "article, quotation and claim"),
        ("kind:claim kind:article", "kind:article", "two kinds"),
        ("-kind:claim", "kind:claim", "whole query"),
        ("strike OR kind:claim", "kind:claim", "whole query"),
        ("kind:claim OR strike", "kind:claim", "whole query"),
        ("(kind:claim strike)", "kind:claim", "whole query"),
        ("strike …", "…", "no letter"),
        ("\"\"", "\"\"", "no letter"),
    ];
    for (query, place, mend) in table {
        let error = Query::parse(query).unwrap_err();
        assert_eq!(error.code(), "bad-query");
        let span = error.place().unwrap();
        assert_eq!(&query[span.range()], place, "{query}: {error}");
        assert!(error.to_string().contains(mend), "{query}: {error}");
        let character = query[..span.start()].chars().count() + 1;
        assert!(error.to_string().contains(&format!("character {character},")), "{error}");
    }
    let deep = "(".repeat(40) + "a" + &")".repeat(40);
    assert!(Query::parse(&deep).unwrap_err().to_string().contains("simpler"));
    let deep = "-".repeat(40) + "a";
    assert!(Query::parse(&deep).unwrap_err().to_string().contains("simpler"));
    let long = "a ".repeat(65);
    assert!(Query::parse(&long).unwrap_err().to_string().contains("64 terms"));
}

#[test]
fn claims_have_no_speaker() {
    let store = Store::in_memory().unwrap();
    let query = Query::parse("kind:claim speaker:bell").unwrap();
    let error = store.search(&query, 9, None).unwrap_err();
    assert_eq!((error.code(), error.place().map(|at| at.start())), ("bad-query", Some(11)));
}

/// Texts that look like queries, and texts that do not.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("“".to_owned()),
        Just("OR".to_owned()),
        Just("NOT".to_owned()),
        Just("NEAR(a b)".to_owned()),
        Just("-".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("*".to_owned()),
        Just("^".to_owned()),
        Just("{title}".to_owned()),
        Just("+".to_owned()),
        Just("speaker:".to_owned()),
        Just("outlet:".to_owned()),
        Just("on:2026-01".to_owned()),
        Just("story:s1".to_owned()),
        Just("kind:claim".to_owned()),
        Just("kind:quotation".to_owned()),
        Just("language:en".to_owned()),
        Just(" ".to_owned()),
        Just("\0".to_owned()),
        Just("'; DROP TABLE article; --".to_owned()),
        "[a-z]{1,6}",
        "\\PC{0,4}",
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn store() -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let text = "Strike\nA b c “we or\0not” drop table article near title.";
    add(&mut batch, "Herald", "a", text, "2026-01-05T00:00:00Z");
    batch.commit().unwrap();
    store
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// Whatever is typed is searched, or is refused with a place in it.
    #[test]
    fn any_text_is_searched_or_refused(text in text()) {
        thread_local!(static STORE: Store = store());
        let check = |result: rashomon_store::Result<()>| -> Result<(), TestCaseError> {
            if let Err(error) = result {
                prop_assert_eq!(error.code(), "bad-query", "{}", &error);
                let place = error.place();
                prop_assert!(place.is_some_and(|place| text.get(place.range()).is_some()));
            }
            Ok(())
        };
        match Query::parse(&text) {
            Err(error) => check(Err(error))?,
            Ok(query) => {
                for kind in [HitKind::Article, HitKind::Quotation, HitKind::Claim] {
                    let query = query.clone().with_kind(kind);
                    check(STORE.with(|store| store.search(&query, 9, None)).map(|_| ()))?;
                    check(STORE.with(|store| store.count(&query)).map(|_| ()))?;
                }
            }
        }
    }

    /// A word in quotation marks finds a text that holds it, whatever stands in it.
    #[test]
    fn any_words_find_themselves(words in "\\PC{0,20}[a-z]{1,5}\\PC{0,20}") {
        let words = words.replace(['"', '“', '”', '«', '»', '„'], "'");
        let mut store = Store::in_memory().unwrap();
        let mut batch = store.begin().unwrap();
        add(&mut batch, "Herald", "a", &format!("Title\nbefore {words} behind"), "2026-01-05T00:00:00Z");
        batch.commit().unwrap();
        let query = Query::parse(&format!("\"{words}\"")).unwrap();
        prop_assert_eq!(store.count(&query).unwrap(), 1);
    }
}
