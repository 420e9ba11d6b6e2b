//! What the store keeps of a story is what comparing its reports finds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rashomon::article::{ArticleIndex, Origin, Passage, Story, Verdict};
use rashomon_desk::store::{Store, StoryFilter, StoryNumber, StoryOrder, Told};
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Unwatched};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// A desk that has read and compared the invented stories.
fn desk() -> Desk {
    let mut desk = Desk::in_memory(&DeskOptions::default()).expect("a store");
    let stop = AtomicBool::new(false);
    let gathering = Gathering { fetcher: None, pages: Pages::Never, from_start: true, stop: &stop };
    let folders = ["harbour-strike", "minister-trial", "storm-odile"];
    let folders = folders.map(|name| samples().join(name));
    desk.ingest(&folders, &gathering, &Unwatched).expect("the samples can be read");
    desk.compare_changed(&Unwatched).expect("the store can be written");
    desk
}

/// A story as it is compared now, and the numbers of its reports.
struct Compared {
    number: StoryNumber,
    story: Story,
    articles: Vec<u64>,
}

fn stories(desk: &Desk) -> Vec<Compared> {
    let filter = StoryFilter { articles: 2, ..StoryFilter::default() };
    let page = desk.store().stories(&filter, StoryOrder::Newest, 100, None).expect("a list");
    let compared = page.stories.iter().map(|row| {
        let story = desk.synopsis(row.story).expect("a synopsis");
        let members = desk.store().story(row.story).expect("a story").members;
        let number = |id: &str| members.iter().find(|member| member.id == id).map(|m| m.article);
        let articles = story.documents.iter().map(|document| number(&document.article.id));
        let articles = articles.map(|number| number.expect("a member")).collect();
        Compared { number: row.story, story, articles }
    });
    compared.collect()
}

impl Compared {
    fn article(&self, at: ArticleIndex) -> u64 {
        self.articles[at.get()]
    }

    /// A passage as article and words.
    fn told(&self, passage: Passage) -> (u64, String) {
        (self.article(passage.article), self.story.slice(passage).to_owned())
    }

    fn all(&self, passages: &[Passage]) -> Vec<(u64, String)> {
        passages.iter().map(|&passage| self.told(passage)).collect()
    }

    fn outlet(&self, at: ArticleIndex) -> &str {
        self.story.document(at).article.outlet_or_id()
    }
}

/// Article and words of what is kept, once it is seen that the words stand where it says.
fn kept(store: &Store, told: &Told) -> (u64, String) {
    let document = store.revision(told.by.article, told.by.revision).expect("the revision");
    assert_eq!(document.slice(told.span), told.words);
    (told.by.article, told.words.clone())
}

#[test]
fn disputes_are_the_discrepancies_in_their_order() {
    let desk = desk();
    let store = desk.store();
    let mut newest = Vec::new();
    for compared in stories(&desk) {
        let story = &compared.story;
        let row = store.story(compared.number).expect("a story").row;
        let verdict = |is: fn(Verdict) -> bool| {
            story.discrepancies.iter().filter(|found| is(found.verdict)).count() as u64
        };
        assert_eq!(row.conflicts, verdict(|verdict| verdict == Verdict::Conflict));
        assert_eq!(row.discrepancies, verdict(|verdict| verdict != Verdict::Variant));
        assert_eq!(row.origins, story.counts(story.articles()).origins as u64);
        let disputes = store.disputes(compared.number).expect("disputes");
        assert_eq!(disputes.len(), story.discrepancies.len());
        for (dispute, found) in disputes.iter().zip(&story.discrepancies) {
            assert_eq!((dispute.kind, dispute.verdict), (found.kind, found.verdict));
            assert_eq!((&dispute.about, &dispute.why), (&found.about, &found.why));
            let silent: Vec<u64> = found.silent.iter().map(|&at| compared.article(at)).collect();
            assert_eq!(dispute.silent, silent);
            assert_eq!(dispute.sides.len(), found.sides.len());
            for (side, of) in dispute.sides.iter().zip(&found.sides) {
                assert_eq!(side.value, of.value);
                let told: Vec<_> = side.tellings.iter().map(|told| kept(store, told)).collect();
                assert_eq!(told, compared.all(&of.mentions));
            }
        }
        newest.extend(disputes.into_iter().filter(|dispute| dispute.verdict == Verdict::Conflict));
    }
    assert!(newest.len() > 2, "the samples have conflicts");
    newest.sort_by_key(|dispute| std::cmp::Reverse((dispute.at, dispute.number)));
    assert_eq!(store.newest_conflicts(100, None).expect("a page").rows, newest);
}

