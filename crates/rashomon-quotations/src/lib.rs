/*!
Who said what: direct, mixed and indirect quotations with cue and speaker.

```
use rashomon_article::{Article, Block, BlockKind, Document};
use rashomon_language::english;

let text = "“We won,” the harbour master said, “at last.”";
let mut article = Article { text: text.into(), ..Default::default() };
article.blocks = [Block { span: article.text.span(), kind: BlockKind::Paragraph }].into_iter().collect();
let mut document = Document::new(article);
document.tokens = rashomon_segment::tokens(&document, english());
document.sentences = rashomon_segment::sentences(&document, english());

let quotations = rashomon_quotations::quotations(&document, english());
let content: Vec<&str> = quotations[0].content.iter().map(|&span| document.slice(span)).collect();
assert_eq!(content, ["We won,", "at last."]);
assert_eq!(quotations[0].speaker.as_ref().unwrap().name, "the harbour master");
```
*/

mod assemble;
mod cue;
mod marks;
mod subject;
mod words;

use rashomon_article::{Document, Quotation};
use rashomon_language::Language;
use rashomon_text::Layer;

/// The quotations of a report. Reads tokens, sentences, mentions and entities.
pub fn quotations(document: &Document, language: &Language) -> Layer<Quotation> {
    let quoted = marks::quoted(document, language);
    let words = words::Words::new(document, language, &quoted);
    Layer::new(assemble::assemble(&words))
}
