//! Texts as reports of one paragraph a line, with the layers that quantities are read from.

use rashomon_article::{Article, Block, BlockKind, Document};

pub fn document(text: &str) -> Document {
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
    document.times = rashomon_times::times(&document, english);
    document
}
