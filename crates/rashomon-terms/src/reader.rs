use std::collections::HashMap;
use std::sync::Arc;

use rashomon_article::{ArticleIndex, Document, EntityIndex, Passage, Story};
use rashomon_language::{Language, word_key};

use crate::reading::{Class, Key, Reading, Sentence, Word};
use crate::{Feature, Kept, Stamp, Unit, Units};

/// A feature that stands in every sentence of a story keeps this share of its weight there.
const LEAST_SCALE: f32 = 0.05;
/// And a denied one this.
const LEAST_DENIAL: f32 = 0.7;

/// Reads the [`Units`] of a story again and again: what it has read of a document it does not read
/// again, and vectors that are the same keep their number.
pub struct UnitReader<'l> {
    language: &'l Language,
    reading: Reading<'l>,
    kept: Kept<Vec<Sentence>>,
    vectors: Vectors,
}

impl<'l> UnitReader<'l> {
    /// A reader that has not read anything yet.
    pub fn new(language: &'l Language) -> UnitReader<'l> {
        let (reading, kept) = (Reading::new(language), Kept::default());
        UnitReader { language, reading, kept, vectors: Vectors::default() }
    }

    /// The units of a story: those of [`Units::new`]. A document that has a stamp is only read
    /// where the story read before had none with that stamp; `stamps` are those of the documents in
    /// their order, or none.
    pub fn units(&mut self, story: &Story, stamps: &[Stamp]) -> Units {
        self.kept.turn_to(stamps);
        let read: Vec<Arc<Vec<Sentence>>> = story
            .articles()
            .map(|article| {
                self.kept.of(article, || self.reading.sentences(story.document(article)))
            })
            .collect();
        let mut builder = Builder {
            language: self.language,
            vectors: &mut self.vectors,
            features: vec![UNKNOWN; self.reading.features()],
            entities: vec![UNKNOWN; story.entities.len()],
            places: Vec::new(),
            units: Units::default(),
            words: Vec::new(),
        };
        let joined = joined(story);
        for (article, sentences) in story.articles().zip(&read) {
            builder.article(story.document(article), article, sentences, &joined[article.get()]);
        }
        builder.finish()
    }
}

/// The vectors of words by how they are written, in lower case.
#[derive(Default)]
struct Vectors {
    numbers: HashMap<String, u32>,
    all: Vec<Arc<[f32]>>,
}

impl Vectors {
    /// The number of the vector of a word, 0 where it has none.
    fn number(&mut self, word: &str, language: &Language) -> u32 {
        let word = word.to_lowercase();
        if let Some(&known) = self.numbers.get(&word) {
            return known;
        }
        if self.all.is_empty() {
            self.all.push(Arc::from([]));
        }
        let vector = vector(&word, language);
        let number = if vector.is_empty() { 0 } else { self.all.len() as u32 };
        if number > 0 {
            self.all.push(vector.into());
        }
        self.numbers.insert(word, number);
        number
    }
}

/// Where a word lies among the words of the language, of length 1.
fn vector(word: &str, language: &Language) -> Vec<f32> {
    let Some(mut vector) = language.vectors.get(word_key(word)) else { return Vec::new() };
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
    vector
}

/// A feature that the story at hand has not shown yet.
const UNKNOWN: u32 = u32::MAX;

/// Puts what was read of the reports together. Features are numbered as they come in the story,
/// whatever was read before it.
struct Builder<'r> {
    language: &'r Language,
    vectors: &'r mut Vectors,
    /// The number in the story of each feature of the reader.
    features: Vec<u32>,
    /// And of each entity of the story.
    entities: Vec<u32>,
    /// The number of the vector of each feature; `None` where nobody has looked yet.
    places: Vec<Option<u32>>,
    units: Units,
    /// The words of the sentence at hand with their numbers in the story.
    words: Vec<(Word, u32)>,
}

