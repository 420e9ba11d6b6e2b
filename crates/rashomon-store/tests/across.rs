//! Whatever is written in whatever order: what the lists over many stories give agrees with what
//! looking at each article and story gives.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod invented;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rashomon::article::{
    Certainty, Counts, DiscrepancyKind, EntityKind, OmissionNote, QuotationKind, Relation, Verdict,
};
use rashomon::text::Span;
use rashomon_store::{
    Findings, FoundClaim, FoundCopy, FoundDispute, FoundOmission, FoundOrigin, FoundRemark,
    FoundSide, FoundVariant, Page, Place, Remark, Result, SpeakerFilter, Store, StoredPlace,
    StoryFilter, StoryOrder, Told,
};

/// Something that is written.
#[derive(Clone, Debug)]
enum Deed {
    /// Words of the article of a key, new or changed.
    Put(u8, u8),
    /// An article into a story.
    Place(u8, u64),
    /// A story into another one.
    Merge(u64, u64),
    /// What is found in a story.
    Compare(u64),
    /// Speakers are counted, and all is looked at.
    Look,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0u8..8, 0u8..5).prop_map(|(key, words)| Deed::Put(key, words)),
        4 => (0u8..8, 0u64..4).prop_map(|(key, story)| Deed::Place(key, story)),
        1 => (0u64..4, 0u64..4).prop_map(|(from, into)| Deed::Merge(from, into)),
        4 => (0u64..4).prop_map(Deed::Compare),
        2 => Just(Deed::Look),
    ]
}

/// Articles with as many quotations as the number says, at a time of their own or not.
fn text(words: u8) -> String {
    let quotations: Vec<String> =
        (0..words).map(|at| format!("“Words {at} of {words},” said Bell.")).collect();
    format!("Headline {words}\nSome words alone. {}", quotations.join(" "))
}

fn outlet(key: u8) -> String {
    ["Herald", "HERALD", "Gazette"][usize::from(key % 3)].to_owned()
}

/// What might be found in a story: the first article against each other, and every quotation of
/// all but the last article.
fn findings(store: &Store, articles: &[u64]) -> Findings {
    let place =
        |article: u64, start: usize, end: usize| Place { article, span: Span::new(start, end) };
    let (first, others) = articles.split_first().unwrap();
    let claim = FoundClaim {
        text: place(*first, 0, 8),
        tellings: articles.iter().map(|&article| place(article, 0, 8)).collect(),
        counts: Counts::default(),
        certainty: Certainty::Told,
        issue: 0,
    };
    let disputes = others.iter().map(|&other| FoundDispute {
        kind: DiscrepancyKind::Quantity,
        verdict: [Verdict::Conflict, Verdict::Variant, Verdict::Vague][(other % 3) as usize],
        about: "Headline".to_owned(),
        why: "They are two numbers.".to_owned(),
        sides: [*first, other]
            .map(|article| FoundSide {
                value: "Headline".into(),
                tellings: vec![place(article, 0, 8)],
            })
            .into(),
        silent: vec![*first],
    });
    let quotations = articles.split_last().unwrap().1.iter().map(|&a| store.quotations(a).unwrap());
    let remarks = quotations.filter(|said| !said.is_empty()).map(|said| FoundRemark {
        speaker: Some(["Ádá  BELL", "Bo Roe"][(first % 2) as usize].to_owned()),
        speaker_kind: Some(EntityKind::Person),
        relation: Some(Relation::Cut),
        note: String::new(),
        variants: said
            .iter()
            .map(|said| FoundVariant {
                article: said.article,
                content: said.content.clone(),
                kind: QuotationKind::Mixed,
            })
            .collect(),
    });
    Findings {
        title: "A headline".to_owned(),
        origins: others.len() as u64,
        claims: vec![claim],
        disputes: disputes.collect(),
        remarks: remarks.collect(),
        alone: articles.iter().flat_map(|&a| [place(a, 11, 28), place(a, 0, 8)]).collect(),
        omissions: others
            .iter()
            .map(|&article| FoundOmission {
                article,
                claim: 0,
                note: OmissionNote::Shorter,
                why: "It is shorter.".to_owned(),
            })
            .collect(),
        copies: others
            .iter()
            .map(|&article| FoundCopy {
                article,
                origin: match article % 2 {
                    0 => FoundOrigin::Agency("NPA".to_owned()),
                    _ => FoundOrigin::Article(*first),
                },
                evidence: vec![(place(article, 11, 15), place(*first, 11, 15))],
            })
            .collect(),
    }
}

