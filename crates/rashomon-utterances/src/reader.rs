use std::cell::{Ref, RefCell};
use std::collections::HashMap;

use rashomon_article::{Document, EntityIndex, MentionForm, TokenKind};
use rashomon_language::Language;
use rashomon_terms::{Lexeme, Lexicon, Normaliser, Occurrence, SenseIndex, fold};
use rashomon_text::Span;

use crate::usage::Usages;
use crate::word::Word;

/// A word in one of 55 reports or fewer has the full weight.
const FULL_IDF: f32 = 4.0;
/// Letters that words of one family share at least.
const STEM: usize = 5;

/// A word as it is read in its report: what it weighs depends on the story.
#[derive(Clone, Debug)]
pub(crate) struct Rough {
    /// The word with the weight that it has in news at large.
    pub word: Word,
    pub weight: Weight,
}

/// What else a word weighs by.
#[derive(Clone, Debug)]
pub(crate) enum Weight {
    /// Nothing.
    Fixed,
    /// How frequent it is in the story.
    Usual,
    /// The heaviest of the words that a set phrase stands for, each with its weight and, where it
    /// weighs by how frequent it is, its key.
    Heaviest(Vec<(f32, Option<u32>)>),
    /// It names an entity of the report, and is known by the entity of the story.
    Name(EntityIndex),
}

/// Reads the words of documents and numbers them as they come.
pub(crate) struct Reader<'l> {
    language: &'l Language,
    normaliser: Normaliser<'l>,
    lexicon: RefCell<Lexicon<'l>>,
    numbers: RefCell<HashMap<String, u32>>,
    /// The number of the form of each word as it is written.
    written: RefCell<HashMap<String, u32>>,
    topics: SenseIndex,
    senses: HashMap<String, u32>,
    phrases: Vec<(Vec<u32>, String)>,
    usages: RefCell<Usages>,
    /// For each normal form of an opposite the bits of its pairs, as first and as second word.
    opposites: HashMap<String, (u64, u64)>,
    /// The words by the number of their lexeme, once they were asked for; their spans tell nothing.
    words: RefCell<Vec<Option<Rough>>>,
}

/// The number of a name before it is known who is named: that of no form.
const NAME: u32 = u32::MAX;

impl<'l> Reader<'l> {
    pub fn new(language: &'l Language) -> Reader<'l> {
        let mut reader = Reader {
            language,
            normaliser: Normaliser::new(language),
            lexicon: RefCell::new(Lexicon::new(language)),
            numbers: RefCell::default(),
            written: RefCell::default(),
            topics: SenseIndex::new(language),
            senses: HashMap::new(),
            phrases: Vec::new(),
            usages: RefCell::default(),
            opposites: HashMap::new(),
            words: RefCell::default(),
        };
        for (at, (aye, no)) in language.senses.antonyms.iter().take(64).enumerate() {
            let (aye, no) = (reader.normaliser.form(aye), reader.normaliser.form(no));
            reader.opposites.entry(aye).or_insert((0, 0)).0 |= 1 << at;
            reader.opposites.entry(no).or_insert((0, 0)).1 |= 1 << at;
        }
        for (set, lemmas) in language.renderings.synonyms.iter().enumerate() {
            for lemma in *lemmas {
                let form = reader.normaliser.form(lemma);
                reader.senses.entry(form).or_insert(set as u32);
            }
        }
        for &(phrase, word) in language.renderings.phrases {
            let forms =
                phrase.split(' ').map(|lemma| reader.number(&reader.normaliser.form(lemma)));
            let forms = forms.collect();
            reader.phrases.push((forms, word.to_owned()));
        }
        reader
    }

    /// How many numbers there are so far.
    pub fn len(&self) -> usize {
        self.numbers.borrow().len()
    }

    pub fn number(&self, form: &str) -> u32 {
        let mut numbers = self.numbers.borrow_mut();
        if let Some(&number) = numbers.get(form) {
            return number;
        }
        let next = numbers.len() as u32;
        numbers.insert(form.to_owned(), next);
        next
    }

    /// How the words are used that were read so far.
    pub fn usages(&self) -> Ref<'_, Usages> {
        self.usages.borrow()
    }

    /// For each sentence of a document the forms that stand in it, each once.
    pub fn forms(&self, document: &Document) -> Vec<Vec<u32>> {
        let mut written = self.written.borrow_mut();
        let mut form = |word: &str| {
            if let Some(&known) = written.get(word) {
                return known;
            }
            let number = self.number(&self.normaliser.form(word));
            written.insert(word.to_owned(), number);
            number
        };
        let sentences = document.sentences.iter().map(|sentence| {
            let words = document.sentence_tokens(sentence).iter();
            let words = words.filter(|token| token.kind == TokenKind::Word);
            let mut forms: Vec<u32> = words.map(|word| form(document.slice(word.span))).collect();
            forms.sort_unstable();
            forms.dedup();
            forms
        });
        sentences.collect()
    }

