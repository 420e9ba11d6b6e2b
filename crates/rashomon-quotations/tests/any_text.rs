//! Any text at all gives quotations that point into it, in order, without panic.

use proptest::prelude::*;
use rashomon_article::{Article, Block, BlockKind, Document, Quotation};
use rashomon_language::english;
use rashomon_text::Layer;

const PIECES: [&str; 62] = [
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "‚",
    "‟",
    "‛",
    "`",
    "``",
    "''",
    " ",
    " ",
    " ",
    " ",
    "\n",
    ",",
    ".",
    "?",
    "!",
    ":",
    ";",
    "—",
    "-",
    "(",
    ")",
    "…",
    "said",
    "told",
    "Ada Bell",
    "she",
    "who",
    "that",
    "according to",
    "the minister",
    "called",
    "had",
    "was",
    "read",
    "so-called",
    "players",
    "to",
    "and",
    "90s",
    "6",
    "’90s",
    "em",
    "б",
    "Он сказал",
    "д’",
    "മഴ",
    "🙂",
    "日本",
    "\u{301}",
    "\u{200d}",
    "ß",
];

fn read(text: &str) -> Document {
    let mut article = Article { text: text.into(), ..Article::default() };
    let lines = article.text.lines().filter(|line| !line.is_empty());
    article.blocks = lines.map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
    let mut document = Document::new(article);
    document.tokens = rashomon_segment::tokens(&document, english());
    document.sentences = rashomon_segment::sentences(&document, english());
    document
}

/// Double marks at an end of the words stand there only in pairs, as part of what is said.
fn has_loose_mark(words: &str) -> bool {
    let is_mark = |c: char| "\"“”„‟«»".contains(c);
    let ends = words.starts_with(is_mark) || words.ends_with(is_mark);
    ends && words.chars().filter(|&c| is_mark(c)).count() % 2 == 1
}

fn hold(text: &str) {
    let document = read(text);
    let found: Layer<Quotation> = rashomon_quotations::quotations(&document, english());
    for quotation in &found {
        assert!(!quotation.content.is_empty(), "{text:?}");
        let (first, last) = (quotation.content[0], quotation.content[quotation.content.len() - 1]);
        assert_eq!((quotation.span.start(), quotation.span.end()), (first.start(), last.end()));
        for pair in quotation.content.windows(2) {
            assert!(pair[0].end() <= pair[1].start(), "{text:?}: {quotation:?}");
        }
        for &span in &quotation.content {
            let words = document.article.text.as_str().get(span.range());
            let words = words.expect("a content is a span of the text");
            assert!(words.chars().any(char::is_alphanumeric), "{text:?}: {words:?}");
            assert_eq!(words, words.trim(), "{text:?}");
            assert!(!has_loose_mark(words), "{text:?}: {words:?}");
        }
        let speaker = quotation.speaker.iter().flat_map(|speaker| &speaker.spans);
        for span in quotation.cue.iter().chain(speaker) {
            assert!(document.article.text.as_str().get(span.range()).is_some(), "{text:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_reports(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        hold(&pieces.concat());
    }

    #[test]
    fn any_text(text in "\\PC{0,60}") {
        hold(&text);
    }
}

#[test]
fn elisions_in_every_script() {
    for text in ["’дд", "'മഴ 'മ", "‘2é", "’9", "'", "‘", "“’"] {
        hold(text);
    }
}
