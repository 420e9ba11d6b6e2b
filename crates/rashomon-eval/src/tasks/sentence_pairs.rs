//! How far two sentences tell the same event: `rashomon-eval sentence-pairs --gold PAIRS --docs
//! FILE[,FILE] --pred OUT`. `--docs` holds the articles with their sentences, `--gold` the pairs; only
//! the places of the pairs are read, never their labels. A pair whose articles are not in `--docs`
//! gets no chance; `average_precision_present` leaves these out, and so tells the figure of the
//! topics that `--docs` holds.
//!
//! The articles of one topic are put together as one story, twin events and all: that is what
//! somebody has who searches an archive for a kind of event.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use rashomon::article::{Document, Sentence, Story};
use rashomon::language::english;
use rashomon::terms::Units;
use rashomon::text::{Layer, Offsets, Span};
use rashomon_claims::Tellings;
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

pub fn run(options: &Options) -> Result<Value, String> {
    let pairs = read_items(&options.path("gold")?)?;
    let begin = Instant::now();
    let topics = Topics::read(options)?;
    let scored: Vec<Option<f32>> =
        topics.each(&pairs, |tellings, a, b| tellings.event(a, b)).collect();
    let seconds = begin.elapsed().as_secs_f64();
    let predictions: Vec<Value> = pairs
        .iter()
        .zip(&scored)
        .map(|(pair, score)| json!({"a": pair["a"], "b": pair["b"], "score": score.unwrap_or(0.0)}))
        .collect();
    write_items(&options.path("pred")?, &predictions)?;
    let ranked = |which: &dyn Fn(&Value, Option<f32>) -> bool| {
        let kept = pairs.iter().zip(&scored).filter(|&(pair, score)| which(pair, *score));
        let ranked: Vec<(f64, bool)> = kept
            .map(|(pair, score)| (f64::from(score.unwrap_or(0.0)), pair["label"] == 1))
            .collect();
        average_precision(ranked)
    };
    let present = scored.iter().flatten().count();
    Ok(json!({"task": "sentence-pairs", "pairs": pairs.len(), "present": present,
              "average_precision": ranked(&|_, _| true),
              "average_precision_present": ranked(&|_, score| score.is_some()),
              "average_precision_present_checked":
                  ranked(&|pair, score| score.is_some() && pair["checked"] != false),
              "sentences": topics.sentences(),
              "sentences_per_second": (topics.sentences() as f64 / seconds).round()}))
}

/// The articles of each topic as one story, with the places of their sentences.
pub struct Topics {
    stories: Vec<(Story, Units)>,
    /// For each article by its id, its topic and its place there.
    articles: HashMap<String, (usize, usize)>,
}

impl Topics {
    /// Reads and annotates the files that `--docs` names.
    pub fn read(options: &Options) -> Result<Topics, String> {
        let files = options.get("docs").ok_or("--docs FILE is missing")?;
        let mut topics: BTreeMap<String, Vec<Document>> = BTreeMap::new();
        for file in files.split(',') {
            for article in &read_items(std::path::Path::new(file))? {
                let topic = article["topic"].to_string();
                topics.entry(topic).or_default().push(document(article)?);
            }
        }
        let mut articles = HashMap::new();
        let mut stories = Vec::new();
        for documents in topics.into_values() {
            let story = rashomon::gather(String::new(), documents, english());
            for (at, document) in story.documents.iter().enumerate() {
                articles.insert(document.article.id.clone(), (stories.len(), at));
            }
            let units = Units::new(&story, english());
            stories.push((story, units));
        }
        Ok(Topics { stories, articles })
    }

    fn sentences(&self) -> usize {
        self.stories.iter().map(|(_, units)| units.sentences).sum()
    }

    /// Asks something of each pair whose two sentences stand in one topic.
    pub fn each<'t, T>(
        &'t self,
        pairs: &'t [Value],
        ask: impl Fn(&Tellings<'_>, usize, usize) -> T + 't,
    ) -> impl Iterator<Item = Option<T>> + 't {
        let tellings: Vec<(Tellings<'_>, Lookup)> = self
            .stories
            .iter()
            .map(|(story, units)| (Tellings::new(story, units), lookup(units)))
            .collect();
        pairs.iter().map(move |pair| {
            let place = |side: &str| {
                let &(topic, article) = self.articles.get(pair[side]["id"].as_str()?)?;
                let sentence = usize::try_from(pair[side]["sentence"].as_u64()?).ok()?;
                Some((topic, *tellings[topic].1.get(&(article, sentence))?))
            };
            let ((topic, a), (other, b)) = (place("a")?, place("b")?);
            (topic == other).then(|| ask(&tellings[topic].0, a, b))
        })
    }
}

/// An article with the layers that a pair is scored by, and the sentences that the gold has.
fn document(article: &Value) -> Result<Document, String> {
    let text = article["text"].as_str().ok_or("an article has no text")?;
    let id = article["id"].as_str().ok_or("an article has no id")?;
    let mut document = rashomon::read::read_plain(id, text, english());
    let offsets = Offsets::new(text);
    let sentences = article["sentences"].as_array().ok_or("an article has no sentences")?;
    let mut spans = Vec::new();
    for sentence in sentences {
        let byte = |at: usize| offsets.byte(sentence[at].as_u64().unwrap_or(0) as usize);
        let (Some(start), Some(end)) = (byte(0), byte(1)) else { continue };
        spans.push(Sentence { span: Span::new(start, end) });
    }
    // What a pair is scored by, and no more: nobody's words are asked for.
    document.tokens = rashomon_segment::tokens(&document, english());
    document.sentences = Layer::new(spans);
    (document.mentions, document.entities) = rashomon_names::mentions(&document, english());
    document.times = rashomon_times::times(&document, english());
    document.quantities = rashomon_quantities::quantities(&document, english());
    Ok(document)
}

/// The index of each whole sentence, by article and sentence.
type Lookup = HashMap<(usize, usize), usize>;

fn lookup(units: &Units) -> Lookup {
    let whole = units.all.iter().enumerate().filter(|(_, unit)| unit.whole);
    whole.map(|(at, unit)| ((unit.passage.article.get(), unit.sentence), at)).collect()
}

/// Average precision; equal scores are one step.
pub fn average_precision(mut ranked: Vec<(f64, bool)>) -> f64 {
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = ranked.iter().filter(|(_, label)| *label).count();
    let (mut seen, mut hits, mut sum) = (0, 0, 0.0);
    for step in ranked.chunk_by(|a, b| a.0 == b.0) {
        let step_hits = step.iter().filter(|(_, label)| *label).count();
        seen += step.len();
        hits += step_hits;
        sum += step_hits as f64 * hits as f64 / seen as f64;
    }
    sum / positives.max(1) as f64
}
