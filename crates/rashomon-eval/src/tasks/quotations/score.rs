//! The figures of `score.py quotations`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::text::GoldText;

#[derive(Default)]
struct Counts(BTreeMap<&'static str, f64>);

impl Counts {
    fn add(&mut self, key: &'static str, n: usize) {
        *self.0.entry(key).or_default() += n as f64;
    }

    fn get(&self, key: &str) -> f64 {
        self.0.get(key).copied().unwrap_or(0.0)
    }

    fn ratio(&self, a: &str, b: &str) -> Value {
        if self.get(b) == 0.0 { Value::Null } else { rounded(self.get(a) / self.get(b)) }
    }

    fn prf(&self, hit_p: &str, n_pred: &str, hit_r: &str, n_gold: &str) -> Value {
        let (pred, gold) = (self.get(n_pred), self.get(n_gold));
        if pred == 0.0 && gold == 0.0 {
            return json!({"p": 1.0, "r": 1.0, "f1": 1.0});
        }
        let p = if pred == 0.0 { 0.0 } else { self.get(hit_p) / pred };
        let r = if gold == 0.0 { 0.0 } else { self.get(hit_r) / gold };
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        json!({"p": rounded(p), "r": rounded(r), "f1": rounded(f1)})
    }
}

fn rounded(value: f64) -> Value {
    json!((value * 10_000.0).round_ties_even() / 10_000.0)
}

struct Row {
    source: Vec<Range<usize>>,
    cue: Vec<Range<usize>>,
    kind: &'static str,
    chars: BTreeSet<usize>,
    words: BTreeSet<usize>,
    /// The first and the last character of each span of the content.
    pieces: Vec<(usize, usize)>,
}

pub fn score(gold: &[Value], predictions: &[Value]) -> Value {
    let mut total = Counts::default();
    let mut kinds: BTreeMap<&'static str, Counts> = BTreeMap::new();
    for (gold, prediction) in gold.iter().zip(predictions) {
        let text = GoldText::new(gold["text"].as_str().unwrap_or_default());
        let (gold, found) = (rows(&text, gold), rows(&text, prediction));
        count_tokens(&gold, &found, &mut total);
        count_pieces(&gold, &found, &mut total);
        count_contents(&text, &gold, &found, &mut total, &mut kinds);
        count_cues(&text, &gold, &found, &mut total);
    }
    total.add("documents", gold.len());
    report(&total, &kinds)
}

fn rows(text: &GoldText, item: &Value) -> Vec<Row> {
    let empty = Vec::new();
    let attributions = item["attributions"].as_array().unwrap_or(&empty).iter();
    attributions
        .filter_map(|attribution| {
            let role = |key: &str| -> Vec<Range<usize>> {
                let spans = attribution[key].as_array().unwrap_or(&empty).iter();
                let place = |value: &Value| (value.as_u64().unwrap_or(0) as usize).min(text.len());
                spans.map(|span| place(&span[0])..place(&span[1])).collect()
            };
            let (content, source, cue) = (role("content"), role("source"), role("cue"));
            (!content.is_empty()).then(|| Row {
                kind: text.kind(&content, &cue),
                chars: chars(text, &content),
                words: content.iter().flat_map(|s| text.words(s)).map(|w| w.start).collect(),
                pieces: content.iter().filter_map(|span| ends(text, span)).collect(),
                source,
                cue,
            })
        })
        .collect()
}

fn chars(text: &GoldText, spans: &[Range<usize>]) -> BTreeSet<usize> {
    spans.iter().flat_map(Range::clone).filter(|&at| !text.is_blank(at)).collect()
}

fn ends(text: &GoldText, span: &Range<usize>) -> Option<(usize, usize)> {
    let mut filled = span.clone().filter(|&at| !text.is_blank(at));
    let first = filled.next()?;
    Some((first, filled.next_back().unwrap_or(first)))
}

fn shared(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> usize {
    let apart = a.last() < b.first() || b.last() < a.first();
    if apart { 0 } else { a.intersection(b).count() }
}

fn overlap(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = shared(a, b);
    if both == 0 { 0.0 } else { both as f64 / (a.len() + b.len() - both) as f64 }
}

/// One to one, the heaviest pair first.
fn assign(mut weights: Vec<(f64, usize, usize)>) -> Vec<(usize, usize)> {
    weights.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_a, mut used_b) = (BTreeSet::new(), BTreeSet::new());
    let mut out = Vec::new();
    for (_, a, b) in weights {
        if !used_a.contains(&a) && !used_b.contains(&b) {
            used_a.insert(a);
            used_b.insert(b);
            out.push((a, b));
        }
    }
    out
}

fn count_tokens(gold: &[Row], found: &[Row], total: &mut Counts) {
    let words = |rows: &[Row]| -> BTreeSet<usize> {
        rows.iter().flat_map(|row| row.words.iter().copied()).collect()
    };
    let (gold, found) = (words(gold), words(found));
    total.add("token hit", shared(&gold, &found));
    total.add("token pred", found.len());
    total.add("token gold", gold.len());
}

/// Spans of contents one by one, as labelled sequences are scored (Newell et al. 2018): the same
/// span, and a span that touches one.
fn count_pieces(gold: &[Row], found: &[Row], total: &mut Counts) {
    let pieces = |rows: &[Row]| -> BTreeSet<(usize, usize)> {
        rows.iter().flat_map(|row| row.pieces.iter().copied()).collect()
    };
    let (gold, found) = (pieces(gold), pieces(found));
    let touched = |some: &BTreeSet<(usize, usize)>, others: &BTreeSet<(usize, usize)>| {
        let touches = |&&(first, last): &&(usize, usize)| {
            others.iter().any(|&(from, to)| first <= to && from <= last)
        };
        some.iter().filter(touches).count()
    };
    total.add("piece gold", gold.len());
    total.add("piece pred", found.len());
    total.add("piece exact", gold.intersection(&found).count());
    total.add("piece touched gold", touched(&gold, &found));
    total.add("piece touched pred", touched(&found, &gold));
}

fn count_contents(
    text: &GoldText,
    gold: &[Row],
    found: &[Row],
    total: &mut Counts,
    kinds: &mut BTreeMap<&'static str, Counts>,
) {
    let mut weights = Vec::new();
    for (i, a) in gold.iter().enumerate() {
        kinds.entry(a.kind).or_default().add("gold", 1);
        for (j, b) in found.iter().enumerate() {
            let share = overlap(&a.chars, &b.chars);
            if share >= 0.5 {
                let same = |same: bool| if same { 1.0 } else { 0.0 };
                let more = 1e-6 * same(a.source == b.source) + 1e-7 * same(a.cue == b.cue);
                weights.push((share + more, i, j));
            }
        }
    }
    let matched = assign(weights);
    total.add("gold", gold.len());
    total.add("pred", found.len());
    total.add("overlap", matched.len());
    for row in found {
        kinds.entry(row.kind).or_default().add("pred", 1);
    }
    for (i, j) in matched {
        let (a, b) = (&gold[i], &found[j]);
        kinds.entry(b.kind).or_default().add("hit_p", 1);
        let kind = kinds.entry(a.kind).or_default();
        let exact = usize::from(a.chars == b.chars);
        kind.add("hit_r", 1);
        kind.add("exact", exact);
        total.add("exact", exact);
        total.add("exact_words", usize::from(a.words == b.words));
        total.add("same kind", usize::from(a.kind == b.kind));
        if a.source.is_empty() {
            total.add("no_source", 1);
            total.add("no_source_ok", usize::from(b.source.is_empty()));
            continue;
        }
        let (gold, found) = (chars(text, &a.source), chars(text, &b.source));
        let in_found = text.head(&a.source).is_some_and(|head| found.contains(&head));
        let in_gold = text.head(&b.source).is_some_and(|head| gold.contains(&head));
        let ok = usize::from(in_found || in_gold);
        kind.add("with_source", 1);
        kind.add("source_ok", ok);
        total.add("with_source", 1);
        total.add("source_ok", ok);
        total.add("source_exact", usize::from(gold == found));
    }
}

fn count_cues(text: &GoldText, gold: &[Row], found: &[Row], total: &mut Counts) {
    let cues = |rows: &[Row]| -> Vec<BTreeSet<usize>> {
        rows.iter().filter(|row| !row.cue.is_empty()).map(|row| chars(text, &row.cue)).collect()
    };
    let (gold, found) = (cues(gold), cues(found));
    let mut weights = Vec::new();
    for (i, a) in gold.iter().enumerate() {
        for (j, b) in found.iter().enumerate() {
            let share = overlap(a, b);
            if share > 0.0 {
                weights.push((share, i, j));
            }
        }
    }
    let matched = assign(weights);
    total.add("cue_gold", gold.len());
    total.add("cue_pred", found.len());
    total.add("cue", matched.len());
    total.add("cue_exact", matched.iter().filter(|&&(i, j)| gold[i] == found[j]).count());
}

fn report(total: &Counts, kinds: &BTreeMap<&'static str, Counts>) -> Value {
    let mut by_type = Map::new();
    for (kind, counts) in kinds {
        let mut row = counts.prf("hit_p", "pred", "hit_r", "gold");
        row["exact_recall"] = counts.ratio("exact", "gold");
        row["source_accuracy"] = counts.ratio("source_ok", "with_source");
        row["n_gold"] = json!(counts.get("gold"));
        row["n_pred"] = json!(counts.get("pred"));
        by_type.insert((*kind).to_owned(), row);
    }
    json!({
        "task": "quotations",
        "content": {
            "token": total.prf("token hit", "token pred", "token hit", "token gold"),
            "exact": total.prf("exact", "pred", "exact", "gold"),
            "exact_words": total.prf("exact_words", "pred", "exact_words", "gold"),
            "overlap": total.prf("overlap", "pred", "overlap", "gold"),
            "span_exact": total.prf("piece exact", "piece pred", "piece exact", "piece gold"),
            "span_touched":
                total.prf("piece touched pred", "piece pred", "piece touched gold", "piece gold"),
        },
        "source_accuracy": total.ratio("source_ok", "with_source"),
        "source_exact_accuracy": total.ratio("source_exact", "with_source"),
        "no_source_accuracy": total.ratio("no_source_ok", "no_source"),
        "cue": total.prf("cue", "cue_pred", "cue", "cue_gold"),
        "cue_exact": total.prf("cue_exact", "cue_pred", "cue_exact", "cue_gold"),
        "type_accuracy": total.ratio("same kind", "overlap"),
        "by_type": by_type,
        "n_gold": total.get("gold"),
        "n_pred": total.get("pred"),
        "n_matched": total.get("overlap"),
        "n_documents": total.get("documents"),
    })
}
