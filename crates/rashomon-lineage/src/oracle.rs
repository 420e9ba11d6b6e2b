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

/// Every maximal run of equal words, by comparing all with all.
fn oracle(a: &[u32], b: &[u32]) -> Vec<Run> {
    let mut runs = Vec::new();
    for x in 0..a.len() {
        for y in 0..b.len() {
            let len = a[x..].iter().zip(&b[y..]).take_while(|(a, b)| a == b).count();
            let maximal = x == 0 || y == 0 || a[x - 1] != b[y - 1];
            if maximal && len >= CERTAIN {
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
