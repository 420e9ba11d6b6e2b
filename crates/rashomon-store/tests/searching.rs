//! What a search finds, in which order, and which words it shows.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod invented;

use invented::{add, article, incoming};
use rashomon::article::{Certainty, Counts};
use rashomon::text::Span;
use rashomon_store::{Findings, FoundClaim, Hit, HitKind, HitOrder, Place, Query, Store};

/// Four articles, three quotations, one claim.
fn desk() -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let a = add(
        &mut batch,
        "The Herald",
        "herald-1",
        "Harbour strike begins\nDockers in São Miguel walked out.\n“We will not give in,” Bell said.",
        "2026-01-05T08:00:00Z",
    );
    let b = add(
        &mut batch,
        "The Gazette",
        "gazette-1",
        "Strike at the port\nThe harbour is shut. “We will talk,” Bell said. Bell's offer stands.",
        "2026-01-06T08:00:00Z",
    );
    let c = add(
        &mut batch,
        "The Herald",
        "herald-2",
        "Bridge closes\nThe old bridge closes on Monday.",
        "2026-02-01T00:00:00Z",
    );
    add(
        &mut batch,
        "Le Phare",
        "phare-1",
        "Le pont ferme\nLe vieux pont fermera lundi, a dit “notre équipe”.",
        "2026-02-02T00:00:00Z",
    );
    for (number, story) in [(a, 17), (b, 17), (c, 18)] {
        batch.place(number, story, 1.0, &[]).unwrap();
    }
    batch.commit().unwrap();
    let text = Place { article: b, span: Span::new(19, 39) };
    let telling = Place { article: a, span: Span::new(22, 57) };
    let claim = FoundClaim {
        text,
        tellings: vec![telling, text],
        counts: Counts { articles: 2, outlets: 2, origins: 2 },
        certainty: Certainty::Told,
        issue: 0,
    };
    let findings =
        Findings { title: "Harbour strike".to_owned(), claims: vec![claim], ..Findings::default() };
    let version = store.story(17).unwrap().version;
    let mut batch = store.begin().unwrap();
    assert!(batch.put_findings(17, version, &findings).unwrap());
    batch.commit().unwrap();
    store
}

fn hits(store: &Store, query: &str) -> Vec<Hit> {
    let query = Query::parse(query).unwrap_or_else(|error| panic!("{error}"));
    let hits = store.search(&query, 50, None).unwrap();
    assert_eq!(hits.next, None);
    assert_eq!(store.count(&query).unwrap(), hits.hits.len() as u64, "{query}");
    let all = store.search_all(&query).unwrap();
    let all = all.iter().map(|found| (found.number, found.article, found.story));
    assert!(all.eq(hits.hits.iter().map(|hit| (hit.number, hit.article, hit.story))), "{query}");
    hits.hits
}

/// The numbers of what is found, in order of the numbers.
fn found(store: &Store, query: &str) -> Vec<u64> {
    let mut numbers: Vec<u64> = hits(store, query).iter().map(|hit| hit.number).collect();
    numbers.sort_unstable();
    numbers
}

