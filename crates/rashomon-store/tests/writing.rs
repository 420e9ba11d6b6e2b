//! What is written is there, whole or not at all.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod invented;

use invented::{add, article, digest, incoming, time};
use rashomon::article::{Certainty, Counts};
use rashomon::text::Span;
use rashomon_store::{
    Feed, Findings, FoundClaim, Place, Sight, Store, StoredClaim, StoredPlace, StoryFilter,
    StoryOrder,
};
use serde_json::json;

const MORNING: &str = "2026-01-05T08:00:00Z";
const EVENING: &str = "2026-01-05T20:00:00Z";

#[test]
fn a_dropped_batch_leaves_nothing() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    add(&mut batch, "Herald", "a", "Bridge closes\nIt closed.", MORNING);
    batch.checkpoint("a.warc", 7, false, &json!({})).unwrap();
    drop(batch);
    assert_eq!(store.stats().unwrap().articles, 0);
    assert_eq!(store.checkpoint("a.warc").unwrap(), None);
    assert_eq!(store.article(1).unwrap_err().code(), "not-found");
    let mut batch = store.begin().unwrap();
    assert_eq!(add(&mut batch, "Herald", "a", "Bridge closes\nIt closed.", MORNING), 1);
    batch.commit().unwrap();
}

#[test]
fn articles_are_told_apart_by_key_and_digest() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let text = "Bridge closes\nIt closed.";
    let number = add(&mut batch, "Herald", "a", text, MORNING);
    assert_eq!(batch.sight("b", &digest(text)).unwrap(), Sight::New);
    assert_eq!(batch.sight("a", &digest(text)).unwrap(), Sight::Same(number));
    assert_eq!(batch.sight("a", &digest("other")).unwrap(), Sight::Changed(number));
    batch.seen_again(number, time("2026-02-01T00:00:00Z")).unwrap();
    batch.seen_again(number, time("2026-01-20T00:00:00Z")).unwrap();
    batch.commit().unwrap();
    let stored = store.article(number).unwrap();
    assert_eq!(stored.first_seen, time("2026-01-09T00:00:00Z"));
    assert_eq!(stored.last_seen, time("2026-02-01T00:00:00Z"));
    assert_eq!(store.article_by_key("a").unwrap(), Some(number));
    assert_eq!(store.articles_by_id("a").unwrap(), [number]);
    assert_eq!(store.quotations(number).unwrap(), []);
}

#[test]
fn stories_count_their_articles_and_merge() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let why = [("bridge".to_owned(), 0.25)];
    let a = add(&mut batch, "Herald", "a", "Bridge closes\nIt closed.", EVENING);
    let b = add(&mut batch, "Gazette", "b", "Bridge shut\nIt is shut.", MORNING);
    let c = add(&mut batch, "Gazette", "c", "Harbour strike\nIt began.", MORNING);
    batch.place(a, 1, 0.5, &why).unwrap();
    batch.place(b, 2, 0.5, &why).unwrap();
    batch.place(c, 3, 0.75, &[]).unwrap();
    batch.place(b, 1, 0.625, &why).unwrap();
    batch.story_link(1, 3, 0.1, &why).unwrap();
    batch.commit().unwrap();

    let page = store.stories(&StoryFilter::default(), StoryOrder::Newest, 1, None).unwrap();
    let row = &page.stories[0];
    assert_eq!((row.story, row.articles, row.outlets, row.links), (1, 2, 2, 1));
    assert_eq!((row.first, row.last), (time(MORNING), time(EVENING)));
    assert_eq!(row.title.as_deref(), Some("Bridge shut"));
    let next = store
        .stories(&StoryFilter::default(), StoryOrder::Newest, 1, page.next.as_deref())
        .unwrap();
    assert_eq!((next.stories[0].story, next.next), (3, None));
    let big = StoryFilter { articles: 2, ..StoryFilter::default() };
    assert_eq!(store.stories(&big, StoryOrder::Outlets, 9, None).unwrap().stories.len(), 1);
    let stories: Vec<u64> = store.placements(b).unwrap().iter().map(|at| at.story).collect();
    assert_eq!(stories, [2, 1]);
    assert_eq!(store.placements(b).unwrap()[1].why, why);

    let mut batch = store.begin().unwrap();
    batch.story_merged(3, 1).unwrap();
    batch.place(c, 1, 0.25, &why).unwrap();
    batch.commit().unwrap();
    assert!(store.links().unwrap().is_empty());
    let told: Vec<_> = store.placements(c).unwrap().iter().map(|at| (at.story, at.score)).collect();
    assert_eq!(told, [(3, 0.75), (1, 0.25)]);
    let story = store.story(3).unwrap();
    assert_eq!((story.row.story, story.redirected_from), (1, Some(3)));
    let members: Vec<u64> = story.members.iter().map(|member| member.article).collect();
    assert_eq!(members, [b, c, a]);
    assert_eq!(store.redirects().unwrap(), [(3, 1)]);
    assert_eq!(store.story(2).unwrap_err().code(), "not-found");
    assert_eq!(store.stats().unwrap().stories, 1);

    // Taken out by hand, it is a story of its own again.
    let mut batch = store.begin().unwrap();
    batch.place(c, 3, 1.0, &[]).unwrap();
    batch.commit().unwrap();
    assert_eq!(store.story(3).unwrap().redirected_from, None);
    assert_eq!(store.story(1).unwrap().row.articles, 2);
}

