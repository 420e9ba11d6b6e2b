use std::collections::HashMap;

use rashomon_article::{
    ArticleIndex, BlockKind, Certainty, Document, Mention, MentionForm, Passage, QuotationKind,
    Story, Token, TokenKind,
};
use rashomon_language::{Language, word_key};
use rashomon_text::Span;

use crate::certainty::{Governor, Markers};
use crate::{Lexicon, Normaliser, SenseIndex, Term, clauses};

/// A word that is known by its sense counts a little less than one that is the same.
const SENSE_WEIGHT: f32 = 0.9;
/// A pronoun or description says less than a name.
const PRONOUN_WEIGHT: f32 = 0.8;
/// A name that is joined across reports is worth this much beside its words: a part of its rarest
/// word, within these bounds.
const LEAST_NAME: f32 = 1.2;
const MOST_NAME: f32 = 2.7;
/// A number may differ between reports of one fact, so that it counts less than a word.
const NUMBER_WEIGHT: f32 = 3.0;
/// A quantity with its unit.
const QUANTITY_WEIGHT: f32 = 4.0;
/// A day: most sentences of a report of one are of that day.
const DAY_WEIGHT: f32 = 2.5;
/// A denial counts, but does not make two tellings different facts.
const NEGATION_WEIGHT: f32 = 1.5;
/// What is denied tells more than the denial and the word apart: `no deal`, `did not agree`.
const DENIED_WEIGHT: f32 = 5.0;
/// A feature that stands in every sentence of a story keeps this share of its weight there.
const LEAST_SCALE: f32 = 0.05;
/// And a denied one this.
const LEAST_DENIAL: f32 = 0.7;
/// A denial reaches over this many words of matter.
const DENIAL_REACH: usize = 5;
/// A word of a stock phrase keeps this share of its weight.
const STOCK_WEIGHT: f32 = 0.1;
/// Beyond this share of its weight in quotation marks, a sentence is speech and no telling.
const MOST_SPEECH: f32 = 0.6;

/// A feature of a unit, by its number in the story, and its weight there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feature {
    /// The number; the same for the same feature in all units of a story.
    pub id: u32,
    /// How much it tells in this story.
    pub weight: f32,
}

/// A sentence or clause as it compares.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Where it stands.
    pub passage: Passage,
    /// The sentence that it is or is a part of, by index in its article.
    pub sentence: usize,
    /// Whether it is the whole sentence.
    pub whole: bool,
    /// Whether it stands in a headline or subheading.
    pub heading: bool,
    /// Whether it asks instead of telling.
    pub question: bool,
    /// The share of its weight that stands in quotation marks, 0 to 1.
    pub speech: f32,
    /// Sorted by id, each once.
    pub features: Vec<Feature>,
    /// The sum of the weights.
    pub weight: f32,
    /// The words of matter in the order of the text, by the number of their feature.
    pub order: Vec<u32>,
    /// How certainly single words are told, by the number of their feature, in the order of the
    /// text: `resign` as planned in `will resign`, as told in `resigned`. Words that tell nothing by
    /// themselves are not here.
    pub certainties: Vec<(u32, Certainty)>,
}

impl Unit {
    /// Whether the outlet tells it in its own words.
    pub fn is_telling(&self) -> bool {
        self.speech <= MOST_SPEECH && !self.question
    }

    /// The weight of the features that both hold.
    pub fn shared(&self, other: &Unit) -> f32 {
        let (mut a, mut b) = (self.features.iter().peekable(), other.features.iter().peekable());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            match x.id.cmp(&y.id) {
                std::cmp::Ordering::Less => _ = a.next(),
                std::cmp::Ordering::Greater => _ = b.next(),
                std::cmp::Ordering::Equal => {
                    sum += x.weight.min(y.weight);
                    a.next();
                    b.next();
                }
            }
        }
        sum
    }

    /// How far two units tell the same, 0 to 1: the mean of Dice's coefficient and of how much of
    /// the smaller one the other holds, scaled down where little is shared in all.
    pub fn similarity(&self, other: &Unit) -> f32 {
        let shared = self.shared(other);
        if shared <= 0.0 {
            return 0.0;
        }
        let dice = 2.0 * shared / (self.weight + other.weight);
        let contained = shared / self.weight.min(other.weight);
        let evidence = shared / (shared + EVIDENCE);
        (0.6 * dice + 0.4 * contained) * evidence * (1.0 + EVIDENCE / 20.0)
    }
}

/// The shared weight at which a resemblance counts half.
const EVIDENCE: f32 = 4.0;

