use std::collections::HashMap;

use crate::fields::{BODY_FIELD, Fields, HEAD_FIELD};

/// How many neighbours an article is given.
pub const NEIGHBOURS: usize = 40;

/// How many of the heaviest terms of head and body look for neighbours.
pub const HEAVIEST: [(usize, usize); 2] = [(HEAD_FIELD, 16), (BODY_FIELD, 32)];

/// A term in more articles than this, and than this share of them, looks for no neighbours.
const FREQUENT: usize = 200;
const FREQUENT_SHARE: usize = 8;

/// For each article the articles it may share a story with, both ways round, sorted. An inverted
/// index over the heaviest terms keeps this near linear.
pub fn neighbours(fields: &[Fields]) -> Vec<Vec<usize>> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); fields.len()];
    if fields.len() <= NEIGHBOURS + 1 {
        for (at, near) in near.iter_mut().enumerate() {
            near.extend((0..fields.len()).filter(|&other| other != at));
        }
        return near;
    }
    let mut scores: Vec<Vec<(u32, f32)>> = vec![Vec::new(); fields.len()];
    for (field, heaviest) in HEAVIEST {
        let index = index(fields, field, heaviest);
        let mut reached = vec![0.0_f32; fields.len()];
        for (at, article) in fields.iter().enumerate() {
            let mut touched: Vec<usize> = Vec::new();
            for (term, weight) in heaviest_terms(article, field, heaviest) {
                for &(other, other_weight) in index.get(&term).into_iter().flatten() {
                    if reached[other] == 0.0 {
                        touched.push(other);
                    }
                    reached[other] += weight * other_weight;
                }
            }
            for other in touched {
                if other != at {
                    scores[at].push((other as u32, reached[other]));
                }
                reached[other] = 0.0;
            }
            if field == BODY_FIELD {
                for other in best(std::mem::take(&mut scores[at])) {
                    near[at].push(other);
                    near[other].push(at);
                }
            }
        }
    }
    for near in &mut near {
        near.sort_unstable();
        near.dedup();
    }
    near
}

/// Sums the scores of the fields and gives the best articles.
fn best(mut scores: Vec<(u32, f32)>) -> Vec<usize> {
    scores.sort_by_key(|&(other, _)| other);
    scores.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    scores.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    scores.iter().take(NEIGHBOURS).map(|&(other, _)| other as usize).collect()
}

/// The articles in which each term is among the heaviest; terms that too many have are left out.
fn index(fields: &[Fields], field: usize, heaviest: usize) -> HashMap<u32, Vec<(usize, f32)>> {
    let mut index: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
    for (at, article) in fields.iter().enumerate() {
        for (term, weight) in heaviest_terms(article, field, heaviest) {
            index.entry(term).or_default().push((at, weight));
        }
    }
    let most = FREQUENT.max(fields.len() / FREQUENT_SHARE);
    index.retain(|_, postings| postings.len() <= most);
    index
}

fn heaviest_terms(article: &Fields, field: usize, heaviest: usize) -> Vec<(u32, f32)> {
    article.vectors[field].heaviest(heaviest)
}
