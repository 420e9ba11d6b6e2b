//! The tokens of a report, and which of them stand in quotation marks.

use std::ops::Range;

use rashomon_article::{Document, EntityIndex, MentionForm, Token, TokenKind};
use rashomon_language::{Language, Quotations, word_key};
use rashomon_text::Span;

use crate::marks::Quoted;
use crate::sequence::Model;

/// Whether a sorted list of the language pack holds a word in lower case.
pub(crate) fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// A gender from a table of names, where it is one and not both.
fn one_gender(value: &str) -> Option<char> {
    let mut letters = value.chars();
    let first = letters.next()?;
    letters.next().is_none().then_some(first)
}

/// The tokens of a report with their forms in lower case.
pub(crate) struct Words<'d> {
    pub document: &'d Document,
    pub pack: &'d Quotations,
    language: &'d Language,
    pub quoted: &'d [Quoted],
    lower: Vec<String>,
    /// For each token the index of the quoted words that it belongs to, marks included.
    inside: Vec<Option<u32>>,
    /// Whether each token is a part of a name.
    in_name: Vec<bool>,
    /// How likely each token is to be a cue; empty without a model.
    pub likelihood: Vec<u8>,
}

impl<'d> Words<'d> {
    pub(crate) fn new(
        document: &'d Document,
        language: &'d Language,
        quoted: &'d [Quoted],
    ) -> Self {
        let tokens = &document.tokens;
        let lower = tokens.iter().map(|t| document.slice(t.span).to_lowercase()).collect();
        let mut inside = vec![None; tokens.len()];
        for (at, words) in quoted.iter().enumerate() {
            for token in tokens.starting_in(words.outer) {
                inside[token] = Some(at as u32);
            }
        }
        let mut in_name = vec![false; tokens.len()];
        for mention in document.mentions.iter().filter(|m| m.form == MentionForm::Name) {
            in_name[tokens.starting_in(mention.span)].fill(true);
        }
        Words {
            document,
            pack: &language.quotations,
            language,
            quoted,
            lower,
            inside,
            in_name,
            likelihood: Vec::new(),
        }
    }

    /// Looks up how likely each token is to be a cue.
    pub(crate) fn learn_likelihood(&mut self, model: &Model<'_>) {
        self.likelihood =
            self.lower.iter().map(|word| model.cue_likelihood(word_key(word))).collect();
    }

    pub(crate) fn token(&self, at: usize) -> &Token {
        &self.document.tokens[at]
    }

