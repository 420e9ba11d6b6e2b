//! Whatever the text, spans stand on its characters and days are in order.

use proptest::prelude::*;
use rashomon_article::{Article, Block, BlockKind, Document, Published};

fn document(text: &str) -> Document {
    let mut article = Article { text: text.into(), ..Article::default() };
    article.published = Some(Published::Day(jiff::civil::date(2026, 3, 2)));
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
    for time in &rashomon_times::times(&document, rashomon_language::english()) {
        assert!(document.article.text.get(time.span).is_some_and(|words| !words.is_empty()));
        assert!(document.article.blocks.iter().any(|block| block.span.covers(time.span)));
        assert!(time.days.is_none_or(|days| days.first <= days.last), "{time:?}");
    }
}

const WORDS: &str = "(the|of|on|in|last|next|May|March|31|2024|1915-17|480|BC|BC|0|9999|99999|\
    Friday|night|early|end|three|and|a|half|years|year|ago|later|century|19th|1990s|every|day|\
    week|this|that|decade|,|-|to|9:30|p\\.m\\.|2025-08-15|30/02/2024|spring|million|few|\u{c9}t\u{e9})";

proptest! {
    #[test]
    fn any_text(text in "\\PC{0,80}") {
        check(&text);
    }

    #[test]
    fn words_of_time_in_any_order(words in prop::collection::vec(WORDS, 0..14), glue in "[ \\-]") {
        check(&words.join(&glue));
    }
}