fn write(store: &mut Store, deed: &Deed) {
    match deed {
        Deed::Put(key, words) => {
            let document = invented::article(&outlet(*key), &format!("a{key}"), &text(*words));
            let at = format!("2026-01-0{}T00:00:00Z", 1 + key % 4);
            let incoming = invented::incoming(&document, &at);
            let known = store.article_by_key(incoming.key).unwrap();
            let mut batch = store.begin().unwrap();
            match known {
                None => drop(batch.add(&incoming).unwrap()),
                Some(number) => batch.revise(number, &incoming).unwrap(),
            }
            batch.commit().unwrap();
        }
        Deed::Place(key, story) => {
            if let Some(article) = store.article_by_key(&format!("a{key}")).unwrap() {
                let mut batch = store.begin().unwrap();
                batch.place(article, *story, 0.5, &[]).unwrap();
                batch.commit().unwrap();
            }
        }
        Deed::Merge(from, into) => {
            let mut batch = store.begin().unwrap();
            batch.story_merged(*from, *into).unwrap();
            batch.commit().unwrap();
        }
        Deed::Compare(story) => {
            let Ok(stored) = store.story(*story) else { return };
            if stored.members.len() < 2 {
                return;
            }
            let articles: Vec<u64> = stored.members.iter().map(|member| member.article).collect();
            let found = findings(store, &articles);
            let mut batch = store.begin().unwrap();
            assert!(batch.put_findings(stored.row.story, stored.version, &found).unwrap());
            batch.commit().unwrap();
        }
        Deed::Look => {
            let mut batch = store.begin().unwrap();
            batch.count_speakers().unwrap();
            assert_eq!(batch.count_speakers().unwrap(), 0);
            batch.commit().unwrap();
            agree_on_remarks(store);
            agree_on_disputes(store);
            agree_on_outlets(store);
            agree_on_stories(store);
        }
    }
}

/// All rows of a list, once it is seen that pages of any size give the same.
fn all<T: PartialEq + std::fmt::Debug>(
    read: impl Fn(usize, Option<&str>) -> Result<Page<T>>,
) -> Vec<T> {
    let whole = read(1000, None).unwrap();
    assert_eq!(whole.next, None);
    for size in [1, 2, 3] {
        let (mut rows, mut after) = (Vec::new(), None);
        loop {
            let page = read(size, after.as_deref()).unwrap();
            assert!(page.rows.len() <= size);
            rows.extend(page.rows);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(rows, whole.rows, "by {size}");
    }
    whole.rows
}

fn stands(store: &Store, told: &Told) {
    let document = store.revision(told.by.article, told.by.revision).unwrap();
    assert_eq!(document.slice(told.span), told.words);
}

/// What there is of Ada Bell, whom the articles name, and of Bo Roe, whom only comparing finds.
fn agree_on_remarks(store: &Store) {
    let rows = all(|limit, after| store.speakers(&SpeakerFilter::default(), limit, after));
    let quoted = ["ADA bell", "bo  roe"].into_iter().filter(|name| agree_on_speaker(store, name));
    assert_eq!(rows.len(), quoted.count());
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.remarks)));
}

