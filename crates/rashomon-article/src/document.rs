use rashomon_text::{Layer, Span};

use crate::{
    Article, Diagnostic, Entity, Mention, Quantity, Quotation, Sentence, TimeExpression, Token,
};

/// An article with the layers of findings beside it.
///
/// Layers are filled in this order, each from the ones before: tokens and sentences, mentions
/// and entities, times, quotations, quantities. A layer that is not there yet is empty.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The report, frozen.
    pub article: Article,
    /// Words, numbers and marks of the prose blocks.
    pub tokens: Layer<Token>,
    /// Words, numbers and marks of datelines and captions, in which only dates are read.
    pub margin: Layer<Token>,
    /// Sentences of the prose blocks.
    pub sentences: Layer<Sentence>,
    /// Names.
    pub mentions: Layer<Mention>,
    /// Who and what the names of this report name; mentions point here by index.
    pub entities: Vec<Entity>,
    /// Dates, times, durations.
    pub times: Layer<TimeExpression>,
    /// Numbers, money, measures, counts.
    pub quantities: Layer<Quantity>,
    /// Who said what.
    pub quotations: Layer<Quotation>,
    /// What a careful reader should know beside the findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// A document without findings.
    pub fn new(article: Article) -> Document {
        Document { article, ..Document::default() }
    }

    /// The exact words of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.article.text.slice(span)
    }

    /// The tokens that lie inside a span.
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let range = self.tokens.starting_in(span);
        let mut tokens = &self.tokens[range];
        while let Some((last, before)) = tokens.split_last()
            && last.span.end() > span.end()
        {
            tokens = before;
        }
        tokens
    }

    /// The tokens of a sentence.
    pub fn sentence_tokens(&self, sentence: &Sentence) -> &[Token] {
        self.tokens_in(sentence.span)
    }

    /// The index of the sentence that covers a byte offset.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start() <= offset);
        let last = after.checked_sub(1)?;
        self.sentences[last].span.contains(offset).then_some(last)
    }
}
