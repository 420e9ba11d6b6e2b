use rashomon_article::{ArticleIndex, OmissionNote, Origin, Published, Story};

/// A report of no more sentences than this is a headline or a few lines.
const BRIEF: usize = 3;
/// A report with less than this share of the words of those that tell it is much shorter.
const SHORTER: f64 = 0.6;

/// Those who tell something, as far as an innocent explanation asks of them.
pub(crate) struct Tellers<'s> {
    story: &'s Story,
    lengths: &'s [usize],
    articles: &'s [ArticleIndex],
    /// The first that is dated.
    first: Option<Published>,
    /// The words of the middle one.
    words: usize,
}

impl<'s> Tellers<'s> {
    /// `lengths` are the words of each report of the story.
    pub fn new(
        story: &'s Story,
        lengths: &'s [usize],
        articles: &'s [ArticleIndex],
    ) -> Tellers<'s> {
        let dates = articles.iter().filter_map(|&at| story.document(at).article.published);
        let first = dates.min_by_key(|date| date.instant());
        let mut words: Vec<usize> = articles.iter().map(|at| lengths[at.get()]).collect();
        words.sort_unstable();
        let words = words.get(words.len() / 2).copied().unwrap_or_default();
        Tellers { story, lengths, articles, first, words }
    }

    /// The innocent explanation for what a report leaves out, with a sentence; the one that
    /// excuses most comes first.
    pub fn excuse(&self, article: ArticleIndex) -> (OmissionNote, String) {
        let document = self.story.document(article);
        let own = self.lengths[article.get()];
        if let (Some(published), Some(first)) = (document.article.published, self.first)
            && is_before(published, first)
        {
            let why = "It came out before the first report that tells this.".to_owned();
            return (OmissionNote::Earlier, why);
        }
        if document.sentences.len() <= BRIEF {
            return (OmissionNote::Brief, format!("It has {own} words in all."));
        }
        if self.is_cut(article) {
            let why = "The text that it copies tells this; it prints less of it.";
            return (OmissionNote::Cut, why.to_owned());
        }
        if (own as f64) < SHORTER * self.words as f64 {
            let why = format!(
                "It is shorter: {own} words, where those that tell this have {} in the middle.",
                self.words
            );
            return (OmissionNote::Shorter, why);
        }
        (
            OmissionNote::Unexplained,
            "It is neither shorter nor earlier than those that tell this.".to_owned(),
        )
    }

    /// Whether the text that a report copies has it. What a copy adds, the others never had: the
    /// origin itself must tell it, or most copies of an agency whose own text is not here.
    fn is_cut(&self, article: ArticleIndex) -> bool {
        let Some(lineage) = self.story.lineage(article) else { return false };
        let lineage = &self.story.lineages[lineage];
        let tells = |at: &ArticleIndex| self.articles.contains(at);
        let agency = match &lineage.origin {
            Origin::Article(origin) => return tells(origin),
            Origin::Agency(agency) => agency.trim(),
        };
        let outlet = |at: ArticleIndex| self.story.document(at).article.outlet_or_id().trim();
        let own = |at: &ArticleIndex| outlet(*at).eq_ignore_ascii_case(agency);
        match lineage.articles.iter().find(|at| own(at)) {
            Some(origin) => tells(origin),
            None => {
                2 * lineage.articles.iter().filter(|at| tells(at)).count() > lineage.articles.len()
            }
        }
    }
}

/// Whether the one surely came out before the other: where one has no time of day, a day before.
fn is_before(a: Published, b: Published) -> bool {
    match (a, b) {
        (Published::Instant { at: a, .. }, Published::Instant { at: b, .. }) => a < b,
        _ => a.day() < b.day(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_day_is_before_the_next_day_only() {
        let day = |day: &str| Published::Day(day.parse().unwrap());
        let at = |at: &str| Published::Instant { at: at.parse().unwrap(), offset: 0 };
        assert!(is_before(day("2026-03-02"), day("2026-03-03")));
        assert!(!is_before(day("2026-03-02"), day("2026-03-02")));
        assert!(!is_before(day("2026-03-02"), at("2026-03-02T23:00:00Z")));
        assert!(is_before(at("2026-03-02T07:00:00Z"), at("2026-03-02T23:00:00Z")));
        assert!(is_before(at("2026-03-02T23:00:00Z"), day("2026-03-03")));
    }
}
