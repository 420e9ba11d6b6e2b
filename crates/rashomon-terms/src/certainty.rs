use std::collections::HashMap;

use rashomon_article::{Certainty, Document, TokenKind};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::{Normaliser, Term, fold};

/// A word that tells how certain something is reaches over so many words of matter.
const REACH: usize = 2;
/// A denial is of the next words, and the denied word may stand behind what it is denied of: `no
/// final deal`.
const REACH_OF_DENIAL: usize = 3;

/// The words that tell how certain what follows is, by their normal form: `will`, `allegedly`.
#[derive(Default)]
pub struct Markers(HashMap<String, Certainty>);

impl Markers {
    /// Reads the language pack once.
    pub fn new(language: &Language) -> Markers {
        let normaliser = Normaliser::new(language);
        let senses = &language.senses;
        let mut markers = HashMap::new();
        // A word of two lists is of the later one.
        for (list, certainty) in [
            (senses.announcing, Certainty::Planned),
            (senses.expected, Certainty::Expected),
            (senses.hearsay, Certainty::Alleged),
            (senses.confirming, Certainty::Confirmed),
        ] {
            markers.extend(list.iter().map(|word| (normaliser.form(word), certainty)));
        }
        Markers(markers)
    }

    fn of(&self, document: &Document, term: &Term) -> Option<Certainty> {
        if term.negation {
            return Some(Certainty::Denied);
        }
        let certainty = *self.0.get(&term.form)?;
        // The month of May announces nothing.
        let dated = document.times.overlapping(term.span).next().is_some();
        (!dated).then_some(certainty)
    }
}

/// Which word governs the next ones, and how far it still reaches. Words of saying govern nothing:
/// `said that she will resign` is a plan, and `said that she resigned` is told.
pub struct Governor<'m> {
    markers: &'m Markers,
    governing: Option<(Certainty, usize)>,
    /// A participle that governs what follows only where an infinitive does: `expected to rise`,
    /// not `the expected rise`.
    participle: Option<Certainty>,
    end: usize,
}

impl<'m> Governor<'m> {
    /// Before the first word of a sentence.
    pub fn new(markers: &'m Markers) -> Governor<'m> {
        Governor { markers, governing: None, participle: None, end: 0 }
    }

    /// How certainly the next word in order is told: as the word that governs it says, or as a
    /// fact where it is a verb in the past; `None` where it does not tell by itself. Nothing
    /// reaches across a comma, a bracket or a quotation mark.
    pub fn next(
        &mut self,
        document: &Document,
        term: &Term,
        language: &Language,
    ) -> Option<Certainty> {
        let between = Span::new(self.end.min(term.span.start()), term.span.start());
        if document
            .tokens_in(between)
            .iter()
            .any(|token| matches!(token.kind, TokenKind::Mark | TokenKind::QuotationMark))
        {
            (self.governing, self.participle) = (None, None);
        }
        self.end = term.span.end();
        let word = fold(document.slice(term.span));
        if let Some(participle) = self.participle.take()
            && word == language.senses.infinitive
        {
            self.governing = Some((participle, REACH));
            return None;
        }
        let is_past = || {
            let irregular = language.words.irregular_lemma(&word);
            language.senses.is_past(&word) || irregular.is_some_and(|lemma| lemma != word)
        };
        if let Some(certainty) = self.markers.of(document, term) {
            if certainty == Certainty::Denied {
                self.governing = Some((certainty, REACH_OF_DENIAL));
            } else if is_past() {
                self.participle = Some(certainty);
            } else {
                self.governing = Some((certainty, REACH));
            }
            return None;
        }
        if term.function_word {
            return None;
        }
        if let Some((certainty, reach)) = self.governing {
            self.governing = (reach > 1).then_some((certainty, reach - 1));
            return Some(certainty);
        }
        let says = language.segmentation.saying.binary_search(&word.as_str()).is_ok();
        (!says && is_past()).then_some(Certainty::Told)
    }
}