    /// The words of a span. Where they are quoted, what stands in brackets is the outlet's and is
    /// left out: nobody utters them. `joined` tells which entities are those of the story.
    pub fn words(
        &self,
        document: &Document,
        span: Span,
        quoted: bool,
        joined: &dyn Fn(EntityIndex) -> bool,
    ) -> Vec<Rough> {
        let terms = self.lexicon.borrow_mut().occurrences(document, span);
        let mut words = Vec::with_capacity(terms.len());
        let mut at = 0;
        while at < terms.len() {
            if quoted && let Some(end) = bracket_end(document, span, terms[at].span) {
                at += terms[at..].iter().take_while(|term| term.span.start() < end).count().max(1);
            } else if let Some((name, entity)) =
                name_at(document, span, terms[at].span).filter(|&(_, entity)| joined(entity))
            {
                let inside = terms[at..].iter().take_while(|term| name.covers(term.span)).count();
                words.push(self.name(document, name, entity));
                at += inside.max(1);
            } else if is_hyphenated(document, &terms, at) {
                let end = (at + 1..terms.len() - 1)
                    .find(|&next| !is_hyphenated(document, &terms, next))
                    .unwrap_or(terms.len() - 1);
                words.push(self.compound(document, &terms[at..=end]));
                at = end + 1;
            } else {
                words.extend(self.word(document, &terms, at));
                at += 1;
            }
        }
        self.join_phrases(&mut words);
        words
    }

    fn name(&self, document: &Document, span: Span, entity: EntityIndex) -> Rough {
        let exact = self.number(&format!("={}", fold(document.slice(span)).replace('.', "")));
        let word = Word {
            span,
            key: NAME,
            exact,
            sense: None,
            topic: None,
            stem: None,
            weight: 0.5,
            content: true,
            number: false,
            name: true,
            negation: false,
            usage: None,
        };
        Rough { word, weight: Weight::Name(entity) }
    }

    fn compound(&self, document: &Document, terms: &[Occurrence]) -> Rough {
        let span = terms[0].span.hull(terms[terms.len() - 1].span);
        let whole: String = document.slice(span).chars().filter(|c| c.is_alphanumeric()).collect();
        let lexicon = self.lexicon.borrow();
        let parts = || terms.iter().map(|term| lexicon.lexeme(term.lexeme));
        let written = fold(&whole);
        let lexeme = Lexeme {
            form: self.normaliser.form(&whole),
            idf: parts().map(|part| part.idf).fold(0.0, f32::max),
            function_word: parts().all(|part| part.function_word),
            negation: parts().any(|part| part.negation),
            written,
        };
        self.word_of(&lexeme, &lexeme.written).at(span)
    }

    /// The word of a term; the possessive is none.
    fn word(&self, document: &Document, terms: &[Occurrence], at: usize) -> Option<Rough> {
        let term = terms[at];
        let lexicon = self.lexicon.borrow();
        let lexeme = lexicon.lexeme(term.lexeme);
        if is_possessive(lexeme) {
            return None;
        }
        if let Some(exact) = self.expanded(document, terms, at) {
            return Some(self.word_of(lexeme, exact).at(term.span));
        }
        let number = term.lexeme as usize;
        let known = self.words.borrow().get(number).cloned().flatten();
        let word = known.unwrap_or_else(|| {
            let word = self.word_of(lexeme, &lexeme.written.replace('.', ""));
            let mut words = self.words.borrow_mut();
            if words.len() < lexicon.len() {
                words.resize(lexicon.len(), None);
            }
            words[number] = Some(word.clone());
            word
        });
        Some(word.at(term.span))
    }

