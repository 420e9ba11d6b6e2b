use std::collections::BTreeMap;

use rashomon_article::Document;
use rashomon_language::Language;
use rashomon_terms::Lexicon;

use crate::cluster::Cluster;
use crate::decision::{LEARNED, bar, probability};
use crate::fields::{BODY_FIELD, Fields, fields};
use crate::grouping::{Grouping, Hesitant, Joined};
use crate::signature::{Signature, heaviest_words, signature_with};

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
    let mut lexicon = Lexicon::new(language);
    let signatures: Vec<Signature> =
        ordered.iter().map(|document| signature_with(document, &mut lexicon, language)).collect();
    let fields = fields(&signatures);
    let days: Vec<Option<f64>> = ordered.iter().map(|document| day(document)).collect();
    let mut grouping = Grouping::new(&fields, &days, &LEARNED);
    let mut odds = vec![f64::INFINITY; ordered.len()];
    let mut missed = vec![f64::NEG_INFINITY; ordered.len()];
    let bar = bar(ordered.len());
    while let Some(pair) = grouping.next() {
        let above = pair.odds - bar;
        let members = |at: usize| grouping.clusters[at].iter().flat_map(|c| c.members.iter());
        for &member in members(pair.a).chain(members(pair.b)) {
            if above > 0.0 {
                odds[member] = odds[member].min(above);
            } else {
                missed[member] = missed[member].max(above);
            }
        }
        if above > 0.0 {
            grouping.join(pair);
        }
    }
    let mut hesitant = Hesitant::new(&mut grouping, bar, Joined::Any);
    while let Some((members, found)) = hesitant.join_next() {
        for member in members {
            odds[member] = odds[member].min(found - bar);
        }
    }
    let mut assignments: Vec<Option<Assignment>> = vec![None; documents.len()];
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for cluster in grouping.clusters.iter().flatten() {
        for &member in &cluster.members {
            let alone = cluster.members.len() == 1;
            let score =
                if alone { 1.0 - probability(missed[member]) } else { probability(odds[member]) };
            let why = why(ordered[member], cluster, &fields[member], &mut lexicon);
            assignments[order[member]] = Some(Assignment { story: clusters.len(), score, why });
        }
        clusters.push(cluster.members.iter().map(|&member| order[member]).collect());
    }
    let mut assignments: Vec<Assignment> =
        assignments.into_iter().map(|a| a.expect("each article is in a cluster")).collect();
    number_by_beginning(&mut assignments);
    assignments
}

/// The articles of each story, where only that is asked; `days` are times of publication in days.
pub(crate) fn clusters(fields: &[Fields], days: &[Option<f64>]) -> Vec<Vec<usize>> {
    let mut grouping = Grouping::new(fields, days, &LEARNED);
    let bar = bar(fields.len());
    while let Some(pair) = grouping.next() {
        if pair.odds > bar {
            grouping.join(pair);
        }
    }
    let mut hesitant = Hesitant::new(&mut grouping, bar, Joined::Any);
    while hesitant.join_next().is_some() {}
    grouping.clusters.iter().flatten().map(|cluster| cluster.members.clone()).collect()
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
    fields: &Fields,
    lexicon: &mut Lexicon<'_>,
) -> Vec<String> {
    if cluster.members.len() == 1 {
        return Vec::new();
    }
    let own = &fields.vectors[BODY_FIELD];
    let shared = |term: u32| {
        let weight = own.weight(term);
        let others = cluster.weight(term) - weight;
        // Sums are rounded: what is left of a term that only this article has is no sharing.
        if others > 1e-4 { weight * others } else { 0.0 }
    };
    heaviest_words(document, &shared, lexicon, WHY)
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

#[cfg(test)]
mod tests {
    use super::*;
    use rashomon_article::{Article, Block, BlockKind};
    use rashomon_language::english;
    use rashomon_text::{Layer, Text};

    fn document(id: &str, text: &str) -> Document {
        let text = Text::from(text);
        let blocks = Layer::new(vec![Block { span: text.span(), kind: BlockKind::Paragraph }]);
        let article = Article { id: id.to_owned(), text, blocks, ..Article::default() };
        let mut document = Document::new(article);
        document.tokens = rashomon_segment::tokens(&document, english());
        document
    }

    /// Three events, each told by several outlets in words of their own.
    fn folder() -> Vec<Document> {
        let events = [
            ["ferry Marlin sank pier Sorrel fishermen fog passengers", "harbour rescue tide boats"],
            ["Velland bank rate inflation Trell governor borrowing", "markets percent economists"],
            ["Kestrel comet telescope astronomers Brightwater tail", "night sky orbit observers"],
        ];
        let mut documents = Vec::new();
        for (event, [core, rest]) in events.iter().enumerate() {
            for (outlet, extra) in rest.split(' ').enumerate() {
                let text = format!("The {core} was told by {extra}. In the {extra} of {core}.");
                documents.push(document(&format!("e{event}o{outlet}"), &text));
            }
        }
        documents
    }

    fn partition(documents: &[&Document]) -> BTreeMap<String, Vec<String>> {
        let mut stories: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (document, assignment) in documents.iter().zip(group(documents, english())) {
            stories.entry(assignment.story).or_default().push(document.article.id.clone());
        }
        let mut stories: Vec<Vec<String>> = stories.into_values().collect();
        stories.iter_mut().for_each(|story| story.sort());
        stories.into_iter().map(|story| (story[0].clone(), story)).collect()
    }

    #[test]
    fn the_order_of_the_input_does_not_matter() {
        let documents = folder();
        let views: Vec<&Document> = documents.iter().collect();
        let straight = partition(&views);
        assert_eq!(straight.len(), 3, "{straight:?}");
        for step in [2, 5, 7] {
            let turned: Vec<&Document> =
                (0..views.len()).map(|at| views[(at * step + 3) % views.len()]).collect();
            let unique: std::collections::BTreeSet<&str> =
                turned.iter().map(|document| document.article.id.as_str()).collect();
            if unique.len() == views.len() {
                assert_eq!(partition(&turned), straight);
            }
        }
        let backwards: Vec<&Document> = views.iter().rev().copied().collect();
        assert_eq!(partition(&backwards), straight);
    }

    #[test]
    fn stories_count_in_the_order_in_which_they_begin() {
        let documents = folder();
        let views: Vec<&Document> = documents.iter().collect();
        let assignments = group(&views, english());
        let mut seen = 0;
        for assignment in &assignments {
            assert!(assignment.story <= seen && (0.0..=1.0).contains(&assignment.score));
            seen = seen.max(assignment.story + 1);
        }
        assert!(assignments[0].why.contains(&"Marlin".to_owned()), "{:?}", assignments[0].why);
    }

    #[test]
    fn nothing_and_empty_texts_are_no_trouble() {
        assert!(group(&[], english()).is_empty());
        let (a, b) = (document("a", ""), document("b", "…"));
        assert_eq!(group(&[&a, &b], english()).len(), 2);
    }
}
