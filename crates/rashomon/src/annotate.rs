use rashomon_article::Document;
use rashomon_language::Language;

/// Fills the layers of a document that was read: tokens, sentences, names, times, quotations,
/// quantities. A pure function of the article.
pub fn annotate(mut document: Document, language: &Language) -> Document {
    document.tokens = rashomon_segment::tokens(&document, language);
    document.margin = rashomon_segment::margin(&document, language);
    document.sentences = rashomon_segment::sentences(&document, language);
    (document.mentions, document.entities) = rashomon_names::mentions(&document, language);
    document.times = rashomon_times::times(&document, language);
    document.quotations = rashomon_quotations::quotations(&document, language);
    document.quantities = rashomon_quantities::quantities(&document, language);
    document
}
