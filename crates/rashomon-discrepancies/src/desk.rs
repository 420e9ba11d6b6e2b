use std::collections::BTreeSet;
use std::sync::Arc;

use rashomon_article::{ArticleIndex, Document, EntityIndex, Passage, Story};
use rashomon_language::Language;
use rashomon_terms::Stamp;
use rashomon_text::Span;

use crate::memo::{Memo, Read, Reader, Term};

/// What a word counts as, by its number in a story: its sense, else its form. Entities have
/// numbers of their own ([`ENTITIES`]).
pub type Key = u32;

/// Keys from here on are entities of the story.
pub const ENTITIES: Key = 1 << 30;

/// How many sentences make the head of a report.
const HEAD: usize = 3;

/// What every finder reads: the story with its sentences in the form in which they compare.
pub struct Desk<'s> {
    pub story: &'s Story,
    pub language: &'s Language,
    /// Keys of what can only grow while an event lasts.
    pub tolls: BTreeSet<Key>,
    /// Keys of nouns that count human beings of any kind.
    pub persons: BTreeSet<Key>,
    /// Keys of verbs of lasting.
    pub lasting: BTreeSet<Key>,
    /// Keys of words that deny and say nothing else: `not`.
    pub denials: BTreeSet<Key>,
    /// Keys of words that announce: `plan`.
    pub planned: BTreeSet<Key>,
    /// Keys of the senses that the heads of most reports hold: what the story is about.
    pub events: BTreeSet<Key>,
    /// The sentences of all reports, in order.
    pub lines: Vec<Line>,
    /// The index of the first line of each report, and behind the last one their number.
    starts: Vec<usize>,
    /// Pairs of keys that cannot both be true, the smaller first.
    opposites: BTreeSet<(Key, Key)>,
    /// The key below which senses stand; forms stand above.
    senses: Key,
    /// For each entity of each report, the entity of the story.
    joined: Vec<Vec<Option<usize>>>,
    /// For each report, the passages of claims with the index of the claim, by start.
    claims: Vec<Vec<(Span, usize)>>,
    /// The longest passage of a claim, in bytes.
    longest: usize,
}

/// A sentence as it compares.
pub struct Line {
    pub article: ArticleIndex,
    /// By index in its article.
    pub sentence: usize,
    /// Its number among all sentences that were read for this story, ever.
    pub number: u32,
    /// The same for lines with the same words.
    pub wording: u32,
    pub span: Span,
    pub words: Vec<Word>,
    /// Its words of matter, each once, sorted, with their weight in the story.
    pub matter: Vec<(Key, f32)>,
    /// The sum of these weights.
    pub weight: f32,
}

/// A word or number of a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub span: Span,
    pub key: Key,
    pub idf: f32,
    pub function: bool,
    pub negation: bool,
    /// It begins with a digit.
    pub digits: bool,
}

/// A form that the story at hand has not shown yet.
const UNKNOWN: Key = Key::MAX;

/// Numbers words as they come in the story, whatever was read before it.
struct Keys<'r, 'l> {
    reader: &'r Reader<'l>,
    senses: Key,
    /// The key of each form.
    of: Vec<Key>,
    /// How many forms the story has shown.
    known: Key,
}

impl Keys<'_, '_> {
    fn key(&mut self, form: u32) -> Key {
        let key = &mut self.of[form as usize];
        if *key == UNKNOWN {
            *key = self.reader.sense(form).unwrap_or(self.senses + self.known);
            self.known += 1;
        }
        *key
    }

    fn keys(&mut self, forms: &[u32]) -> BTreeSet<Key> {
        forms.iter().map(|&form| self.key(form)).collect()
    }

    fn word(&mut self, term: &Term) -> Word {
        Word {
            span: term.span,
            key: self.key(term.form),
            idf: term.idf,
            function: term.function,
            negation: term.negation,
            digits: term.digits,
        }
    }
}

