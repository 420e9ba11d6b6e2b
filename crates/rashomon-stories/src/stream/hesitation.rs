use std::collections::BTreeSet;

use crate::outlook::{Outlook, is_larger, lifted};

use super::judging::Candidate;
use super::step::Correction;
use super::{CANDIDATES, Stream, bar};

/// Odds so far below the bar are no alternative to anything.
const NO_ALTERNATIVE: f64 = 5.0;

impl Stream {
    /// Unites stories below the bar that stand out among all that they may belong to, the likest
    /// first.
    pub(super) fn hesitate(&mut self, stories: Vec<u64>, corrections: &mut Vec<Correction>) {
        let mut asked: BTreeSet<u64> = stories.into_iter().collect();
        while !asked.is_empty() {
            let choices = asked.iter().filter_map(|&story| self.choice(story));
            let mut choices: Vec<(f64, u64, u64)> = choices.collect();
            choices.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
            asked.clear();
            for (_, story, _) in choices {
                // Whatever was united before may have changed the choice.
                let Some((above, a, b)) = self.choice(story) else { continue };
                let (from, into) = self.which_stays(a, b);
                corrections.push(self.merge_found(from, into, above));
                asked.remove(&from);
                asked.insert(into);
            }
        }
    }

    /// The story that a story joins although it is below the bar, and how sure that is.
    fn choice(&mut self, story: u64) -> Option<(f64, u64, u64)> {
        let own = self.outlook(story)?;
        let (_, other) = own.likest?;
        let mut above = lifted(story, &own, None);
        let texts = |story: u64| self.stories[&story].cluster.texts();
        if above > 0.0 && !is_larger(texts(story), texts(other)) {
            above = lifted(story, &own, self.outlook(other).as_ref());
        }
        (above > 0.0).then_some((above, story, other))
    }

    /// What a story may belong to.
    fn outlook(&mut self, story: u64) -> Option<Outlook<u64>> {
        let bar = bar(self.window.len());
        let known = self.stories.get(&story)?;
        let mut outlook = Outlook::new();
        let near = self.index.nearest(&known.cluster, CANDIDATES + 1);
        let compared = std::mem::take(&mut self.compared);
        let a = &self.stories[&story].cluster;
        let mut candidate = Candidate::new(self, a, compared);
        for other in near {
            let b = &self.stories[&other].cluster;
            if other != story
                && self.may_unite(a, b)
                && let Some(odds) = candidate.odds(b, bar - NO_ALTERNATIVE)
            {
                outlook.add(odds - bar, other);
            }
        }
        self.compared = candidate.done();
        Some(outlook)
    }
}
