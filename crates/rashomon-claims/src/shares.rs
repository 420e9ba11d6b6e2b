use rashomon_article::ArticleIndex;

use crate::holdings::Holdings;

/// Words that weigh less than this share of all are left out of the count: they are the words of
/// the whole story.
const LEAST_PART: f32 = 0.02;

/// How much of some words an article holds, as shares of their weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Share {
    /// Anywhere in it.
    pub anywhere: f32,
    /// In the two neighbouring sentences that hold most.
    pub window: f32,
    /// In the sentence that holds most.
    pub sentence: f32,
    /// That sentence, by its index.
    pub at: Option<u32>,
}

/// Counts words in sentences and articles. Its tables are used again and again.
pub(crate) struct Counter<'h> {
    holdings: &'h Holdings,
    /// The words of the question counted so far.
    turn: u32,
    /// By sentence: the last word that was counted there, and the share.
    sentences: Vec<(u32, f32)>,
    /// By sentence: the same of it and the next one.
    windows: Vec<(u32, f32)>,
    /// By article: the same of all of it.
    articles: Vec<(u32, f32)>,
    touched: Vec<u32>,
}

impl<'h> Counter<'h> {
    pub fn new(holdings: &'h Holdings, articles: usize) -> Counter<'h> {
        let sentences = holdings.sentences.len();
        Counter {
            holdings,
            turn: 0,
            sentences: vec![(0, 0.0); sentences],
            windows: vec![(0, 0.0); sentences],
            articles: vec![(0, 0.0); articles],
            touched: Vec::new(),
        }
    }

    /// For each article nothing.
    pub fn nothing(&self) -> Vec<Share> {
        vec![Share::default(); self.articles.len()]
    }

    /// For each article, how much it holds of some words with their weights. `alike` gives the
    /// words that count in part for a word, the nearest first.
    pub fn shares(
        &mut self,
        words: &[(u32, f32)],
        mut alike: impl FnMut(u32) -> Vec<(u32, f32)>,
    ) -> Vec<Share> {
        let all: f32 = words.iter().map(|(_, weight)| weight).sum();
        for &(word, weight) in words {
            let part = weight / all;
            if part < LEAST_PART {
                continue;
            }
            self.turn += 1;
            self.count(word, part);
            for (word, likeness) in alike(word) {
                self.count(word, likeness * part);
            }
        }
        self.collect()
    }

    /// Counts a word wherever nothing was counted in this turn.
    fn count(&mut self, word: u32, part: f32) {
        let turn = self.turn;
        let add = |(last, share): &mut (u32, f32)| {
            if *last != turn {
                *last = turn;
                *share += part;
            }
        };
        let holdings = self.holdings;
        for article in &holdings.titles[word as usize] {
            add(&mut self.articles[article.get()]);
        }
        for &at in &holdings.holders[word as usize] {
            let at = at as usize;
            let article = holdings.sentences[at].passage.article;
            add(&mut self.articles[article.get()]);
            self.touched.push(at as u32);
            add(&mut self.sentences[at]);
            add(&mut self.windows[at]);
            if at > 0 && holdings.sentences[at - 1].passage.article == article {
                add(&mut self.windows[at - 1]);
                self.touched.push(at as u32 - 1);
            }
        }
    }

    /// The best of each article; empties the tables.
    fn collect(&mut self) -> Vec<Share> {
        let mut shares: Vec<Share> = self
            .articles
            .iter_mut()
            .map(|(_, share)| Share { anywhere: std::mem::take(share), ..Share::default() })
            .collect();
        self.touched.sort_unstable();
        self.touched.dedup();
        for at in self.touched.drain(..) {
            let place = at as usize;
            let article: ArticleIndex = self.holdings.sentences[place].passage.article;
            let best = &mut shares[article.get()];
            let share = std::mem::take(&mut self.sentences[place].1);
            if share > best.sentence {
                (best.sentence, best.at) = (share, Some(at));
            }
            best.window = best.window.max(std::mem::take(&mut self.windows[place].1));
        }
        shares
    }
}
