use rashomon_article::{
    Comparator, Document, EntityKind, MentionForm, Quantity, TimeKind, TokenKind,
};
use rashomon_language::{Class, Language, word_key};
use rashomon_terms::{Term, fold, terms};
use rashomon_text::Span;

/// A denial reaches over this many words of matter.
const DENIAL_REACH: usize = 3;
/// The first components of a vector tell little but how frequent a word is.
const FREQUENCY_COMPONENTS: usize = 2;

/// What sort of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    Name,
    Place,
    Number,
    Date,
    Noun,
    Verb,
    Adjective,
    Adverb,
    Negation,
    Modal,
    Function,
}

impl Sort {
    pub fn is_name(self) -> bool {
        matches!(self, Sort::Name | Sort::Place)
    }

    /// Whether it carries matter that a thesaurus knows about.
    pub fn is_lexical(self) -> bool {
        matches!(self, Sort::Noun | Sort::Verb | Sort::Adjective | Sort::Adverb)
    }
}

/// A word of a sentence as it compares.
#[derive(Clone, Debug)]
pub struct Word {
    pub span: Span,
    /// Its normal form; what is derived from one number is one form.
    pub form: String,
    /// In lower case, folded.
    pub written: String,
    pub sort: Sort,
    pub idf: f32,
    /// Whether a denial reaches over it.
    pub denied: bool,
    /// Least and most of the quantity that it is the number of, open ends included.
    pub interval: Option<(f64, f64)>,
    pub sentence: u32,
}

impl Word {
    /// How much it tells as a neighbour.
    pub fn weight(&self) -> f32 {
        match self.sort {
            Sort::Function | Sort::Modal => 0.3,
            Sort::Negation => 0.5,
            Sort::Name | Sort::Place | Sort::Number | Sort::Date => self.idf.clamp(2.0, 6.0),
            _ => self.idf.clamp(0.5, 6.0),
        }
    }
}

/// The words of all sentences, in order. Reads tokens, sentences, mentions, times, quantities.
pub fn words(document: &Document, language: &Language) -> Vec<Word> {
    let mut words = Vec::new();
    for (sentence, found) in document.sentences.iter().enumerate() {
        let from = words.len();
        for term in terms(document, found.span, language) {
            words.extend(word(document, &term, sentence as u32, language));
        }
        let own: &mut [Word] = &mut words[from..];
        deny(document, own, language);
        classify(own, language);
    }
    words
}

fn word(document: &Document, term: &Term, sentence: u32, language: &Language) -> Option<Word> {
    let written = fold(document.slice(term.span));
    if written.starts_with('\'') && !term.negation {
        return None;
    }
    let quantity =
        document.quantities.overlapping(term.span).find(|one| one.number.overlaps(term.span));
    let name =
        document.mentions.overlapping(term.span).find(|mention| mention.form == MentionForm::Name);
    let plain_verb = term.negation && is_plain_verb(document, term.span, &written, language);
    let sort = if term.negation && is_joined(document, term.span) {
        // `never-before-seen` denies nothing.
        Sort::Function
    } else if term.negation && !plain_verb {
        Sort::Negation
    } else if term.function_word && name.is_none() && !plain_verb {
        match language.changes.modal.binary_search(&written.as_str()) {
            Ok(_) => Sort::Modal,
            Err(_) => Sort::Function,
        }
    } else if let Some(mention) = name {
        if mention.kind == EntityKind::Place { Sort::Place } else { Sort::Name }
    } else if quantity.is_some() {
        Sort::Number
    } else if document.times.overlapping(term.span).any(|time| {
        time.days.is_some() || time.kind == TimeKind::Date && is_capital(document, term.span)
    }) {
        Sort::Date
    } else if term.form.starts_with(|c: char| c.is_ascii_digit()) {
        Sort::Number
    } else if language.changes.modal.binary_search(&written.as_str()).is_ok() {
        Sort::Modal
    } else {
        // The class is told by the words beside it, when they are all there.
        Sort::Noun
    };
    let interval = quantity.filter(|_| sort == Sort::Number).map(interval);
    let form = match (sort, quantity) {
        (Sort::Number, Some(one)) if one.comparator != Comparator::Vague => number_form(one),
        _ => term.form.clone(),
    };
    let word = Word {
        span: term.span,
        form,
        written,
        sort,
        idf: term.idf,
        denied: false,
        interval,
        sentence,
    };
    Some(word)
}

