use std::collections::{BTreeMap, BTreeSet};

use rashomon_article::{ArticleIndex, BlockKind, Claim, Near, Omission, Passage, Story};
use rashomon_language::Language;
use rashomon_terms::Stamp;
use rashomon_text::Span;

use crate::holdings::Holdings;
use crate::innocence::Tellers;
use crate::kin::Kin;
use crate::script::OmissionMemo;
use crate::shares::{Counter, Share};

/// So many independent origins must tell it.
const LEAST_ORIGINS: usize = 3;
/// Of a claim, those words count that this share of its tellings has.
const LEAST_SUPPORT: f32 = 0.5;
/// Words of a claim that weigh less tell too little to miss them.
const LEAST_CORE: f32 = 7.0;
/// A report that holds this share of the words in one sentence tells the claim in other words.
const NEAR: f32 = 0.55;
/// In a report that leaves it out, two neighbouring sentences hold no more than this.
const MOST_IN_WINDOW: f32 = 0.37;
/// And the whole of it no more than this.
const MOST_ANYWHERE: f32 = 0.45;
/// What more than this share of its tellers have at their head is the news itself: a report of
/// the story that seems not to have it tells it in words that are not known here.
const MOST_AT_HEAD: f32 = 0.66;
/// A text of fewer words of grammar is of another language: English news has about .4, news in its
/// neighbours less than .1.
const LEAST_GRAMMAR: f32 = 0.2;
/// Where it is only asked who comes near, words that weigh less than this share of all are not
/// counted: they are the words of the whole story, and stand in most of its sentences.
const LEAST_PART: f32 = 0.04;
/// As many tellings of a claim are held against a report, word by word.
const TELLINGS: usize = 8;

/// What most independent origins tell and a report leaves out, and where reports come near to a
/// claim without telling it. Reads claims and lineages.
///
/// That somebody leaves out what they do tell in other words would be a false accusation. So a
/// report is only said to leave a claim out where neither the words that its tellings share nor
/// those of any single telling, nor words used like them, stand together in it, and where most of
/// them stand nowhere in it at all.
pub fn omissions(story: &Story, language: &Language) -> (Vec<Omission>, Vec<Near>) {
    omissions_with(story, language, &[], &mut OmissionMemo::new(language))
}

/// As [`omissions`]: what an earlier call with the same memo has read of documents with the same
/// stamps is not read again.
pub fn omissions_with(
    story: &Story,
    language: &Language,
    stamps: &[Stamp],
    memo: &mut OmissionMemo<'_>,
) -> (Vec<Omission>, Vec<Near>) {
    let wide: Vec<usize> =
        (0..story.claims.len()).filter(|&at| story.claims[at].counts.origins >= 2).collect();
    if story.documents.len() < 2 || wide.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let holdings = Holdings::new(story, stamps, memo);
    let reports = Reports::new(story, &holdings);
    let mut counter = Counter::new(&holdings, story.documents.len());
    let readings: Vec<(usize, Reading)> = wide
        .into_iter()
        .map(|at| (at, Reading::new(&holdings, &mut counter, &story.claims[at])))
        .collect();
    // Who tells nothing of all that is told tells of something else.
    let takes_part = |article: &ArticleIndex| {
        readings.iter().any(|(_, reading)| reading.holders().any(|holder| holder == article))
    };
    let comparable: BTreeSet<ArticleIndex> = story
        .articles()
        .filter(|article| reports.readable[article.get()] && takes_part(article))
        .collect();
    let mut kin = None;
    let mut omissions = Vec::new();
    for (at, reading) in &readings {
        let claim = &story.claims[*at];
        if claim.counts.origins < LEAST_ORIGINS
            || !reports.are_most(reading.holders())
            || is_the_news(story, claim)
        {
            continue;
        }
        let kin = kin.get_or_insert_with(|| Kin::new(&holdings, language));
        let without = reading.without(&holdings, &mut counter, kin);
        let told: Vec<ArticleIndex> = reading.tellers.iter().copied().collect();
        let tellers = Tellers::new(story, &reports.lengths, &told);
        for article in without.into_iter().filter(|article| comparable.contains(article)) {
            let (note, why) = tellers.excuse(article);
            omissions.push(Omission { article, claim: *at, note, why });
        }
    }
    let near = readings.iter().flat_map(|(claim, reading)| {
        reading.near.values().map(|&passage| Near { claim: *claim, passage })
    });
    (omissions, near.collect())
}

/// Whether those who tell a claim have it at their head: in a headline or the first sentence.
fn is_the_news(story: &Story, claim: &Claim) -> bool {
    let mut at_head: BTreeMap<ArticleIndex, bool> = BTreeMap::new();
    for mention in &claim.mentions {
        let document = story.document(mention.article);
        let kind = |at: usize| document.article.block_at(at).map(|block| block.kind);
        let paragraph = |span: Span| kind(span.start()) == Some(BlockKind::Paragraph);
        let first = document.sentences.iter().map(|it| it.span).find(|span| paragraph(*span));
        let head = !paragraph(mention.span) || first.is_some_and(|it| it.overlaps(mention.span));
        *at_head.entry(mention.article).or_default() |= head;
    }
    let heads = at_head.values().filter(|head| **head).count();
    heads as f32 > MOST_AT_HEAD * at_head.len() as f32
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
    fn new(story: &Story, holdings: &Holdings) -> Reports {
        let own = story.lineages.len();
        let origins: Vec<usize> =
            story.articles().map(|at| story.lineage(at).unwrap_or(own + at.get())).collect();
        let all = origins.iter().collect::<BTreeSet<_>>().len();
        let is_readable =
            |words: usize, grammar: usize| grammar as f32 >= LEAST_GRAMMAR * words as f32;
        let lengths = holdings.lengths.iter().map(|&(words, _)| words).collect();
        let readable =
            holdings.lengths.iter().map(|&(words, grammar)| is_readable(words, grammar)).collect();
        Reports { origins, all, lengths, readable }
    }

    /// Whether articles stand for more than half of the origins.
    fn are_most<'a>(&self, articles: impl Iterator<Item = &'a ArticleIndex>) -> bool {
        let origins: BTreeSet<usize> = articles.map(|at| self.origins[at.get()]).collect();
        2 * origins.len() > self.all
    }
}

