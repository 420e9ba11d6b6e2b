use std::collections::{BTreeSet, HashMap};

use rashomon_article::{
    ArticleIndex, Document, EntityKind, MentionForm, Passage, Story, TokenKind,
};
use rashomon_language::Language;
use rashomon_terms::{Normaliser, SenseIndex, fold};
use rashomon_text::Span;

/// A number counts little: reports of one fact may round it.
const NUMBER_WEIGHT: f32 = 3.0;
/// No single word weighs more: a rare name is not the whole of what is told.
const MOST_WEIGHT: f32 = 6.0;
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
    /// Reads tokens, sentences, mentions, quantities, and the entities of the story.
    pub fn new(story: &Story, language: &Language) -> Holdings {
        let mut builder = Builder::new(language);
        let names = builder.names(story);
        let joined = joined(story);
        for article in story.articles() {
            let document = story.document(article);
            builder.article(document, article, &joined[article.get()], &names);
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

/// Each form of a word is read once; after that it is looked up.
struct Builder<'l> {
    language: &'l Language,
    normaliser: Normaliser<'l>,
    senses: SenseIndex,
    /// The number of a word as it is written; `None` for a word of grammar.
    written: HashMap<String, Option<u32>>,
    ids: HashMap<String, u32>,
    holdings: Holdings,
}

impl<'l> Builder<'l> {
    fn new(language: &'l Language) -> Builder<'l> {
        let holdings = Holdings {
            sentences: Vec::new(),
            weight: Vec::new(),
            surface: Vec::new(),
            holders: Vec::new(),
            lengths: Vec::new(),
            persons: BTreeSet::new(),
            titles: Vec::new(),
        };
        Builder {
            language,
            normaliser: Normaliser::new(language),
            senses: SenseIndex::new(language),
            written: HashMap::new(),
            ids: HashMap::new(),
            holdings,
        }
    }

    /// For each entity of the story the words of all its names.
    fn names(&mut self, story: &Story) -> Vec<Vec<u32>> {
        let mut names = Vec::with_capacity(story.entities.len());
        for entity in &story.entities {
            let aliases = entity.aliases.iter().map(|alias| alias.text.as_str());
            names.push(each_once(aliases.flat_map(|alias| self.loose(alias)).collect()));
        }
        names
    }

    /// The words of what is no part of an article's prose.
    fn loose(&mut self, text: &str) -> Vec<u32> {
        let words = text.split_whitespace();
        let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        bare.filter(|word| !word.is_empty()).filter_map(|word| self.word(word)).collect()
    }

    fn article(
        &mut self,
        document: &Document,
        article: ArticleIndex,
        joined: &[Option<usize>],
        names: &[Vec<u32>],
    ) {
        let mut length = (0, 0);
        for sentence in &document.sentences {
            let span = sentence.span;
            let mut words = Vec::new();
            for quantity in document.quantities.inside(span) {
                let key = format!("#{}..{}", quantity.min, quantity.max);
                let word = self.id(key, NUMBER_WEIGHT, "");
                words.push(Word { span: quantity.number, word, part: 1.0 });
            }
            let counted = words.len();
            for token in document.tokens_in(span) {
                if !matches!(token.kind, TokenKind::Word | TokenKind::Number) {
                    continue;
                }
                length.0 += 1;
                if words[..counted].iter().any(|figure| figure.span.overlaps(token.span)) {
                    continue;
                }
                match self.word(document.slice(token.span)) {
                    Some(word) => words.push(Word { span: token.span, word, part: 1.0 }),
                    None => length.1 += 1,
                }
            }
            let mentions: Vec<_> = document.mentions.inside(span).collect();
            for mention in mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
                let of_name = |word: &Word| mention.span.covers(word.span);
                let count = words.iter().filter(|word| of_name(word)).count().max(1);
                let parts = words.iter_mut().filter(|word| of_name(word));
                for word in parts {
                    word.part = 1.0 / count as f32;
                    if mention.kind == EntityKind::Person {
                        self.holdings.persons.insert(word.word);
                    }
                }
            }
            let mentions = mentions.into_iter();
            let named = mentions.filter_map(|mention| *joined.get(mention.entity.get())?);
            let named = named.flat_map(|entity| names[entity].iter().copied());
            let all = each_once(words.iter().map(|word| word.word).chain(named).collect());
            let at = self.holdings.sentences.len() as u32;
            all.iter().for_each(|&word| self.holdings.holders[word as usize].push(at));
            self.holdings.sentences.push(Held { passage: Passage { article, span }, words });
        }
        self.holdings.lengths.push(length);
        for word in self.loose(document.article.title.as_deref().unwrap_or_default()) {
            self.holdings.titles[word as usize].push(article);
        }
    }

    fn word(&mut self, written: &str) -> Option<u32> {
        if let Some(&known) = self.written.get(written) {
            return known;
        }
        let folded = fold(written);
        let mut form = self.normaliser.form(written);
        // `US` is no pronoun.
        let acronym = written.chars().count() > 1 && written.chars().all(char::is_uppercase);
        let grammar = self.language.words.is_function_word(&folded);
        if grammar && acronym {
            form.push('.');
        }
        let word = (!grammar || acronym).then(|| {
            let number = form.starts_with(|c: char| c.is_ascii_digit());
            let weight = if number {
                NUMBER_WEIGHT
            } else {
                self.language.words.idf(&form).min(MOST_WEIGHT)
            };
            let key = self.senses.sense(&form).map_or(form, |sense| format!("={sense}"));
            self.id(key, weight, &folded)
        });
        self.written.insert(written.to_owned(), word);
        word
    }

    fn id(&mut self, key: String, weight: f32, surface: &str) -> u32 {
        let next = self.holdings.weight.len() as u32;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next {
            self.holdings.weight.push(weight);
            self.holdings.surface.push(surface.to_owned());
            self.holdings.holders.push(Vec::new());
            self.holdings.titles.push(Vec::new());
        }
        id
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