#[test]
fn the_language_of_queries() {
    let store = desk();
    let table: &[(&str, &[u64])] = &[
        ("", &[1, 2, 3, 4]),
        ("harbour", &[1, 2]),
        ("HARBOUR strike", &[1, 2]),
        ("harbour AND strike", &[1, 2]),
        ("\"harbour strike\"", &[1]),
        ("“harbour strike”", &[1]),
        ("\"harbour strike\" OR bridge", &[1, 3]),
        ("strike bridge OR dockers", &[1]),
        ("(strike dockers) OR bridge", &[1, 3]),
        ("harbour -dockers", &[2]),
        ("harbour NOT dockers", &[2]),
        ("-harbour", &[3, 4]),
        ("-harbour -bridge", &[4]),
        ("-(harbour OR bridge)", &[4]),
        ("bridge OR -strike", &[3, 4]),
        ("dock*", &[1]),
        ("\"harbour str\"*", &[1]),
        ("sao", &[1]),
        ("\"Bell's offer\"", &[2]),
        ("title:strike", &[1, 2]),
        ("title:dockers", &[]),
        ("outlet:herald", &[1, 3]),
        ("outlet:\"the gazette\" OR outlet:phare", &[2, 4]),
        ("author:\"Cole Roe\" bridge", &[3]),
        ("story:s17", &[1, 2]),
        ("story:17 OR bridge", &[1, 2, 3]),
        ("-story:s17", &[3, 4]),
        ("language:en strike", &[1, 2]),
        ("language:EN-gb strike", &[1, 2]),
        ("language:fr", &[]),
        ("-language:fr bridge", &[3]),
        ("-language:fr", &[1, 2, 3, 4]),
        ("-(story:s17 OR story:s18)", &[4]),
        ("-(story:s17 harbour)", &[3, 4]),
        ("after:2026-01-06", &[2, 3, 4]),
        ("before:2026-01-06", &[1]),
        ("on:2026-01-05", &[1]),
        ("on:2026-01", &[1, 2]),
        ("on:2026-02", &[3, 4]),
        ("on:2025", &[]),
        ("on:2026-01 -on:2026-01-05", &[2]),
        ("is:revised", &[]),
        ("speaker:bell kind:article", &[1, 2, 4]),
        ("speaker:bell kind:article bridge", &[]),
        ("speaker:\"Ada Bell\"", &[1, 2, 3]),
        ("speaker:bell give", &[1]),
        ("speaker:roe", &[]),
        ("kind:quotation talk", &[2]),
        ("kind:quotation outlet:herald", &[1]),
        ("kind:quotation title:port", &[2]),
        ("kind:quotation story:s17 -talk", &[1]),
        ("kind:claim shut", &[1]),
        ("kind:claim outlet:herald", &[1]),
        ("kind:claim outlet:phare", &[]),
        ("kind:claim story:17 harbour", &[1]),
        ("kind:claim on:2026-01-06", &[1]),
    ];
    for (query, expected) in table {
        assert_eq!(found(&store, query), *expected, "{query}");
    }
}

#[test]
fn the_words_shown_are_those_of_the_text() {
    let store = desk();
    for query in ["sao OR harbour", "kind:quotation talk OR give", "kind:claim shut", "bridge pont"]
    {
        for hit in hits(&store, query) {
            let document = store.article(hit.article).unwrap().document;
            assert_eq!(document.slice(hit.snippet.span), hit.snippet.words);
            assert!(!hit.snippet.marks.is_empty());
            for mark in &hit.snippet.marks {
                let word = document.slice(*mark).to_lowercase();
                assert!(["são", "harbour", "talk", "give", "shut", "bridge"].contains(&&*word));
            }
        }
    }
    let strike = &hits(&store, "strike dockers")[0];
    assert_eq!(strike.snippet.words, "Harbour strike begins");
    assert_eq!(strike.title_marks, [Span::new(8, 14)]);
    let phrase = &hits(&store, "kind:quotation \"not give\"")[0];
    assert_eq!(phrase.snippet.words, "We will not give in,");
    assert_eq!(phrase.speaker.as_deref(), Some("Ada Bell"));
    let claim = &hits(&store, "kind:claim shut")[0];
    assert_eq!(claim.snippet.words, "The harbour is shut.");
    assert_eq!(claim.counts.map(|counts| counts.origins), Some(2));
    // Where no words are asked for, the lede is shown.
    let lede = &hits(&store, "outlet:phare")[0];
    assert_eq!(lede.snippet.words, "Le vieux pont fermera lundi, a dit “notre équipe”.");
    assert_eq!((lede.snippet.marks.len(), lede.kind), (0, HitKind::Article));
}

