use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{ArticleIndex, Claim, Document, Near, Omission, Passage, Story, TokenKind};
use rashomon_language::Language;
use rashomon_terms::fold;

use crate::holdings::Holdings;
use crate::innocence::Tellers;
use crate::kin::Kin;
use crate::shares::{Counter, Share};

/// So many independent origins must tell it.
const LEAST_ORIGINS: usize = 3;
/// Of a claim, those words count that this share of its tellings has.
const LEAST_SUPPORT: f32 = 0.5;
/// Words of a claim that weigh less tell too little to miss them.
const LEAST_CORE: f32 = 9.0;
/// A report that holds this share of the words in one sentence tells the claim in other words.
const NEAR: f32 = 0.55;
/// In a report that leaves it out, two neighbouring sentences hold no more than this.
const MOST_IN_WINDOW: f32 = 0.34;
/// And the whole of it no more than this.
const MOST_ANYWHERE: f32 = 0.5;
/// A text of fewer words of grammar is of another language: English news has about .4, news in its
/// neighbours less than .1.
const LEAST_GRAMMAR: f32 = 0.2;
/// As many tellings of a claim are held against a report, word by word.
const TELLINGS: usize = 12;

/// What most independent origins tell and a report leaves out, and where reports come near to a
/// claim without telling it. Reads claims and lineages.
///
/// That somebody leaves out what they do tell in other words would be a false accusation. So a
/// report is only said to leave a claim out where neither the words that its tellings share nor
/// those of any single telling, nor words used like them, stand together in it, and where most of
/// them stand nowhere in it at all.
pub fn omissions(story: &Story, language: &Language) -> (Vec<Omission>, Vec<Near>) {
    let wide: Vec<usize> =
        (0..story.claims.len()).filter(|&at| story.claims[at].counts.origins >= 2).collect();
    if story.documents.len() < 2 || wide.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let holdings = Holdings::new(story, language);
    let reports = Reports::new(story, language);
    let (mut omissions, mut near) = (Vec::new(), Vec::new());
    let mut counter = Counter::new(&holdings, story.documents.len());
    let mut kin = None;
    for at in wide {
        let claim = &story.claims[at];
        let mut reading = Reading::new(&holdings, &mut counter, claim);
        near.extend(reading.near.values().map(|&passage| Near { claim: at, passage }));
        let holders = reading.tellers.iter().chain(reading.near.keys());
        if claim.counts.origins < LEAST_ORIGINS || !reports.are_most(holders) {
            continue;
        }
        let kin = kin.get_or_insert_with(|| Kin::new(&holdings, language));
        let without = reading.without(&mut counter, kin);
        let tellers: Vec<ArticleIndex> = reading.tellers.into_iter().collect();
        let tellers = Tellers::new(story, &reports.lengths, &tellers);
        for article in without.into_iter().filter(|article| reports.readable[article.get()]) {
            let (note, why) = tellers.excuse(article);
            omissions.push(Omission { article, claim: at, note, why });
        }
    }
    (omissions, near)
}

/// What is asked of each report again and again, by article.
struct Reports {
    /// The number of its origin.
    origins: Vec<usize>,
    /// How many origins there are.
    all: usize,
    /// The words of its prose.
    lengths: Vec<usize>,
    /// Whether it is written in the language of the pack: who tells it in another language cannot
    /// be said to leave it out.
    readable: Vec<bool>,
}

impl Reports {
    fn new(story: &Story, language: &Language) -> Reports {
        let own = story.lineages.len();
        let origins: Vec<usize> =
            story.articles().map(|at| story.lineage(at).unwrap_or(own + at.get())).collect();
        let all = origins.iter().collect::<BTreeSet<_>>().len();
        let (lengths, readable) =
            story.documents.iter().map(|document| measure(document, language)).unzip();
        Reports { origins, all, lengths, readable }
    }

    /// Whether articles stand for more than half of the origins.
    fn are_most<'a>(&self, articles: impl Iterator<Item = &'a ArticleIndex>) -> bool {
        let origins: BTreeSet<usize> = articles.map(|at| self.origins[at.get()]).collect();
        2 * origins.len() > self.all
    }
}

/// The words of a report, and whether it is written in a language.
fn measure(document: &Document, language: &Language) -> (usize, bool) {
    let (mut words, mut grammar) = (0, 0);
    for token in &document.tokens {
        if matches!(token.kind, TokenKind::Word | TokenKind::Number) {
            let word = fold(document.slice(token.span));
            words += 1;
            grammar += usize::from(language.words.is_function_word(&word));
        }
    }
    (words, grammar as f32 >= LEAST_GRAMMAR * words as f32)
}

