use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rashomon_article::{ArticleIndex, Document, Lineage, Sign, Story, Tie, TieKind};
use rashomon_language::Language;
use rashomon_terms::Stamp;

use crate::credit::{Credits, address};
use crate::direction::direction;
use crate::grouping::{Pair, grouped};
use crate::index::{Overlap, PassageIndex};
use crate::kinship::{Report, declared, kinship};
use crate::memo::Memo;
use crate::origin::{Bindings, origin};
use crate::rewriting::{Parallel, parallels};
use crate::telling::{Matter, Read, Telling};

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
    descent_with(story, language, &[], &mut Memo::new(language))
}

/// As [`descent`]: what an earlier call with the same memo has found of documents with the same
/// stamps is not looked for again.
pub fn descent_with(
    story: &Story,
    language: &Language,
    stamps: &[Stamp],
    memo: &mut Memo<'_>,
) -> Descent {
    memo.turn_to(stamps);
    let documents: Vec<&Document> = story.documents.iter().collect();
    let credits: Vec<Credits<'_>> =
        documents.iter().map(|document| Credits::new(document, language)).collect();
    let report =
        |at: usize| Report { article: &story.documents[at].article, credits: &credits[at] };
    let index = PassageIndex::kept(story, memo);
    let overlaps = index.overlaps_with(&mut memo.overlaps);
    let bonds = bonds(story, &index, &overlaps, &report);
    let (groups, tree) = grouped(documents.len(), &bonds);
    let tie = |bond: &Bond| {
        let overlap = bond.overlap.map(|at| &overlaps[at]);
        let direction = direction(report(bond.a), report(bond.b), overlap);
        Tie {
            a: ArticleIndex(bond.a as u32),
            b: ArticleIndex(bond.b as u32),
            kind: TieKind::Copy,
            direction: direction.map(|(_, direction)| direction),
            signs: bond.signs.clone(),
            passages: overlap.map_or_else(Vec::new, |overlap| overlap.passages.clone()),
        }
        .turned(direction.is_some_and(|(a_first, _)| !a_first))
    };
    let mut ties: Vec<Tie> = tree.into_iter().map(tie).collect();
    let lineages = lineages_of(story, &index, &overlaps, &groups, &ties);
    ties.extend(likely(story, &lineages, &index, &report, memo));
    Descent { lineages, ties }
}

/// The ties of reports of different lineages that tell the same in the same order. Each lineage
/// is compared by the report that has most to tell.
fn likely<'s, 'd: 's>(
    story: &Story,
    lineages: &[Lineage],
    index: &PassageIndex,
    report: &dyn Fn(usize) -> Report<'s, 'd>,
    memo: &mut Memo<'_>,
) -> Vec<Tie> {
    let longest = |lineage: &Lineage| {
        let by_length = |at: &&ArticleIndex| (index.prose_words(**at), Reverse(**at));
        lineage.articles.iter().max_by_key(by_length).copied()
    };
    let articles: Vec<ArticleIndex> = lineages.iter().filter_map(longest).collect();
    let Memo { reader, tellings: kept, .. } = memo;
    let read: Vec<Arc<Vec<Read>>> =
        articles.iter().map(|&at| kept.of(at, || reader.read(story.document(at)))).collect();
    let mut matter = Matter::new(reader);
    let tellings: Vec<Telling> = read.iter().map(|read| Telling::new(read, &mut matter)).collect();
    let found = parallels(&articles, &tellings, &matter);
    let tie = |(a, b, parallel): (usize, usize, Parallel)| {
        let (a, b) = (articles[a], articles[b]);
        let (x, y) = (report(a.get()), report(b.get()));
        let order = Sign::SameOrder {
            sentences: parallel.sentences.len(),
            of: parallel.matched,
            share: parallel.share,
        };
        let direction = direction(x, y, None);
        Tie {
            a,
            b,
            kind: TieKind::Likely,
            direction: direction.map(|(_, direction)| direction),
            signs: [order].into_iter().chain(declared(x.credits, y.credits)).collect(),
            passages: parallel.sentences,
        }
        .turned(direction.is_some_and(|(a_first, _)| !a_first))
    };
    found.into_iter().map(tie).collect()
}

/// The lineages of groups with the ties that joined them.
fn lineages_of(
    story: &Story,
    index: &PassageIndex,
    overlaps: &[Overlap],
    groups: &[usize],
    ties: &[Tie],
) -> Vec<Lineage> {
    let mut by_group: BTreeMap<usize, (Vec<ArticleIndex>, Bindings<'_>)> = BTreeMap::new();
    for at in story.articles() {
        by_group.entry(groups[at.get()]).or_default().0.push(at);
    }
    let same = |a: ArticleIndex, b: ArticleIndex| groups[a.get()] == groups[b.get()];
    for overlap in overlaps.iter().filter(|overlap| same(overlap.a, overlap.b)) {
        by_group.entry(groups[overlap.a.get()]).or_default().1.overlaps.push(overlap);
    }
    for tie in ties {
        by_group.entry(groups[tie.a.get()]).or_default().1.ties.push(tie);
    }
    let lineage = |(articles, bindings): (Vec<ArticleIndex>, Bindings<'_>)| Lineage {
        origin: origin(story, index, &bindings, &articles),
        evidence: bindings.ties.iter().flat_map(|tie| &tie.passages).copied().collect(),
        articles,
    };
    let mut lineages: Vec<Lineage> = by_group.into_values().map(lineage).collect();
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