/// Gives whether anybody quotes them.
fn agree_on_speaker(store: &Store, name: &str) -> bool {
    let is_ada = name == "ADA bell";
    // Nothing of a story that is no more.
    let of_stories: Vec<Remark> = (0..4).flat_map(|story| store.remarks(story).unwrap()).collect();
    let heard: BTreeSet<u64> = of_stories
        .iter()
        .flat_map(|remark| remark.variants.iter().map(|variant| variant.by.article))
        .collect();
    let alone: BTreeSet<(u64, Vec<Span>)> = store
        .all_quotations()
        .map(|said| said.unwrap())
        .filter(|said| is_ada && !heard.contains(&said.article))
        .map(|said| (said.article, said.content))
        .collect();
    let of_stories: Vec<Remark> = of_stories
        .into_iter()
        .filter(|remark| (remark.speaker.as_deref() != Some("Bo Roe")) == is_ada)
        .collect();
    let remarks = all(|limit, after| store.remarks_of(name, limit, after));
    assert!(remarks.is_sorted_by_key(|remark| std::cmp::Reverse(remark.at)));
    let (single, joined): (Vec<&Remark>, Vec<&Remark>) =
        remarks.iter().partition(|remark| remark.relation.is_none());
    let said = single.iter().map(|remark| {
        let variant = &remark.variants[0];
        (variant.by.article, variant.content.clone())
    });
    assert_eq!(single.len(), alone.len());
    assert_eq!(said.collect::<BTreeSet<_>>(), alone);
    assert_eq!(joined.len(), of_stories.len());
    assert!(joined.iter().all(|remark| of_stories.contains(remark)));
    let variants = || remarks.iter().flat_map(|remark| &remark.variants);
    for variant in variants() {
        let document = store.revision(variant.by.article, variant.by.revision).unwrap();
        let words = variant.content.iter().map(|&span| document.slice(span));
        assert!(words.eq(variant.words.iter().map(String::as_str)));
    }
    let row = store.speaker(&name.to_uppercase()).unwrap();
    assert_eq!(row.is_some(), !remarks.is_empty());
    let Some(row) = row else { return false };
    let stories: BTreeSet<u64> = remarks.iter().filter_map(|remark| remark.story).collect();
    let outlets: BTreeSet<String> =
        variants().map(|variant| variant.by.outlet.to_lowercase()).collect();
    assert_eq!(row.remarks as usize, remarks.len());
    assert_eq!((row.stories as usize, row.outlets as usize), (stories.len(), outlets.len()));
    assert_eq!(row.kind, Some(EntityKind::Person));
    assert_eq!(Some(row.last), remarks.iter().map(|remark| remark.at).max());
    true
}

fn agree_on_disputes(store: &Store) {
    let mut conflicts = 0;
    for story in 0..4 {
        let disputes = store.disputes(story).unwrap();
        let is = |verdict| disputes.iter().filter(|dispute| dispute.verdict == verdict).count();
        conflicts += is(Verdict::Conflict);
        match store.story(story) {
            Ok(stored) if stored.redirected_from.is_none() => {
                let row = &stored.row;
                assert_eq!(row.conflicts as usize, is(Verdict::Conflict));
                assert_eq!(row.discrepancies as usize, disputes.len() - is(Verdict::Variant));
                assert!(1 <= row.origins && row.origins <= row.articles);
                assert!(row.articles > 1 || disputes.is_empty());
            }
            _ => assert!(disputes.is_empty() && store.claims(story).unwrap().is_empty()),
        }
        for told in disputes.iter().flat_map(|d| &d.sides).flat_map(|side| &side.tellings) {
            stands(store, told);
        }
    }
    let newest = all(|limit, after| store.newest_conflicts(limit, after));
    assert_eq!(newest.len(), conflicts);
    assert!(newest.is_sorted_by_key(|dispute| std::cmp::Reverse(dispute.at)));
}

