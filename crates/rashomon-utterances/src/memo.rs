use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use rashomon_article::{ArticleIndex, Document, Story};
use rashomon_language::Language;
use rashomon_terms::{Kept, Numbers, Pairs, Stamp};
use rashomon_text::Span;

use crate::reader::{Reader, Rough};
use crate::word::Word;

/// What is kept of a story between one search for its remarks and the next: the words of its
/// documents, and how near the words of one sentence lie to those of another.
pub struct Memo<'l> {
    pub(crate) reader: Reader<'l>,
    scripts: Kept<Script>,
    stamps: Vec<Stamp>,
    numbers: RefCell<Numbers>,
    pub(crate) nearest: RefCell<Pairs<Arc<[f32]>>>,
}

/// A document as it was read.
pub(crate) struct Script {
    /// For each sentence the forms that stand in it, each once.
    pub sentences: Vec<Vec<u32>>,
    /// The words of spans that were asked for, and whether as quoted ones; `None` where they are
    /// not kept.
    spans: Option<Mutex<Spans>>,
}

/// The words of spans, quoted ones or not.
type Spans = HashMap<(Span, bool), Arc<[Rough]>>;

impl<'l> Memo<'l> {
    /// Nothing is kept yet.
    pub fn new(language: &'l Language) -> Memo<'l> {
        Memo {
            reader: Reader::new(language),
            scripts: Kept::default(),
            stamps: Vec::new(),
            numbers: RefCell::default(),
            nearest: RefCell::default(),
        }
    }

    /// Turns to a story with documents of these stamps, and reads those that are new.
    pub(crate) fn scripts(&mut self, story: &Story, stamps: &[Stamp]) -> Vec<Arc<Script>> {
        let keeps = !stamps.is_empty();
        self.stamps = stamps.to_vec();
        self.scripts.turn_to(stamps);
        self.numbers.get_mut().turn();
        self.nearest.get_mut().turn(keeps);
        let reader = &self.reader;
        let script = |document: &Document| Script {
            sentences: reader.forms(document),
            spans: keeps.then(Mutex::default),
        };
        story.articles().map(|at| self.scripts.of(at, || script(story.document(at)))).collect()
    }

    /// Whether anything is kept.
    pub(crate) fn keeps(&self) -> bool {
        !self.stamps.is_empty()
    }

    /// What names an entity of the story wherever its first member is the same.
    pub(crate) fn name(&self, at: usize, first: Option<(ArticleIndex, u32)>) -> String {
        let stamp = first.and_then(|(article, entity)| {
            self.stamps.get(article.get()).map(|stamp| (stamp.0, entity))
        });
        match stamp {
            Some((stamp, entity)) => format!("#{stamp} {entity}"),
            None => format!("#{at}"),
        }
    }

    /// A number for what kinship asks of words; 0 for all where nothing is kept.
    pub(crate) fn number(&self, words: &[Word]) -> u32 {
        if !self.keeps() {
            return 0;
        }
        let known = |number: Option<u32>| number.map_or(0, |number| number + 1);
        let signs = words.iter().flat_map(|word| {
            [
                word.key,
                known(word.sense),
                known(word.stem),
                known(word.topic),
                known(word.usage),
                u32::from(word.content),
            ]
        });
        let signs: Vec<u32> = signs.collect();
        self.numbers.borrow_mut().of(&signs)
    }
}

impl Script {
    /// The words of a span, read where they are not kept.
    pub fn words(
        &self,
        span: Span,
        quoted: bool,
        read: impl FnOnce() -> Vec<Rough>,
    ) -> Arc<[Rough]> {
        let Some(spans) = &self.spans else { return read().into() };
        let mut spans = spans.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(spans.entry((span, quoted)).or_insert_with(|| read().into()))
    }
}
