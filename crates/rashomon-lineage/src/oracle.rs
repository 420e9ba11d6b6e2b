//! The index held to a naive oracle, and to what it promises.

use proptest::prelude::*;
use rashomon_article::{Article, Block, BlockKind, Document, Evidence};
use rashomon_text::{Layer, Text};

use crate::fingerprint::CERTAIN;
use crate::index::FIRST;
use crate::run::Run;
use crate::{PassageIndex, shared_passages};

fn document(text: &str) -> Document {
    let text = Text::from(text);
    let blocks: Layer<Block> = text
        .lines()
        .map(|span| Block { span: text.trim(span), kind: BlockKind::Paragraph })
        .filter(|block| !block.span.is_empty())
        .collect();
    Document::new(Article { text, blocks, ..Article::default() })
}

/// Every maximal run of eight equal words or more, by comparing all with all.
fn oracle(a: &[u32], b: &[u32]) -> Vec<Run> {
    oracle_of(a, b, CERTAIN)
}

/// Every maximal run of so many equal words or more.
fn oracle_of(a: &[u32], b: &[u32], certain: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    for x in 0..a.len() {
        for y in 0..b.len() {
            let len = a[x..].iter().zip(&b[y..]).take_while(|(a, b)| a == b).count();
            let maximal = x == 0 || y == 0 || a[x - 1] != b[y - 1];
            if maximal && len >= certain {
                runs.push(Run { a: x, b: y, len });
            }
        }
    }
    runs.sort_unstable();
    runs
}

fn text(words: &[u8]) -> String {
    words.iter().map(|word| format!("w{word} ")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_long_run_is_found(
        shared in prop::collection::vec(0_u8..40, 8..40),
        before in prop::collection::vec(0_u8..40, 0..30),
        after in prop::collection::vec(0_u8..40, 0..30),
        other in prop::collection::vec(0_u8..40, 0..60),
        cut in 0_usize..60,
    ) {
        let a = [before, shared.clone(), after].concat();
        let cut = cut.min(other.len());
        let b = [&other[..cut], &shared, &other[cut..]].concat();
        let (a, b) = (document(&text(&a)), document(&text(&b)));
        let index = PassageIndex::new(&[&a, &b]);
        let long: Vec<Run> =
            index.runs_of(0, 1).into_iter().filter(|run| run.len >= CERTAIN).collect();
        prop_assert_eq!(&long, &oracle(&index.row(0).keys, &index.row(1).keys));
        let overlaps = index.overlaps();
        prop_assert_eq!(overlaps.len(), 1);
        for run in long {
            let covers = |evidence: &Evidence| {
                let span = evidence.a.span;
                span.covers(index.row(0).span(run.a..run.a_end()))
            };
            prop_assert!(overlaps[0].passages.iter().any(covers));
        }
    }

    #[test]
    fn any_texts_give_spans_that_fit(a in "(\\PC|[ \n\"“”]){0,80}", b in "(\\PC| ){0,40}") {
        let (x, y) = (document(&format!("{a} {b}")), document(&format!("{b}{a}")));
        for passage in shared_passages(&[&x, &y]) {
            prop_assert!(!x.slice(passage.a.span).is_empty());
            prop_assert!(!y.slice(passage.b.span).is_empty());
            prop_assert!((0.0..=1.0).contains(&passage.similarity));
        }
    }
}

#[test]
fn case_accents_marks_and_paragraphs_do_not_count() {
    let a = document("The MAYOR’s café-bar on Harbour Street opens\nagain at nine.");
    let b = document("“the mayor's cafe bar, on Harbour Street, opens again at nine”");
    let passages = shared_passages(&[&a, &b]);
    assert_eq!(passages.len(), 1);
    assert_eq!(a.slice(passages[0].a.span), a.article.text.as_str().trim_end_matches('.'));
    assert_eq!(passages[0].similarity, 1.0);
}

#[test]
fn speech_is_told_apart() {
    let said = "“We shall open the old bridge again before the first snow of the winter falls,”";
    let a = document(&format!("{said} the mayor promised."));
    let b = document(&format!("To applause she told them: {said}."));
    let index = PassageIndex::new(&[&a, &b]);
    let overlap = &index.overlaps()[0];
    assert_eq!((overlap.equal_words, overlap.equal_prose), (15, 0));
}

#[test]
fn a_text_that_hundreds_print_stays_cheap() {
    let words: String = (0..400).map(|word| format!("word{word} ")).collect();
    let documents: Vec<Document> = (0..300).map(|_| document(&words)).collect();
    let views: Vec<&Document> = documents.iter().collect();
    let overlaps = PassageIndex::new(&views).overlaps();
    assert!(overlaps.len() < 300 * (FIRST + 2));
    assert!((1..300).all(|at| overlaps.iter().any(|o| o.b.get() == at)));
}

/// A light edit of a text: what is done to the word at a place.
#[derive(Clone, Debug)]
enum Edit {
    Replace(usize, u8),
    Insert(usize, u8),
    Delete(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let word = 40_u8..60;
    let edit = prop_oneof![
        (0_usize..100, word.clone()).prop_map(|(at, word)| Edit::Replace(at, word)),
        (0_usize..100, word).prop_map(|(at, word)| Edit::Insert(at, word)),
        (0_usize..100).prop_map(Edit::Delete),
    ];
    prop::collection::vec(edit, 0..8)
}

/// The edited words.
fn edited(words: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut words = words.to_vec();
    for edit in edits {
        let at = |place: usize| place * words.len() / 100;
        match *edit {
            Edit::Replace(place, word) => {
                let at = at(place);
                words[at] = word;
            }
            Edit::Insert(place, word) => {
                let at = at(place);
                words.insert(at, word);
            }
            Edit::Delete(place) => {
                let at = at(place);
                words.remove(at);
            }
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is edited in a copy, each run of eight words that is left lies in a passage of
    /// both texts, with the very words; runs of five where the index is asked for them.
    #[test]
    fn a_lightly_edited_copy_is_found(
        words in prop::collection::vec(0_u8..250, 30..100),
        edits in edits(),
        certain in prop::sample::select(vec![5_usize, 6, 8]),
    ) {
        let copy = edited(&words, &edits);
        let (a, b) = (document(&text(&words)), document(&text(&copy)));
        let index = PassageIndex::with_certain(&[&a, &b], certain);
        let overlaps = index.overlaps();
        let passages = overlaps.iter().flat_map(|overlap| &overlap.passages);
        let passages: Vec<&Evidence> = passages.collect();
        let (keys_a, keys_b) = (&index.row(0).keys, &index.row(1).keys);
        for run in oracle_of(keys_a, keys_b, certain) {
            let span_a = index.row(0).span(run.a..run.a_end());
            let span_b = index.row(1).span(run.b..run.b_end());
            prop_assert!(passages.iter().any(|p| p.a.span.covers(span_a)));
            prop_assert!(passages.iter().any(|p| p.b.span.covers(span_b)));
        }
        // Edits far apart do not part a passage: what they leave is found as one.
        if certain == 8 && edits.len() <= 2 {
            let longest = passages.iter().map(|p| p.a.span.len()).max().unwrap_or(0);
            prop_assert!(longest * 4 >= a.article.text.as_str().trim().len() * 3);
        }
    }
}