fn agree_on_outlets(store: &Store) {
    let mut articles: BTreeMap<String, (u64, BTreeSet<u64>)> = BTreeMap::new();
    for article in store.articles().map(|article| article.unwrap()) {
        let outlet = article.document.article.outlet_or_id().to_lowercase();
        let (count, stories) = articles.entry(outlet).or_default();
        *count += 1;
        stories.extend(article.story);
    }
    let rows = all(|limit, after| store.outlets(None, limit, after));
    assert!(rows.is_sorted_by_key(|row| std::cmp::Reverse(row.articles)));
    assert_eq!(rows.len(), articles.len());
    for row in rows {
        let (count, stories) = &articles[&row.outlet.to_lowercase()];
        assert_eq!((row.articles, row.stories), (*count, stories.len() as u64));
        let shouted = row.outlet.to_uppercase();
        assert_eq!(store.outlet(&shouted).unwrap().as_ref(), Some(&row));
        let listed = all(|limit, after| store.articles_by(&shouted, limit, after));
        assert_eq!(listed.len() as u64, row.articles);
        let alone = all(|limit, after| store.alone(&shouted, limit, after));
        assert_eq!(alone.iter().map(|alone| alone.passages.len() as u64).sum::<u64>(), row.alone);
        alone.iter().flat_map(|alone| &alone.passages).for_each(|told| stands(store, told));
        let left_out = all(|limit, after| store.left_out(&shouted, limit, after));
        assert_eq!(left_out.len() as u64, row.left_out);
        for left in &left_out {
            stands(store, &left.claim);
            let claims = store.claims(left.story).unwrap();
            assert!(claims.iter().any(|claim| claim.number == left.claim_number));
        }
        let copies = all(|limit, after| store.copies(Some(&shouted), None, limit, after));
        let from: BTreeSet<u64> = copies.iter().map(|copy| copy.by.article).collect();
        assert_eq!(from.len() as u64, row.copied_from);
        assert!(copies.iter().all(|copy| copy.source.to_uppercase() != shouted));
        let copied = all(|limit, after| store.copies(None, Some(&shouted), limit, after));
        let by: BTreeSet<u64> = copied.iter().map(|copy| copy.by.article).collect();
        assert_eq!(by.len() as u64, row.copied_by);
        for (own, other) in copies.iter().flat_map(|copy| &copy.evidence) {
            stands(store, own);
            stands(store, other);
        }
    }
}

