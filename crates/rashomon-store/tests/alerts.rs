//! What a saved search finds is told at least once, and noted once, whatever happens in between.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod invented;

use std::path::Path;

use invented::{add, article, incoming, time};
use rashomon_store::{
    Channel, Feed, Incoming, OpenOptions, Store, StoryFilter, StoryOrder, Webhook,
};

const NOW: &str = "2026-01-05T08:00:00Z";
const LATER: &str = "2026-01-05T09:00:00Z";

fn open(path: &Path) -> Store {
    Store::open(path, &OpenOptions::default()).unwrap()
}

#[test]
fn hits_are_noted_once_and_kept_until_they_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.rashomon");
    let mut store = open(&path);
    let mut batch = store.begin().unwrap();
    add(&mut batch, "Herald", "old", "Strike\nAn old strike.", NOW);
    let search = batch.save_search("strike", "strike", time(NOW)).unwrap();
    let webhook = Webhook {
        address: "https://desk.example/hook".to_owned(),
        secret: Some("quiet".to_owned()),
    };
    batch.set_delivery(search, Some(&webhook), Some("ada@desk.example")).unwrap();
    batch.commit().unwrap();
    let saved = store.saved_search(search).unwrap();
    assert_eq!((saved.created, saved.seen), (Some(time(NOW)), 1));
    assert_eq!(saved.webhook.as_ref(), Some(&webhook));
    assert!(!format!("{saved:?}").contains("quiet"), "a secret stays out of logs");

    let mut batch = store.begin().unwrap();
    let new = add(&mut batch, "Herald", "new", "Strike\nA new strike, a strike.", NOW);
    add(&mut batch, "Herald", "other", "Bridge\nA bridge.", NOW);
    assert_eq!(batch.new_hits(search).unwrap().len(), 1);
    assert_eq!(batch.raise_alerts(search, time(NOW)).unwrap(), 2);
    assert_eq!(batch.raise_alerts(search, time(NOW)).unwrap(), 0);
    batch.commit().unwrap();
    // The same query again is the same search, and nothing is told twice.
    let mut batch = store.begin().unwrap();
    assert_eq!(batch.save_search("strike", "strike", time(LATER)).unwrap(), search);
    assert_eq!(batch.raise_alerts(search, time(NOW)).unwrap(), 0);
    batch.commit().unwrap();

    let due = store.due_alerts(time(NOW), 9).unwrap();
    let told: Vec<_> = due.iter().map(|alert| (alert.article, alert.channel)).collect();
    assert_eq!(told, [(new, Channel::Webhook), (new, Channel::Email)]);
    let mut batch = store.begin().unwrap();
    batch.alert_told(due[0].number, time(NOW)).unwrap();
    batch.alert_failed(due[1].number, "no such host", Some(time(LATER))).unwrap();
    batch.commit().unwrap();
    let delivery = due[1].delivery();

    // The process ends, and another one goes on with what is left.
    drop(store);
    let mut store = open(&path);
    assert!(store.due_alerts(time(NOW), 9).unwrap().is_empty());
    assert_eq!(store.next_alert().unwrap(), Some(time(LATER)));
    let due = store.due_alerts(time(LATER), 9).unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].delivery(), due[0].attempts), (delivery, 1));
    assert_eq!(due[0].last_error.as_deref(), Some("no such host"));
    let mut batch = store.begin().unwrap();
    batch.alert_failed(due[0].number, "no such host", None).unwrap();
    assert_eq!(batch.alert_told(999, time(LATER)).unwrap_err().code(), "not-found");
    batch.commit().unwrap();
    assert!(store.due_alerts(time("2030-01-01T00:00:00Z"), 9).unwrap().is_empty());
    let all = store.alerts(search, 9).unwrap();
    assert_eq!(all.iter().filter(|alert| alert.done.is_some()).count(), 1);

    let mut batch = store.begin().unwrap();
    assert_eq!(batch.forget_alerts(time(NOW)).unwrap(), 0);
    batch.remove_search("strike").unwrap();
    let again = batch.save_search("strike", "strike", time(LATER)).unwrap();
    assert_ne!(again, search, "a number is never given twice");
    assert!(batch.alerts(search, 9).unwrap().is_empty());
    batch.commit().unwrap();
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn another_query_under_the_name_tells_of_what_comes_from_then_on() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let search = batch.save_search("a", "strike", time(NOW)).unwrap();
    batch.set_delivery(search, None, Some("ada@desk.example")).unwrap();
    add(&mut batch, "Herald", "a", "Bridge\nA bridge.", NOW);
    assert_eq!(batch.save_search("a", "bridge", time(LATER)).unwrap(), search);
    assert!(batch.new_hits(search).unwrap().is_empty());
    add(&mut batch, "Herald", "b", "Bridge\nAnother bridge.", NOW);
    assert_eq!(batch.raise_alerts(search, time(NOW)).unwrap(), 1);
    batch.commit().unwrap();
    assert_eq!(store.saved_search(search).unwrap().created, Some(time(NOW)));
}

