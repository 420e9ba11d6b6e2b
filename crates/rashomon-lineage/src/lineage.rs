use std::collections::BTreeMap;

use rashomon_article::{
    ArticleIndex, Certainty, Document, Evidence, Lineage, Origin, Sign, Story, Tie,
};
use rashomon_language::Language;

use crate::credit::{Credits, address};
use crate::direction::direction;
use crate::grouping::{Pair, grouped};
use crate::index::{Overlap, PassageIndex};
use crate::kinship::{Report, kinship};
use crate::origin::origin;

/// What is known of where the reports of a story come from.
#[derive(Clone, Debug, Default)]
pub struct Descent {
    /// The lineages, by their first article; each article is in exactly one.
    pub lineages: Vec<Lineage>,
    /// What ties reports, the copies first: those that join each lineage.
    pub ties: Vec<Tie>,
}

/// A pair of reports of one origin.
struct Bond {
    a: usize,
    b: usize,
    strength: f64,
    signs: Vec<Sign>,
    /// Into the overlaps; `None` where they are one publication and share no passage.
    overlap: Option<usize>,
}

impl Pair for Bond {
    fn pair(&self) -> (usize, usize) {
        (self.a, self.b)
    }
}

/// Where the reports of a story come from: their lineages, and what ties them.
///
/// Articles of one lineage share prose that they tell themselves; speech that both quote does not
/// count, as many outlets hear the same speech. The origin is the agency that the articles credit,
/// else the article published first, else the one that the others are contained in. Reads
/// agencies, quotations and the prose itself.
pub fn descent(story: &Story, language: &Language) -> Descent {
    let documents: Vec<&Document> = story.documents.iter().collect();
    let credits: Vec<Credits<'_>> =
        documents.iter().map(|document| Credits::new(document, language)).collect();
    let report =
        |at: usize| Report { article: &story.documents[at].article, credits: &credits[at] };
    let index = PassageIndex::new(&documents);
    let overlaps = index.overlaps();
    let bonds = bonds(story, &index, &overlaps, &report);
    let (groups, tree) = grouped(documents.len(), &bonds);
    let tie = |bond: &Bond| {
        let overlap = bond.overlap.map(|at| &overlaps[at]);
        let direction = direction(report(bond.a), report(bond.b), overlap);
        let turned = direction.is_some_and(|(a_first, _)| !a_first);
        let turn = |evidence: &Evidence| match turned {
            true => Evidence { a: evidence.b, b: evidence.a, ..*evidence },
            false => *evidence,
        };
        let (a, b) = if turned { (bond.b, bond.a) } else { (bond.a, bond.b) };
        Tie {
            a: ArticleIndex(a as u32),
            b: ArticleIndex(b as u32),
            certainty: Certainty::Copy,
            direction: direction.map(|(_, direction)| direction),
            signs: bond.signs.clone(),
            passages: overlap.iter().flat_map(|overlap| &overlap.passages).map(turn).collect(),
        }
    };
    let ties: Vec<Tie> = tree.into_iter().map(tie).collect();
    let lineages = lineages_of(story, &index, &overlaps, &groups, &ties);
    Descent { lineages, ties }
}

/// The lineages of groups with the ties that joined them.
fn lineages_of(
    story: &Story,
    index: &PassageIndex,
    overlaps: &[Overlap],
    groups: &[usize],
    ties: &[Tie],
) -> Vec<Lineage> {
    let mut by_group: BTreeMap<usize, (Lineage, Vec<&Overlap>)> = BTreeMap::new();
    for at in story.articles() {
        let alone =
            || Lineage { origin: Origin::Article(at), articles: Vec::new(), evidence: Vec::new() };
        by_group
            .entry(groups[at.get()])
            .or_insert_with(|| (alone(), Vec::new()))
            .0
            .articles
            .push(at);
    }
    for tie in ties {
        if let Some((lineage, _)) = by_group.get_mut(&groups[tie.a.get()]) {
            lineage.evidence.extend(&tie.passages);
        }
    }
    let within = |overlap: &&Overlap| groups[overlap.a.get()] == groups[overlap.b.get()];
    for overlap in overlaps.iter().filter(within) {
        if let Some((_, among)) = by_group.get_mut(&groups[overlap.a.get()]) {
            among.push(overlap);
        }
    }
    let named = |(mut lineage, among): (Lineage, Vec<&Overlap>)| {
        lineage.origin = origin(story, index, &among, &lineage.articles);
        lineage
    };
    let mut lineages: Vec<Lineage> = by_group.into_values().map(named).collect();
    lineages.sort_by_key(|lineage| lineage.articles[0]);
    lineages
}

/// All bonds, the strongest first.
fn bonds<'s, 'd: 's>(
    story: &Story,
    index: &PassageIndex,
    overlaps: &[Overlap],
    report: &dyn Fn(usize) -> Report<'s, 'd>,
) -> Vec<Bond> {
    let mut bonds = repeated_publications(story);
    for (at, overlap) in overlaps.iter().enumerate() {
        let (a, b) = (overlap.a.get(), overlap.b.get());
        let kinship = kinship(overlap, index, report(a), report(b));
        bonds.extend(kinship.map(|kinship| Bond {
            a,
            b,
            strength: kinship.strength,
            signs: kinship.signs,
            overlap: Some(at),
        }));
    }
    let overlap_first = |bond: &Bond| bond.overlap.is_none();
    bonds.sort_by(|x, y| {
        let by_strength = y.strength.total_cmp(&x.strength);
        by_strength.then((x.a, x.b, overlap_first(x)).cmp(&(y.a, y.b, overlap_first(y))))
    });
    bonds
}

/// Bonds of articles with the one before them that gives the same address.
fn repeated_publications(story: &Story) -> Vec<Bond> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut bonds = Vec::new();
    for (b, document) in story.documents.iter().enumerate() {
        let Some(address) = address(&document.article) else { continue };
        let a = *known.entry(address).or_insert(b);
        if a != b {
            let signs = vec![Sign::SameAddress(address.to_owned())];
            bonds.push(Bond { a, b, strength: 1.0, signs, overlap: None });
        }
    }
    bonds
}
