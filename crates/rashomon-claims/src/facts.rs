use std::collections::BTreeSet;

use rashomon_article::{ArticleIndex, Certainty, Claim, Passage, Story};
use rashomon_terms::{Unit, Units};

use crate::candidates::pairs;
use crate::certainty::parts;
use crate::clusters::clusters;
use crate::core::{articles, complete};
use crate::denials::denials;
use crate::tellings::Tellings;

/// The facts that two or more reports tell, the one with most independent origins first, then
/// the most articles, then the one told nearest to the top. Reads all layers before; `units` are
/// those of the story.
///
/// Where reports tell a fact with different certainty, each certainty is a claim of its own with
/// the same issue, one that a single report tells among them.
pub fn claims(story: &Story, units: &Units) -> Vec<Claim> {
    claims_of(story, units, &Tellings::new(story, units))
}

/// As [`claims`], for somebody who has the tellings of the units ready.
pub fn claims_of(story: &Story, units: &Units, tellings: &Tellings<'_>) -> Vec<Claim> {
    let mut groups = denials(units);
    groups.extend(clusters(units, tellings, &pairs(units, tellings)));
    let mut issues: Vec<Issue> = complete(units, groups)
        .into_iter()
        .filter_map(|group| Issue::new(story, units, tellings, group))
        .collect();
    issues.sort_by(|a, b| {
        let rank = |issue: &Issue| (issue.rank, issue.central);
        let ((rank_a, central_a), (rank_b, central_b)) = (rank(a), rank(b));
        rank_b.cmp(&rank_a).then(central_b.total_cmp(&central_a)).then(a.text.cmp(&b.text))
    });
    // A passage tells one fact; a sentence and a clause of it may tell two.
    let mut taken: BTreeSet<Passage> = BTreeSet::new();
    let mut claims: Vec<(Claim, f32)> = Vec::new();
    for (issue, mut found) in issues.into_iter().enumerate() {
        found.members.retain(|&at| !taken.contains(&units.all[at].passage));
        if articles(units, &found.members).len() < 2 {
            continue;
        }
        taken.extend(found.members.iter().map(|&at| units.all[at].passage));
        for (certainty, part) in parts(units, &found.members) {
            let claim = claim(story, units, &part, certainty, issue as u32);
            claims.extend(claim.map(|claim| (claim, found.central)));
        }
    }
    claims.sort_by(|(a, central_a), (b, central_b)| {
        let rank = |claim: &Claim| (claim.counts.origins, claim.counts.articles);
        rank(b).cmp(&rank(a)).then(central_b.total_cmp(central_a)).then(a.text.cmp(&b.text))
    });
    claims.into_iter().map(|(claim, _)| claim).collect()
}

/// Each telling has a fact in common with the one that is most like all others, with at least this
/// chance.
const LEAST_CHANCE_BESIDE_BEST: f32 = 0.7;

/// What reports tell in common, with whatever certainty.
struct Issue {
    members: Vec<usize>,
    /// Origins, then articles.
    rank: (usize, usize),
    /// How near to the top it is told, and how like the others its best telling is.
    central: f32,
    text: Passage,
}

impl Issue {
    fn new(
        story: &Story,
        units: &Units,
        tellings: &Tellings<'_>,
        group: Vec<usize>,
    ) -> Option<Issue> {
        let mut members = without_parts(units, group);
        // A telling that came in over others must have the fact itself.
        let middle = best(units, &members)?;
        members.retain(|&at| at == middle || tellings.fact(middle, at) >= LEAST_CHANCE_BESIDE_BEST);
        // Words in quotation marks alone are a remark, and no outlet tells them itself.
        let told = members.iter().any(|&at| units.all[at].is_telling());
        let articles = articles(units, &members);
        if articles.len() < 2 || !told {
            return None;
        }
        let counts = story.counts(articles);
        let best = best(units, &members)?;
        let depths = members.iter().map(|&at| 1.0 / (1.0 + units.all[at].sentence as f32));
        let central = depths.sum::<f32>() / members.len() as f32 + likeness(units, &members, best);
        let rank = (counts.origins, counts.articles);
        Some(Issue { rank, central, text: units.all[best].passage, members })
    }
}

/// The claim of units that tell one thing with one certainty.
fn claim(
    story: &Story,
    units: &Units,
    members: &[usize],
    certainty: Certainty,
    issue: u32,
) -> Option<Claim> {
    let best = &units.all[best(units, members)?];
    let article = best.passage.article;
    let span = story.document(article).sentences[best.sentence].span;
    let mentions = members.iter().map(|&at| units.all[at].passage).collect();
    let counts = story.counts(articles(units, members));
    Some(Claim { text: Passage { article, span }, mentions, counts, certainty, issue })
}

/// How many members stand for all where each is held against the others.
const SAMPLE: usize = 16;

/// How like a member is to those of other articles, on the average.
fn likeness(units: &Units, members: &[usize], at: usize) -> f32 {
    let unit = &units.all[at];
    let step = members.len().div_ceil(SAMPLE).max(1);
    let others: Vec<&Unit> = members.iter().step_by(step).map(|&other| &units.all[other]).collect();
    let foreign = others.iter().filter(|other| other.passage.article != unit.passage.article);
    foreign.map(|other| unit.similarity(other)).sum::<f32>() / others.len().max(1) as f32
}

/// The member to show: no heading and no speech where there is another, then the one most like the
/// others, then the first.
fn best(units: &Units, members: &[usize]) -> Option<usize> {
    members.iter().copied().max_by(|&a, &b| {
        let prose = |at: usize| (units.all[at].is_telling(), !units.all[at].heading);
        let like = |at: usize| likeness(units, members, at);
        prose(a)
            .cmp(&prose(b))
            .then_with(|| like(a).total_cmp(&like(b)))
            .then(units.all[b].passage.cmp(&units.all[a].passage))
    })
}

/// Where a sentence and a clause of it are both in a group, only the sentence stays.
fn without_parts(units: &Units, mut group: Vec<usize>) -> Vec<usize> {
    let place = |at: usize| (units.all[at].passage.article, units.all[at].sentence);
    let whole: BTreeSet<(ArticleIndex, usize)> =
        group.iter().filter(|&&at| units.all[at].whole).map(|&at| place(at)).collect();
    group.retain(|&at| units.all[at].whole || !whole.contains(&place(at)));
    group
}
