use std::cell::{Ref, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rashomon_article::{ArticleIndex, Document, MentionForm, Story, TokenKind};
use rashomon_language::Language;
use rashomon_terms::{Lexeme, Lexicon, Normaliser, Occurrence, SenseIndex, fold};
use rashomon_text::Span;

use crate::gist::Gist;
use crate::usage::Usages;

/// A word (or a name, a hyphenated compound, a set phrase) as remarks compare it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Where it stands.
    pub span: Span,
    /// The number of its normal form, or of the entity that it names.
    pub key: u32,
    /// The number of the word as written, contractions and spellings aside.
    pub exact: u32,
    /// The set of words that translators choose between.
    pub sense: Option<u32>,
    /// The set of words that tell about the same thing in a report.
    pub topic: Option<u32>,
    /// The number of its first letters, where it is long: `destroy`, `destruction`.
    pub stem: Option<u32>,
    /// What it adds to the evidence that two remarks are one, about 0.1 to 1.
    pub weight: f32,
    /// Whether it carries matter.
    pub content: bool,
    /// Whether it is a number.
    pub number: bool,
    /// Whether it names somebody or something.
    pub name: bool,
    /// Whether it denies.
    pub negation: bool,
    /// The number of how it is used, where that is known and it carries matter.
    pub usage: Option<u32>,
}

/// A word in one of 55 reports or fewer has the full weight.
const FULL_IDF: f32 = 4.0;
/// A story of fewer sentences than this does not tell which words are frequent in it.
const FEW_SENTENCES: f32 = 80.0;

/// Letters that words of one family share at least.
const STEM: usize = 5;

/// Numbers for the words of a story.
pub(crate) struct Vocabulary<'s> {
    story: &'s Story,
    language: &'s Language,
    normaliser: Normaliser<'s>,
    lexicon: RefCell<Lexicon<'s>>,
    numbers: RefCell<HashMap<String, u32>>,
    topics: SenseIndex,
    senses: HashMap<String, u32>,
    phrases: Vec<(Vec<u32>, String)>,
    entities: HashMap<(ArticleIndex, u32), u32>,
    /// In how many sentences of the story a form stands.
    frequencies: HashMap<u32, u32>,
    sentences: usize,
    usages: RefCell<Usages>,
    /// For each normal form of an opposite the bits of its pairs, as first and as second word.
    opposites: HashMap<String, (u64, u64)>,
    /// The words by the number of their lexeme, once they were asked for; their spans tell nothing.
    words: RefCell<Vec<Option<Word>>>,
    /// The sentences of the reports that were asked for.
    read: RefCell<BTreeMap<ArticleIndex, Sentences>>,
}

/// A sentence of a report with its words.
pub(crate) struct Sentence {
    pub span: Span,
    pub words: Vec<Word>,
    pub gist: Gist,
}

/// The sentences of a report.
pub(crate) type Sentences = Arc<[Sentence]>;

