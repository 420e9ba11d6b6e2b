/*!
Words in the form in which they compare, each with its weight.

Whoever asks whether two stretches of text say the same compares [`terms`]: one for each word or
number, with its exact span, its [normal form](normal_form) (case, accents, apostrophes and
inflection folded) and the weight that the word carries in news at large. Contractions count as
the words that they stand for, so that `didn’t` is a denial like `did not`.

```
use rashomon_article::{Article, Block, BlockKind, Document};
use rashomon_text::{Layer, Text};

let english = rashomon_language::english();
let text = Text::new("She didn’t sign the treaties.");
let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
let mut document = Document::new(Article { text, blocks, ..Article::default() });
document.tokens = rashomon_segment::tokens(&document, english);

let terms = rashomon_terms::terms(&document, document.article.text.span(), english);
let forms: Vec<&str> = terms.iter().map(|term| term.form.as_str()).collect();
assert_eq!(forms, ["she", "do", "not", "sign", "the", "treati"]);
assert!(terms[2].negation && !terms[3].function_word && terms[5].idf > terms[3].idf);
```
*/

mod certainty;
mod clauses;
mod form;
mod kept;
mod lexicon;
mod reader;
mod reading;
mod sense;
mod term;
mod units;

pub use clauses::clauses;
pub use form::{Normaliser, fold, normal_form};
pub use kept::{Kept, Numbers, Pairs, Stamp};
pub use lexicon::{Lexeme, Lexicon, Occurrence};
pub use reader::UnitReader;
pub use sense::SenseIndex;
pub use term::{Term, terms};
pub use units::{Feature, Unit, Units};
