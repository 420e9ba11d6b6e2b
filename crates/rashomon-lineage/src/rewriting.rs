use rashomon_article::{ArticleIndex, Evidence, Passage};

use crate::telling::{Matter, Telling};

/// How many other reports the guess of how common a word is weighs as much as.
const PRIOR: f64 = 2.0;

/// How much of its rarity at large a word keeps in a report of the event: one in a thousand
/// reports holds it (idf 7), of those that tell of the event about one in twelve.
const RARITY_KEPT: f64 = 0.35;

/// How rare a word counts that one report alone has: it is looked up for no pair.
const ALONE_IDF: f64 = 6.0;

/// A word weighs nothing where more than half of the others have it.
const LEAST_WEIGHT: f64 = 0.7;

/// A word that so many reports have or fewer is rare: only reports that share some are compared.
const RARE: usize = 8;
const SHARED_RARE: usize = 8;

/// Two sentences tell the same where their common words weigh this much, and are this share of
/// the words of both.
const SENTENCE_WEIGHT: f64 = 6.0;
const SENTENCE_SHARE: f64 = 0.35;

/// Two reports tell the same in the same order where so many sentences correspond in one order,
/// and so many of them in other words; where they are most of the sentences that correspond at
/// all; and where they are so much of the matter of the shorter report.
///
/// Held against the ties found in ground-news.dev, each read: see DESIGN.md.
const SENTENCES: usize = 4;
const REWORDED: usize = 3;
const ORDER: f64 = 0.7;
const SHARE: f64 = 0.15;

/// A sentence that shares more than this is a copy and no rewording.
const COPIED: f64 = 0.93;

/// Sentences that tell the same in the same order in two reports.
#[derive(Clone, Debug)]
pub struct Parallel {
    /// The sentences, in order.
    pub sentences: Vec<Evidence>,
    /// How many sentences have a counterpart in whatever order.
    pub matched: usize,
    /// How much of the weight of the shorter report the common words are.
    pub share: f64,
}

/// The pairs of reports that tell the same in the same order, by index into `tellings`.
pub fn parallels(
    articles: &[ArticleIndex],
    tellings: &[Telling],
    matter: &Matter<'_, '_>,
) -> Vec<(usize, usize, Parallel)> {
    let mut df = vec![0_usize; matter.len()];
    for word in tellings.iter().flat_map(Telling::words) {
        df[word as usize] += 1;
    }
    let weights = weights(&df, tellings.len(), matter);
    candidates(tellings, &df)
        .into_iter()
        .filter_map(|(a, b)| {
            let parallel =
                parallel([articles[a], articles[b]], [&tellings[a], &tellings[b]], &weights)?;
            Some((a, b, parallel))
        })
        .collect()
}

/// What each word weighs where two reports have it: how little would be expected of the others.
fn weights(df: &[usize], reports: usize, matter: &Matter<'_, '_>) -> Vec<f64> {
    let others = reports.saturating_sub(2) as f64;
    let weight = |(word, &df): (usize, &usize)| {
        let idf = if df < 2 { ALONE_IDF } else { matter.idf(word) };
        let prior = PRIOR * (-idf * RARITY_KEPT).exp();
        let weight = -((df.saturating_sub(2) as f64 + prior) / (others + PRIOR)).ln();
        if weight < LEAST_WEIGHT { 0.0 } else { weight }
    };
    df.iter().enumerate().map(weight).collect()
}

/// The pairs that share rare words.
fn candidates(tellings: &[Telling], df: &[usize]) -> Vec<(usize, usize)> {
    let is_rare = |word: &u32| (2..=RARE).contains(&df[*word as usize]);
    let held = tellings.iter().enumerate();
    let mut holders: Vec<(u32, usize)> = held
        .flat_map(|(at, telling)| telling.words().filter(is_rare).map(move |word| (word, at)))
        .collect();
    holders.sort_unstable();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for same in holders.chunk_by(|x, y| x.0 == y.0) {
        for (at, &(_, b)) in same.iter().enumerate() {
            pairs.extend(same[..at].iter().map(|&(_, a)| (a, b)));
        }
    }
    pairs.sort_unstable();
    let often = pairs.chunk_by(|x, y| x == y).filter(|same| same.len() >= SHARED_RARE);
    often.map(|same| same[0]).collect()
}