    pub(crate) fn text(&self, at: usize) -> &'d str {
        self.document.slice(self.document.tokens[at].span)
    }

    /// The form in lower case.
    pub(crate) fn lower(&self, at: usize) -> &str {
        &self.lower[at]
    }

    pub(crate) fn is_outside(&self, at: usize) -> bool {
        self.inside[at].is_none()
    }

    /// The index of the quoted words that a token belongs to, marks included.
    pub(crate) fn quoted_at(&self, at: usize) -> Option<usize> {
        self.inside[at].map(|at| at as usize)
    }

    pub(crate) fn is_word(&self, at: usize) -> bool {
        self.token(at).kind == TokenKind::Word
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.text(at).starts_with(char::is_uppercase)
    }

    /// The tokens that start inside a span.
    pub(crate) fn range(&self, span: Span) -> Range<usize> {
        self.document.tokens.starting_in(span)
    }

    /// From the first to the last byte of some tokens.
    pub(crate) fn span(&self, tokens: &Range<usize>) -> Span {
        Span::new(self.token(tokens.start).span.start(), self.token(tokens.end - 1).span.end())
    }

    /// The tokens of the sentence that holds a byte.
    pub(crate) fn sentence(&self, byte: usize) -> Option<Range<usize>> {
        let sentence = self.document.sentence_at(byte)?;
        Some(self.range(self.document.sentences[sentence].span))
    }

    pub(crate) fn block_start(&self, byte: usize) -> usize {
        self.document.article.block_at(byte).map_or(byte, |block| block.span.start())
    }

    /// Whether two tokens touch.
    pub(crate) fn is_glued(&self, at: usize) -> bool {
        at > 0
            && at < self.document.tokens.len()
            && self.token(at - 1).span.end() == self.token(at).span.start()
    }

    /// A verb form that reports words, and not a noun of the same form.
    pub(crate) fn is_saying(&self, at: usize) -> bool {
        has(self.pack.saying, self.lower(at)) && self.is_verb(at)
    }

    /// A verb form that takes a fragment of words, and not a noun of the same form.
    pub(crate) fn is_framing(&self, at: usize) -> bool {
        has(self.pack.framing, self.lower(at)) && self.is_verb(at)
    }

    fn is_verb(&self, at: usize) -> bool {
        if !self.is_word(at) || !self.is_outside(at) || self.is_named(at) {
            return false;
        }
        if self.is_capital(at) && has(self.pack.nouns_too, self.lower(at)) {
            // `State Senator Ada Bell`
            return false;
        }
        let Some(before) = at.checked_sub(1).filter(|&before| self.is_outside(before)) else {
            return true;
        };
        let word = self.lower(before);
        if self.token(before).kind == TokenKind::Clitic && word.ends_with('s') {
            // `Bell’s claim`, `she’s said`.
            return before > 0 && has(self.pack.pronouns, self.lower(before - 1));
        }
        let nominal = has(self.pack.determiners, word) && !has(self.pack.relatives, word)
            || has(self.pack.possessives, word)
            || has(self.pack.prepositions, word) && !self.is_participle(at);
        if nominal && !has(self.pack.nouns_too, self.lower(at)) {
            // `the said man`, `in reported remarks`: no cue.
            return false;
        }
        let object = has(self.pack.saying, word) && self.is_word(before);
        !(nominal || object) || !has(self.pack.nouns_too, self.lower(at))
    }

    pub(crate) fn in_name(&self, at: usize) -> bool {
        self.in_name[at]
    }

    /// A part of a name: `Read` in `Ian Read said`, `State` in `the State Department`.
    pub(crate) fn is_named(&self, at: usize) -> bool {
        self.in_name[at] && self.is_capital(at)
    }

    /// A noun for somebody who may speak: `official`, `daughters`, `ministry`.
    pub(crate) fn is_speaking_noun(&self, at: usize) -> bool {
        let word = self.lower(at);
        let one_of = |ending: &&str| {
            word.strip_suffix(ending).is_some_and(|stem| self.is_speaking_word(stem))
        };
        self.is_speaking_word(word) || self.pack.plural_endings.iter().any(one_of)
    }

    /// Whether a word in lower case stands for one who may speak.
    pub(crate) fn is_speaking_word(&self, word: &str) -> bool {
        let names = &self.language.names;
        has(self.pack.speaking_nouns, word)
            || names.person_nouns.contains(word)
            || names.somebody.contains(word)
            || names.organisation_nouns.contains(word)
    }

    /// `m` or `f`, where a pronoun tells.
    pub(crate) fn gender_of_pronoun(&self, at: usize) -> Option<char> {
        one_gender(self.language.names.pronouns.get(self.lower(at))?)
    }

    /// `m` or `f`, where the given name or a title of a person tells.
    pub(crate) fn gender(&self, entity: EntityIndex) -> Option<char> {
        let names = &self.language.names;
        let entity = &self.document.entities[entity.get()];
        let given = entity.name.split_whitespace().next().map(str::to_lowercase);
        let given = given.filter(|_| entity.name.contains(' '));
        let by_name = given.and_then(|given| one_gender(names.given.get(&given)?));
        by_name.or_else(|| {
            entity.roles.iter().find_map(|&role| {
                let role = self.document.slice(role).to_lowercase();
                let last = role.split_whitespace().next_back()?;
                one_gender(names.titles.get(last)?)
            })
        })
    }

    /// A title that stands before a name: `President`, `Sen.`
    pub(crate) fn is_title_word(&self, at: usize) -> bool {
        let names = &self.language.names;
        let word = self.lower(at);
        names.titles.contains(word)
            || names.ambiguous_titles.contains(word)
            || names.title_modifiers.contains(word)
    }

    /// A form that tells of something past: `riffed`, `shot`.
    pub(crate) fn is_past(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.is_word(at)
            && self.is_outside(at)
            && !self.is_capital(at)
            && (self.pack.past_endings.iter().any(|ending| word.ends_with(ending))
                || self.is_irregular(word) && !self.is_function_word(at))
    }

    /// Whether some tokens hold a word by which somebody says, thinks or wants something.
    pub(crate) fn is_reporting(&self, cue: &Range<usize>) -> bool {
        cue.clone().any(|at| self.likelihood.get(at).is_some_and(|&step| step > 0))
    }

    /// Whether what a cue tells is a seeming or a striving, by which nothing is uttered.
    pub(crate) fn is_unuttered(&self, cue: &Range<usize>) -> bool {
        let striving = cue.clone().any(|at| has(self.pack.unuttered, self.lower(at)));
        striving && !cue.clone().any(|at| has(self.pack.saying, self.lower(at)))
    }

    /// A form that borrows the subject of its clause: `adding`.
    pub(crate) fn is_participle(&self, at: usize) -> bool {
        self.pack.participle_endings.iter().any(|ending| self.lower(at).ends_with(ending))
    }

    /// An auxiliary or adverb that may stand between a subject and its verb.
    pub(crate) fn is_skipped(&self, at: usize) -> bool {
        let word = self.lower(at);
        self.is_outside(at)
            && !self.is_named(at)
            && (has(self.pack.skipped, word)
                || self.token(at).kind == TokenKind::Clitic && !word.ends_with('s')
                || self.is_word(at)
                    && !self.is_capital(at)
                    && word.len() > 4
                    && self.pack.adverb_endings.iter().any(|ending| word.ends_with(ending))
                    && !has(self.pack.false_adverbs, word))
    }

    /// A part of a phrase of time: `on Friday`; not `former` in `the former minister`.
    pub(crate) fn is_time_word(&self, at: usize) -> bool {
        let byte = self.token(at).span;
        let mut times = self.document.times.overlapping(byte);
        times.next().is_some_and(|time| !time.value.ends_with("_REF"))
    }

    pub(crate) fn is_function_word(&self, at: usize) -> bool {
        self.language.words.is_function_word(self.lower(at))
    }

    /// A form such as `went`, which tells a verb from a noun.
    pub(crate) fn is_irregular(&self, word: &str) -> bool {
        self.language.words.irregular_lemma(word).is_some()
    }

    pub(crate) fn is_abbreviation(&self, at: usize) -> bool {
        let word = self.lower(at);
        let pack = &self.language.segmentation;
        has(pack.abbreviations, word) || self.is_capital(at) && word.chars().count() == 1
    }
}