fn agree_on_stories(store: &Store) {
    let filter = StoryFilter::default();
    let rows = |order| {
        all(|limit, after| {
            let page = store.stories(&filter, order, limit, after)?;
            Ok(Page { rows: page.stories, next: page.next })
        })
    };
    let origins = rows(StoryOrder::Origins);
    assert!(origins.is_sorted_by_key(|row| std::cmp::Reverse(row.origins)));
    let conflicts = rows(StoryOrder::Conflicts);
    assert!(conflicts.is_sorted_by_key(|row| std::cmp::Reverse(row.conflicts)));
    let among = |filter: StoryFilter| -> BTreeSet<u64> {
        let page = store.stories(&filter, StoryOrder::Newest, 100, None).unwrap();
        page.stories.iter().map(|row| row.story).collect()
    };
    let expected = |holds: fn(&rashomon_store::StoryRow) -> bool| -> BTreeSet<u64> {
        origins.iter().filter(|row| holds(row)).map(|row| row.story).collect()
    };
    let disputed = StoryFilter { disputed: true, ..filter.clone() };
    assert_eq!(among(disputed), expected(|row| row.conflicts > 0));
    let many = StoryFilter { origins: 2, ..filter.clone() };
    assert_eq!(among(many), expected(|row| row.origins > 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn lists_agree_with_what_they_list(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut store = Store::in_memory().unwrap();
        (0..6).for_each(|key| write(&mut store, &Deed::Put(key, key % 3)));
        deeds.iter().chain([&Deed::Look]).for_each(|deed| write(&mut store, deed));
        let checked = store.check().unwrap();
        prop_assert!(checked.is_sound(), "{:?}", checked.problems);
    }
}

#[test]
fn the_words_of_a_revision_stay_until_the_story_is_compared_again() {
    let mut store = Store::in_memory().unwrap();
    for deed in [Deed::Put(0, 2), Deed::Put(1, 3), Deed::Place(0, 1), Deed::Place(1, 1)] {
        write(&mut store, &deed);
    }
    write(&mut store, &Deed::Compare(1));
    let places = |store: &Store| -> Vec<(StoredPlace, String)> {
        let disputes = store.disputes(1).unwrap();
        let alone = store.alone("herald", 9, None).unwrap().rows;
        let sides = disputes.into_iter().flat_map(|dispute| dispute.sides);
        let told = sides.flat_map(|side| side.tellings);
        let told = told.chain(alone.into_iter().flat_map(|alone| alone.passages));
        told.map(|told| (told.place(), told.words)).collect()
    };
    let before = places(&store);
    write(&mut store, &Deed::Put(0, 4));
    assert!(!store.story(1).unwrap().row.found);
    assert_eq!(places(&store), before);
    assert!(before.iter().all(|(place, _)| place.revision == 0));
    write(&mut store, &Deed::Compare(1));
    assert_eq!(store.disputes(1).unwrap()[0].sides[0].tellings[0].by.revision, 1);
    assert_eq!(store.remarks(1).unwrap()[0].variants.len(), 4);
}

#[test]
fn findings_that_point_nowhere_are_refused_and_nothing_of_them_is_kept() {
    let mut store = Store::in_memory().unwrap();
    for deed in [Deed::Put(0, 2), Deed::Put(1, 3), Deed::Place(0, 1), Deed::Place(1, 1)] {
        write(&mut store, &deed);
    }
    let good = findings(&store, &[1, 2]);
    let version = store.story(1).unwrap().version;
    let outside = Place { article: 1, span: Span::new(0, 9000) };
    let mut wrong = vec![good.clone(); 6];
    wrong[0].alone.push(outside);
    wrong[1].disputes[0].sides[0].tellings.push(outside);
    wrong[2].remarks[0].variants[0].content.push(outside.span);
    wrong[3].copies[0].evidence.push((outside, outside));
    wrong[4].omissions[0].claim = 1;
    wrong[5].disputes[0].silent.push(99);
    let mut batch = store.begin().unwrap();
    for wrong in wrong {
        let error = batch.put_findings(1, version, &wrong).unwrap_err();
        assert!(["bad-value", "not-found"].contains(&error.code()), "{error}");
        assert!(batch.disputes(1).unwrap().is_empty() && batch.claims(1).unwrap().is_empty());
    }
    assert!(batch.put_findings(1, version, &good).unwrap());
}

#[test]
fn who_has_a_name_is_told_from_who_has_none() {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin().unwrap();
    for (at, (name, named)) in
        [("who", false), ("WHO", true), ("Who", false), ("they", false)].into_iter().enumerate()
    {
        let mut document = invented::article("Herald", &format!("a{at}"), "Strike\n“Words.”");
        document.entities[0].kind = EntityKind::Organization;
        let mut said: Vec<_> = document.quotations.iter().cloned().collect();
        let speaker = said[0].speaker.as_mut().unwrap();
        speaker.name = name.to_owned();
        speaker.entity = speaker.entity.filter(|_| named);
        document.quotations = said.into_iter().collect();
        batch.add(&invented::incoming(&document, "2026-01-05T00:00:00Z")).unwrap();
    }
    batch.count_speakers().unwrap();
    batch.commit().unwrap();
    let listed = |filter: SpeakerFilter| -> Vec<(String, Option<EntityKind>, u64)> {
        let rows = store.speakers(&filter, 9, None).unwrap().rows;
        rows.into_iter().map(|row| (row.name, row.kind, row.remarks)).collect()
    };
    let who = ("WHO".to_owned(), Some(EntityKind::Organization), 1);
    let others = [("Who".to_owned(), None, 2), ("they".to_owned(), None, 1)];
    let all = [others.as_slice(), std::slice::from_ref(&who)].concat();
    assert_eq!(listed(SpeakerFilter::default()), all);
    let named = SpeakerFilter { named: true, ..SpeakerFilter::default() };
    assert_eq!(listed(named), std::slice::from_ref(&who));
    let kind = Some(EntityKind::Organization);
    assert_eq!(listed(SpeakerFilter { kind, ..SpeakerFilter::default() }), [who]);
    let prefix = |prefix: &str| {
        listed(SpeakerFilter { prefix: Some(prefix.to_owned()), ..SpeakerFilter::default() }).len()
    };
    assert_eq!((prefix("wh"), prefix("THE"), prefix("ho"), prefix("")), (2, 1, 0, 3));
    assert_eq!(store.speaker("who").unwrap().unwrap().remarks, 1);
    assert_eq!(store.remarks_of("They", 9, None).unwrap().rows.len(), 1);
    assert!(store.speaker("nobody").unwrap().is_none());
    assert!(store.remarks_of("nobody", 9, None).unwrap().rows.is_empty());
}
