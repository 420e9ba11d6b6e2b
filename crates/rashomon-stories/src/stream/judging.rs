use crate::cluster::Cluster;
use crate::figures::{Across, Laid};
use crate::links::{Links, WITNESSES, Witness};

use super::Stream;
use super::compared::{Compared, Known};

/// A cluster that is held against many others.
pub(super) struct Candidate<'s> {
    stream: &'s Stream,
    cluster: &'s Cluster,
    laid: Option<Laid<'s>>,
    compared: Compared,
}

impl<'s> Candidate<'s> {
    /// Makes a cluster ready to be held against those of a stream; `compared` is what the stream
    /// knows of pairs, to be given back with [`Candidate::done`].
    pub fn new(stream: &'s Stream, cluster: &'s Cluster, compared: Compared) -> Candidate<'s> {
        Candidate { stream, cluster, laid: None, compared }
    }

    /// Both side by side.
    pub fn beside(&mut self, other: &'s Cluster) -> Across<'s> {
        let cluster = self.cluster;
        if let Some(Known { dots, .. }) = self.compared.get(cluster, other) {
            return Across { a: cluster, b: other, dots: dots.map(f64::from) };
        }
        let across = self.laid.get_or_insert_with(|| Laid::new(cluster)).beside(other);
        let dots = across.dots.map(|dot| dot as f32);
        self.compared.set(cluster, other, Known { dots, links: None });
        across
    }

    /// The logarithm of the odds that it tells of one event with another, or `None` where it is
    /// below a floor.
    pub fn odds(&mut self, other: &'s Cluster, floor: f64) -> Option<f64> {
        let across = self.beside(other);
        if self.stream.most(&across) <= floor {
            return None;
        }
        let odds = self.odds_in_full(&across);
        (odds > floor).then_some(odds)
    }

    /// The same, however low.
    pub fn odds_in_full(&mut self, across: &Across<'_>) -> f64 {
        let links = self.links(across);
        self.stream.decision.odds(&across.figures(links, across.gap()))
    }

    /// What single members across have in common.
    pub fn links(&mut self, across: &Across<'_>) -> Links {
        let (a, b) = (across.a, across.b);
        let known = self.compared.get(a, b);
        if let Some(Known { links: Some(links), .. }) = known {
            return links;
        }
        let links = self.stream.links(a, b);
        let dots = across.dots.map(|dot| dot as f32);
        self.compared.set(a, b, Known { dots, links: Some(links) });
        links
    }

    /// What is known of pairs now.
    pub fn done(self) -> Compared {
        self.compared
    }
}

impl Stream {
    /// The logarithm of the odds that two clusters tell of one event.
    pub(super) fn odds(&self, a: &Cluster, b: &Cluster) -> f64 {
        let across = Across::new(a, b);
        self.decision.odds(&across.figures(self.links(a, b), across.gap()))
    }

    /// The most that the odds of two clusters can be: they rise with what single members have in
    /// common, which takes longest to find.
    pub(super) fn most(&self, across: &Across<'_>) -> f64 {
        self.decision.odds(&across.figures(Links::MOST, across.gap()))
    }

    /// What single members across have in common.
    pub(super) fn links(&self, a: &Cluster, b: &Cluster) -> Links {
        let (few, many) = if a.members.len() < b.members.len() { (a, b) } else { (b, a) };
        let few = few.members.iter().rev().take(WITNESSES.isqrt());
        let each = (WITNESSES / few.len().max(1)).min(many.members.len());
        let asked = few.len() * each;
        let mut links = Links::default();
        for &one in few {
            let witness = Witness::new(&self.window.at(one).fields);
            for &other in many.members.iter().rev().take(each) {
                links = links.and(witness.and(&self.window.at(other).fields));
            }
        }
        links.of(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::signed;
    use crate::cluster::Cluster;
    use crate::decision::LEARNED;
    use crate::fields::Fields;
    use crate::figures::Across;
    use crate::frequencies::Frequencies;
    use crate::links::Links;

    #[test]
    fn odds_rise_with_the_likest_two_members() {
        let cluster = |text: &str| {
            Cluster::new(0, &Fields::new(&signed(text), &Frequencies::default()), Some(1.0))
        };
        let (a, b) = (cluster("The ferry Marlin sank."), cluster("A ferry left pier Sorrel."));
        let across = Across::new(&a, &b);
        let odds = |body, lead, count: f32| {
            let links = Links { body, lead, count, sum: count * body, asked: 4.0 };
            LEARNED.odds(&across.figures(links, across.gap()))
        };
        let most = LEARNED.odds(&across.figures(Links::MOST, across.gap()));
        for at in [0.0, 0.25, 0.5, 0.75, 1.0] {
            assert!(
                [odds(at, 0.5, 1.0), odds(0.5, at, 1.0), odds(0.5, 0.5, 4.0 * at)]
                    .iter()
                    .all(|&odds| odds <= most)
            );
        }
    }
}
