/*!
Who shares text with whom: passages, copies, credited agencies, independent origins.

[`descent`] says which articles of a story come from one origin, and what ties them. It stands on the
[`PassageIndex`], which finds the passages that any two documents share and serves whoever else
needs shared words: near-duplicates, quotations that return elsewhere, candidates for claims.

```
use rashomon_article::{Article, Block, BlockKind, Document};
use rashomon_lineage::shared_passages;
use rashomon_text::{Layer, Text};

let read = |text: &str| {
    let text = Text::from(text);
    let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
    Document::new(Article { text, blocks, ..Article::default() })
};
let herald = read("The ferry struck the pier at dawn and sank within nine minutes, police said.");
let gazette = read("Police: “The ferry struck the pier at dawn, and sank within nine minutes.”");
let passages = shared_passages(&[&herald, &gazette]);
let words = gazette.slice(passages[0].b.span);
assert_eq!(words, "The ferry struck the pier at dawn, and sank within nine minutes");
assert_eq!(passages[0].similarity, 1.0);
```
*/

mod chain;
mod credit;
mod direction;
mod fingerprint;
mod grouping;
mod index;
mod kinship;
mod lineage;
mod memo;
#[cfg(test)]
mod oracle;
mod origin;
mod rewriting;
mod run;
mod speech;
mod telling;
mod words;

pub use index::{Overlap, PassageIndex, shared_passages};
pub use lineage::{Descent, descent, descent_with};
pub use memo::Memo;