/// A claim held against all reports.
struct Reading {
    tellers: BTreeSet<ArticleIndex>,
    /// By article: the sentence that comes near to it.
    near: BTreeMap<ArticleIndex, Passage>,
    /// The words that its tellings share, with their weight.
    core: Vec<(u32, f32)>,
    /// By article, the most that it holds of the core and of any single telling.
    shares: Vec<Share>,
}

impl Reading {
    fn new(holdings: &Holdings, counter: &mut Counter<'_>, claim: &Claim) -> Reading {
        let tellings = tellings(holdings, claim);
        let tellers: BTreeSet<ArticleIndex> = tellings.keys().copied().collect();
        let core = core(holdings, &tellings);
        let different: BTreeSet<&Vec<u32>> = tellings.values().collect();
        let mut shares = counter.nothing();
        let all = different.into_iter().take(TELLINGS).map(|words| weighted(holdings, words));
        for words in std::iter::once(core.clone()).chain(all).filter(|words| is_telling(words)) {
            join(&mut shares, &counter.shares(&words, |_| Vec::new()));
        }
        let near = articles(&shares)
            .filter(|article| !tellers.contains(article))
            .filter(|article| shares[article.get()].sentence >= NEAR)
            .filter_map(|article| {
                let at = shares[article.get()].at? as usize;
                Some((article, holdings.sentences[at].passage))
            })
            .collect();
        Reading { tellers, near, core, shares }
    }

    /// The reports that surely leave it out.
    fn without(&mut self, counter: &mut Counter<'_>, kin: &mut Kin<'_>) -> Vec<ArticleIndex> {
        if !is_telling(&self.core) {
            return Vec::new();
        }
        let alike = counter.shares(&self.core, |word| kin.of(word).to_vec());
        for (most, share) in self.shares.iter_mut().zip(&alike) {
            most.anywhere = share.anywhere;
        }
        join(&mut self.shares, &alike);
        articles(&self.shares)
            .filter(|article| !self.tellers.contains(article))
            .filter(|article| {
                let share = self.shares[article.get()];
                share.window <= MOST_IN_WINDOW && share.anywhere <= MOST_ANYWHERE
            })
            .collect()
    }
}

fn articles(shares: &[Share]) -> impl Iterator<Item = ArticleIndex> + use<> {
    (0..shares.len() as u32).map(ArticleIndex)
}

/// Keeps the larger share of sentences and windows.
fn join(shares: &mut [Share], others: &[Share]) {
    for (most, share) in shares.iter_mut().zip(others) {
        if share.sentence > most.sentence {
            (most.sentence, most.at) = (share.sentence, share.at);
        }
        most.window = most.window.max(share.window);
    }
}

/// Whether words weigh enough that a report which holds them tells the same.
fn is_telling(words: &[(u32, f32)]) -> bool {
    words.iter().map(|(_, weight)| weight).sum::<f32>() >= LEAST_CORE
}

/// The words with which each article tells a claim.
fn tellings(holdings: &Holdings, claim: &Claim) -> BTreeMap<ArticleIndex, Vec<u32>> {
    let mut tellings: BTreeMap<ArticleIndex, Vec<u32>> = BTreeMap::new();
    for &mention in &claim.mentions {
        tellings.entry(mention.article).or_default().extend(holdings.words_in(mention));
    }
    for words in tellings.values_mut() {
        words.sort_unstable();
        words.dedup();
    }
    tellings
}

/// The words that most tellings share, each with its weight and the share of the tellings.
fn core(holdings: &Holdings, tellings: &BTreeMap<ArticleIndex, Vec<u32>>) -> Vec<(u32, f32)> {
    let mut support: BTreeMap<u32, usize> = BTreeMap::new();
    for &word in tellings.values().flatten() {
        *support.entry(word).or_default() += 1;
    }
    let share = |count: usize| count as f32 / tellings.len() as f32;
    support
        .into_iter()
        .filter(|&(_, count)| count > 1 && share(count) >= LEAST_SUPPORT)
        .map(|(word, count)| (word, share(count) * holdings.weight[word as usize]))
        .collect()
}

fn weighted(holdings: &Holdings, words: &[u32]) -> Vec<(u32, f32)> {
    words.iter().map(|&word| (word, holdings.weight[word as usize])).collect()
}
