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
mod attribution;
mod cue;
mod marks;
mod merge;
mod naming;
mod nested;
mod proposition;
mod scope;
pub mod sequence;
mod speaker;
mod subject;
mod tag;
mod transcript;
mod words;

use rashomon_article::{Document, Quotation};
use rashomon_language::Language;
use rashomon_text::Layer;

use crate::cue::Report;
use crate::sequence::Model;
use crate::sequence::features::of_words;
use crate::words::Words;

pub use crate::scope::Scope;

/// The quotations of a report, as an editor would list them. Reads tokens, sentences, mentions and
/// entities.
pub fn quotations(document: &Document, language: &Language) -> Layer<Quotation> {
    quotations_in(document, language, Scope::Reported)
}

/// The quotations of a report, with a choice of how much counts as one.
pub fn quotations_in(document: &Document, language: &Language, scope: Scope) -> Layer<Quotation> {
    let model = Model::new(language.quotations.model, language.vectors);
    quotations_by(document, language, scope, model.as_ref())
}

/// The same with another model than that of the language, or with none: then only words in marks
/// are found. For measuring models.
pub fn quotations_by(
    document: &Document,
    language: &Language,
    scope: Scope,
    model: Option<&Model<'_>>,
) -> Layer<Quotation> {
    let quoted = marks::quoted(document, language);
    let mut words = Words::new(document, language, &quoted);
    let reports: Vec<Report> = (0..quoted.len()).map(|at| words.report(at)).collect();
    let drafts = assemble::drafts(&words, &reports);
    let mut attributions = Vec::new();
    if let Some(model) = model {
        words.learn_likelihood(model);
        let sequences = of_words(&words, &reports, |word| model.cue_likelihood(word));
        for (sequence, lattice) in sequences.iter().zip(model.lattices(&sequences)) {
            attributions.extend(attribution::attributions(&words, sequence, &lattice));
        }
    }
    let mut quotations = merge::merge(&words, drafts, attributions, &reports, scope);
    nested::tell(&words, &mut quotations, &reports);
    Layer::new(quotations)
}