/// The units of a story: each sentence, and each clause of sentences of several.
#[derive(Clone, Debug, Default)]
pub struct Units {
    /// In the order of the articles and of their text; a sentence before its clauses.
    pub all: Vec<Unit>,
    /// In how many sentences each feature stands.
    pub frequency: Vec<u32>,
    /// Which features are names, parts of names or bare denials: alone they tell no fact.
    pub names: Vec<bool>,
    /// Which features are something denied: `no deal`, `did not agree`.
    pub denials: Vec<bool>,
    /// Which features are quantities and days by their value.
    pub figures: Vec<bool>,
    /// Where the word of a feature lies among the words of the language, of length 1; empty where
    /// that is not known.
    pub vectors: Vec<Vec<f32>>,
    /// How many sentences there are.
    pub sentences: usize,
}

impl Units {
    /// Reads tokens, sentences, mentions, quotations, and the entities of the story.
    pub fn new(story: &Story, language: &Language) -> Units {
        let mut builder = Builder {
            language,
            lexicon: Lexicon::new(language),
            senses: SenseIndex::new(language),
            ids: HashMap::new(),
            frequency: Vec::new(),
            names: Vec::new(),
            denials: Vec::new(),
            figures: Vec::new(),
            vectors: Vec::new(),
            markers: Markers::new(language),
            stock: stock(language),
            certainties: Vec::new(),
            units: Vec::new(),
            sentences: 0,
        };
        for article in story.articles() {
            builder.article(story, article);
        }
        builder.finish()
    }
}

struct Builder<'l> {
    language: &'l Language,
    lexicon: Lexicon<'l>,
    senses: SenseIndex,
    ids: HashMap<String, u32>,
    frequency: Vec<u32>,
    names: Vec<bool>,
    denials: Vec<bool>,
    figures: Vec<bool>,
    /// `None` where nobody has looked yet.
    vectors: Vec<Option<Vec<f32>>>,
    markers: Markers,
    /// The words of stock phrases, by their normal forms.
    stock: Vec<Vec<String>>,
    /// How certainly the words of the sentence at hand are told.
    certainties: Vec<(Span, u32, Certainty)>,
    units: Vec<Unit>,
    sentences: usize,
}