/// What two reports tell in parallel.
fn parallel(
    articles: [ArticleIndex; 2],
    tellings: [&Telling; 2],
    weights: &[f64],
) -> Option<Parallel> {
    let [a, b] = tellings;
    let pairs = counterparts(a, b, weights);
    let chain = heaviest_chain(&pairs);
    let weight: f64 = chain.iter().map(|&at| pairs[at].weight).sum();
    let whole = |telling: &Telling| telling.words().map(|word| weights[word as usize]).sum::<f64>();
    let share = (weight / whole(a).min(whole(b)).max(f64::MIN_POSITIVE)).min(1.0);
    let sentence = |at: usize| Evidence {
        a: Passage { article: articles[0], span: a.sentences[pairs[at].a].0 },
        b: Passage { article: articles[1], span: b.sentences[pairs[at].b].0 },
        similarity: pairs[at].share,
    };
    let reworded = chain.iter().filter(|&&at| pairs[at].share < COPIED).count();
    let enough = chain.len() >= SENTENCES
        && reworded >= REWORDED
        && chain.len() as f64 >= ORDER * pairs.len() as f64
        && share >= SHARE;
    enough.then(|| Parallel {
        matched: pairs.len(),
        share,
        sentences: chain.into_iter().map(sentence).collect(),
    })
}

/// Two sentences that tell the same.
struct Counterpart {
    a: usize,
    b: usize,
    /// What their common words weigh.
    weight: f64,
    /// Which share of the words of both they are, 0 to 1.
    share: f64,
}

/// Each sentence of `a` that has a counterpart in `b`, with the one that shares most.
fn counterparts(a: &Telling, b: &Telling, weights: &[f64]) -> Vec<Counterpart> {
    let weigh = |words: &[u32]| words.iter().map(|&word| weights[word as usize]).sum::<f64>();
    let mut common: Vec<(usize, usize, f64)> = Vec::new();
    let mut rest = b.places.as_slice();
    for &(word, sentence) in &a.places {
        let weight = weights[word as usize];
        while rest.first().is_some_and(|&(other, _)| other < word) {
            rest = &rest[1..];
        }
        if weight > 0.0 {
            let same = rest.iter().take_while(|&&(other, _)| other == word);
            common.extend(same.map(|&(_, other)| (sentence as usize, other as usize, weight)));
        }
    }
    common.sort_unstable_by_key(|&(x, y, _)| (x, y));
    let mut pairs: Vec<Counterpart> = Vec::new();
    for same in common.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
        let (a_at, b_at, _) = same[0];
        let weight: f64 = same.iter().map(|&(.., weight)| weight).sum();
        if weight < SENTENCE_WEIGHT {
            continue;
        }
        let both = weigh(&a.sentences[a_at].1) + weigh(&b.sentences[b_at].1);
        let share = (2.0 * weight / both).min(1.0);
        if share < SENTENCE_SHARE {
            continue;
        }
        let found = Counterpart { a: a_at, b: b_at, weight, share };
        match pairs.last_mut() {
            Some(last) if last.a == a_at => {
                if share > last.share {
                    *last = found;
                }
            }
            _ => pairs.push(found),
        }
    }
    pairs
}

/// The pairs that stand in the same order in both and weigh most together.
fn heaviest_chain(pairs: &[Counterpart]) -> Vec<usize> {
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let before = (0..at).filter(|&before| pairs[before].b < pair.b);
        let before = before.max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
        best.push((pair.weight + before.map_or(0.0, |before| best[before].0), before));
    }
    let mut at = (0..best.len()).max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
    let mut chain = Vec::new();
    while let Some(member) = at {
        chain.push(member);
        at = best[member].1;
    }
    chain.reverse();
    chain
}
