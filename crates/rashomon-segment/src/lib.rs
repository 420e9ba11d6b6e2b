/*!
Tokens and sentences of an article's prose.

Both are found in one pass over the blocks that are prose; bylines and furniture have none, and the
tokens of datelines and captions stand in a layer of their own. Time is linear in the text.

```
use rashomon_article::{Article, Block, BlockKind, Document};

let mut article = Article { text: "Mr. Bell paid $3.5 million. “Why?” he asked.".into(), ..Default::default() };
article.blocks = [Block { span: article.text.span(), kind: BlockKind::Paragraph }].into_iter().collect();
let document = Document::new(article);

let tokens = rashomon_segment::tokens(&document, rashomon_language::english());
let document = Document { tokens, ..document };
let sentences = rashomon_segment::sentences(&document, rashomon_language::english());
assert_eq!(document.slice(sentences[0].span), "Mr. Bell paid $3.5 million.");
assert_eq!(document.slice(sentences[1].span), "“Why?” he asked.");
```
*/

mod sentences;
mod tokens;

pub use sentences::sentences;
pub use tokens::{is_quotation_mark, margin, tokens};
