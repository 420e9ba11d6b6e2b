use std::collections::BTreeSet;
use std::sync::Arc;

use rashomon_article::{ArticleIndex, Passage, Story};
use rashomon_terms::Stamp;
use rashomon_text::Span;

use crate::script::{OmissionMemo, Reader, Script};

/// A word that stands in every sentence of a story keeps this share of its weight there.
const LEAST_SCALE: f32 = 0.05;

/// A sentence with the words that stand in it, in order.
pub(crate) struct Held {
    pub passage: Passage,
    pub words: Vec<Word>,
}

/// A word in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub span: Span,
    /// Its number.
    pub word: u32,
    /// How much of its weight counts: the words of a name together count as one.
    pub part: f32,
}

/// Which words each report of a story holds, and where.
///
/// A report holds a name in all its forms, whichever it uses: that helps whoever is said to leave
/// something out.
pub(crate) struct Holdings {
    /// In the order of the articles and of their text.
    pub sentences: Vec<Held>,
    /// How much each word tells in this story.
    pub weight: Vec<f32>,
    /// Each word as it stands first, in lower case.
    pub surface: Vec<String>,
    /// The sentences that hold each word, in order.
    pub holders: Vec<Vec<u32>>,
    /// By article, how many words it has and how many of them carry grammar only.
    pub lengths: Vec<(usize, usize)>,
    /// The words with which persons are named.
    pub persons: BTreeSet<u32>,
    /// The articles that hold each word in a headline that stands beside the text.
    pub titles: Vec<Vec<ArticleIndex>>,
}

impl Holdings {
    /// Reads tokens, sentences, mentions, quantities, and the entities of the story. Documents with a
    /// stamp that the memo knows are not read again.
    pub fn new(story: &Story, stamps: &[Stamp], memo: &mut OmissionMemo<'_>) -> Holdings {
        let OmissionMemo { reader, scripts } = memo;
        scripts.turn_to(stamps);
        let names: Vec<Vec<u32>> = story
            .entities
            .iter()
            .map(|entity| {
                entity.aliases.iter().flat_map(|alias| reader.loose(&alias.text)).collect()
            })
            .collect();
        let read: Vec<Arc<Script>> = story
            .articles()
            .map(|at| scripts.of(at, || reader.script(story.document(at))))
            .collect();
        let mut builder = Builder::new(reader);
        let names: Vec<Vec<u32>> = names
            .into_iter()
            .map(|words| each_once(words.into_iter().map(|word| builder.id(word)).collect()))
            .collect();
        let joined = joined(story);
        for (article, script) in story.articles().zip(&read) {
            builder.article(script, article, &joined[article.get()], &names);
        }
        builder.finish()
    }

    /// The articles that hold a word.
    pub fn articles_with(&self, word: u32) -> BTreeSet<ArticleIndex> {
        let inside = self.holders[word as usize].iter();
        let inside = inside.map(|&at| self.sentences[at as usize].passage.article);
        inside.chain(self.titles[word as usize].iter().copied()).collect()
    }

    /// The words inside of a passage, each once, with the part of its weight that counts.
    pub fn words_in(&self, passage: Passage) -> Vec<(u32, f32)> {
        let first = self.sentences.partition_point(|held| {
            (held.passage.article, held.passage.span.end())
                <= (passage.article, passage.span.start())
        });
        let inside = self.sentences[first..].iter().take_while(|held| {
            held.passage.article == passage.article && held.passage.span.overlaps(passage.span)
        });
        let words = inside.flat_map(|held| &held.words);
        let words = words.filter(|word| passage.span.covers(word.span));
        let mut words: Vec<(u32, f32)> = words.map(|word| (word.word, word.part)).collect();
        words.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        words.dedup_by_key(|(word, _)| *word);
        words
    }
}

/// For each entity of each report, its index among those of the story.
fn joined(story: &Story) -> Vec<Vec<Option<usize>>> {
    let mut joined: Vec<Vec<Option<usize>>> =
        story.documents.iter().map(|document| vec![None; document.entities.len()]).collect();
    for (at, entity) in story.entities.iter().enumerate() {
        for (article, member) in &entity.members {
            if let Some(place) = joined[article.get()].get_mut(member.get()) {
                *place = Some(at);
            }
        }
    }
    joined
}

fn each_once(mut words: Vec<u32>) -> Vec<u32> {
    words.sort_unstable();
    words.dedup();
    words
}

/// A key that the story at hand has not shown yet.
const UNKNOWN: u32 = u32::MAX;

/// Puts what was read of the reports together. Words are numbered as they come in the story,
/// whatever was read before it.
struct Builder<'r, 'l> {
    reader: &'r Reader<'l>,
    /// The number of each key.
    ids: Vec<u32>,
    holdings: Holdings,
}

impl<'r, 'l> Builder<'r, 'l> {
    fn new(reader: &'r Reader<'l>) -> Builder<'r, 'l> {
        let holdings = Holdings {
            sentences: Vec::new(),
            weight: Vec::new(),
            surface: Vec::new(),
            holders: Vec::new(),
            lengths: Vec::new(),
            persons: BTreeSet::new(),
            titles: Vec::new(),
        };
        Builder { reader, ids: vec![UNKNOWN; reader.keys()], holdings }
    }

    fn article(
        &mut self,
        script: &Script,
        article: ArticleIndex,
        joined: &[Option<usize>],
        names: &[Vec<u32>],
    ) {
        for sentence in &script.sentences {
            let mut words = Vec::with_capacity(sentence.words.len());
            for read in &sentence.words {
                let word = self.id(read.written);
                if read.person {
                    self.holdings.persons.insert(word);
                }
                words.push(Word { span: read.span, word, part: read.part });
            }
            let mentioned = sentence.mentioned.iter();
            let named = mentioned.filter_map(|entity| *joined.get(entity.get())?);
            let named = named.flat_map(|entity| names[entity].iter().copied());
            let all = each_once(words.iter().map(|word| word.word).chain(named).collect());
            let at = self.holdings.sentences.len() as u32;
            all.iter().for_each(|&word| self.holdings.holders[word as usize].push(at));
            let passage = Passage { article, span: sentence.span };
            self.holdings.sentences.push(Held { passage, words });
        }
        self.holdings.lengths.push(script.length);
        for &written in &script.title {
            let word = self.id(written);
            self.holdings.titles[word as usize].push(article);
        }
    }

    fn id(&mut self, written: u32) -> u32 {
        let written = self.reader.written(written);
        let known = &mut self.ids[written.key as usize];
        if *known == UNKNOWN {
            *known = self.holdings.weight.len() as u32;
            self.holdings.weight.push(written.weight);
            self.holdings.surface.push(written.surface.clone());
            self.holdings.holders.push(Vec::new());
            self.holdings.titles.push(Vec::new());
        }
        *known
    }

    /// What every sentence of a story holds tells nothing there.
    fn finish(mut self) -> Holdings {
        let all = 1.0 + self.holdings.sentences.len() as f32;
        for (weight, holders) in self.holdings.weight.iter_mut().zip(&self.holdings.holders) {
            let spread = (all / (holders.len() as f32).max(1.0)).ln() / all.ln();
            *weight *= spread.max(LEAST_SCALE);
        }
        self.holdings
    }
}