impl Builder<'_> {
    fn article(
        &mut self,
        document: &Document,
        article: ArticleIndex,
        sentences: &[Sentence],
        joined: &[Option<usize>],
    ) {
        for (at, read) in sentences.iter().enumerate() {
            self.read(document, read, joined);
            let unit = self.unit(Passage { article, span: read.span }, at, read);
            for feature in &unit.features {
                self.units.frequency[feature.id as usize] += 1;
            }
            self.units.sentences += 1;
            self.units.all.push(unit);
            for &span in &read.clauses {
                let unit = self.unit(Passage { article, span }, at, read);
                self.units.all.push(Unit { whole: false, ..unit });
            }
        }
    }

    /// Numbers the words of a sentence.
    fn read(&mut self, document: &Document, read: &Sentence, joined: &[Option<usize>]) {
        self.words.clear();
        for &word in &read.words {
            let known = match word.key {
                Key::Feature(number) => &mut self.features[number as usize],
                Key::Entity(entity) => match joined.get(entity.get()).copied().flatten() {
                    Some(entity) => &mut self.entities[entity],
                    None => continue,
                },
            };
            if *known == UNKNOWN {
                *known = self.places.len() as u32;
                self.places.push(None);
                self.units.frequency.push(0);
                self.units.names.push(false);
                self.units.denials.push(false);
                self.units.figures.push(false);
            }
            let id = *known;
            let at = id as usize;
            self.units.names[at] |= word.name;
            self.units.denials[at] |= word.class == Class::Denied;
            self.units.figures[at] |= word.class == Class::Figure;
            if word.class == Class::Plain && self.places[at].is_none() {
                let written = document.slice(word.span);
                self.places[at] = Some(self.vectors.number(written, self.language));
            }
            self.words.push((word, id));
        }
    }

    fn unit(&self, passage: Passage, sentence: usize, read: &Sentence) -> Unit {
        let mut features: Vec<Feature> = Vec::with_capacity(self.words.len());
        let mut order: Vec<(usize, u32)> = Vec::with_capacity(self.words.len());
        let (mut all, mut spoken) = (0.0, 0.0);
        let inside = self.words.iter().filter(|(word, _)| passage.span.covers(word.span));
        for &(word, id) in inside {
            features.push(Feature { id, weight: word.weight });
            all += word.weight;
            if word.spoken {
                spoken += word.weight;
            }
            let at = id as usize;
            if self.units.figures[at] || self.places[at].is_some_and(|place| place > 0) {
                order.push((word.span.start(), id));
            }
        }
        order.sort_unstable();
        let certainties = read.certainties.iter();
        let certainties = certainties.filter(|(span, ..)| passage.span.covers(*span));
        let certainties = certainties
            .map(|&(_, number, certainty)| (self.features[number as usize], certainty))
            .collect();
        // Of a feature that stands twice, the heavier one counts.
        features.sort_by(|a, b| a.id.cmp(&b.id).then(b.weight.total_cmp(&a.weight)));
        features.dedup_by_key(|feature| feature.id);
        Unit {
            passage,
            sentence,
            whole: true,
            heading: read.heading,
            question: read.question,
            speech: if all > 0.0 { spoken / all } else { 0.0 },
            features,
            weight: 0.0,
            order: order.into_iter().map(|(_, id)| id).collect(),
            certainties,
        }
    }

    /// A feature that stands in every sentence of the story tells nothing there.
    fn finish(self) -> Units {
        let mut units = self.units;
        let all = 1.0 + units.sentences as f32;
        let scale = |(&frequency, &denied): (&u32, &bool)| {
            let spread = (all / (frequency as f32).max(1.0)).ln() / all.ln();
            // What reports deny again and again is the news: it stays heavy.
            spread.max(if denied { LEAST_DENIAL } else { LEAST_SCALE })
        };
        let scales: Vec<f32> = units.frequency.iter().zip(&units.denials).map(scale).collect();
        for unit in &mut units.all {
            for feature in &mut unit.features {
                feature.weight *= scales[feature.id as usize];
            }
            unit.weight = unit.features.iter().map(|feature| feature.weight).sum();
        }
        units.places = self.places.into_iter().map(Option::unwrap_or_default).collect();
        let nowhere: Arc<[f32]> = Arc::from([]);
        let vector = |&place: &u32| match place {
            0 => Arc::clone(&nowhere),
            place => Arc::clone(&self.vectors.all[place as usize]),
        };
        units.vectors = units.places.iter().map(vector).collect();
        units
    }
}

/// For each entity of each report, its index among the entities of the story.
fn joined(story: &Story) -> Vec<Vec<Option<usize>>> {
    let empty = |document: &Document| vec![None; document.entities.len()];
    let mut joined: Vec<Vec<Option<usize>>> = story.documents.iter().map(empty).collect();
    for (at, entity) in story.entities.iter().enumerate() {
        for &(article, EntityIndex(member)) in &entity.members {
            if let Some(place) = joined[article.get()].get_mut(member as usize) {
                *place = Some(at);
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use rashomon_article::{Article, Block, BlockKind};
    use rashomon_language::english;
    use rashomon_text::{Layer, Text};

    use super::*;

    fn document(text: &str) -> Document {
        let text = Text::from(text);
        let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
        let mut document = Document::new(Article { text, blocks, ..Article::default() });
        document.tokens = rashomon_segment::tokens(&document, english());
        document.sentences = rashomon_segment::sentences(&document, english());
        document
    }

    /// A reader that has read other stories before gives what a new one gives.
    #[test]
    fn what_was_read_before_leaves_no_trace() {
        let texts = [
            "The ferry sank at dawn. Nobody did agree, the mayor said; no ship will sail.",
            "A ferry sank, and not one of the sailors resigned.",
            "The talks may fail. The unions have not agreed to the plan of the mayor.",
        ];
        let mut reader = UnitReader::new(english());
        for stamps in [vec![2], vec![0, 1], vec![1, 0, 2], vec![2, 0], vec![2, 1, 0], vec![1]] {
            let documents = stamps.iter().map(|&at: &u64| document(texts[at as usize])).collect();
            let story = Story { documents, ..Story::default() };
            let stamps: Vec<Stamp> = stamps.into_iter().map(Stamp).collect();
            let kept = reader.units(&story, &stamps);
            let new = Units::new(&story, english());
            assert_eq!(format!("{:?}", kept.all), format!("{:?}", new.all));
            assert_eq!((kept.frequency, kept.vectors), (new.frequency, new.vectors));
        }
    }
}