#[test]
fn pages_follow_each_other_without_gap_or_double() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    for n in 0..57 {
        let text = format!("Strike {}\nThe strike{} goes on.", n % 5, " strike".repeat(n % 3));
        let at = format!("2026-01-{:02}T00:00:00Z", 1 + n % 7);
        add(&mut batch, "Herald", &format!("a{n}"), &text, &at);
    }
    batch.commit().unwrap();
    for query in ["strike", "outlet:herald", "", "strike OR -goes"] {
        let query = Query::parse(query).unwrap();
        let whole = store.search(&query, 100, None).unwrap().hits;
        assert_eq!(whole.len(), 57);
        assert!(whole.is_sorted_by(|a, b| {
            (-a.score, -a.at.as_second(), -(a.number as i64))
                < (-b.score, -b.at.as_second(), -(b.number as i64))
        }));
        let (mut pages, mut after) = (Vec::new(), None);
        loop {
            let page = store.search(&query, 10, after.as_deref()).unwrap();
            pages.extend(page.hits);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(pages, whole);
    }
    let newest = Query::parse("strike").unwrap().with_order(HitOrder::Newest);
    let whole = store.search(&newest, 100, None).unwrap().hits;
    assert!(whole.is_sorted_by(|a, b| (b.at, b.number) < (a.at, a.number)));
    let first = store.search(&newest, 30, None).unwrap();
    let rest = store.search(&newest, 30, first.next.as_deref()).unwrap();
    assert_eq!([first.hits, rest.hits].concat(), whole);
    let query = Query::parse("strike").unwrap();
    for cursor in ["", "x", "1.2", "1.2.3.4", "ffffffffffffffffff.0.0"] {
        assert_eq!(store.search(&query, 9, Some(cursor)).unwrap_err().code(), "bad-cursor");
    }
}

#[test]
fn older_words_are_not_found_any_more() {
    let mut store = desk();
    let revised =
        article("The Herald", "herald-1", "Harbour strike ends\n“We gave in,” Bell said.");
    let mut batch = store.begin().unwrap();
    batch.revise(1, &incoming(&revised, "2026-01-05T08:00:00Z")).unwrap();
    batch.commit().unwrap();
    assert!(found(&store, "dockers").is_empty());
    assert_eq!(found(&store, "ends"), [1]);
    assert_eq!(found(&store, "is:revised"), [1]);
    assert!(found(&store, "kind:quotation give").is_empty());
    assert_eq!(hits(&store, "kind:quotation gave")[0].article, 1);
    // A claim is shown in the words in which it was found.
    let revised = article("The Gazette", "gazette-1", "Port\nNo word of it.");
    let mut batch = store.begin().unwrap();
    batch.revise(2, &incoming(&revised, "2026-01-06T08:00:00Z")).unwrap();
    batch.commit().unwrap();
    let claim = &hits(&store, "kind:claim shut")[0];
    assert_eq!((claim.snippet.words.as_str(), claim.revision), ("The harbour is shut.", 0));
    assert_eq!(store.claims(17).unwrap()[0].words, "The harbour is shut.");
    assert_eq!(hits(&store, "title:port")[0].revision, 1);
}

#[test]
fn merged_stories_are_found_by_either_number() {
    let mut store = desk();
    let mut batch = store.begin().unwrap();
    batch.story_merged(17, 18).unwrap();
    batch.commit().unwrap();
    assert_eq!(found(&store, "story:s17"), [1, 2, 3]);
    assert_eq!(found(&store, "story:s18"), [1, 2, 3]);
    assert!(found(&store, "kind:claim").is_empty());
}

#[test]
fn what_is_undated_is_of_no_day_and_counts_as_of_when_it_was_read() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let mut undated = article("Herald", "undated", "Harbour\nThe harbour is shut.");
    undated.article.published = None;
    batch.add(&incoming(&undated, "2026-01-05T10:00:00Z")).unwrap();
    add(&mut batch, "Herald", "dated", "Harbour\nThe harbour opened.", "2026-01-05T09:00:00Z");
    batch.commit().unwrap();
    for (query, expected) in [
        ("on:2026-01-05", &[2][..]),
        ("on:2026", &[2]),
        ("-on:2026-01-05", &[1]),
        ("after:2026-01-05", &[1, 2]),
        ("before:2026-01-06 harbour", &[1, 2]),
        ("after:2026-01-06", &[]),
        ("is:undated", &[1]),
        ("-is:undated harbour", &[2]),
        ("is:undated after:2026-01-05", &[1]),
    ] {
        assert_eq!(found(&store, query), expected, "{query}");
    }
}