#[test]
fn findings_hold_until_the_members_change() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let a = add(&mut batch, "Herald", "a", "Bridge closes\nIt closed on Monday.", MORNING);
    let b = add(&mut batch, "Gazette", "b", "Bridge shut\nIt is shut.", EVENING);
    batch.place(a, 1, 1.0, &[]).unwrap();
    batch.commit().unwrap();
    let before = store.story(1).unwrap();
    assert_eq!(store.stale_stories(1, 9).unwrap(), [1]);
    let text = Place { article: a, span: Span::new(14, 34) };
    let counts = Counts { articles: 1, outlets: 1, origins: 1 };
    let claim =
        FoundClaim { text, tellings: vec![text], counts, certainty: Certainty::Told, issue: 0 };
    let findings =
        Findings { title: "Bridge closes".to_owned(), claims: vec![claim], ..Findings::default() };
    let mut batch = store.begin().unwrap();
    assert!(batch.put_findings(1, before.version, &findings).unwrap());
    batch.commit().unwrap();
    let place = StoredPlace { article: a, revision: 0, span: text.span };
    let stored = StoredClaim {
        number: 1,
        story: 1,
        text: place,
        words: "It closed on Monday.".to_owned(),
        tellings: vec![place],
        counts,
        certainty: Certainty::Told,
        issue: 0,
    };
    assert_eq!(store.claims(1).unwrap(), std::slice::from_ref(&stored));
    assert_eq!(store.all_claims().map(|claim| claim.unwrap()).collect::<Vec<_>>(), [stored]);
    assert!(store.story(1).unwrap().row.found);
    assert!(store.stale_stories(1, 9).unwrap().is_empty());

    let mut batch = store.begin().unwrap();
    batch.place(b, 1, 1.0, &[]).unwrap();
    assert!(!batch.put_findings(1, before.version, &findings).unwrap());
    batch.commit().unwrap();
    assert_eq!(store.stale_stories(1, 9).unwrap(), [1]);
    assert!(!store.story(1).unwrap().row.found);

    let version = store.story(1).unwrap().version;
    let mut batch = store.begin().unwrap();
    for (article, code) in [(b, "bad-value"), (77, "not-found")] {
        let outside = Place { article, span: Span::new(0, 900) };
        let mut wrong = findings.clone();
        wrong.claims[0].text = outside;
        assert_eq!(batch.put_findings(1, version, &wrong).unwrap_err().code(), code);
        let mut wrong = findings.clone();
        wrong.claims[0].tellings.push(outside);
        assert_eq!(batch.put_findings(1, version, &wrong).unwrap_err().code(), code);
    }
    assert!(batch.put_findings(1, version, &findings).unwrap());
    batch.commit().unwrap();
}

#[test]
fn a_revision_keeps_the_older_words_and_makes_its_story_stale() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let old = "Bridge closes\n“Shut,” said Bell.";
    let number = add(&mut batch, "Herald", "a", old, MORNING);
    batch.place(number, 1, 1.0, &[]).unwrap();
    batch.commit().unwrap();
    let version = store.story(1).unwrap().version;
    let new = article("Herald", "a", "Bridge to close\n“Soon,” said Bell.");
    let mut batch = store.begin().unwrap();
    batch.revise(number, &incoming(&new, EVENING)).unwrap();
    batch.revise(number, &incoming(&new, EVENING)).unwrap();
    batch.commit().unwrap();
    let stored = store.article(number).unwrap();
    assert_eq!(stored.document.article.text, new.article.text);
    assert_eq!((stored.revisions, stored.at), (1, time(EVENING)));
    assert!(store.story(1).unwrap().version > version);
    let quotations = store.quotations(number).unwrap();
    assert_eq!(quotations.len(), 1);
    assert_eq!(stored.document.slice(quotations[0].content[0]), "Soon,");
    assert!(store.check().unwrap().is_sound());
    let mut batch = store.begin().unwrap();
    assert_eq!(batch.revise(99, &incoming(&new, EVENING)).unwrap_err().code(), "not-found");
}

