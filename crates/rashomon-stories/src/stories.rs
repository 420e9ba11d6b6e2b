use std::collections::BTreeMap;

use rashomon_article::Document;
use rashomon_language::Language;

use crate::cluster::Cluster;
use crate::decision::{LEARNED, probability};
use crate::fields::{fields, shared_words};
use crate::grouping::Grouping;

/// How many terms an assignment names.
const WHY: usize = 5;

/// An article's story and why it is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Which story: indices count from 0 in the order in which stories begin.
    pub story: usize,
    /// How sure, 0 to 1.
    pub score: f64,
    /// Terms and names that joined it, as the article writes them; none where it is alone.
    pub why: Vec<String>,
}

/// One assignment for each document, in order. Reads tokens.
///
/// Which articles share a story does not depend on the order of the input. Time is near linear in
/// the number of articles.
pub fn group(documents: &[&Document], language: &Language) -> Vec<Assignment> {
    let order = canonical(documents);
    let ordered: Vec<&Document> = order.iter().map(|&at| documents[at]).collect();
    let (fields, numbers) = fields(&ordered, language);
    let days: Vec<Option<f64>> = ordered.iter().map(|document| day(document)).collect();
    let mut grouping = Grouping::new(&fields, &days, &LEARNED);
    let mut odds = vec![f64::INFINITY; ordered.len()];
    let mut missed = vec![f64::NEG_INFINITY; ordered.len()];
    while let Some(pair) = grouping.next() {
        let members = |at: usize| grouping.clusters[at].iter().flat_map(|c| c.members.iter());
        for &member in members(pair.a).chain(members(pair.b)) {
            if pair.odds > 0.0 {
                odds[member] = odds[member].min(pair.odds);
            } else {
                missed[member] = missed[member].max(pair.odds);
            }
        }
        if pair.odds > 0.0 {
            grouping.join(pair);
        }
    }
    let mut assignments: Vec<Option<Assignment>> = vec![None; documents.len()];
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for cluster in grouping.clusters.iter().flatten() {
        for &member in &cluster.members {
            let alone = cluster.members.len() == 1;
            let score =
                if alone { 1.0 - probability(missed[member]) } else { probability(odds[member]) };
            let why = why(ordered[member], cluster, &fields[member], &numbers, language);
            assignments[order[member]] = Some(Assignment { story: clusters.len(), score, why });
        }
        clusters.push(cluster.members.iter().map(|&member| order[member]).collect());
    }
    let mut assignments: Vec<Assignment> =
        assignments.into_iter().map(|a| a.expect("each article is in a cluster")).collect();
    number_by_beginning(&mut assignments);
    assignments
}

/// Numbers the stories in the order of their first articles.
fn number_by_beginning(assignments: &mut [Assignment]) {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for assignment in assignments {
        let next = numbers.len();
        assignment.story = *numbers.entry(assignment.story).or_insert(next);
    }
}

/// The terms of an article that the others of its story weigh most.
fn why(
    document: &Document,
    cluster: &Cluster,
    fields: &crate::fields::Fields,
    numbers: &std::collections::HashMap<String, u32>,
    language: &Language,
) -> Vec<String> {
    if cluster.members.len() == 1 {
        return Vec::new();
    }
    let own = &fields.vectors[crate::fields::BODY_FIELD];
    let shared = |form: &str| {
        let Some(&number) = numbers.get(form) else { return 0.0 };
        let weight = own.weight(number);
        let others = cluster.weight(number) - weight;
        // Sums are rounded: what is left of a term that only this article has is no sharing.
        if others > 1e-4 { weight * others } else { 0.0 }
    };
    shared_words(document, &shared, language, WHY)
}

/// An order of the documents that does not depend on their order in the input: by time, then by
/// id and text.
fn canonical(documents: &[&Document]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&at| {
        let article = &documents[at].article;
        (article.published.map(|p| p.instant()), &article.id, article.text.as_str())
    });
    order
}

/// The time of publication in days.
pub fn day(document: &Document) -> Option<f64> {
    let published = document.article.published?;
    Some(published.instant().as_second() as f64 / 86_400.0)
}