/// Whether a word of a date has a capital: weekdays and months do, whether or not the day is known.
fn is_capital(document: &Document, span: Span) -> bool {
    document.slice(span).starts_with(char::is_uppercase)
}

/// Whether a verb of denial has an object and denies no other verb: `rejected the offer`, not
/// `refused to sign`. It is a word like others then, which has its opposite.
fn is_plain_verb(document: &Document, span: Span, written: &str, language: &Language) -> bool {
    let rest = document.article.text.as_str()[span.end()..].trim_start();
    let next = rest.split(' ').next().unwrap_or_default();
    language.senses.denying_verbs.contains(&written) && next != language.senses.infinitive
}

/// Whether a hyphen follows.
fn is_joined(document: &Document, span: Span) -> bool {
    document.article.text.as_str()[span.end()..].starts_with(['-', '‐', '‑'])
}

/// `two` and `2` are one form.
fn number_form(quantity: &Quantity) -> String {
    if quantity.min == quantity.max {
        format!("{}", quantity.min)
    } else {
        format!("{}..{}", quantity.min, quantity.max)
    }
}

fn interval(quantity: &Quantity) -> (f64, f64) {
    if quantity.unit.is_none() { quantity.interval() } else { quantity.base() }
}

/// Marks the words that a denial reaches, not across a mark: those after it, and the verb of which
/// it denies the object (`found no trace`).
fn deny(document: &Document, words: &mut [Word], language: &Language) {
    let mut reach: usize = 0;
    let mut end = words.first().map_or(0, |word| word.span.start());
    for at in 0..words.len() {
        let between = Span::new(end.min(words[at].span.start()), words[at].span.start());
        let cut = document.tokens_in(between).iter().any(|token| token.kind == TokenKind::Mark);
        if cut {
            reach = 0;
        }
        end = words[at].span.end();
        if words[at].sort == Sort::Negation {
            reach = DENIAL_REACH;
            let of_object =
                language.changes.object_denials.binary_search(&words[at].written.as_str()).is_ok();
            if of_object && !cut && at > 0 && words[at - 1].sort == Sort::Noun {
                words[at - 1].denied = true;
                reach -= 1;
            }
        } else if reach > 0 && !matches!(words[at].sort, Sort::Function | Sort::Modal) {
            reach -= 1;
            words[at].denied = true;
        }
    }
}

/// Tells nouns, verbs, adjectives and adverbs by the word before and the most usual meaning.
fn classify(words: &mut [Word], language: &Language) {
    let is = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    for at in 0..words.len() {
        if words[at].sort != Sort::Noun {
            continue;
        }
        let before = at.checked_sub(1).map_or("", |before| words[before].written.as_str());
        let written = words[at].written.as_str();
        let may_be = |class| language.thesaurus.entry(written, Some(class)).has_senses();
        let usual = language.thesaurus.entry(written, None).class();
        let class = if is(language.changes.verb_openers, before)
            && may_be(Class::Verb)
            && usual != Some(Class::Adjective)
        {
            Some(Class::Verb)
        } else if is(language.changes.noun_openers, before)
            && usual == Some(Class::Verb)
            && may_be(Class::Noun)
        {
            Some(Class::Noun)
        } else {
            // `homes` is no adverb, as `home` may be.
            let inflected = language.thesaurus.lemmas(written).first() != Some(&written);
            let bends = |class: &Class| matches!(class, Class::Noun | Class::Verb);
            let first = [Class::Noun, Class::Verb].into_iter().find(|&class| may_be(class));
            usual.filter(|class| !inflected || bends(class)).or(first).or(usual)
        };
        words[at].sort = match class {
            Some(Class::Verb) => Sort::Verb,
            Some(Class::Adjective) => Sort::Adjective,
            Some(Class::Adverb) => Sort::Adverb,
            Some(Class::Noun) => Sort::Noun,
            None => by_ending(written, language),
        };
    }
}

/// What the thesaurus does not know: `-ly` is an adverb in English, a past form a verb.
fn by_ending(written: &str, language: &Language) -> Sort {
    if language.senses.is_past(written) { Sort::Verb } else { Sort::Noun }
}

/// How a word is used, as a unit vector.
pub fn usage(written: &str, language: &Language) -> Option<Vec<f32>> {
    let vector = language.vectors.get(word_key(written))?;
    let telling = vector.get(FREQUENCY_COMPONENTS..)?;
    let length = telling.iter().map(|x| x * x).sum::<f32>().sqrt();
    (length > f32::EPSILON).then(|| telling.iter().map(|x| x / length).collect())
}
