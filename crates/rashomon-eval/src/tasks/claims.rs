//! Which sentences tell the same fact: `rashomon-eval claims --gold LABELS --docs STORIES --pred
//! OUT`. Gold: `{"id", "a": {"id", "start", "end"}, "b": {…}, "label": 0|1|2}` with code points into
//! the articles of `--docs`; 2 is the same fact, 1 a fact in common beside others, 0 none.
//!
//! The stories of the pairs are compared as `rashomon compare` does. A pair is put together where
//! a claim has a mention in both sentences, or a remark a variant. Predicted: `{"id", "together",
//! "score"}`, the score being how likely the two are to tell one fact by themselves.
//!
//! Precision is the share of the pairs put together that have a fact in common; recall is told
//! apart for pairs of one fact and of a fact in common.

use std::collections::{BTreeMap, BTreeSet};

use rashomon::article::{ArticleIndex, Document, Passage, Story};
use rashomon::language::english;
use rashomon::terms::Units;
use rashomon::text::{Offsets, Span};
use rashomon_claims::Tellings;
use serde_json::{Value, json};

use super::sentence_pairs::average_precision;
use super::stories::document;
use crate::Options;
use crate::files::{read_items, write_items};

/// Compares the stories of the gold pairs and counts against the labels.
pub fn run(options: &Options) -> Result<Value, String> {
    let mut gold = read_items(&options.path("gold")?)?;
    options.keep_part(&mut gold)?;
    let docs = read_items(&options.path("docs")?)?;
    let mut predicted = Vec::new();
    let mut judged = Vec::new();
    for (story, pairs) in stories(&docs, &gold) {
        let units = Units::new(&story, english());
        let tellings = Tellings::new(&story, &units);
        for pair in pairs {
            let (Some(a), Some(b)) = (passage(&story, &pair["a"]), passage(&story, &pair["b"]))
            else {
                continue;
            };
            let together = are_together(&story, a, b);
            let sentences = tellings.sentence(a).zip(tellings.sentence(b));
            let score = sentences.map_or(0.0, |(a, b)| tellings.fact(a, b));
            predicted.push(json!({"id": pair["id"], "together": together, "score": score}));
            judged.push((pair["label"].as_u64().unwrap_or(0), together, f64::from(score)));
        }
    }
    predicted.sort_by_cached_key(|item| item["id"].to_string());
    write_items(&options.path("pred")?, &predicted)?;
    Ok(metrics(&judged))
}

/// The stories that hold gold pairs, compared, each with its pairs.
pub fn stories<'g>(docs: &[Value], gold: &'g [Value]) -> Vec<(Story, Vec<&'g Value>)> {
    let story_of: BTreeMap<&str, &str> = docs
        .iter()
        .filter_map(|item| Some((item["id"].as_str()?, item["story"].as_str()?)))
        .collect();
    let mut pairs: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for pair in gold {
        let story = pair["a"]["id"].as_str().and_then(|id| story_of.get(id));
        pairs.entry(story.copied().unwrap_or_default()).or_default().push(pair);
    }
    pairs
        .into_iter()
        .map(|(name, pairs)| {
            let items = docs.iter().filter(|item| item["story"] == name);
            let documents: Vec<Document> =
                items.map(|item| rashomon::annotate(document(item), english())).collect();
            (rashomon::compare_story("s1".into(), documents, english()), pairs)
        })
        .collect()
}

/// The exact words that a side of a pair names.
pub fn passage(story: &Story, side: &Value) -> Option<Passage> {
    let id = side["id"].as_str()?;
    let article = story.articles().find(|&at| story.document(at).article.id == id)?;
    let offsets = Offsets::new(story.document(article).article.text.as_str());
    let byte = |key: &str| offsets.byte(usize::try_from(side[key].as_u64()?).ok()?);
    Some(Passage { article, span: Span::new(byte("start")?, byte("end")?) })
}

/// Whether a claim or a remark is told in both passages.
fn are_together(story: &Story, a: Passage, b: Passage) -> bool {
    let holds = |article: ArticleIndex, span: Span, passage: Passage| {
        article == passage.article && span.overlaps(passage.span)
    };
    let claim = story.claims.iter().any(|claim| {
        let told = |passage| claim.mentions.iter().any(|m| holds(m.article, m.span, passage));
        told(a) && told(b)
    });
    claim
        || story.utterances.iter().any(|utterance| {
            let told =
                |passage| utterance.variants.iter().any(|v| holds(v.article, v.span, passage));
            told(a) && told(b)
        })
}

fn metrics(judged: &[(u64, bool, f64)]) -> Value {
    let count = |which: &dyn Fn(&(u64, bool, f64)) -> bool| {
        judged.iter().filter(|pair| which(pair)).count() as f64
    };
    let share = |part: f64, whole: f64| part / whole.max(1.0);
    let put = count(&|&(_, together, _)| together);
    let right = count(&|&(label, together, _)| together && label > 0);
    let recall = |wanted: u64| {
        let all = count(&|&(label, ..)| label == wanted);
        share(count(&|&(label, together, _)| together && label == wanted), all)
    };
    let ranked = |least: u64| {
        average_precision(judged.iter().map(|&(label, _, score)| (score, label >= least)).collect())
    };
    let labels: BTreeSet<u64> = judged.iter().map(|&(label, ..)| label).collect();
    let counts: BTreeMap<String, f64> = labels
        .into_iter()
        .map(|wanted| (wanted.to_string(), count(&|&(label, ..)| label == wanted)))
        .collect();
    json!({"task": "claims", "pairs": counts, "put_together": put,
           "precision": share(right, put), "recall_same": recall(2), "recall_common": recall(1),
           "average_precision": ranked(1), "average_precision_same": ranked(2)})
}