#[test]
fn remarks_hold_every_utterance_and_every_quotation() {
    let desk = desk();
    let store = desk.store();
    let mut speakers = BTreeSet::new();
    for compared in stories(&desk) {
        let story = &compared.story;
        let remarks = store.remarks(compared.number).expect("remarks");
        let mut said: BTreeMap<u64, Vec<(usize, usize)>> = BTreeMap::new();
        for remark in &remarks {
            for variant in &remark.variants {
                let by = &variant.by;
                let document = store.revision(by.article, by.revision).expect("the revision");
                let words = variant.content.iter().map(|&span| document.slice(span));
                assert!(words.eq(variant.words.iter().map(String::as_str)));
                let spans = variant.content.iter().map(|span| (span.start(), span.end()));
                said.entry(by.article).or_default().extend(spans);
            }
            speakers.extend(remark.speaker.clone());
        }
        for (utterance, remark) in story.utterances.iter().zip(&remarks) {
            assert_eq!(remark.speaker, utterance.speaker_name);
            assert_eq!(
                (remark.relation, &remark.note),
                (Some(utterance.relation), &utterance.note)
            );
            let kind = utterance.speaker.map(|speaker| story.entities[speaker].kind);
            assert_eq!(remark.speaker_kind, kind);
            let mut words: Vec<_> = utterance
                .variants
                .iter()
                .map(|variant| Passage { article: variant.article, span: variant.span })
                .map(|passage| compared.told(passage))
                .collect();
            let mut told: Vec<_> = remark
                .variants
                .iter()
                .flat_map(|variant| {
                    variant.words.iter().map(|words| (variant.by.article, words.clone()))
                })
                .collect();
            words.sort();
            told.sort();
            assert_eq!(told, words);
        }
        for at in story.articles() {
            let text = story.document(at).article.text.as_str();
            let content = story.document(at).quotations.iter().flat_map(|said| &said.content);
            let spans = said.get(&compared.article(at));
            for byte in content.flat_map(|span| span.range()) {
                let letter = text.get(byte..).and_then(|rest| rest.chars().next());
                if letter.is_some_and(char::is_alphanumeric) {
                    let mut spans = spans.into_iter().flatten();
                    let is_kept = spans.any(|&(start, end)| (start..end).contains(&byte));
                    assert!(is_kept, "lost: {}", &text[byte..]);
                }
            }
        }
    }
    assert!(speakers.len() > 5, "{speakers:?}");
    for speaker in speakers {
        let row = store.speaker(&speaker.to_uppercase()).expect("a speaker").expect("is quoted");
        let remarks = store.remarks_of(&speaker, 1000, None).expect("remarks").rows;
        assert_eq!(row.remarks as usize, remarks.len(), "{speaker}");
    }
}

#[test]
fn outlets_tell_alone_leave_out_and_copy_what_the_stories_say() {
    let desk = desk();
    let store = desk.store();
    type Told = BTreeSet<(StoryNumber, u64, String)>;
    let (mut alone, mut left_out): (BTreeMap<String, Told>, BTreeMap<String, Told>) =
        Default::default();
    let mut copies: BTreeMap<String, BTreeSet<(u64, String)>> = BTreeMap::new();
    let mut outlets = BTreeSet::new();
    for compared in stories(&desk) {
        let (number, story) = (compared.number, &compared.story);
        outlets.extend(story.articles().map(|at| compared.outlet(at).to_owned()));
        for &passage in &story.unique {
            let (article, words) = compared.told(passage);
            let outlet = compared.outlet(passage.article).to_owned();
            alone.entry(outlet).or_default().insert((number, article, words));
        }
        for omission in &story.omissions {
            let words = story.slice(story.claims[omission.claim].text).to_owned();
            let outlet = compared.outlet(omission.article).to_owned();
            let article = compared.article(omission.article);
            left_out.entry(outlet).or_default().insert((number, article, words));
        }
        for lineage in &story.lineages {
            let source = match &lineage.origin {
                Origin::Agency(agency) => agency.as_str(),
                Origin::Article(at) => compared.outlet(*at),
            };
            for &at in &lineage.articles {
                if !compared.outlet(at).eq_ignore_ascii_case(source) {
                    let told = (compared.article(at), source.to_owned());
                    copies.entry(compared.outlet(at).to_owned()).or_default().insert(told);
                }
            }
        }
    }
    assert!(!alone.is_empty() && !left_out.is_empty() && !copies.is_empty());
    for outlet in outlets {
        let row = store.outlet(&outlet.to_uppercase()).expect("a row").expect("an outlet");
        let told = store.alone(&outlet, 100, None).expect("a page").rows.into_iter();
        let told = told.flat_map(|alone| alone.passages.into_iter().map(move |p| (alone.story, p)));
        let told: Vec<_> = told
            .map(|(story, told)| {
                let (article, words) = kept(store, &told);
                (story, article, words)
            })
            .collect();
        assert_eq!(row.alone as usize, told.len());
        assert_eq!(told.into_iter().collect::<Told>(), alone.remove(&outlet).unwrap_or_default());
        let left = store.left_out(&outlet, 100, None).expect("a page").rows;
        assert_eq!(row.left_out as usize, left.len());
        let left = left.into_iter().map(|left| {
            let (_, words) = kept(store, &left.claim);
            (left.story, left.by.article, words)
        });
        assert_eq!(left.collect::<Told>(), left_out.remove(&outlet).unwrap_or_default());
        let copied = store.copies(Some(&outlet), None, 100, None).expect("a page").rows;
        for (own, other) in copied.iter().flat_map(|copy| &copy.evidence) {
            assert_eq!(own.by.outlet, outlet);
            kept(store, own);
            kept(store, other);
        }
        let counted: u64 =
            store.copied_from(&outlet).expect("rows").iter().map(|row| row.articles).sum();
        assert_eq!((row.copied_from, copied.len() as u64), (counted, counted));
        let copied = copied.into_iter().map(|copy| (copy.by.article, copy.source)).collect();
        assert_eq!(copies.remove(&outlet).unwrap_or_default(), copied);
    }
}
