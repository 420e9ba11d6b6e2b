use crate::holdings::Holdings;

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

    /// For each article, how much it holds of some words with their weights, without those of a
    /// smaller share than `least`. `alike` gives the words that count in part for a word, the
    /// nearest first.
    pub fn shares(
        &mut self,
        words: &[(u32, f32)],
        least: f32,
        mut alike: impl FnMut(u32) -> Vec<(u32, f32)>,
    ) -> Vec<Share> {
        let all: f32 = words.iter().map(|(_, weight)| weight).sum();
        for &(word, weight) in words {
            let part = weight / all;
            if part < least {
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
        // Whether it is the first that is counted there.
        let add = |(last, share): &mut (u32, f32)| {
            let first = *share == 0.0;
            if *last != turn {
                *last = turn;
                *share += part;
            }
            first
        };
        let holdings = self.holdings;
        for article in &holdings.titles[word as usize] {
            add(&mut self.articles[article.get()]);
        }
        for &at in &holdings.holders[word as usize] {
            let place = at as usize;
            let article = holdings.sentences[place].passage.article;
            add(&mut self.articles[article.get()]);
            add(&mut self.sentences[place]);
            if add(&mut self.windows[place]) {
                self.touched.push(at);
            }
            if place > 0
                && holdings.sentences[place - 1].passage.article == article
                && add(&mut self.windows[place - 1])
            {
                self.touched.push(at - 1);
            }
        }
    }

    /// The best of each article; empties the tables. Of two sentences that hold as much, the
    /// first.
    fn collect(&mut self) -> Vec<Share> {
        let mut shares: Vec<Share> = self
            .articles
            .iter_mut()
            .map(|(_, share)| Share { anywhere: std::mem::take(share), ..Share::default() })
            .collect();
        for at in self.touched.drain(..) {
            let place = at as usize;
            let best = &mut shares[self.holdings.sentences[place].passage.article.get()];
            let share = std::mem::take(&mut self.sentences[place].1);
            let first = best.at.is_none_or(|known| at < known);
            if share > best.sentence || share == best.sentence && share > 0.0 && first {
                (best.sentence, best.at) = (share, Some(at));
            }
            best.window = best.window.max(std::mem::take(&mut self.windows[place].1));
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rashomon_article::{ArticleIndex, Passage};
    use rashomon_text::Span;

    use super::*;
    use crate::holdings::Held;

    /// Sentences of articles, each with its words.
    fn holdings(articles: &[&[&[u32]]]) -> Holdings {
        let mut holders = vec![Vec::new(); 10];
        let mut sentences = Vec::new();
        for (article, texts) in articles.iter().enumerate() {
            for words in *texts {
                let at = sentences.len() as u32;
                words.iter().for_each(|&word| holders[word as usize].push(at));
                let passage =
                    Passage { article: ArticleIndex(article as u32), span: Span::new(0, 1) };
                sentences.push(Held { passage, words: Vec::new() });
            }
        }
        Holdings {
            sentences,
            weight: vec![1.0; 10],
            surface: vec![String::new(); 10],
            holders,
            lengths: Vec::new(),
            persons: BTreeSet::new(),
            titles: vec![Vec::new(); 10],
        }
    }

    #[test]
    fn words_count_once_in_each_place() {
        let holdings = holdings(&[&[&[1, 2], &[2, 3]], &[&[9], &[1], &[2, 4]], &[&[9]]]);
        let mut counter = Counter::new(&holdings, 3);
        let words = [(1, 1.0), (2, 1.0), (3, 2.0)];
        for _ in 0..2 {
            let shares = counter.shares(&words, 0.0, |_| Vec::new());
            assert_eq!(
                shares[0],
                Share { anywhere: 1.0, window: 1.0, sentence: 0.75, at: Some(1) }
            );
            assert_eq!(
                shares[1],
                Share { anywhere: 0.5, window: 0.5, sentence: 0.25, at: Some(3) }
            );
            assert_eq!(shares[2], Share::default());
        }
    }

    #[test]
    fn what_is_used_alike_counts_in_part_where_the_word_itself_is_not() {
        let holdings = holdings(&[&[&[1, 4]], &[&[4]]]);
        let alike = |word| if word == 1 { vec![(4, 0.5)] } else { Vec::new() };
        let shares = Counter::new(&holdings, 2).shares(&[(1, 3.0)], 0.0, alike);
        assert_eq!((shares[0].anywhere, shares[1].anywhere), (1.0, 0.5));
    }
}
