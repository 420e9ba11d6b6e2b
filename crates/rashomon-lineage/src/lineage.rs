use std::collections::BTreeMap;

use rashomon_article::{ArticleIndex, Document, Evidence, Lineage, Origin, Story};
use rashomon_language::Language;

use crate::index::{Overlap, PassageIndex};
use crate::kinship::{kinship, same_publication};

/// Two groups of reports become one when at least this share of the compared pairs across them
/// are kin: a round-up that copies two agencies must not make them one.
const QUORUM: f64 = 0.3;

/// A pair of reports of one origin.
struct Bond {
    a: usize,
    b: usize,
    strength: f64,
    /// Into the overlaps; `None` where they are one publication and share no passage.
    overlap: Option<usize>,
}

/// The lineages of a story, by their first article; each article is in exactly one.
///
/// Articles of one lineage share prose that they tell themselves; speech that both quote does not
/// count, as many outlets hear the same speech. The origin is the agency that the articles credit,
/// else the article published first, else the one that the others are contained in. Reads
/// agencies, quotations and the prose itself.
pub fn lineages(story: &Story, language: &Language) -> Vec<Lineage> {
    let documents: Vec<&Document> = story.documents.iter().collect();
    let index = PassageIndex::new(&documents);
    let overlaps = index.overlaps();
    let bonds = bonds(story, &index, &overlaps, language);
    let (groups, tree) = grouped(documents.len(), &bonds);
    let mut by_group: BTreeMap<usize, Lineage> = BTreeMap::new();
    for at in story.articles() {
        let lineage = by_group.entry(groups[at.get()]).or_insert_with(|| Lineage {
            origin: Origin::Article(at),
            articles: Vec::new(),
            evidence: Vec::new(),
        });
        lineage.articles.push(at);
    }
    for bond in tree {
        let lineage = by_group.get_mut(&groups[bond.a]).expect("each article has a group");
        let passages = bond.overlap.iter().flat_map(|&at| &overlaps[at].passages);
        lineage.evidence.extend(passages.map(|passage| by_time(story, *passage)));
    }
    let mut lineages: Vec<Lineage> = by_group.into_values().collect();
    for lineage in &mut lineages {
        lineage.origin = origin(story, &index, &overlaps, &lineage.articles);
    }
    lineages.sort_by_key(|lineage| lineage.articles[0]);
    lineages
}

/// All bonds, the strongest first.
fn bonds(
    story: &Story,
    index: &PassageIndex,
    overlaps: &[Overlap],
    language: &Language,
) -> Vec<Bond> {
    let article = |at: usize| &story.documents[at].article;
    let mut bonds = Vec::new();
    for (at, overlap) in overlaps.iter().enumerate() {
        let (a, b) = (overlap.a.get(), overlap.b.get());
        let strength = if same_publication(article(a), article(b)) {
            Some(1.0)
        } else {
            kinship(overlap, index, &story.documents[a], &story.documents[b], language)
        };
        bonds.extend(strength.map(|strength| Bond { a, b, strength, overlap: Some(at) }));
    }
    bonds.extend(repeated_publications(story));
    bonds.sort_by(|x, y| y.strength.total_cmp(&x.strength).then((x.a, x.b).cmp(&(y.a, y.b))));
    bonds
}

/// Bonds of articles with those of the same outlet and address before them.
fn repeated_publications(story: &Story) -> Vec<Bond> {
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut bonds = Vec::new();
    for (b, document) in story.documents.iter().enumerate() {
        let article = &document.article;
        let (Some(outlet), Some(address)) = (&article.outlet, &article.canonical) else { continue };
        if let Some(&a) = known.get(&(outlet.as_str(), address.as_str())) {
            bonds.push(Bond { a, b, strength: 1.0, overlap: None });
        } else {
            known.insert((outlet, address), b);
        }
    }
    bonds
}