impl<'s> Vocabulary<'s> {
    /// Reads the whole story once, to know which words are frequent in it.
    pub fn new(story: &'s Story, language: &'s Language) -> Vocabulary<'s> {
        let mut vocabulary = Vocabulary {
            story,
            language,
            normaliser: Normaliser::new(language),
            lexicon: RefCell::new(Lexicon::new(language)),
            numbers: RefCell::default(),
            topics: SenseIndex::new(language),
            senses: HashMap::new(),
            phrases: Vec::new(),
            entities: HashMap::new(),
            frequencies: HashMap::new(),
            sentences: 0,
            usages: RefCell::default(),
            opposites: HashMap::new(),
            words: RefCell::default(),
            read: RefCell::default(),
        };
        for (at, (aye, no)) in language.senses.antonyms.iter().take(64).enumerate() {
            let form = |word: &str| vocabulary.normaliser.form(word);
            let (aye, no) = (form(aye), form(no));
            vocabulary.opposites.entry(aye).or_insert((0, 0)).0 |= 1 << at;
            vocabulary.opposites.entry(no).or_insert((0, 0)).1 |= 1 << at;
        }
        for (set, lemmas) in language.renderings.synonyms.iter().enumerate() {
            for lemma in *lemmas {
                let form = vocabulary.normaliser.form(lemma);
                vocabulary.senses.entry(form).or_insert(set as u32);
            }
        }
        for &(phrase, word) in language.renderings.phrases {
            let forms = phrase
                .split(' ')
                .map(|lemma| {
                    let form = vocabulary.normaliser.form(lemma);
                    vocabulary.number(&form)
                })
                .collect();
            vocabulary.phrases.push((forms, word.to_owned()));
        }
        for (joined, entity) in story.entities.iter().enumerate() {
            for &(article, member) in &entity.members {
                vocabulary.entities.insert((article, member.0), joined as u32);
            }
        }
        vocabulary.count_sentences();
        vocabulary
    }

    /// The index of the joined entity of a report's entity.
    pub fn entity(&self, article: ArticleIndex, entity: u32) -> Option<usize> {
        self.entities.get(&(article, entity)).map(|&joined| joined as usize)
    }

    fn count_sentences(&mut self) {
        let mut known: HashMap<&str, u32> = HashMap::new();
        for document in &self.story.documents {
            for sentence in &document.sentences {
                self.sentences += 1;
                let words = document.sentence_tokens(sentence).iter();
                let mut forms: Vec<u32> = words
                    .filter(|token| token.kind == TokenKind::Word)
                    .map(|token| {
                        let word = document.slice(token.span);
                        *known
                            .entry(word)
                            .or_insert_with(|| self.number(&self.normaliser.form(word)))
                    })
                    .collect();
                forms.sort_unstable();
                forms.dedup();
                for form in forms {
                    *self.frequencies.entry(form).or_insert(0) += 1;
                }
            }
        }
    }

    fn number(&self, form: &str) -> u32 {
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

    /// The sentences of a report, read once.
    pub fn sentences(&self, article: ArticleIndex) -> Sentences {
        let known = self.read.borrow().get(&article).cloned();
        known.unwrap_or_else(|| {
            let sentence = |span| {
                let words = self.words(article, span, false);
                let gist = Gist::new(&words, &self.usages());
                Sentence { span, words, gist }
            };
            let sentences = self.story.document(article).sentences.iter();
            let read: Sentences = sentences.map(|found| sentence(found.span)).collect();
            self.read.borrow_mut().insert(article, Arc::clone(&read));
            read
        })
    }

    /// The words of a span. Where they are quoted, what stands in brackets is the
    /// outlet's and is left out: nobody utters them.
    pub fn words(&self, article: ArticleIndex, span: Span, quoted: bool) -> Vec<Word> {
        let story = self.story;
        let document = story.document(article);
        let terms = self.lexicon.borrow_mut().occurrences(document, span);
        let mut words = Vec::with_capacity(terms.len());
        let mut at = 0;
        while at < terms.len() {
            if quoted && let Some(end) = bracket_end(document, span, terms[at].span) {
                at += terms[at..].iter().take_while(|term| term.span.start() < end).count().max(1);
            } else if let Some((name, entity)) = self.name_at(article, span, terms[at].span) {
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

    /// The name that begins at a term and lies in the span, with its joined entity.
    fn name_at(&self, article: ArticleIndex, within: Span, term: Span) -> Option<(Span, u32)> {
        let mentions = &self.story.document(article).mentions;
        let at = mentions.partition_point(|mention| mention.span.start() < term.start());
        let mention = mentions.get(at)?;
        let fits = mention.span.start() == term.start()
            && mention.span.end() >= term.end()
            && within.covers(mention.span)
            && mention.form == MentionForm::Name;
        let entity = || self.entities.get(&(article, mention.entity.0));
        fits.then(entity).flatten().map(|&entity| (mention.span, entity))
    }

    fn name(&self, document: &Document, span: Span, entity: u32) -> Word {
        let exact = self.number(&format!("={}", fold(document.slice(span)).replace('.', "")));
        let key = self.number(&format!("#{entity}"));
        Word {
            span,
            key,
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
        }
    }

    fn compound(&self, document: &Document, terms: &[Occurrence]) -> Word {
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
        Word { span, ..self.word_of(&lexeme, &lexeme.written) }
    }

    /// The word of a term; the possessive is none.
    fn word(&self, document: &Document, terms: &[Occurrence], at: usize) -> Option<Word> {
        let term = terms[at];
        let lexicon = self.lexicon.borrow();
        let lexeme = lexicon.lexeme(term.lexeme);
        if is_possessive(lexeme) {
            return None;
        }
        if let Some(exact) = self.expanded(document, terms, at) {
            return Some(Word { span: term.span, ..self.word_of(lexeme, exact) });
        }
        let number = term.lexeme as usize;
        let known = self.words.borrow().get(number).copied().flatten();
        let word = known.unwrap_or_else(|| {
            let word = self.word_of(lexeme, &lexeme.written.replace('.', ""));
            let mut words = self.words.borrow_mut();
            if words.len() < lexicon.len() {
                words.resize(lexicon.len(), None);
            }
            words[number] = Some(word);
            word
        });
        Some(Word { span: term.span, ..word })
    }

    /// The full word that a half of a contraction stands for.
    fn expanded(&self, document: &Document, terms: &[Occurrence], at: usize) -> Option<&'s str> {
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
    fn word_of(&self, lexeme: &Lexeme, written: &str) -> Word {
        let key = self.number(&lexeme.form);
        let exact = self.number(&format!("={}", self.spelled(written)));
        let number = written.starts_with(|c: char| c.is_ascii_digit());
        let share = self.frequencies.get(&key).copied().unwrap_or(0) as f32
            / (self.sentences as f32).max(FEW_SENTENCES);
        let usual = 1.0 - 0.6 * (share * 6.0).min(1.0);
        let weight = if lexeme.negation {
            0.5
        } else if lexeme.function_word {
            0.1
        } else if number {
            1.0
        } else {
            (lexeme.idf / FULL_IDF).clamp(0.2, 1.0) * usual
        };
        let content = !lexeme.function_word && !lexeme.negation;
        let of_matter = content && !number;
        Word {
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
        }
    }

    fn usage(&self, exact: u32, written: &str, form: &str) -> Option<u32> {
        let opposites = self.opposites.get(form).copied().unwrap_or((0, 0));
        self.usages.borrow_mut().number(exact, written, opposites, self.language)
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
    fn join_phrases(&self, words: &mut Vec<Word>) {
        let mut at = 0;
        while at < words.len() {
            let phrase = self.phrases.iter().find(|(forms, _)| {
                words.len() - at >= forms.len()
                    && forms.iter().zip(&words[at..]).all(|(&form, word)| word.key == form)
            });
            if let Some((forms, lemma)) = phrase {
                let (length, lemma) = (forms.len(), lemma.clone());
                let form = self.normaliser.form(&lemma);
                let mut word = words[at];
                word.span = word.span.hull(words[at + length - 1].span);
                word.exact = self.number(&format!("=phrase {form}"));
                word.sense = self.senses.get(&form).copied();
                word.content = !self.language.words.is_function_word(&lemma);
                word.usage = None;
                word.weight = words[at..at + length].iter().map(|w| w.weight).fold(0.3, f32::max);
                word.negation = words[at..at + length].iter().any(|w| w.negation);
                word.key = self.number(&form);
                words.splice(at..at + length, [word]);
            }
            at += 1;
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    /// How near two words are by their use, where both have one.
    fn nearness(a: &str, b: &str) -> Option<f32> {
        let story = Story::default();
        let vocabulary = Vocabulary::new(&story, english());
        let usage = |word: &str| {
            let form = vocabulary.normaliser.form(word);
            vocabulary.usage(vocabulary.number(&format!("={word}")), word, &form)
        };
        let (a, b) = (usage(a)?, usage(b)?);
        Some(vocabulary.usages().nearness(a, b))
    }

    #[test]
    fn words_of_one_sense_are_near_and_opposites_are_not() {
        assert!(nearness("suspend", "halt").expect("both are known") > 0.5);
        assert!(nearness("suspend", "harbour").expect("both are known") < 0.4);
        assert!((nearness("houses", "houses").expect("known") - 1.0).abs() < 0.02);
        assert_eq!(nearness("agreed", "refused"), Some(0.0));
        assert_eq!(nearness("refuse", "agree"), Some(0.0));
    }

    #[test]
    fn words_of_time_and_unknown_words_have_no_usage() {
        assert_eq!(nearness("monday", "friday"), None);
        assert_eq!(nearness("qqzx", "halt"), None);
    }
}