    /// The full word that a half of a contraction stands for.
    fn expanded(&self, document: &Document, terms: &[Occurrence], at: usize) -> Option<&'l str> {
        let glued = |a: &Occurrence, b: &Occurrence| {
            a.span.end() == b.span.start() && document.slice(b.span).contains(['\'', '’', 'n'])
        };
        let (first, half) = if terms.get(at + 1).is_some_and(|next| glued(&terms[at], next)) {
            (at, 0)
        } else if at > 0 && glued(&terms[at - 1], &terms[at]) {
            (at - 1, 1)
        } else {
            return None;
        };
        let whole = fold(document.slice(terms[first].span.hull(terms[first + 1].span)));
        self.language.words.expansion(&whole)?.split(' ').nth(half)
    }

    /// A lexeme as a word, written in full; it stands nowhere yet.
    fn word_of(&self, lexeme: &Lexeme, written: &str) -> Rough {
        let key = self.number(&lexeme.form);
        let exact = self.number(&format!("={}", self.spelled(written)));
        let number = written.starts_with(|c: char| c.is_ascii_digit());
        let (weight, by) = if lexeme.negation {
            (0.5, Weight::Fixed)
        } else if lexeme.function_word {
            (0.1, Weight::Fixed)
        } else if number {
            (1.0, Weight::Fixed)
        } else {
            ((lexeme.idf / FULL_IDF).clamp(0.2, 1.0), Weight::Usual)
        };
        let content = !lexeme.function_word && !lexeme.negation;
        let of_matter = content && !number;
        let word = Word {
            span: Span::new(0, 0),
            key,
            exact,
            sense: self.senses.get(&lexeme.form).copied(),
            topic: self.topics.sense(&lexeme.form).map(|topic| topic as u32),
            stem: of_matter.then(|| self.stem(&lexeme.form)).flatten(),
            weight,
            content,
            number,
            name: false,
            negation: lexeme.negation,
            usage: of_matter.then(|| self.usage(exact, written, &lexeme.form)).flatten(),
        };
        Rough { word, weight: by }
    }

    fn usage(&self, exact: u32, written: &str, form: &str) -> Option<u32> {
        let opposites = self.opposites.get(form).copied().unwrap_or((0, 0));
        self.usages.borrow_mut().number(exact, written, opposites, self.language)
    }

    /// The number of how a word in lower case is used.
    #[cfg(test)]
    pub fn usage_of(&self, word: &str) -> Option<u32> {
        self.usage(self.number(&format!("={word}")), word, &self.normaliser.form(word))
    }

    /// The first letters of a long word, which its kin of other classes have too.
    fn stem(&self, form: &str) -> Option<u32> {
        let (at, _) = form.char_indices().nth(STEM)?;
        Some(self.number(&format!("~{}", &form[..at])))
    }

    /// A word with the endings of one spelling, so that `favour` and `favor` are the same.
    fn spelled(&self, word: &str) -> String {
        if word.len() < 6 {
            return word.to_owned();
        }
        let endings = self.language.renderings.spellings;
        endings
            .iter()
            .find_map(|&(from, to)| word.strip_suffix(from).map(|stem| format!("{stem}{to}")))
            .unwrap_or_else(|| word.to_owned())
    }

    /// Set phrases become the one word that they stand for.
    fn join_phrases(&self, words: &mut Vec<Rough>) {
        let mut at = 0;
        while at < words.len() {
            let phrase = self.phrases.iter().find(|(forms, _)| {
                words.len() - at >= forms.len()
                    && forms.iter().zip(&words[at..]).all(|(&form, rough)| rough.word.key == form)
            });
            if let Some((forms, lemma)) = phrase {
                let whole = self.phrase(&words[at..at + forms.len()], lemma);
                words.splice(at..at + forms.len(), [whole]);
            }
            at += 1;
        }
    }

    fn phrase(&self, parts: &[Rough], lemma: &str) -> Rough {
        let form = self.normaliser.form(lemma);
        let mut word = parts[0].word;
        word.span = word.span.hull(parts[parts.len() - 1].word.span);
        word.exact = self.number(&format!("=phrase {form}"));
        word.sense = self.senses.get(&form).copied();
        word.content = !self.language.words.is_function_word(lemma);
        word.usage = None;
        word.negation = parts.iter().any(|part| part.word.negation);
        word.key = self.number(&form);
        let weight = |part: &Rough| {
            let by_key = matches!(part.weight, Weight::Usual).then_some(part.word.key);
            (part.word.weight, by_key)
        };
        Rough { word, weight: Weight::Heaviest(parts.iter().map(weight).collect()) }
    }
}

impl Rough {
    fn at(mut self, span: Span) -> Rough {
        self.word.span = span;
        self
    }
}

/// The name that begins at a term and lies in the span, with its entity.
fn name_at(document: &Document, within: Span, term: Span) -> Option<(Span, EntityIndex)> {
    let mentions = &document.mentions;
    let at = mentions.partition_point(|mention| mention.span.start() < term.start());
    let mention = mentions.get(at)?;
    let fits = mention.span.start() == term.start()
        && mention.span.end() >= term.end()
        && within.covers(mention.span)
        && mention.form == MentionForm::Name;
    fits.then_some((mention.span, mention.entity))
}

fn is_possessive(lexeme: &Lexeme) -> bool {
    lexeme.idf == 0.0 && lexeme.function_word && !lexeme.negation && lexeme.form.starts_with('\'')
}

/// Whether a hyphen and nothing else stands between a term of letters and the next one.
fn is_hyphenated(document: &Document, terms: &[Occurrence], at: usize) -> bool {
    let Some(next) = terms.get(at + 1) else { return false };
    let text = document.article.text.as_str();
    let between = &text[terms[at].span.end()..next.span.start().max(terms[at].span.end())];
    let letters = |span: Span| document.slice(span).chars().all(char::is_alphabetic);
    let lower = document.slice(next.span).starts_with(char::is_lowercase);
    matches!(between, "-" | "‐" | "‑") && letters(terms[at].span) && letters(next.span) && lower
}

/// The end of the brackets that open right before a term.
fn bracket_end(document: &Document, within: Span, term: Span) -> Option<usize> {
    let text = document.article.text.as_str();
    let closing = match text[within.start()..term.start()].chars().next_back()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    text[term.start()..within.end()].find(closing).map(|length| term.start() + length)
}