/// The group of each article (the least index in it), and the bonds that joined them.
fn grouped(articles: usize, bonds: &[Bond]) -> (Vec<usize>, Vec<&Bond>) {
    let mut groups: Vec<usize> = (0..articles).collect();
    let mut members: Vec<Vec<usize>> = (0..articles).map(|at| vec![at]).collect();
    let mut kin: Vec<Vec<usize>> = vec![Vec::new(); articles];
    for bond in bonds {
        kin[bond.a].push(bond.b);
        kin[bond.b].push(bond.a);
    }
    let mut tree = Vec::new();
    for bond in bonds {
        let (keep, join) = (groups[bond.a].min(groups[bond.b]), groups[bond.a].max(groups[bond.b]));
        if keep == join || !quorum(&members[keep], &members[join], &kin, &groups) {
            continue;
        }
        for member in std::mem::take(&mut members[join]) {
            groups[member] = keep;
            members[keep].push(member);
        }
        tree.push(bond);
    }
    (groups, tree)
}

/// Whether enough pairs across two groups are kin. One article joins a group by one bond where it
/// is alone.
fn quorum(x: &[usize], y: &[usize], kin: &[Vec<usize>], groups: &[usize]) -> bool {
    if x.len() == 1 || y.len() == 1 {
        return true;
    }
    let (few, many) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let other = groups[many[0]];
    let bonded: usize =
        few.iter().map(|&at| kin[at].iter().filter(|&&to| groups[to] == other).count()).sum();
    bonded as f64 >= QUORUM * (few.len() * many.len().min(COMPARED)) as f64
}

/// An article of a large group is compared with about this many others of it (the index pairs a
/// very frequent fingerprint with its first places only).
const COMPARED: usize = 16;

/// The agency that most of the articles credit, where there are several articles; else the
/// article published first; where that is not known of all, the one that most others are
/// contained in.
fn origin(
    story: &Story,
    index: &PassageIndex,
    overlaps: &[Overlap],
    articles: &[ArticleIndex],
) -> Origin {
    if articles.len() > 1
        && let Some(agency) = agency(story, articles)
    {
        return Origin::Agency(agency);
    }
    let published = |at: &ArticleIndex| story.document(*at).article.published;
    if articles.iter().all(|at| published(at).is_some()) {
        let instants = articles.iter().map(|at| (published(at).map(|p| p.instant()), *at));
        let first = instants.min().map_or(articles[0], |(_, at)| at);
        return Origin::Article(first);
    }
    let mut gives: BTreeMap<ArticleIndex, f64> = articles.iter().map(|&at| (at, 0.0)).collect();
    for overlap in overlaps {
        if gives.contains_key(&overlap.a) && gives.contains_key(&overlap.b) {
            *gives.entry(overlap.a).or_default() += overlap.containment.1;
            *gives.entry(overlap.b).or_default() += overlap.containment.0;
        }
    }
    let best = articles.iter().copied().max_by(|x, y| {
        gives[x].total_cmp(&gives[y]).then(index.words(*x).cmp(&index.words(*y))).then(y.cmp(x))
    });
    Origin::Article(best.unwrap_or(articles[0]))
}

/// The agency that most articles credit, of equals the one credited first.
fn agency(story: &Story, articles: &[ArticleIndex]) -> Option<String> {
    let mut credits: Vec<(String, &str, usize)> = Vec::new();
    for &at in articles {
        let mut named: Vec<String> = Vec::new();
        for agency in &story.document(at).article.agencies {
            let folded = rashomon_terms::fold(agency);
            if named.contains(&folded) {
                continue;
            }
            match credits.iter_mut().find(|(known, ..)| *known == folded) {
                Some((_, _, count)) => *count += 1,
                None => credits.push((folded.clone(), agency, 1)),
            }
            named.push(folded);
        }
    }
    let most = credits.iter().map(|&(.., count)| count).max()?;
    credits.iter().find(|&&(.., count)| count == most).map(|&(_, agency, _)| agency.to_owned())
}

/// The passage with the earlier article as `a`, where both are dated.
fn by_time(story: &Story, evidence: Evidence) -> Evidence {
    let published = |at: ArticleIndex| story.document(at).article.published.map(|p| p.instant());
    match (published(evidence.a.article), published(evidence.b.article)) {
        (Some(a), Some(b)) if b < a => Evidence { a: evidence.b, b: evidence.a, ..evidence },
        _ => evidence,
    }
}