#[test]
fn feeds_checkpoints_decisions_and_searches() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let mut feed = Feed { address: "https://herald.example/rss".to_owned(), ..Feed::default() };
    let number = batch.add_feed(&feed).unwrap();
    assert_eq!(batch.add_feed(&feed).unwrap(), number);
    feed.next_at = Some(time(EVENING));
    feed.failures = 3;
    batch.update_feed(number, &feed).unwrap();
    let document = article("Herald", "a", "Bridge\nShut.");
    let from_feed = rashomon_store::Incoming { feed: Some(number), ..incoming(&document, MORNING) };
    let article = batch.add(&from_feed).unwrap();
    batch.checkpoint("a.warc", 7, false, &json!({"read": 3})).unwrap();
    batch.checkpoint("a.warc", 9, true, &json!({"read": 4})).unwrap();
    batch.set_engine_state(b"one").unwrap();
    batch.set_engine_state(b"two").unwrap();
    let split = batch.decide(&json!({"split": [1, 2]}), time(MORNING)).unwrap();
    let join = batch.decide(&json!({"join": [1, 2]}), time(EVENING)).unwrap();
    batch.save_search("strike", "strike OR harbour", time(MORNING)).unwrap();
    assert_eq!(
        batch.save_search("bad", "\"strike", time(MORNING)).unwrap_err().code(),
        "bad-query"
    );
    batch.commit().unwrap();

    assert_eq!(store.feeds().unwrap(), [(number, feed.clone())]);
    assert_eq!(store.due_feeds(time(MORNING)).unwrap(), []);
    assert_eq!(store.due_feeds(time(EVENING)).unwrap().len(), 1);
    let checkpoint = store.checkpoint("a.warc").unwrap().unwrap();
    assert_eq!((checkpoint.position, checkpoint.finished), (9, true));
    assert_eq!(checkpoint.counts, json!({"read": 4}));
    assert_eq!(store.engine_state().unwrap().as_deref(), Some(&b"two"[..]));
    let decisions = store.decisions().unwrap();
    let said: Vec<_> = decisions.iter().map(|decision| decision.json.clone()).collect();
    assert_eq!(said, [json!({"split": [1, 2]}), json!({"join": [1, 2]})]);
    assert_eq!(decisions[0].at, Some(time(MORNING)));
    assert_eq!(store.saved_searches().unwrap()[0].query, "strike OR harbour");

    let mut batch = store.begin().unwrap();
    batch.remove_feed(number).unwrap();
    batch.remove_search("strike").unwrap();
    assert_eq!(batch.remove_feed(number).unwrap_err().code(), "not-found");
    batch.undo(split, time(EVENING)).unwrap();
    assert_eq!(batch.undo(split, time(EVENING)).unwrap_err().code(), "not-found");
    batch.commit().unwrap();
    assert_eq!(store.decision(split).unwrap().undone_at, Some(time(EVENING)));
    assert_eq!(store.decision(77).unwrap_err().code(), "not-found");
    let left: Vec<u64> = store.decisions().unwrap().iter().map(|kept| kept.number).collect();
    assert_eq!(left, [join]);
    assert_eq!(store.article(article).unwrap().feed, None);
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn rows_come_in_order_whatever_the_pages() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    for n in 0..2500 {
        // Times run backwards, and three articles share each.
        let at = time("2026-01-01T00:00:00Z").as_second() - n / 3;
        let document = article("Herald", &format!("a{n}"), &format!("Number {n}\n“Text.”"));
        let mut incoming = incoming(&document, MORNING);
        incoming.at = jiff::Timestamp::from_second(at).unwrap();
        let number = batch.add(&incoming).unwrap();
        batch.place(number, (n % 2) as u64, 1.0, &[]).unwrap();
    }
    batch.commit().unwrap();
    let since = time("2026-01-01T00:00:00Z").as_second() - 500;
    let since = jiff::Timestamp::from_second(since).unwrap();
    let window: Vec<_> = store.window(since).collect::<Result<_, _>>().unwrap();
    assert_eq!(window.len(), 1503);
    assert!(window.is_sorted_by_key(|row| (row.at, row.article)));
    assert!(window.iter().all(|row| row.at >= since && row.signature == b"signature"));
    let numbers: Vec<u64> = store.articles().map(|row| row.unwrap().number).collect();
    assert_eq!(numbers, (1..=2500).collect::<Vec<u64>>());
    let quotations = store.all_quotations().map(|row| row.unwrap());
    assert!(quotations.zip(1..=2500).all(|(row, n)| row.number == n && row.article == n));
    assert_eq!(store.all_quotations().count(), 2500);
    let of_story: Vec<_> = store.articles_of(1).unwrap().map(|row| row.unwrap()).collect();
    assert_eq!(of_story.len(), 1250);
    assert!(of_story.is_sorted_by_key(|row| (row.at, row.number)));
}
