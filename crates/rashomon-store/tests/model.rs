//! Any order of writing gives what a plain model in memory gives.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod invented;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rashomon_store::{Batch, Query, Store, StoryFilter, StoryOrder};

/// Something that is written.
#[derive(Clone, Debug)]
enum Deed {
    /// Words of the article of a key, new or changed.
    Put(u8, Vec<u8>),
    /// An article into a story.
    Place(u8, u64),
    /// A story into another one.
    Merge(u64, u64),
    Commit,
    Drop,
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = || prop::collection::vec(0u8..5, 1..6);
    prop_oneof![
        4 => (0u8..8, words()).prop_map(|(key, words)| Deed::Put(key, words)),
        4 => (0u8..8, 0u64..5).prop_map(|(key, story)| Deed::Place(key, story)),
        1 => (0u64..5, 0u64..5).prop_map(|(from, into)| Deed::Merge(from, into)),
        2 => Just(Deed::Commit),
        1 => Just(Deed::Drop),
    ]
}

/// An article as the model has it.
#[derive(Clone, Debug, Default)]
struct Known {
    number: u64,
    versions: Vec<Vec<u8>>,
    story: Option<u64>,
}

#[derive(Clone, Debug, Default)]
struct Model {
    articles: BTreeMap<u8, Known>,
    redirects: BTreeMap<u64, u64>,
}

const WORDS: [&str; 5] = ["harbour", "strike", "bridge", "talks", "Übersee"];

fn text(words: &[u8]) -> String {
    let words: Vec<&str> = words.iter().map(|&word| WORDS[word as usize]).collect();
    format!("Headline\n{}", words.join(" "))
}

fn outlet(key: u8) -> String {
    format!("Outlet {}", key % 3)
}

fn write(batch: &mut Batch<'_>, model: &mut Model, deed: &Deed) {
    match deed {
        Deed::Put(key, words) => {
            let document = invented::article(&outlet(*key), &format!("a{key}"), &text(words));
            let incoming = invented::incoming(&document, "2026-01-05T00:00:00Z");
            match model.articles.get_mut(key) {
                None => {
                    let number = batch.add(&incoming).unwrap();
                    let known = Known { number, versions: vec![words.clone()], story: None };
                    model.articles.insert(*key, known);
                }
                Some(known) => {
                    batch.revise(known.number, &incoming).unwrap();
                    if known.versions.last() != Some(words) {
                        known.versions.push(words.clone());
                    }
                }
            }
        }
        Deed::Place(key, story) => {
            if let Some(known) = model.articles.get_mut(key) {
                batch.place(known.number, *story, 0.5, &[]).unwrap();
                if known.story != Some(*story) {
                    model.redirects.remove(story);
                }
                known.story = Some(*story);
            }
        }
        Deed::Merge(from, into) => {
            batch.story_merged(*from, *into).unwrap();
            if from != into {
                let members = model.articles.values_mut();
                members
                    .filter(|known| known.story == Some(*from))
                    .for_each(|known| known.story = Some(*into));
                model.redirects.remove(into);
                model.redirects.values_mut().filter(|to| *to == from).for_each(|to| *to = *into);
                model.redirects.insert(*from, *into);
            }
        }
        Deed::Commit | Deed::Drop => {}
    }
}

/// Numbers of the articles that hold, by looking at each.
fn holding(model: &Model, holds: impl Fn(&Known) -> bool) -> BTreeSet<u64> {
    model.articles.values().filter(|known| holds(known)).map(|known| known.number).collect()
}

fn found(store: &Store, query: &str) -> BTreeSet<u64> {
    let hits = store.search(&Query::parse(query).unwrap(), 100, None).unwrap().hits;
    hits.iter().map(|hit| hit.number).collect()
}

fn agree(store: &Store, model: &Model) {
    for known in model.articles.values() {
        let stored = store.article(known.number).unwrap();
        let newest = known.versions.last().unwrap();
        assert_eq!(stored.document.article.text.as_str(), text(newest));
        assert_eq!(stored.story, known.story);
        let revisions = store.revisions(known.number).unwrap();
        assert_eq!(revisions.len(), known.versions.len());
        for (revision, words) in (0..).zip(&known.versions) {
            let document = store.revision(known.number, revision).unwrap();
            assert_eq!(document.article.text.as_str(), text(words));
        }
    }
    let has = |known: &Known, word: u8| known.versions.last().unwrap().contains(&word);
    let pair = |known: &Known, pair: [u8; 2]| {
        known.versions.last().unwrap().windows(2).any(|words| words == pair)
    };
    assert_eq!(found(store, "harbour"), holding(model, |known| has(known, 0)));
    assert_eq!(found(store, "ubersee"), holding(model, |known| has(known, 4)));
    let phrase = holding(model, |known| pair(known, [0, 1]));
    assert_eq!(found(store, "\"harbour strike\""), phrase);
    let either = holding(model, |known| (has(known, 0) || has(known, 2)) && !has(known, 3));
    assert_eq!(found(store, "harbour OR bridge -talks"), either);
    assert_eq!(found(store, "is:revised"), holding(model, |known| known.versions.len() > 1));
    agree_on_stories(store, model);
}

fn agree_on_stories(store: &Store, model: &Model) {
    let mut members: BTreeMap<u64, BTreeSet<u8>> = BTreeMap::new();
    for (key, known) in &model.articles {
        members.entry(known.story.unwrap_or(99)).or_default().insert(*key);
    }
    members.remove(&99);
    let page = store.stories(&StoryFilter::default(), StoryOrder::Articles, 100, None).unwrap();
    assert_eq!(page.stories.len(), members.len());
    assert!(page.stories.is_sorted_by_key(|row| std::cmp::Reverse(row.articles)));
    for row in &page.stories {
        let keys = &members[&row.story];
        let outlets: BTreeSet<String> = keys.iter().map(|&key| outlet(key)).collect();
        assert_eq!((row.articles, row.outlets), (keys.len() as u64, outlets.len() as u64));
    }
    assert_eq!(store.redirects().unwrap(), model.redirects.clone().into_iter().collect::<Vec<_>>());
    for story in 0..5 {
        let target = model.redirects.get(&story).copied().unwrap_or(story);
        let expected = holding(model, |known| known.story == Some(target));
        assert_eq!(found(store, &format!("story:s{story}")), expected);
        let listed = store.story(story).map(|story| story.members).unwrap_or_default();
        assert_eq!(listed.iter().map(|member| member.article).collect::<BTreeSet<_>>(), expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_store_is_what_was_committed(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut store = Store::in_memory().unwrap();
        let mut committed = Model::default();
        for batch_of in deeds.split_inclusive(|deed| matches!(deed, Deed::Commit | Deed::Drop)) {
            let mut model = committed.clone();
            let mut batch = store.begin().unwrap();
            batch_of.iter().for_each(|deed| write(&mut batch, &mut model, deed));
            if let Some(Deed::Commit) = batch_of.last() {
                batch.commit().unwrap();
                committed = model;
            } else {
                drop(batch);
            }
        }
        agree(&store, &committed);
        let checked = store.check().unwrap();
        prop_assert!(checked.is_sound(), "{:?}", checked.problems);
    }
}
