use std::collections::{BTreeMap, HashMap};

use rashomon::article::{Document, Sentence};
use rashomon::language::english;
use rashomon::terms::Units;
use rashomon::text::{Layer, Offsets, Span};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

/// How far two sentences tell the same event. `--docs` holds the articles with their sentences,
/// `--gold` the pairs; only the places of the pairs are read, never their labels.
///
/// The articles of one topic are put together as one story, twin events and all: that is what
/// somebody has who searches an archive for a kind of event.
pub fn run(options: &Options) -> Result<Value, String> {
    let articles = read_items(&options.path("docs")?)?;
    let pairs = read_items(&options.path("gold")?)?;
    let mut topics: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    for article in &articles {
        let topic = article["topic"].to_string();
        topics.entry(topic).or_default().push(document(article)?);
    }
    let mut place = HashMap::new();
    let mut stories = Vec::new();
    for documents in topics.into_values() {
        let at = stories.len();
        let story = rashomon::gather(String::new(), documents, english());
        for (article, document) in story.documents.iter().enumerate() {
            place.insert(document.article.id.clone(), (at, article));
        }
        stories.push(Units::new(&story, english()));
    }
    let lookups: Vec<HashMap<(usize, usize), usize>> = stories.iter().map(lookup).collect();
    let mut predictions = Vec::with_capacity(pairs.len());
    for pair in &pairs {
        let unit = |side: &str| -> Option<(usize, usize)> {
            let (story, article) = *place.get(pair[side]["id"].as_str()?)?;
            let sentence = usize::try_from(pair[side]["sentence"].as_u64()?).ok()?;
            Some((story, *lookups[story].get(&(article, sentence))?))
        };
        let score = match (unit("a"), unit("b")) {
            (Some((story, a)), Some((other, b))) if story == other => {
                let units = &stories[story].all;
                units[a].similarity(&units[b])
            }
            _ => 0.0,
        };
        predictions.push(json!({"a": pair["a"], "b": pair["b"], "score": score}));
    }
    write_items(&options.path("pred")?, &predictions)?;
    let labels = pairs.iter().map(|pair| pair["label"] == 1);
    let scores = predictions.iter().map(|pair| pair["score"].as_f64().unwrap_or(0.0));
    let average = average_precision(scores.zip(labels).collect());
    Ok(json!({"task": "sentence-pairs", "pairs": pairs.len(), "average_precision": average}))
}

/// An article annotated, with the sentences that the gold has.
fn document(article: &Value) -> Result<Document, String> {
    let text = article["text"].as_str().ok_or("an article has no text")?;
    let id = article["id"].as_str().ok_or("an article has no id")?;
    let read = rashomon::read::read_plain(id, text, english());
    let mut document = rashomon::annotate(read, english());
    let offsets = Offsets::new(text);
    let sentences = article["sentences"].as_array().ok_or("an article has no sentences")?;
    let mut spans = Vec::new();
    for sentence in sentences {
        let byte = |at: usize| offsets.byte(sentence[at].as_u64().unwrap_or(0) as usize);
        let (Some(start), Some(end)) = (byte(0), byte(1)) else { continue };
        spans.push(Sentence { span: Span::new(start, end) });
    }
    document.sentences = Layer::new(spans);
    Ok(document)
}

fn lookup(units: &Units) -> HashMap<(usize, usize), usize> {
    let whole = units.all.iter().enumerate().filter(|(_, unit)| unit.whole);
    whole.map(|(at, unit)| ((unit.passage.article.get(), unit.sentence), at)).collect()
}

/// Average precision; equal scores are one step.
fn average_precision(mut ranked: Vec<(f64, bool)>) -> f64 {
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
