//! What holds for the names of any text whatever.

use proptest::prelude::*;
use rashomon_article::{Article, ArticleIndex, Block, BlockKind, Document, Story};
use rashomon_language::english;
use rashomon_text::Spanned;

/// The document of a text, each of its lines a paragraph.
fn document(text: &str) -> Document {
    let mut article = Article { text: text.into(), ..Default::default() };
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in article.text.as_str().split_inclusive('\n') {
        let span = rashomon_text::Span::new(start, start + line.trim_end_matches('\n').len());
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
    }
    article.blocks = blocks.into_iter().collect();
    let mut document = Document::new(article);
    document.tokens = rashomon_segment::tokens(&document, english());
    document.sentences = rashomon_segment::sentences(&document, english());
    (document.mentions, document.entities) = rashomon_names::mentions(&document, english());
    document
}

fn hold(text: &str) -> Result<(), TestCaseError> {
    let document = document(text);
    let text = document.article.text.as_str();
    let mut last = 0;
    for mention in &document.mentions {
        let span = mention.span();
        prop_assert!(span.start() >= last && span.end() > span.start());
        prop_assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()));
        prop_assert!(mention.entity.get() < document.entities.len());
        last = span.end();
    }
    for entity in &document.entities {
        prop_assert!(text.contains(&entity.name));
        prop_assert!(entity.roles.iter().all(|&role| !document.slice(role).is_empty()));
    }
    let mentions = document.mentions.len();
    described(&document)?;
    let other = document.clone();
    let story = Story { documents: vec![document, other], ..Story::default() };
    let joined = rashomon_names::join(&story, english());
    let named = |article: u32| -> usize {
        let of = |(at, _): &&(ArticleIndex, _)| at.0 == article;
        joined.iter().map(|entity| entity.members.iter().filter(of).count()).sum()
    };
    prop_assert_eq!(named(0), named(1));
    prop_assert!(named(0) <= mentions);
    Ok(())
}

/// What another report names is added as any other mention is.
fn described(document: &Document) -> Result<(), TestCaseError> {
    let named = self::document(
        "Ada Bell, the Norwegian foreign minister, met Omar Reyes, the union president.",
    );
    let mut story = Story { documents: vec![document.clone(), named], ..Story::default() };
    story.entities = rashomon_names::join(&story, english());
    let story = rashomon_names::with_descriptions(story, english());
    let document = &story.documents[0];
    let mut last = 0;
    for mention in &document.mentions {
        prop_assert!(mention.span.start() >= last && mention.span.end() > mention.span.start());
        prop_assert!(mention.entity.get() < document.entities.len());
        last = mention.span.end();
    }
    for entity in &story.entities {
        for passage in entity.roles.iter().flat_map(|role| &role.mentions) {
            prop_assert!(!story.slice(*passage).is_empty());
        }
    }
    Ok(())
}

#[test]
fn a_suffix_in_the_next_paragraph_is_found_once() {
    hold("Omar de Bell Jr,\nJr").expect("mentions do not overlap");
}

proptest! {
    #[test]
    fn any_unicode(text in "\\PC{0,200}") {
        hold(&text)?;
    }

    #[test]
    fn anything_with_lines(text in "(?s).{0,200}") {
        hold(&text)?;
    }

    /// Words and marks that the rules look for, in any order.
    #[test]
    fn news_in_disorder(words in proptest::collection::vec(
        prop::sample::select(WORDS), 0..60,
    ), glue in proptest::collection::vec(prop::sample::select(&[" ", " ", " ", "", "\n"][..]), 60)) {
        let text: String = words.iter().zip(&glue).map(|(word, glue)| format!("{word}{glue}")).collect();
        hold(&text)?;
    }
}

const WORDS: &[&str] = &[
    "Ada",
    "Bell",
    "Yusuf",
    "Youssef",
    "Harbour",
    "Union",
    "the",
    "The",
    "of",
    "and",
    "president",
    "President",
    "its",
    "director",
    "company",
    "which",
    "runs",
    "said",
    "told",
    "she",
    "He",
    "his",
    "him",
    ",",
    ".",
    "“",
    "”",
    "\"",
    "’s",
    "'s",
    "-",
    "(",
    ")",
    "NDU",
    "National",
    "Dockers",
    "Jr",
    "de",
    "van",
    "al",
    "Mr.",
    "Mrs.",
    "U.S.",
    "É",
    "İ",
    "ǅ",
    "ﬁ",
    "Ω",
    "中",
    "\u{301}",
    "12",
    "3rd",
    "woman",
    "an",
    "old",
    "minister",
    "for",
    "Trade",
    "Lusa",
    "Oslo",
    "&",
    "x",
    "J",
    "ß",
];
