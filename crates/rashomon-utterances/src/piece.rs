use rashomon_article::{
    ArticleIndex, Document, MentionForm, Quotation, QuotationKind, Story, TokenKind,
};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::speaker::Speakers;
use crate::word::{Vocabulary, Word};

/// What is compared: a sentence of a quotation, or the part of one that stands between
/// quotation marks.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// In which report.
    pub article: ArticleIndex,
    /// The index in the layer of quotations.
    pub quotation: usize,
    /// The index of the last content span of the quotation that it lies in.
    pub content: usize,
    /// From its first to its last word.
    pub span: Span,
    /// The words; several spans where a cue stands in the middle of a sentence.
    pub parts: Vec<Span>,
    /// How the report gives them.
    pub kind: QuotationKind,
    /// Whether they stand in quotation marks.
    pub quoted: bool,
    /// Who says them, by the number in [`Speakers`].
    pub speaker: Option<usize>,
    /// Whether the report names the speaker beside the words, rather than `she` or a role.
    pub named: bool,
    /// The words as they compare.
    pub words: Vec<Word>,
}

/// All pieces of a story, in the order of the articles and of the text.
pub(crate) fn pieces(
    story: &Story,
    vocabulary: &Vocabulary<'_, '_>,
    speakers: &mut Speakers,
    language: &Language,
) -> Vec<Piece> {
    let mut found = Vec::new();
    for article in story.articles() {
        let document = story.document(article);
        for (at, quotation) in document.quotations.iter().enumerate() {
            let speaker = speakers.of(story, vocabulary, language, article, quotation);
            let named = is_named(document, quotation);
            for (content, &whole) in quotation.content.iter().enumerate() {
                for (part, in_marks) in parts(document, whole, quotation.kind) {
                    for span in sentences(document, part) {
                        let words = vocabulary.words(article, span, in_marks);
                        if words.is_empty() {
                            continue;
                        }
                        let piece = Piece {
                            article,
                            quotation: at,
                            content,
                            span,
                            parts: vec![span],
                            kind: kind(quotation.kind, in_marks),
                            quoted: in_marks,
                            speaker,
                            named,
                            words,
                        };
                        match found.last_mut() {
                            Some(last) if goes_on(document, last, &piece) => last.extend(piece),
                            _ => found.push(piece),
                        }
                    }
                }
            }
        }
    }
    found
}

/// Whether a name stands among the words that tell who speaks.
fn is_named(document: &Document, quotation: &Quotation) -> bool {
    let Some(speaker) = &quotation.speaker else { return false };
    speaker.spans.iter().any(|&span| {
        document
            .mentions
            .overlapping(span)
            .any(|mention| mention.form == MentionForm::Name && span.covers(mention.span))
    })
}

impl Piece {
    /// The index of the content span of the quotation that it begins in.
    pub fn first_content(&self) -> usize {
        self.content + 1 - self.parts.len()
    }

    /// Adds the rest of the sentence.
    fn extend(&mut self, rest: Piece) {
        self.content = rest.content;
        self.span = self.span.hull(rest.span);
        self.parts.extend(rest.parts);
        self.words.extend(rest.words);
    }
}

/// Whether a cue stands in the middle of a sentence: `“We left,” she said, “because we had to.”`
fn goes_on(document: &Document, piece: &Piece, next: &Piece) -> bool {
    let same = piece.article == next.article && piece.quotation == next.quotation;
    let text = document.article.text.as_str();
    same && piece.content + 1 == next.content
        && piece.quoted
        && next.quoted
        && document.slice(next.span).starts_with(char::is_lowercase)
        && !document.slice(piece.span).ends_with(['.', '!', '?'])
        && !text[piece.span.end()..next.span.start()].contains(". ")
}

/// How a part is reported whose quotation is reported in a way.
fn kind(whole: QuotationKind, in_marks: bool) -> QuotationKind {
    match (whole, in_marks) {
        (QuotationKind::Direct, _) => QuotationKind::Direct,
        (_, true) => QuotationKind::Mixed,
        (_, false) => QuotationKind::Indirect,
    }
}

/// The parts of a content span inside and outside quotation marks.
fn parts(document: &Document, whole: Span, kind: QuotationKind) -> Vec<(Span, bool)> {
    if kind == QuotationKind::Direct {
        return vec![(whole, true)];
    }
    let mut in_marks = kind == QuotationKind::Mixed && after_opening_mark(document, whole);
    let mut parts = Vec::new();
    let mut start = whole.start();
    for token in document.tokens_in(whole) {
        if token.kind == TokenKind::QuotationMark && !is_single(document.slice(token.span)) {
            parts.push((Span::new(start, token.span.start()), in_marks));
            in_marks = !in_marks;
            start = token.span.end();
        }
    }
    parts.push((Span::new(start, whole.end()), in_marks));
    parts
        .into_iter()
        .map(|(span, in_marks)| (document.article.text.trim(span), in_marks))
        .filter(|(span, _)| !span.is_empty())
        .collect()
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "’" | "‘" | "`" | "‚" | "‛")
}

/// Whether a quotation mark stands right before a span: then it begins inside the marks.
fn after_opening_mark(document: &Document, span: Span) -> bool {
    let before = &document.article.text.as_str()[..span.start()];
    before.chars().next_back().is_some_and(|c| {
        matches!(c, '“' | '„' | '"' | '«' | '‘' | '\'' | '»' | '”' | '‹' | '`' | '‟')
    })
}

/// The sentences of a stretch of speech; a semicolon ends one, as transcribers choose freely
/// between it and a full stop.
fn sentences(document: &Document, part: Span) -> Vec<Span> {
    let mut cuts = Vec::new();
    for at in document.sentences.starting_in(part) {
        cuts.push(document.sentences[at].span.start());
    }
    for token in document.tokens_in(part) {
        if token.kind == TokenKind::Mark && document.slice(token.span) == ";" {
            cuts.push(token.span.end());
        }
    }
    cuts.sort_unstable();
    let mut found = Vec::new();
    let mut start = part.start();
    for cut in cuts.into_iter().chain([part.end()]) {
        let span = tidy(document, Span::new(start, cut));
        if !span.is_empty() {
            found.push(span);
        }
        start = cut;
    }
    found
}

/// A span without white space and quotation marks at its ends.
fn tidy(document: &Document, span: Span) -> Span {
    let words = document.slice(span);
    let outside = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '«' | '»' | '„');
    let left = words.len() - words.trim_start_matches(outside).len();
    let kept = words.trim_matches(outside).len();
    Span::new(span.start() + left, span.start() + left + kept)
}
