use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

/// A gold mention with what the program has there.
#[derive(Clone, Debug, Default)]
pub struct Aligned {
    pub article: String,
    pub start: u64,
    pub end: u64,
    pub text: String,
    /// The gold entity, within the story.
    pub entity: String,
    pub is_person: bool,
    /// By a description and not by name.
    pub described: bool,
    /// The program's entity, within the story.
    pub found: Option<usize>,
    /// The kind that the program's report gives it.
    pub kind: Option<&'static str>,
    /// Whether the program has a mention there.
    pub is_found: bool,
}

/// Sums over the stories.
#[derive(Default)]
pub struct Scores {
    all: Sums,
    persons: Sums,
    /// Entities of the program with two persons and more.
    merges: usize,
    /// Persons that were found, and those of them that share an entity with another one.
    found_persons: usize,
    merged_persons: usize,
    /// Entities that the program has in two and more parts.
    splits: usize,
    person_splits: usize,
    descriptions: [usize; 3],
}

/// BCubed over mentions.
#[derive(Default)]
struct Sums {
    precision: f64,
    recall: f64,
    mentions: usize,
    found: usize,
}

impl Sums {
    fn add(&mut self, mentions: &[&Aligned]) {
        let mut gold: BTreeMap<&str, usize> = BTreeMap::new();
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        let mut both: BTreeMap<(&str, usize), usize> = BTreeMap::new();
        for mention in mentions {
            *gold.entry(&mention.entity).or_default() += 1;
            if let Some(entity) = mention.found {
                *found.entry(entity).or_default() += 1;
                *both.entry((&mention.entity, entity)).or_default() += 1;
            }
        }
        for mention in mentions {
            let its = gold[mention.entity.as_str()] as f64;
            let (shared, of) = match mention.found {
                Some(entity) => {
                    (both[&(mention.entity.as_str(), entity)] as f64, found[&entity] as f64)
                }
                None => (1.0, 1.0),
            };
            self.precision += shared / of;
            self.recall += shared / its;
            self.mentions += 1;
            self.found += usize::from(mention.is_found);
        }
    }

    fn json(&self) -> Value {
        let count = self.mentions.max(1) as f64;
        let (p, r) = (self.precision / count, self.recall / count);
        let f1 = if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        let round = |x: f64| (x * 1000.0).round() / 1000.0;
        json!({"p": round(p), "r": round(r), "f1": round(f1), "mentions": self.mentions,
               "mention_recall": round(self.found as f64 / count)})
    }
}

impl Scores {
    /// Adds a story; gives its lines for the file of predictions: every mention, then what is
    /// merged and split.
    pub fn add(&mut self, story: &str, aligned: &[Aligned]) -> Vec<Value> {
        let named: Vec<&Aligned> = aligned.iter().filter(|mention| !mention.described).collect();
        let persons: Vec<&Aligned> = named.iter().copied().filter(|m| m.is_person).collect();
        self.all.add(&named);
        self.persons.add(&persons);
        let mut lines: Vec<Value> = aligned
            .iter()
            .map(|mention| {
                json!({"story": story, "id": mention.article, "start": mention.start,
                       "end": mention.end, "gold": mention.entity, "found": mention.found,
                       "kind": mention.kind})
            })
            .collect();
        self.descriptions(aligned, &named);
        let mut holders: BTreeMap<usize, Vec<&Aligned>> = BTreeMap::new();
        let mut parts: BTreeMap<(&str, bool), BTreeSet<usize>> = BTreeMap::new();
        for mention in &named {
            let Some(entity) = mention.found else { continue };
            parts.entry((&mention.entity, mention.is_person)).or_default().insert(entity);
            if mention.is_person {
                holders.entry(entity).or_default().push(mention);
            }
        }
        let mut merged: BTreeSet<&str> = BTreeSet::new();
        for (entity, mentions) in &holders {
            let persons: BTreeSet<&str> = mentions.iter().map(|m| m.entity.as_str()).collect();
            if persons.len() > 1 {
                self.merges += 1;
                merged.extend(&persons);
                let places: Vec<Value> = mentions
                    .iter()
                    .map(|m| json!([m.entity, m.article, m.start, m.end, m.text]))
                    .collect();
                lines.push(json!({"story": story, "merged": entity, "mentions": places}));
            }
        }
        self.found_persons += parts.keys().filter(|(_, is_person)| *is_person).count();
        self.merged_persons += merged.len();
        for ((entity, is_person), found) in parts.into_iter().filter(|(_, found)| found.len() > 1) {
            self.splits += 1;
            self.person_splits += usize::from(is_person);
            lines.push(json!({"story": story, "split": entity, "into": found}));
        }
        lines
    }

    /// A description is right where its entity is the one that most names of the gold entity
    /// have; without an entity it is missed.
    fn descriptions(&mut self, aligned: &[Aligned], named: &[&Aligned]) {
        for mention in aligned.iter().filter(|mention| mention.described) {
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            let its = named.iter().filter(|name| name.entity == mention.entity);
            its.filter_map(|name| name.found).for_each(|at| *counts.entry(at).or_default() += 1);
            let most = counts.into_iter().max_by_key(|&(at, count)| (count, std::cmp::Reverse(at)));
            let verdict = match mention.found {
                None => 2,
                found => usize::from(found != most.map(|(at, _)| at)),
            };
            self.descriptions[verdict] += 1;
        }
    }

    pub fn metrics(&self) -> Value {
        let [right, wrong, missed] = self.descriptions;
        json!({
            "task": "entities",
            "bcubed": self.all.json(),
            "person": self.persons.json(),
            "person_merges": self.merges,
            "persons_apart": 1.0 - self.merged_persons as f64 / self.found_persons.max(1) as f64,
            "splits": self.splits,
            "person_splits": self.person_splits,
            "descriptions": {"right": right, "wrong": wrong, "missed": missed},
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(entity: &str, found: Option<usize>) -> Aligned {
        let is_found = found.is_some();
        Aligned { entity: entity.into(), is_person: true, found, is_found, ..Aligned::default() }
    }

    #[test]
    fn two_persons_taken_for_one_cost_precision_and_are_counted() {
        let mut scores = Scores::default();
        let lines = scores.add("s", &[mention("p1", Some(0)), mention("p2", Some(0))]);
        let metrics = scores.metrics();
        assert_eq!(metrics["bcubed"]["p"], json!(0.5));
        assert_eq!(metrics["bcubed"]["r"], json!(1.0));
        assert_eq!(metrics["person_merges"], json!(1));
        assert_eq!(lines.last().expect("the merge")["merged"], json!(0));
    }

    #[test]
    fn one_person_in_two_parts_or_missed_costs_recall() {
        let mut scores = Scores::default();
        scores.add("s", &[mention("p1", Some(0)), mention("p1", Some(1)), mention("p1", None)]);
        let metrics = scores.metrics();
        assert_eq!(metrics["person"]["p"], json!(1.0));
        assert_eq!(metrics["person"]["r"], json!(0.333));
        assert_eq!(metrics["splits"], json!(1));
        assert_eq!(metrics["person"]["mention_recall"], json!(0.667));
    }

    #[test]
    fn descriptions_are_counted_apart() {
        let mut scores = Scores::default();
        let described = |found| Aligned { described: true, ..mention("p1", found) };
        let all = [mention("p1", Some(3)), described(Some(3)), described(Some(4)), described(None)];
        scores.add("s", &all);
        let metrics = scores.metrics();
        assert_eq!(metrics["descriptions"], json!({"right": 1, "wrong": 1, "missed": 1}));
        assert_eq!(metrics["bcubed"]["mentions"], json!(1));
    }
}
