use rashomon_article::ArticleIndex;

/// Sets of entities that are joined, each knowing the reports that it stands for.
pub(crate) struct Union {
    parent: Vec<usize>,
    articles: Vec<Vec<ArticleIndex>>,
}

impl Union {
    /// Each entity by itself.
    pub fn new(articles: Vec<ArticleIndex>) -> Union {
        Union {
            parent: (0..articles.len()).collect(),
            articles: articles.into_iter().map(|article| vec![article]).collect(),
        }
    }

    /// The least entity of the set.
    pub fn find(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins two sets.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (kept, gone) = (a.min(b), a.max(b));
        self.parent[gone] = kept;
        let more = std::mem::take(&mut self.articles[gone]);
        self.articles[kept].extend(more);
        self.articles[kept].sort_unstable();
    }

    /// Joins two sets whose names differ, unless one report has both: a report spells one name
    /// in one way, so it means two bearers.
    pub fn join_variants(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let both =
            self.articles[a].iter().any(|article| self.articles[b].binary_search(article).is_ok());
        if !both {
            self.join(a, b);
        }
    }

    /// The sets, each in order, by their least entity.
    pub fn sets(&mut self) -> Vec<Vec<usize>> {
        let mut sets: Vec<Vec<usize>> = vec![Vec::new(); self.parent.len()];
        for at in 0..self.parent.len() {
            let root = self.find(at);
            sets[root].push(at);
        }
        sets.retain(|set| !set.is_empty());
        sets
    }
}
