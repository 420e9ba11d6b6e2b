//! Are two passages one remark? Gold: `{"id", "a": {"id", "start", "end"}, "b": {…}, "label": 0|1,
//! "relation"?}` with code points into the articles of `--docs`, a stories file. Predicted:
//! `{"id", "score", "relation"}`; 0.5 and more means one remark.

use std::collections::BTreeMap;

use rashomon::article::{ArticleIndex, Document, Passage, Story};
use rashomon::language::english;
use rashomon::text::{Offsets, Span};
use rashomon_utterances::{Likeness, Remarks};
use serde_json::{Value, json};

use crate::Options;
use crate::files::{read_items, write_items};

/// Scores each pair of the gold file and counts against its labels.
pub fn run(options: &Options) -> Result<Value, String> {
    let gold = read_items(&options.path("gold")?)?;
    let docs = read_items(&options.path("docs")?)?;
    let stories = stories(&docs);
    let mut scores: BTreeMap<String, Likeness> = BTreeMap::new();
    for story in &stories {
        let remarks = Remarks::new(story, english());
        for pair in &gold {
            if let (Some(a), Some(b)) = (passage(story, &pair["a"]), passage(story, &pair["b"])) {
                scores.insert(key(pair), remarks.likeness(a, b));
            }
        }
    }
    let mut counts = Counts::default();
    let mut predicted = Vec::with_capacity(gold.len());
    for pair in &gold {
        let found = scores.get(&key(pair)).copied();
        let found = found.unwrap_or(Likeness { score: 0.0, relation: None });
        counts.add(pair, found);
        let relation = found.relation.map(|relation| relation.name());
        predicted.push(json!({"id": pair["id"], "score": found.score, "relation": relation}));
    }
    write_items(&options.path("pred")?, &predicted)?;
    Ok(counts.metrics(gold.len()))
}

fn key(pair: &Value) -> String {
    pair["id"].to_string()
}

/// The articles grouped as the file says; without a story each file is one story.
fn stories(docs: &[Value]) -> Vec<Story> {
    let mut groups: BTreeMap<&str, Vec<Document>> = BTreeMap::new();
    for item in docs {
        let name = item["id"].as_str().unwrap_or_default();
        let text = item["text"].as_str().unwrap_or_default();
        let mut document = rashomon::read::read_plain(name, text, english());
        name.clone_into(&mut document.article.id);
        let story = item["story"].as_str().unwrap_or_default();
        groups.entry(story).or_default().push(rashomon::annotate(document, english()));
    }
    groups
        .into_iter()
        .map(|(id, documents)| rashomon::compare_story(id.to_owned(), documents, english()))
        .collect()
}

/// The passage of a story that a side of a pair names, if the article is one of its own.
fn passage(story: &Story, side: &Value) -> Option<Passage> {
    let id = side["id"].as_str()?;
    let at = story.documents.iter().position(|document| document.article.id == id)?;
    let offsets = Offsets::new(story.documents[at].article.text.as_str());
    let byte = |key: &str| offsets.byte(side[key].as_u64()? as usize);
    let (start, end) = (byte("start")?, byte("end")?);
    (start <= end)
        .then(|| Passage { article: ArticleIndex(at as u32), span: Span::new(start, end) })
}

/// How predictions and labels agree.
#[derive(Default)]
struct Counts {
    both: usize,
    predicted: usize,
    gold: usize,
    relations: usize,
    relations_right: usize,
}

impl Counts {
    fn add(&mut self, pair: &Value, found: Likeness) {
        let is_gold = pair["label"].as_f64().is_some_and(|label| label >= 0.5);
        let is_found = found.score >= 0.5;
        self.gold += usize::from(is_gold);
        self.predicted += usize::from(is_found);
        self.both += usize::from(is_gold && is_found);
        if let (true, true, Some(relation)) = (is_gold, is_found, pair["relation"].as_str()) {
            self.relations += 1;
            let right = found.relation.is_some_and(|found| found.name() == relation);
            self.relations_right += usize::from(right);
        }
    }

    fn metrics(&self, pairs: usize) -> Value {
        let share = |part: usize, whole: usize| {
            if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
        };
        json!({
            "task": "utterances",
            "pairs": pairs,
            "precision": share(self.both, self.predicted),
            "recall": share(self.both, self.gold),
            "f1": share(2 * self.both, self.predicted + self.gold),
            "relation_accuracy": share(self.relations_right, self.relations),
        })
    }
}
