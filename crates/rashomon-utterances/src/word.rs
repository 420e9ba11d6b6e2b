use std::cell::{Ref, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use rashomon_article::{ArticleIndex, EntityIndex, Story};
use rashomon_language::Language;
use rashomon_terms::Stamp;
use rashomon_text::Span;

use crate::gist::Gist;
use crate::memo::{Memo, Script};
use crate::odds::Kin;
use crate::reader::{Rough, Weight};
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

/// A story of fewer sentences than this does not tell which words are frequent in it.
const FEW_SENTENCES: f32 = 80.0;

/// The words of a story.
pub(crate) struct Vocabulary<'s, 'l> {
    story: &'s Story,
    memo: Holder<'s, 'l>,
    scripts: Vec<Arc<Script>>,
    /// For each entity of each report, the entity of the story.
    entities: Vec<Vec<Option<u32>>>,
    /// The number of each entity of the story.
    names: Vec<u32>,
    /// In how many sentences of the story a form stands.
    frequencies: Vec<u32>,
    sentences: usize,
    /// The sentences of the reports that were asked for.
    read: RefCell<BTreeMap<ArticleIndex, Sentences>>,
}

/// A memo for this once, or one that somebody keeps.
enum Holder<'s, 'l> {
    Own(Box<Memo<'l>>),
    Lent(&'s Memo<'l>),
}

impl<'l> Deref for Holder<'_, 'l> {
    type Target = Memo<'l>;

    fn deref(&self) -> &Memo<'l> {
        match self {
            Holder::Own(memo) => memo,
            Holder::Lent(memo) => memo,
        }
    }
}

/// A sentence of a report with its words.
pub(crate) struct Sentence {
    pub span: Span,
    pub words: Vec<Word>,
    pub gist: Gist,
    /// As in [`Memo::number`].
    pub number: u32,
}

/// The sentences of a report.
pub(crate) type Sentences = Arc<[Sentence]>;

impl<'s, 'l> Vocabulary<'s, 'l> {
    /// Reads the whole story once, to know which words are frequent in it.
    pub fn new(story: &'s Story, language: &'l Language) -> Vocabulary<'s, 'l> {
        let mut memo = Box::new(Memo::new(language));
        let scripts = memo.scripts(story, &[]);
        Vocabulary::of(story, scripts, Holder::Own(memo))
    }

    /// The words of a story of which a memo may know documents with the same stamps.
    pub fn kept(story: &'s Story, stamps: &[Stamp], memo: &'s mut Memo<'l>) -> Vocabulary<'s, 'l> {
        let scripts = memo.scripts(story, stamps);
        Vocabulary::of(story, scripts, Holder::Lent(memo))
    }

    fn of(story: &'s Story, scripts: Vec<Arc<Script>>, memo: Holder<'s, 'l>) -> Vocabulary<'s, 'l> {
        let mut frequencies = vec![0; memo.reader.len()];
        for &form in scripts.iter().flat_map(|script| &script.sentences).flatten() {
            frequencies[form as usize] += 1;
        }
        let mut entities: Vec<Vec<Option<u32>>> = vec![Vec::new(); story.documents.len()];
        let mut names = Vec::with_capacity(story.entities.len());
        for (joined, entity) in story.entities.iter().enumerate() {
            for &(article, member) in &entity.members {
                let own = &mut entities[article.get()];
                own.resize(own.len().max(member.get() + 1), None);
                own[member.get()] = Some(joined as u32);
            }
            let first = entity.members.first().map(|&(article, member)| (article, member.0));
            names.push(memo.reader.number(&memo.name(joined, first)));
        }
        let sentences = scripts.iter().map(|script| script.sentences.len()).sum();
        let read = RefCell::default();
        Vocabulary { story, memo, scripts, entities, names, frequencies, sentences, read }
    }

    /// The index of the joined entity of a report's entity.
    pub fn entity(&self, article: ArticleIndex, entity: u32) -> Option<usize> {
        let joined = self.entities[article.get()].get(entity as usize).copied().flatten();
        joined.map(|joined| joined as usize)
    }

    /// How the words are used that were read so far.
    pub fn usages(&self) -> Ref<'_, Usages> {
        self.memo.reader.usages()
    }

    /// How the words that were read so far are akin.
    pub fn kin(&self) -> Kin<'_> {
        let nearest = self.memo.keeps().then_some(&self.memo.nearest);
        Kin { usages: self.usages(), nearest }
    }

    /// As in [`Memo::number`].
    pub fn number(&self, words: &[Word]) -> u32 {
        self.memo.number(words)
    }

    /// The sentences of a report, read once.
    pub fn sentences(&self, article: ArticleIndex) -> Sentences {
        let known = self.read.borrow().get(&article).cloned();
        known.unwrap_or_else(|| {
            let sentence = |span| {
                let words = self.words(article, span, false);
                let gist = Gist::new(&words, &self.usages());
                let number = self.number(&words);
                Sentence { span, words, gist, number }
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
        let document = self.story.document(article);
        let joined = |entity: EntityIndex| self.entity(article, entity.0).is_some();
        let read = || self.memo.reader.words(document, span, quoted, &joined);
        let rough = self.scripts[article.get()].words(span, quoted, read);
        let weighed: Option<Vec<Word>> =
            rough.iter().map(|one| self.weighed(article, one)).collect();
        // A name that stood for an entity of the story and does so no more is but words.
        weighed
            .unwrap_or_else(|| read().iter().filter_map(|one| self.weighed(article, one)).collect())
    }

    /// A word with its weight in the story; `None` for a name of nobody in it.
    fn weighed(&self, article: ArticleIndex, rough: &Rough) -> Option<Word> {
        let mut word = rough.word;
        match &rough.weight {
            Weight::Fixed => {}
            Weight::Usual => word.weight *= self.usual(word.key),
            Weight::Heaviest(parts) => {
                let weight = |&(weight, key): &(f32, Option<u32>)| match key {
                    Some(key) => weight * self.usual(key),
                    None => weight,
                };
                word.weight = parts.iter().map(weight).fold(0.3, f32::max);
            }
            Weight::Name(entity) => word.key = self.names[self.entity(article, entity.0)?],
        }
        Some(word)
    }

    /// The share of its weight that a word keeps, as it is frequent in the story.
    fn usual(&self, key: u32) -> f32 {
        let share = self.frequencies.get(key as usize).copied().unwrap_or(0) as f32
            / (self.sentences as f32).max(FEW_SENTENCES);
        1.0 - 0.6 * (share * 6.0).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_language::english;

    /// How near two words are by their use, where both have one.
    fn nearness(a: &str, b: &str) -> Option<f32> {
        let story = Story::default();
        let vocabulary = Vocabulary::new(&story, english());
        let usage = |word: &str| vocabulary.memo.reader.usage_of(word);
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
