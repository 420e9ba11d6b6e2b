use std::collections::{BTreeMap, BTreeSet};

use super::HandDecision;

/// What was decided by hand: articles that are together, in groups, and groups that are apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// The group of an article.
    groups: BTreeMap<u64, u64>,
    /// The articles of a group.
    articles: BTreeMap<u64, BTreeSet<u64>>,
    /// Both ways round.
    apart: BTreeMap<u64, BTreeSet<u64>>,
    next: u64,
}

impl Constraints {
    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Holds to a decision as well, whatever was decided before.
    pub fn hold_to(&mut self, decision: &HandDecision) {
        match decision {
            HandDecision::Split { articles, from } => self.apart(articles, from),
            HandDecision::Merge { articles } => self.together(articles),
            HandDecision::Pin { article, with } => self.pin(*article, *with),
        }
    }

    /// The group of an article about which something was decided.
    pub fn group(&self, article: u64) -> Option<u64> {
        self.groups.get(&article).copied()
    }

    /// The articles that are together with one, itself among them.
    pub fn companions(&self, article: u64) -> impl Iterator<Item = u64> {
        let group = self.group(article).and_then(|group| self.articles.get(&group));
        group.into_iter().flatten().copied()
    }

    /// Whether two groups are held apart.
    pub fn are_apart(&self, a: u64, b: u64) -> bool {
        self.apart.get(&a).is_some_and(|others| others.contains(&b))
    }

    /// From now on these articles are together, whatever was decided before.
    pub fn together(&mut self, articles: &[u64]) {
        let Some((&first, others)) = articles.split_first() else { return };
        let into = self.group_or_new(first);
        for &other in others {
            let from = self.group_or_new(other);
            if from != into {
                self.unite(from, into);
            }
        }
    }

    /// From now on these articles are together and none of them is with any of the others,
    /// whatever was decided before.
    pub fn apart(&mut self, articles: &[u64], others: &[u64]) {
        for &article in articles {
            self.detach(article);
        }
        self.together(articles);
        let Some(group) = articles.first().and_then(|&first| self.group(first)) else { return };
        for &other in others.iter().filter(|other| !articles.contains(other)) {
            let other = self.group_or_new(other);
            self.apart.entry(group).or_default().insert(other);
            self.apart.entry(other).or_default().insert(group);
        }
    }

    /// From now on an article is with another one, whatever was decided on it before.
    pub fn pin(&mut self, article: u64, with: u64) {
        self.detach(article);
        self.together(&[with, article]);
    }

    fn group_or_new(&mut self, article: u64) -> u64 {
        let next = self.next;
        let group = *self.groups.entry(article).or_insert(next);
        if group == next {
            self.next += 1;
            self.articles.insert(group, BTreeSet::from([article]));
        }
        group
    }

    fn unite(&mut self, from: u64, into: u64) {
        for article in self.articles.remove(&from).unwrap_or_default() {
            self.groups.insert(article, into);
            self.articles.entry(into).or_default().insert(article);
        }
        for other in self.apart.remove(&from).unwrap_or_default() {
            let others = self.apart.entry(other).or_default();
            others.remove(&from);
            if other != into {
                others.insert(into);
                self.apart.entry(into).or_default().insert(other);
            }
        }
    }

    /// Takes an article out of its group; whatever it was held apart from, it still is.
    fn detach(&mut self, article: u64) {
        let Some(old) = self.groups.remove(&article) else { return };
        let left = self.articles.entry(old).or_default();
        left.remove(&article);
        let is_empty = left.is_empty();
        let new = self.group_or_new(article);
        for other in self.apart.get(&old).cloned().unwrap_or_default() {
            self.apart.entry(new).or_default().insert(other);
            self.apart.entry(other).or_default().insert(new);
            if is_empty {
                self.apart.entry(other).or_default().remove(&old);
            }
        }
        if is_empty {
            self.articles.remove(&old);
            self.apart.remove(&old);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_apart(constraints: &Constraints, a: u64, b: u64) -> bool {
        let group = |article| constraints.group(article);
        group(a).zip(group(b)).is_some_and(|(a, b)| constraints.are_apart(a, b))
    }

    #[test]
    fn a_later_decision_wins_and_leaves_the_rest_standing() {
        let mut constraints = Constraints::default();
        constraints.together(&[1, 2, 3, 4]);
        constraints.apart(&[3, 4], &[1, 2, 9]);
        assert!(are_apart(&constraints, 4, 1) && are_apart(&constraints, 9, 3));
        assert_eq!(constraints.companions(2).collect::<Vec<_>>(), [1, 2]);
        constraints.pin(4, 1);
        assert_eq!(constraints.companions(4).collect::<Vec<_>>(), [1, 2, 4]);
        assert!(!are_apart(&constraints, 4, 1) && are_apart(&constraints, 4, 9));
        assert!(are_apart(&constraints, 3, 1));
        constraints.together(&[3, 1]);
        assert!(!are_apart(&constraints, 3, 1) && are_apart(&constraints, 3, 9));
    }
}
