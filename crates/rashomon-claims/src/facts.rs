use std::collections::BTreeSet;

use rashomon_article::{ArticleIndex, Claim, Passage, Story};
use rashomon_language::Language;

use crate::clusters::{clusters, pairs};
use crate::core::{complete, denials};
use rashomon_terms::{Unit, Units};

/// The facts that two or more reports tell, the one with most independent origins first, then
/// the most articles, then the one told nearest to the top. Reads all layers before.
pub fn claims(story: &Story, language: &Language) -> Vec<Claim> {
    let units = Units::new(story, language);
    let mut groups = denials(&units);
    groups.extend(clusters(&units, &pairs(&units)));
    let groups = complete(&units, groups);
    let mut taken: BTreeSet<(ArticleIndex, usize, usize)> = BTreeSet::new();
    let mut found: Vec<(Claim, f32)> =
        groups.into_iter().filter_map(|group| claim(story, &units, &group)).collect();
    found.sort_by(|(a, central_a), (b, central_b)| {
        let rank = |claim: &Claim| (claim.counts.origins, claim.counts.articles);
        rank(b).cmp(&rank(a)).then(central_b.total_cmp(central_a)).then(a.text.cmp(&b.text))
    });
    // A sentence and its clause may have gone into two groups: the higher one keeps it.
    found.retain_mut(|(claim, _)| {
        claim.mentions.retain(|mention| {
            !taken.iter().any(|&(article, start, end)| {
                article == mention.article
                    && start < mention.span.end()
                    && mention.span.start() < end
            })
        });
        let articles: BTreeSet<ArticleIndex> = claim.mentions.iter().map(|m| m.article).collect();
        if articles.len() < 2
            || !claim.mentions.iter().any(|mention| claim.text.span.covers(mention.span))
        {
            return false;
        }
        claim.counts = story.counts(articles);
        for mention in &claim.mentions {
            taken.insert((mention.article, mention.span.start(), mention.span.end()));
        }
        true
    });
    found.into_iter().map(|(claim, _)| claim).collect()
}

/// The claim of a group of units, with how central it is.
fn claim(story: &Story, units: &Units, group: &[usize]) -> Option<(Claim, f32)> {
    let members = without_parts(units, group);
    let articles: BTreeSet<ArticleIndex> =
        members.iter().map(|unit| unit.passage.article).collect();
    if articles.len() < 2 {
        return None;
    }
    let likeness = |unit: &Unit| -> f32 {
        let others = members.iter().filter(|other| other.passage.article != unit.passage.article);
        others.map(|other| unit.similarity(other)).sum::<f32>() / members.len() as f32
    };
    let best = members.iter().max_by(|a, b| {
        let rank = |unit: &Unit| (!unit.heading, likeness(unit));
        let ((body_a, like_a), (body_b, like_b)) = (rank(a), rank(b));
        body_a.cmp(&body_b).then(like_a.total_cmp(&like_b)).then(b.passage.cmp(&a.passage))
    })?;
    let text = whole_sentence(story, best);
    let mentions: Vec<Passage> = members.iter().map(|unit| unit.passage).collect();
    let counts = story.counts(articles.iter().copied());
    let top = members.iter().map(|unit| 1.0 / (1.0 + unit.sentence as f32)).sum::<f32>();
    let central = top / members.len() as f32 + likeness(best);
    Some((Claim { text, mentions, counts }, central))
}

/// Where a sentence and a clause of it are both in a group, only the sentence stays.
fn without_parts<'u>(units: &'u Units, group: &[usize]) -> Vec<&'u Unit> {
    let members: Vec<&Unit> = group.iter().map(|&at| &units.all[at]).collect();
    let is_part = |unit: &&Unit| {
        members.iter().any(|other| {
            other.whole
                && !unit.whole
                && other.passage.article == unit.passage.article
                && other.sentence == unit.sentence
        })
    };
    members.iter().copied().filter(|unit| !is_part(unit)).collect()
}

fn whole_sentence(story: &Story, unit: &Unit) -> Passage {
    let article = unit.passage.article;
    Passage { article, span: story.document(article).sentences[unit.sentence].span }
}
