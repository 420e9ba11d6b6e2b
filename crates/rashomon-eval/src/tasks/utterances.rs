//! Are two passages one remark? Gold: `{"id", "a": {"id", "start", "end"}, "b": {…}, "label": 0|1,
//! "relation"?}` with code points into the articles of `--docs`, a stories file. Predicted:
//! `{"id", "score", "relation"}`; 0.5 and more means one remark. `--part tune|report` keeps the gold
//! pairs of that part; without it the metrics of each part stand under `by_part`.

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
    let gold = of_part(read_items(&options.path("gold")?)?, options.get("part"))?;
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
    let mut parts: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut predicted = Vec::with_capacity(gold.len());
    for pair in &gold {
        let found = scores.get(&key(pair)).copied();
        let found = found.unwrap_or(Likeness { score: 0.0, relation: None });
        counts.add(pair, found);
        if let Some(part) = pair["part"].as_str() {
            parts.entry(part).or_default().add(pair, found);
        }
        let relation = found.relation.map(|relation| relation.name());
        predicted.push(json!({"id": pair["id"], "score": found.score, "relation": relation}));
    }
    write_items(&options.path("pred")?, &predicted)?;
    let mut metrics = counts.metrics();
    metrics["task"] = json!("utterances");
    if options.get("part").is_none() && !parts.is_empty() {
        let by_part = parts.iter().map(|(part, counts)| ((*part).to_owned(), counts.metrics()));
        metrics["by_part"] = Value::Object(by_part.collect());
    }
    Ok(metrics)
}

/// The pairs of one part, or all where none is asked.
fn of_part(mut gold: Vec<Value>, part: Option<&str>) -> Result<Vec<Value>, String> {
    let Some(part) = part else { return Ok(gold) };
    gold.retain(|pair| pair["part"] == part);
    if gold.is_empty() {
        return Err(format!("no gold pair is of the part {part:?}"));
    }
    Ok(gold)
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
    pairs: usize,
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
        self.pairs += 1;
        self.gold += usize::from(is_gold);
        self.predicted += usize::from(is_found);
        self.both += usize::from(is_gold && is_found);
        if let (true, true, Some(relation)) = (is_gold, is_found, pair["relation"].as_str()) {
            self.relations += 1;
            let right = found.relation.is_some_and(|found| found.name() == relation);
            self.relations_right += usize::from(right);
        }
    }

    fn metrics(&self) -> Value {
        let share = |part: usize, whole: usize| {
            if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
        };
        json!({
            "pairs": self.pairs,
            "precision": share(self.both, self.predicted),
            "recall": share(self.both, self.gold),
            "f1": share(2 * self.both, self.predicted + self.gold),
            "relation_accuracy": share(self.relations_right, self.relations),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rashomon::article::Relation;

    use super::*;

    fn labels() -> Vec<Value> {
        let lines = include_str!("../../labels/utterance-pairs.jsonl").lines();
        lines.map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    }

    #[test]
    fn labels_have_the_form_that_their_readme_states() {
        let relations = [
            Relation::Identical,
            Relation::Cut,
            Relation::Reworded,
            Relation::Translated,
            Relation::Paraphrased,
        ]
        .map(Relation::name);
        let (mut ids, mut parts) = (BTreeSet::new(), BTreeMap::new());
        for pair in labels() {
            assert!(ids.insert(key(&pair)), "{} stands twice", pair["id"]);
            let part =
                parts.entry(pair["story"].to_string()).or_insert_with(|| pair["part"].clone());
            assert_eq!(*part, pair["part"], "a story is in one part only");
            assert_ne!(pair["a"]["id"], pair["b"]["id"]);
            match (pair["label"].as_u64(), pair["relation"].as_str()) {
                (Some(0), None) => assert!(pair["altered"].is_null()),
                (Some(1), Some(relation)) => assert!(relations.contains(&relation)),
                other => panic!("{}: {other:?}", pair["id"]),
            }
            for words in pair["altered"].as_array().into_iter().flatten() {
                assert!(lies_in(&words[0], &pair["a"]) && lies_in(&words[1], &pair["b"]));
            }
        }
    }

    fn lies_in(words: &Value, side: &Value) -> bool {
        let number = |value: &Value| value.as_u64().expect("an offset");
        number(&side["start"]) <= number(&words[0])
            && number(&words[0]) <= number(&words[1])
            && number(&words[1]) <= number(&side["end"])
    }

    #[test]
    fn a_part_is_a_share_of_the_pairs_and_must_exist() {
        let all = labels();
        let size = |part| of_part(all.clone(), part).map(|pairs| pairs.len());
        let (tune, report) =
            (size(Some("tune")).expect("pairs"), size(Some("report")).expect("pairs"));
        assert_eq!(size(None), Ok(tune + report));
        assert!(size(Some("test")).is_err());
    }
}
