//! Pairs of names: `rashomon-eval names --gold FILE --pred OUT [--part tune|report]`.
//!
//! Gold is JSON Lines (`{"id","a","b","label"?,"schema"?}`) or the CSV of OpenSanctions' name
//! benchmark (`name1`, `name2`, `is_match`, `schema`, and no id: the number of the line stands
//! for it). Where labels are there, precision, recall and F1 are counted at `SAME_BEARER`, for
//! persons and for all, with Jaro-Winkler on lower-cased names at its best threshold beside them.
//! The parts are two halves by hash of the names: rules are learned from the errors of `tune`.

use std::path::Path;

use rashomon::language::english;
use rashomon_names::{SAME_BEARER, similarity};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::files::{read_items, read_lines, write_items};

/// Two names, and whether one bears both.
struct Pair {
    id: Value,
    names: [String; 2],
    label: Option<bool>,
    is_person: bool,
}

pub fn run(gold: &Path, pred: &Path, part: Option<&str>) -> Result<Value, String> {
    let is_table = gold.extension().is_some_and(|extension| extension == "csv");
    let mut pairs = if is_table { from_table(&read_lines(gold)?)? } else { from_items(gold)? };
    match part {
        None => {}
        Some("tune") => pairs.retain(Pair::is_to_tune),
        Some("report") => pairs.retain(|pair| !pair.is_to_tune()),
        Some(other) => return Err(format!("--part is tune or report, not {other}")),
    }
    let scores: Vec<f64> =
        pairs.iter().map(|pair| similarity(&pair.names[0], &pair.names[1], english())).collect();
    let out: Vec<Value> = pairs
        .iter()
        .zip(&scores)
        .map(|(pair, score)| json!({"id": pair.id, "score": score}))
        .collect();
    write_items(pred, &out)?;
    let mut metrics = json!({"task": "names", "pairs": pairs.len()});
    if pairs.iter().any(|pair| pair.label.is_some()) {
        let plain: Vec<f64> = pairs.iter().map(Pair::jaro_winkler).collect();
        metrics["threshold"] = json!(SAME_BEARER);
        metrics["part"] = json!(part.unwrap_or("all"));
        metrics["jaro_winkler"] = json!({});
        for (group, persons) in [("person", true), ("all", false)] {
            let of = |scores: &[f64]| -> Vec<(bool, f64)> {
                let labelled = pairs.iter().zip(scores).filter(|(p, _)| p.is_person || !persons);
                labelled.filter_map(|(pair, &score)| Some((pair.label?, score))).collect()
            };
            metrics[group] = Counts::new(&of(&scores), SAME_BEARER).json();
            metrics["jaro_winkler"][group] = best(&of(&plain));
        }
    }
    Ok(metrics)
}

impl Pair {
    /// Half of the pairs: the first byte of the SHA-256 of both names with `|` between is even.
    fn is_to_tune(&self) -> bool {
        Sha256::digest(self.names.join("|"))[0].is_multiple_of(2)
    }

    fn jaro_winkler(&self) -> f64 {
        let [a, b] = &self.names;
        strsim::jaro_winkler(&a.to_lowercase(), &b.to_lowercase())
    }
}

fn from_items(gold: &Path) -> Result<Vec<Pair>, String> {
    let pair = |item: Value| {
        let name = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        let label = item["label"].as_bool().or_else(|| Some(item["label"].as_i64()? != 0));
        let is_person = item["schema"].as_str().is_none_or(|schema| schema == "Person");
        Pair { names: [name("a"), name("b")], label, is_person, id: item["id"].clone() }
    };
    Ok(read_items(gold)?.into_iter().map(pair).collect())
}

fn from_table(lines: &[String]) -> Result<Vec<Pair>, String> {
    let mut rows = lines.iter().map(|line| fields(line));
    let head = rows.next().unwrap_or_default();
    let column = |name: &str| {
        head.iter().position(|field| field == name).ok_or_else(|| format!("no column {name}"))
    };
    let (a, b, label) = (column("name1")?, column("name2")?, column("is_match")?);
    let schema = column("schema")?;
    let field = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
    let pairs = rows.enumerate().map(|(at, row)| Pair {
        id: json!(at + 2),
        names: [field(&row, a), field(&row, b)],
        label: match field(&row, label).as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        is_person: field(&row, schema) == "Person",
    });
    Ok(pairs.collect())
}

/// The fields of a line of CSV, quotation marks taken off.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let field = fields.last_mut().expect("there is a first field");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            other => field.push(other),
        }
    }
    fields
}

/// Pairs said to match, rightly and in all, and pairs that match.
struct Counts {
    right: usize,
    said: usize,
    gold: usize,
    threshold: f64,
}

impl Counts {
    fn new(pairs: &[(bool, f64)], threshold: f64) -> Counts {
        let said = |&&(_, score): &&(bool, f64)| score >= threshold;
        Counts {
            right: pairs.iter().filter(said).filter(|pair| pair.0).count(),
            said: pairs.iter().filter(said).count(),
            gold: pairs.iter().filter(|pair| pair.0).count(),
            threshold,
        }
    }

    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.said + self.gold).max(1) as f64
    }

    fn json(&self) -> Value {
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        let part = |of: usize| round(self.right as f64 / of.max(1) as f64);
        json!({"p": part(self.said), "r": part(self.gold), "f1": round(self.f1()),
               "gold": self.gold, "threshold": self.threshold})
    }
}

/// The figures at the threshold with the best F1.
fn best(pairs: &[(bool, f64)]) -> Value {
    let at = |percent: u32| Counts::new(pairs, f64::from(percent) / 100.0);
    let best = (50..100).map(at).max_by(|a, b| a.f1().total_cmp(&b.f1()));
    best.map_or(Value::Null, |counts| counts.json())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read() {
        let lines =
            ["schema,name1,name2,is_match", "Person,\"Bell, Ada\",\"Ada \"\"A\"\" Bell\",true"];
        let pairs = from_table(&lines.map(str::to_owned)).expect("it has the columns");
        assert_eq!(pairs[0].names, ["Bell, Ada", "Ada \"A\" Bell"]);
        assert_eq!((pairs[0].label, pairs[0].is_person), (Some(true), true));
    }

    #[test]
    fn the_best_threshold_parts_what_can_be_parted() {
        let pairs = [(true, 0.9), (true, 0.8), (false, 0.7)];
        assert_eq!(best(&pairs)["f1"], json!(1.0));
        assert_eq!(Counts::new(&pairs, 0.85).json()["r"], json!(0.5));
    }
}
