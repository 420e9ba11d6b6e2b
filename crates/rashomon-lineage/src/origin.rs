use std::cmp::Reverse;
use std::collections::BTreeMap;

use rashomon_article::{ArticleIndex, Direction, Origin, Story, Tie};

use crate::index::{Overlap, PassageIndex};

/// What joins the articles of one lineage.
#[derive(Default)]
pub struct Bindings<'s> {
    /// What they share, pair by pair.
    pub overlaps: Vec<&'s Overlap>,
    /// The ties that joined them.
    pub ties: Vec<&'s Tie>,
}

/// The agency that most of the articles credit, where there are several articles; else the one
/// whose outlet others credit; else the article published first; where that is not known of all,
/// the one that most others are contained in.
pub fn origin(
    story: &Story,
    index: &PassageIndex,
    bindings: &Bindings<'_>,
    articles: &[ArticleIndex],
) -> Origin {
    if let [only] = articles {
        return Origin::Article(*only);
    }
    if let Some(agency) = agency(story, articles) {
        return Origin::Agency(agency);
    }
    if let Some(credited) = credited(&bindings.ties) {
        return Origin::Article(credited);
    }
    let published = |at: &ArticleIndex| story.document(*at).article.published;
    if articles.iter().all(|at| published(at).is_some()) {
        let instants = articles.iter().map(|at| (published(at).map(|p| p.instant()), *at));
        let first = instants.min().map_or(articles[0], |(_, at)| at);
        return Origin::Article(first);
    }
    let mut gives: BTreeMap<ArticleIndex, f64> = articles.iter().map(|&at| (at, 0.0)).collect();
    for overlap in &bindings.overlaps {
        *gives.entry(overlap.a).or_default() += overlap.containment.1;
        *gives.entry(overlap.b).or_default() += overlap.containment.0;
    }
    let best = articles.iter().copied().max_by(|x, y| {
        gives[x].total_cmp(&gives[y]).then(index.words(*x).cmp(&index.words(*y))).then(y.cmp(x))
    });
    Origin::Article(best.unwrap_or(articles[0]))
}

/// The article that most others credit and that credits no other.
fn credited(ties: &[&Tie]) -> Option<ArticleIndex> {
    let credits = || ties.iter().filter(|tie| tie.direction == Some(Direction::Credit));
    let sources = credits().map(|tie| tie.a).filter(|&at| credits().all(|tie| tie.b != at));
    sources.max_by_key(|&at| (credits().filter(|tie| tie.a == at).count(), Reverse(at)))
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
