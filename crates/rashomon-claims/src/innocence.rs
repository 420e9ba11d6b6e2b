use rashomon_article::{ArticleIndex, OmissionNote, Published, Story};

/// A report of no more sentences than this is a headline or a few lines.
const BRIEF: usize = 3;
/// A report with less than this share of the words of those that tell it is much shorter.
const SHORTER: f64 = 0.6;

/// Those who tell something, as far as an innocent explanation asks of them.
pub(crate) struct Tellers<'s> {
    story: &'s Story,
    lengths: &'s [usize],
    /// The lineages that tell it.
    lineages: Vec<usize>,
    /// The first that is dated.
    first: Option<Published>,
    /// The words of the middle one.
    words: usize,
}

impl<'s> Tellers<'s> {
    /// `lengths` are the words of each report of the story.
    pub fn new(story: &'s Story, lengths: &'s [usize], articles: &[ArticleIndex]) -> Tellers<'s> {
        let lineages = articles.iter().filter_map(|&article| story.lineage(article)).collect();
        let dates = articles.iter().filter_map(|&at| story.document(at).article.published);
        let first = dates.min_by_key(|date| date.instant());
        let mut words: Vec<usize> = articles.iter().map(|at| lengths[at.get()]).collect();
        words.sort_unstable();
        let words = words.get(words.len() / 2).copied().unwrap_or_default();
        Tellers { story, lengths, lineages, first, words }
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
        if self.story.lineage(article).is_some_and(|lineage| self.lineages.contains(&lineage)) {
            let why = "Other reports of its origin tell it; this one prints less of their text.";
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
}

/// Whether the one surely came out before the other: where one has no time of day, a day before.
fn is_before(a: Published, b: Published) -> bool {
    match (a, b) {
        (Published::Instant { at: a, .. }, Published::Instant { at: b, .. }) => a < b,
        _ => a.day() < b.day(),
    }
}