impl<'s> Desk<'s> {
    /// Reads a story; of documents with a stamp that `memo` knows, nothing is read again.
    pub fn new(
        story: &'s Story,
        language: &'s Language,
        stamps: &[Stamp],
        memo: &mut Memo<'_>,
    ) -> Desk<'s> {
        memo.turn_to(stamps);
        let (kept, reader) = (&mut memo.kept, &mut memo.reader);
        let read: Vec<Arc<Vec<Read>>> = story
            .articles()
            .map(|article| kept.of(article, || reader.read(story.document(article))))
            .collect();
        let senses = language.senses.synonyms.len() as Key;
        let of = vec![UNKNOWN; reader.forms()];
        let mut keys = Keys { reader, senses, of, known: 0 };
        let pack = &keys.reader.pack;
        let opposites = pack.antonyms.iter().map(|&pair| {
            let pair = pair.map(|form| keys.key(form));
            (pair[0].min(pair[1]), pair[0].max(pair[1]))
        });
        let opposites = opposites.collect();
        let (tolls, persons) = (keys.keys(&pack.cumulative), keys.keys(&pack.persons));
        let (lasting, planned) = (keys.keys(&pack.lasting), keys.keys(&pack.planned));
        let denials = keys.keys(&pack.denials);
        let (lines, starts) = lines(story, &read, &mut keys);
        let events = main_events(story, &lines, senses);
        let mut claims: Vec<Vec<(Span, usize)>> = vec![Vec::new(); story.documents.len()];
        for claim in &story.claims {
            for mention in &claim.mentions {
                claims[mention.article.get()].push((mention.span, claim.issue as usize));
            }
        }
        claims.iter_mut().for_each(|claims| claims.sort_unstable());
        let longest = claims.iter().flatten().map(|(span, _)| span.len()).max().unwrap_or(0);
        let joined = joined(story);
        Desk {
            story,
            language,
            tolls,
            persons,
            lasting,
            denials,
            planned,
            events,
            lines,
            starts,
            opposites,
            senses,
            joined,
            claims,
            longest,
        }
    }

    /// Whether a key stands for a sense and not for a single form.
    pub fn is_sense(&self, key: Key) -> bool {
        key < self.senses
    }

    /// Whether two words cannot both be true of one event: `agree` and `refuse`.
    pub fn opposite(&self, a: Key, b: Key) -> bool {
        self.opposites.contains(&(a.min(b), a.max(b)))
    }

    /// The entity of the story that an entity of a report is.
    pub fn entity(&self, article: ArticleIndex, entity: EntityIndex) -> Option<usize> {
        self.joined[article.get()].get(entity.get()).copied().flatten()
    }

    pub fn document(&self, article: ArticleIndex) -> &'s Document {
        self.story.document(article)
    }

    /// The lines of a report.
    pub fn of_article(&self, article: ArticleIndex) -> &[Line] {
        &self.lines[self.starts[article.get()]..self.starts[article.get() + 1]]
    }

    /// The line of a place in a report.
    pub fn line_at(&self, article: ArticleIndex, offset: usize) -> Option<&Line> {
        let lines = self.of_article(article);
        let after = lines.partition_point(|line| line.span.start() <= offset);
        lines[..after].last().filter(|line| line.span.contains(offset))
    }

    /// The issues of claims with a telling that shares words with a passage, sorted, each once: who
    /// denies something tells of the same issue.
    pub fn claims(&self, article: ArticleIndex, span: Span) -> Vec<usize> {
        let claims = &self.claims[article.get()];
        let reach = span.start().saturating_sub(self.longest);
        let from = claims.partition_point(|(telling, _)| telling.start() < reach);
        let to = claims.partition_point(|(telling, _)| telling.start() < span.end());
        let told = claims[from..to.max(from)].iter().filter(|(telling, _)| telling.overlaps(span));
        let mut found: Vec<usize> = told.map(|&(_, claim)| claim).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The first word of a span that a key stands for, as the report writes it.
    pub fn word_of(&self, line: &Line, wanted: Key) -> Option<String> {
        let word = line.words.iter().find(|word| !word.function && word.key == wanted)?;
        Some(self.slice(line, word.span).to_owned())
    }

    /// Words of a line, as the report writes them.
    pub fn slice(&self, line: &Line, span: Span) -> &'s str {
        self.story.slice(Passage { article: line.article, span })
    }

    /// The entities of the story, by index, that a report names in a span.
    pub fn named(&self, article: ArticleIndex, span: Span) -> impl Iterator<Item = usize> + '_ {
        let mentions = self.document(article).mentions.inside(span);
        mentions.filter_map(move |mention| self.entity(article, mention.entity))
    }
}