impl Builder<'_> {
    fn article(&mut self, story: &Story, article: ArticleIndex) {
        let document = story.document(article);
        let joined = joined_entities(story, article);
        let speech = speech_spans(document);
        for (sentence, found) in document.sentences.iter().enumerate() {
            let block = document.article.block_at(found.span.start());
            let heading = block.is_some_and(|block| block.kind != BlockKind::Paragraph)
                || is_line(document, found.span);
            let words = self.words(document, found.span, &joined);
            let unit = self.unit(Passage { article, span: found.span }, sentence, &words, &speech);
            for feature in &unit.features {
                self.frequency[feature.id as usize] += 1;
            }
            self.sentences += 1;
            let question =
                document.slice(found.span).trim_end_matches(['”', '"', '’']).ends_with('?');
            self.units.push(Unit { heading, question, ..unit });
            let parts = clauses(document, found, self.language);
            if parts.len() < 2 {
                continue;
            }
            for span in parts {
                let unit = self.unit(Passage { article, span }, sentence, &words, &speech);
                self.units.push(Unit { heading, question, whole: false, ..unit });
            }
        }
    }

    /// The weighted features of a sentence, each with its place. Weights are those of news at
    /// large; the story's own come in at the end.
    fn words(
        &mut self,
        document: &Document,
        span: Span,
        joined: &[Option<usize>],
    ) -> Vec<(Span, u32, f32)> {
        let mut words = Vec::new();
        let occurrences = self.lexicon.occurrences(document, span);
        let terms: Vec<Term> =
            occurrences.into_iter().map(|occurrence| self.lexicon.term(occurrence)).collect();
        let mentions: Vec<_> = document.mentions.inside(span).collect();
        let entity = |mention: &Mention| joined.get(mention.entity.get()).copied().flatten();
        for mention in &mentions {
            let Some(entity) = entity(mention) else { continue };
            let weight = match mention.form {
                MentionForm::Name => {
                    let inside = terms.iter().filter(|term| mention.span.covers(term.span));
                    let rarest = inside.map(|term| term.idf).fold(0.0, f32::max);
                    (0.3 * rarest).clamp(LEAST_NAME, MOST_NAME)
                }
                MentionForm::Description | MentionForm::Pronoun => PRONOUN_WEIGHT,
            };
            let id = self.id(format!("@{entity}"));
            self.names[id as usize] = true;
            words.push((mention.span, id, weight));
        }
        let figures = self.figures(document, span, &mut words);
        let mut reach = 0;
        let mut end = span.start();
        let mut certainties = Vec::new();
        let markers = std::mem::take(&mut self.markers);
        let mut governor = Governor::new(&markers);
        for term in &terms {
            let certainty = governor.next(document, term, self.language);
            // A denial does not reach across a comma, a bracket or a quotation mark.
            let between = Span::new(end.min(term.span.start()), term.span.start());
            if document.tokens_in(between).iter().any(|token| token.kind != TokenKind::Word) {
                reach = 0;
            }
            end = term.span.end();
            if term.negation {
                reach = DENIAL_REACH;
            } else if reach > 0 && !term.function_word {
                reach -= 1;
                if let Some((key, _)) = self.feature(term) {
                    let id = self.id(format!("-{key}"));
                    self.denials[id as usize] = true;
                    words.push((term.span, id, DENIED_WEIGHT));
                }
            }
            let counted = figures.iter().any(|figure| figure.overlaps(term.span));
            if !counted && let Some((key, weight)) = self.feature(term) {
                let id = self.id(key);
                self.vectors[id as usize]
                    .get_or_insert_with(|| vector(document, term, self.language));
                // A bare denial is no matter either.
                self.names[id as usize] |= term.negation
                    || mentions.iter().any(|mention| {
                        mention.form == MentionForm::Name && mention.span.covers(term.span)
                    });
                words.push((term.span, id, weight));
                certainties.extend(certainty.map(|certainty| (term.span, id, certainty)));
            }
        }
        self.lighten(&mut words, &terms);
        self.markers = markers;
        self.certainties = certainties;
        words
    }

    /// Quantities and days by their value, so that `six years` and `6 years`, `Friday` and the
    /// date of that Friday are the same. Gives the words that they stand for.
    fn figures(
        &mut self,
        document: &Document,
        span: Span,
        words: &mut Vec<(Span, u32, f32)>,
    ) -> Vec<Span> {
        let mut figures = Vec::new();
        for quantity in document.quantities.inside(span) {
            let unit = quantity.unit.as_ref().map_or("", |unit| unit.name.as_str());
            let key = format!("#{}..{} {unit}", quantity.min, quantity.max);
            let id = self.id(key);
            self.figures[id as usize] = true;
            words.push((quantity.number, id, QUANTITY_WEIGHT));
            figures.push(quantity.number);
        }
        for time in document.times.inside(span) {
            let Some(days) = time.days else { continue };
            let key = format!("#{}..{}", days.first, days.last);
            let id = self.id(key);
            self.figures[id as usize] = true;
            words.push((time.span, id, DAY_WEIGHT));
            figures.push(time.span);
        }
        figures
    }

    fn feature(&self, term: &Term) -> Option<(String, f32)> {
        if term.negation {
            return Some(("not".to_owned(), NEGATION_WEIGHT));
        }
        if term.function_word {
            return None;
        }
        if term.form.starts_with(|c: char| c.is_ascii_digit()) {
            return Some((term.form.clone(), NUMBER_WEIGHT));
        }
        Some(match self.senses.sense(&term.form) {
            Some(sense) => (format!("={sense}"), term.idf * SENSE_WEIGHT),
            None => (term.form.clone(), term.idf),
        })
    }

    fn id(&mut self, key: String) -> u32 {
        let next = self.frequency.len() as u32;
        let id = *self.ids.entry(key).or_insert(next);
        if id == next {
            self.frequency.push(0);
            self.names.push(false);
            self.denials.push(false);
            self.figures.push(false);
            self.vectors.push(None);
        }
        id
    }

    fn unit(
        &self,
        passage: Passage,
        sentence: usize,
        words: &[(Span, u32, f32)],
        speech: &[Span],
    ) -> Unit {
        let mut features: Vec<Feature> = Vec::new();
        let (mut all, mut spoken) = (0.0, 0.0);
        for &(span, id, weight) in words.iter().filter(|(span, ..)| passage.span.covers(*span)) {
            features.push(Feature { id, weight });
            all += weight;
            if speech.iter().any(|speech| speech.covers(span)) {
                spoken += weight;
            }
        }
        let mut order: Vec<(usize, u32)> = words
            .iter()
            .filter(|(span, id, _)| {
                let is_word = || self.vectors[*id as usize].as_ref().is_some_and(|v| !v.is_empty());
                passage.span.covers(*span) && (self.figures[*id as usize] || is_word())
            })
            .map(|(span, id, _)| (span.start(), *id))
            .collect();
        order.sort_unstable();
        let certainties = self.certainties.iter().filter(|(span, ..)| passage.span.covers(*span));
        let certainties = certainties.map(|&(_, id, certainty)| (id, certainty)).collect();
        let order = order.into_iter().map(|(_, id)| id).collect();
        // Of a feature that stands twice, the heavier one counts.
        features.sort_by(|a, b| a.id.cmp(&b.id).then(b.weight.total_cmp(&a.weight)));
        features.dedup_by_key(|feature| feature.id);
        let speech = if all > 0.0 { spoken / all } else { 0.0 };
        let (whole, heading, question, weight) = (true, false, false, 0.0);
        Unit {
            passage,
            sentence,
            whole,
            heading,
            question,
            speech,
            features,
            weight,
            order,
            certainties,
        }
    }

    /// The words of a stock phrase tell next to nothing: `did not respond to a request for comment`.
    fn lighten(&self, words: &mut [(Span, u32, f32)], terms: &[Term]) {
        let holds = |form: &String| terms.iter().any(|term| term.form == *form);
        for phrase in self.stock.iter().filter(|phrase| phrase.iter().all(holds)) {
            for term in terms.iter().filter(|term| phrase.contains(&term.form) || term.negation) {
                let same = words.iter_mut().filter(|(span, ..)| *span == term.span);
                same.for_each(|(_, _, weight)| *weight *= STOCK_WEIGHT);
            }
        }
    }

    /// A feature that stands in every sentence of the story tells nothing there.
    fn finish(mut self) -> Units {
        let all = 1.0 + self.sentences as f32;
        let scale = |id: usize| {
            let spread = (all / (self.frequency[id] as f32).max(1.0)).ln() / all.ln();
            // What reports deny again and again is the news: it stays heavy.
            spread.max(if self.denials[id] { LEAST_DENIAL } else { LEAST_SCALE })
        };
        for unit in &mut self.units {
            for feature in &mut unit.features {
                feature.weight *= scale(feature.id as usize);
            }
            unit.weight = unit.features.iter().map(|feature| feature.weight).sum();
        }
        Units {
            all: self.units,
            frequency: self.frequency,
            names: self.names,
            denials: self.denials,
            figures: self.figures,
            vectors: self.vectors.into_iter().map(Option::unwrap_or_default).collect(),
            sentences: self.sentences,
        }
    }
}

