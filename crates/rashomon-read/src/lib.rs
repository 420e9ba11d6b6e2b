/*!
Bytes of plain text, HTML and JSON Lines read into articles.

[`read`] takes the bytes of one input and its name, finds out what it is, and gives the articles
in it with diagnostics about what was left out. It opens no file.
*/

use rashomon_article::{Article, Block, BlockKind, Diagnostic, Document};
use rashomon_language::Language;
use rashomon_text::{Layer, Text};

/// What reading is told.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// The most bytes that one input may have; a larger one is skipped with a diagnostic.
    pub max_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { max_bytes: 64 << 20 }
    }
}

/// What one input held.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The articles, without findings yet; each carries the diagnostics about itself.
    pub documents: Vec<Document>,
    /// Diagnostics about the input: what was skipped, and why.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads one input.
pub fn read(name: &str, bytes: &[u8], _options: &ReadOptions, language: &Language) -> Reading {
    let text = String::from_utf8_lossy(bytes).into_owned();
    Reading { documents: vec![read_plain(name, &text, language)], diagnostics: Vec::new() }
}

/// Reads one plain text.
pub fn read_plain(name: &str, text: &str, _language: &Language) -> Document {
    let text = Text::from(text);
    let blocks: Layer<Block> = text
        .lines()
        .map(|line| text.trim(line))
        .filter(|line| !line.is_empty())
        .map(|span| Block { span, kind: BlockKind::Paragraph })
        .collect();
    Document::new(Article {
        id: name.to_owned(),
        source: Some(name.to_owned()),
        text,
        blocks,
        ..Article::default()
    })
}