/// A claim held against all reports.
struct Reading {
    tellers: BTreeSet<ArticleIndex>,
    /// By article: the sentence that comes near to it.
    near: BTreeMap<ArticleIndex, Passage>,
    /// The words that its tellings share, with their weight.
    core: Vec<(u32, f32)>,
    /// The words of different tellings, as far as they weigh enough.
    tellings: Vec<Vec<(u32, f32)>>,
}

impl Reading {
    fn new(holdings: &Holdings, counter: &mut Counter<'_>, claim: &Claim) -> Reading {
        let tellings = tellings(holdings, claim);
        let tellers: BTreeSet<ArticleIndex> = tellings.keys().copied().collect();
        let core = core(&tellings);
        let mut different: BTreeSet<Vec<u32>> = BTreeSet::new();
        let tellings: Vec<Vec<(u32, f32)>> = tellings
            .into_values()
            .filter(|words| is_telling(words))
            .filter(|words| different.insert(words.iter().map(|(word, _)| *word).collect()))
            .take(TELLINGS)
            .collect();
        let mut shares = counter.nothing();
        for words in std::iter::once(&core).chain(&tellings).filter(|words| is_telling(words)) {
            join(&mut shares, &counter.shares(words, LEAST_PART, |_| Vec::new()));
        }
        let near = articles(&shares)
            .filter(|article| !tellers.contains(article))
            .filter(|article| shares[article.get()].sentence >= NEAR)
            .filter_map(|article| {
                let at = shares[article.get()].at? as usize;
                Some((article, holdings.sentences[at].passage))
            })
            .collect();
        Reading { tellers, near, core, tellings }
    }

    /// Who tells it or comes near to it.
    fn holders(&self) -> impl Iterator<Item = &ArticleIndex> {
        self.tellers.iter().chain(self.near.keys())
    }

    /// The reports that surely leave it out.
    fn without(
        &self,
        holdings: &Holdings,
        counter: &mut Counter<'_>,
        kin: &mut Kin<'_>,
    ) -> Vec<ArticleIndex> {
        if !is_telling(&self.core) {
            return Vec::new();
        }
        let mut shares = counter.shares(&self.core, 0.0, |word| kin.of(word).to_vec());
        for words in &self.tellings {
            join(&mut shares, &counter.shares(words, 0.0, |_| Vec::new()));
        }
        let named = self.naming(holdings, shares.len());
        articles(&shares)
            .filter(|article| !self.tellers.contains(article) && !named.contains(article))
            .filter(|article| {
                let share = shares[article.get()];
                share.window <= MOST_IN_WINDOW && share.anywhere <= MOST_ANYWHERE
            })
            .collect()
    }

    /// The reports that name somebody whom most tellings name and most reports of the story do
    /// not: they tell a part of it at least.
    fn naming(&self, holdings: &Holdings, articles: usize) -> BTreeSet<ArticleIndex> {
        let names = self.core.iter().filter(|(word, _)| holdings.persons.contains(word));
        let with = names.map(|&(word, _)| holdings.articles_with(word));
        with.filter(|with| 2 * with.len() <= articles).flatten().collect()
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

/// The words with which each article tells a claim, with their weight.
fn tellings(holdings: &Holdings, claim: &Claim) -> BTreeMap<ArticleIndex, Vec<(u32, f32)>> {
    let mut parts: BTreeMap<ArticleIndex, BTreeMap<u32, f32>> = BTreeMap::new();
    for &mention in &claim.mentions {
        let telling = parts.entry(mention.article).or_default();
        for (word, part) in holdings.words_in(mention) {
            let most = telling.entry(word).or_default();
            *most = most.max(part);
        }
    }
    let weigh = |(word, part): (u32, f32)| (word, part * holdings.weight[word as usize]);
    let weighed = parts.into_iter();
    weighed.map(|(article, words)| (article, words.into_iter().map(weigh).collect())).collect()
}

/// The words that most tellings share, each with its mean weight times the share of the tellings.
fn core(tellings: &BTreeMap<ArticleIndex, Vec<(u32, f32)>>) -> Vec<(u32, f32)> {
    let mut support: BTreeMap<u32, (usize, f32)> = BTreeMap::new();
    for &(word, weight) in tellings.values().flatten() {
        let (count, sum) = support.entry(word).or_default();
        *count += 1;
        *sum += weight;
    }
    let all = tellings.len() as f32;
    support
        .into_iter()
        .filter(|(_, (count, _))| *count > 1 && *count as f32 >= LEAST_SUPPORT * all)
        .map(|(word, (_, sum))| (word, sum / all))
        .collect()
}