/// The sentences of all reports.
fn lines(
    story: &Story,
    read: &[Arc<Vec<Read>>],
    keys: &mut Keys<'_, '_>,
) -> (Vec<Line>, Vec<usize>) {
    let mut lines: Vec<Line> = Vec::new();
    let mut starts = Vec::with_capacity(story.documents.len() + 1);
    for (article, read) in story.articles().zip(read) {
        starts.push(lines.len());
        for (sentence, found) in read.iter().enumerate() {
            let words = found.words.iter().map(|term| keys.word(term)).collect();
            lines.push(Line {
                article,
                sentence,
                number: found.number,
                wording: found.wording,
                span: found.span,
                words,
                matter: Vec::new(),
                weight: 0.0,
            });
        }
    }
    starts.push(lines.len());
    weigh(&mut lines, (keys.senses + keys.known) as usize);
    (lines, starts)
}

/// A number may differ between reports of one fact, so that it counts less than a word.
const NUMBER_WEIGHT: f32 = 3.0;
/// A denial counts, but does not make two sentences tell of different facts.
const NEGATION_WEIGHT: f32 = 1.5;
/// A word that stands in every sentence of a story keeps this share of its weight there.
const LEAST_SCALE: f32 = 0.05;

/// Gives each line its words of matter with their weight: that which they have in news at large,
/// less where most sentences of the story hold them.
fn weigh(lines: &mut [Line], keys: usize) {
    let mut frequency = vec![0_u32; keys];
    for line in lines.iter_mut() {
        let words = line.words.iter().filter(|word| !word.function || word.negation);
        let weight = |word: &Word| match word {
            _ if word.negation => NEGATION_WEIGHT,
            _ if word.digits => NUMBER_WEIGHT,
            _ => word.idf,
        };
        line.matter = words.map(|word| (word.key, weight(word))).collect();
        line.matter.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        line.matter.dedup_by_key(|(key, _)| *key);
        line.matter.iter().for_each(|(key, _)| frequency[*key as usize] += 1);
    }
    let all = 1.0 + lines.len() as f32;
    let scale = |&frequency: &u32| {
        let spread = (all / (frequency as f32).max(1.0)).ln() / all.ln();
        spread.max(LEAST_SCALE)
    };
    let scales: Vec<f32> = frequency.iter().map(scale).collect();
    for line in lines {
        for (key, weight) in &mut line.matter {
            *weight *= scales[*key as usize];
        }
        line.weight = line.matter.iter().map(|(_, weight)| weight).sum();
    }
}

/// The senses that stand in the heads of at least three in five of the reports.
fn main_events(story: &Story, lines: &[Line], senses: Key) -> BTreeSet<Key> {
    let mut holders = vec![0_usize; senses as usize];
    let mut seen = vec![None; senses as usize];
    for line in lines.iter().filter(|line| line.sentence < HEAD) {
        for word in line.words.iter().filter(|word| word.key < senses) {
            let sense = word.key as usize;
            if seen[sense] != Some(line.article) {
                seen[sense] = Some(line.article);
                holders[sense] += 1;
            }
        }
    }
    let most = |sense: &Key| 5 * holders[*sense as usize] >= 3 * story.documents.len();
    (0..senses).filter(most).collect()
}

fn joined(story: &Story) -> Vec<Vec<Option<usize>>> {
    let empty = |document: &Document| vec![None; document.entities.len()];
    let mut joined: Vec<Vec<Option<usize>>> = story.documents.iter().map(empty).collect();
    for (at, entity) in story.entities.iter().enumerate() {
        for (article, member) in &entity.members {
            if let Some(place) = joined[article.get()].get_mut(member.get()) {
                place.get_or_insert(at);
            }
        }
    }
    joined
}
