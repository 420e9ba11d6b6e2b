//! Whatever the text, spans stand on its characters and intervals are sound.

use proptest::prelude::*;
use rashomon_article::{Article, Block, BlockKind, Dimension, Document};

fn document(text: &str) -> Document {
    let mut article = Article { text: text.into(), ..Article::default() };
    article.blocks = article
        .text
        .lines()
        .filter(|line| !line.is_empty())
        .map(|span| Block { span, kind: BlockKind::Paragraph })
        .collect();
    let english = rashomon_language::english();
    let mut document = Document::new(article);
    document.tokens = rashomon_segment::tokens(&document, english);
    document.sentences = rashomon_segment::sentences(&document, english);
    document
}

fn check(text: &str) {
    let document = document(text);
    let quantities = rashomon_quantities::quantities(&document, rashomon_language::english());
    for quantity in &quantities {
        let whole = quantity.span;
        let inner = [Some(quantity.number), quantity.counted, quantity.role];
        for span in inner.into_iter().flatten().chain([whole]) {
            assert!(document.article.text.get(span).is_some_and(|words| !words.is_empty()));
            assert!(document.article.blocks.iter().any(|block| block.span.covers(span)));
        }
        assert!(whole.covers(quantity.number));
        assert!(quantity.min.is_finite() && quantity.max.is_finite());
        let score = quantity.dimension == Dimension::Score;
        assert!(score || quantity.min <= quantity.max, "{quantity:?}");
        assert!(quantity.unit.as_ref().is_none_or(|unit| unit.scale > 0.0));
        assert!(quantity.restated.as_ref().is_none_or(|other| whole.covers(other.span)));
    }
    assert!(quantities.windows(2).all(|pair| pair[0].span.end() <= pair[1].span.start()));
}

const WORDS: &str = "(the|of|more|than|at|least|15|15,000|12,50,000|3\\.5|½|1/2|\\.5|-|to|and|between|\
    from|\\$|US\\$|€|RM3\\.06mil|USD10m|million|bn|dozens|hundreds|thousand|a|half|third|two|\
    twenty|%|percent|points|km|miles|\\(|\\)|people|killed|rose|by|votes|year|old|aged|one|in|\
    five|99999999999999999999|per|day|F|22|°|C|,|Bell|minus|couple|é)";

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn words_of_number_in_any_order(words in prop::collection::vec(WORDS, 0..14), glue in "[ \\-]") {
        check(&words.join(&glue));
    }
}