/// The words of stock phrases, by their normal forms.
fn stock(language: &Language) -> Vec<Vec<String>> {
    let normaliser = Normaliser::new(language);
    let forms = |phrase: &&[&str]| phrase.iter().map(|word| normaliser.form(word)).collect();
    language.senses.stock.iter().map(forms).collect()
}

/// A line without an end of a sentence has at most so many words.
const LONGEST_LINE: usize = 16;

/// Whether a sentence is a line by itself, as headings between paragraphs and credits are: short,
/// and without a mark at its end.
fn is_line(document: &Document, span: Span) -> bool {
    let tokens = document.tokens_in(span);
    let ends = |token: &Token| {
        let mark = matches!(token.kind, TokenKind::Mark | TokenKind::QuotationMark);
        mark && !document.slice(token.span).starts_with([',', '-', '–', '—'])
    };
    tokens.len() <= LONGEST_LINE && !tokens.last().is_some_and(ends)
}

/// Where a word lies among the words of the language, of length 1.
fn vector(document: &Document, term: &Term, language: &Language) -> Vec<f32> {
    let word = document.slice(term.span).to_lowercase();
    let Some(mut vector) = language.vectors.get(word_key(&word)) else { return Vec::new() };
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter_mut().for_each(|x| *x /= length.max(f32::MIN_POSITIVE));
    vector
}

/// For each entity of a report, its index among the entities of the story.
fn joined_entities(story: &Story, article: ArticleIndex) -> Vec<Option<usize>> {
    let mut joined = vec![None; story.document(article).entities.len()];
    for (at, entity) in story.entities.iter().enumerate() {
        for (of, member) in &entity.members {
            if *of == article
                && let Some(place) = joined.get_mut(member.get())
            {
                *place = Some(at);
            }
        }
    }
    joined
}

/// Where words stand in quotation marks because somebody says them.
fn speech_spans(document: &Document) -> Vec<Span> {
    document
        .quotations
        .iter()
        .filter(|quotation| quotation.kind != QuotationKind::Indirect)
        .flat_map(|quotation| quotation.content.iter().copied())
        .collect()
}
