use std::collections::BTreeMap;

use rashomon::Synopsis;
use rashomon::article::Story;
use rashomon::language::Language;
use rashomon_store::{ArticleNumber, StoryNumber};
use rayon::prelude::*;

use crate::synopses::Report;

/// Synopses that are kept in memory while their stories grow, so that a report that joins is held
/// against the others and not all against all. The one that was asked for longest ago goes first.
pub(crate) struct Held {
    most: usize,
    synopses: BTreeMap<StoryNumber, Kept>,
    turn: u64,
}

struct Kept {
    synopsis: Synopsis<'static>,
    /// The articles in it, with the revision of each.
    articles: BTreeMap<ArticleNumber, (u64, String)>,
    turn: u64,
}

impl Held {
    /// Holds so many at most.
    pub fn new(most: usize) -> Held {
        Held { most, synopses: BTreeMap::new(), turn: 0 }
    }

    /// Whether anything is ever held.
    pub fn is_used(&self) -> bool {
        self.most > 0
    }

    /// The synopsis of a story over its reports as they are now, which are not annotated yet. What
    /// is held is brought up to date; the result is that of comparing all at once.
    pub fn story(
        &mut self,
        number: StoryNumber,
        reports: Vec<Report>,
        language: &'static Language,
    ) -> &Story {
        self.turn += 1;
        if self.synopses.len() >= self.most.max(1) && !self.synopses.contains_key(&number) {
            let oldest = self.synopses.iter().min_by_key(|(_, kept)| kept.turn);
            if let Some(oldest) = oldest.map(|(&number, _)| number) {
                self.synopses.remove(&oldest);
            }
        }
        let turn = self.turn;
        let kept = self.synopses.entry(number).or_insert_with(|| Kept {
            synopsis: Synopsis::new(format!("s{number}"), language),
            articles: BTreeMap::new(),
            turn,
        });
        kept.turn = turn;
        kept.bring_up_to_date(reports, language);
        kept.synopsis.story()
    }
}

impl Kept {
    fn bring_up_to_date(&mut self, reports: Vec<Report>, language: &'static Language) {
        let there: BTreeMap<ArticleNumber, u64> =
            reports.iter().map(|report| (report.number, report.revision)).collect();
        let left: Vec<ArticleNumber> =
            self.articles.keys().copied().filter(|number| !there.contains_key(number)).collect();
        for number in left {
            if let Some((_, id)) = self.articles.remove(&number) {
                self.synopsis.remove(&id);
            }
        }
        let known = |report: &Report| self.articles.get(&report.number).map(|(known, _)| *known);
        let new: Vec<Report> =
            reports.into_iter().filter(|report| known(report) != Some(report.revision)).collect();
        let annotated: Vec<Report> = new
            .into_par_iter()
            .map(|report| Report {
                document: rashomon::annotate(report.document, language),
                ..report
            })
            .collect();
        for report in annotated {
            let id = report.document.article.id.clone();
            match self.articles.insert(report.number, (report.revision, id)) {
                Some((_, before)) => {
                    self.synopsis.replace(&before, report.document);
                }
                None => self.synopsis.add(report.document),
            }
        }
    }
}