#[test]
fn what_came_last_and_by_which_feed() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    let address = |name: &str| Feed { address: format!("https://{name}/rss"), ..Feed::default() };
    let busy = batch.add_feed(&address("busy.example")).unwrap();
    batch.add_feed(&address("still.example")).unwrap();
    for (id, seen, story) in [("a", NOW, 1), ("b", LATER, 1), ("c", NOW, 2)] {
        let document = article("Herald", id, "Bridge\nA bridge.");
        let incoming =
            Incoming { seen_at: time(seen), feed: Some(busy), ..incoming(&document, NOW) };
        let number = batch.add(&incoming).unwrap();
        batch.place(number, story, 1.0, &[]).unwrap();
    }
    batch.commit().unwrap();
    let health = store.feed_health().unwrap();
    let told: Vec<_> = health.iter().map(|feed| (feed.articles, feed.last_new)).collect();
    assert_eq!(told, [(3, Some(time(LATER))), (0, None)]);

    let arrivals = store.changes_since(1, 9).unwrap();
    let told: Vec<_> = arrivals.iter().map(|new| (new.article, new.story)).collect();
    assert_eq!(told, [(2, Some(1)), (3, Some(2))]);
    assert_eq!(store.changes_since(0, 1).unwrap()[0].article, 1);
    assert!(store.changes_since(3, 9).unwrap().is_empty());

    let filter = StoryFilter {
        seen_since: Some(time(NOW)),
        count_since: Some(time(NOW)),
        ..StoryFilter::default()
    };
    let page = store.stories(&filter, StoryOrder::Newest, 9, None).unwrap();
    let told: Vec<_> = page.stories.iter().map(|row| (row.story, row.new, row.seen)).collect();
    assert_eq!(told, [(1, Some(1), time(LATER))]);
}

#[test]
fn stories_are_listed_by_words_in_any_of_their_articles() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    for (id, text, story) in [
        ("a", "Strike begins\nWords.", 1),
        ("b", "Port shut\nWords of a strike.", 1),
        ("c", "Bridge\nWords.", 2),
        ("d", "Bridge and strike\nWords.", 3),
    ] {
        let number = add(&mut batch, "Herald", id, text, NOW);
        batch.place(number, story, 1.0, &[]).unwrap();
    }
    batch.commit().unwrap();
    let found = |query: &str, limit, after: Option<&str>| {
        let query = Some(rashomon_store::Query::parse(query).unwrap());
        let filter = StoryFilter { query, ..StoryFilter::default() };
        let page = store.stories(&filter, StoryOrder::Newest, limit, after).unwrap();
        let stories: Vec<u64> = page.stories.iter().map(|row| row.story).collect();
        (stories, page.next)
    };
    assert_eq!(found("strike", 9, None).0, [3, 1]);
    assert_eq!(found("title:bridge", 9, None).0, [3, 2]);
    assert_eq!(found("-strike", 9, None).0, [2]);
    let (first, next) = found("strike", 1, None);
    assert_eq!([first, found("strike", 1, next.as_deref()).0].concat(), [3, 1]);
}
