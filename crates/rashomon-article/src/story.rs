use rashomon_text::Span;

use crate::{Document, EntityIndex, EntityKind, Near, Omission, Tie, Utterance};

/// An index into [`Story::documents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleIndex(pub u32);

impl ArticleIndex {
    /// As an index of a slice.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// Exact words in an exact report of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Passage {
    /// Which report.
    pub article: ArticleIndex,
    /// Which words.
    pub span: Span,
}

/// Articles that tell of one event, with what is found across them.
///
/// Layers are filled in this order, each from the ones before: entities, lineages and ties,
/// utterances, claims, discrepancies, unique, omissions and near, timeline. A layer that is not there
/// yet is empty.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Unique in a result.
    pub id: String,
    /// A headline of one of the reports.
    pub title: String,
    /// The reports, by time of publication where known, else in the order of the input.
    pub documents: Vec<Document>,
    /// Who and what is named, joined across the reports.
    pub entities: Vec<StoryEntity>,
    /// Which reports come from one origin. Each article is in exactly one lineage.
    pub lineages: Vec<Lineage>,
    /// What ties reports to each other, the copies first: those that join each lineage, and
    /// reports of different lineages that are likely to be one text in other words.
    pub ties: Vec<Tie>,
    /// The same remark in all its variants.
    pub utterances: Vec<Utterance>,
    /// The same fact in all its tellings, the most independently told first.
    pub claims: Vec<Claim>,
    /// Where the reports differ, the weightiest first.
    pub discrepancies: Vec<Discrepancy>,
    /// Sentences that only one report tells.
    pub unique: Vec<Passage>,
    /// What most origins tell and a report leaves out, in the order of the claims.
    pub omissions: Vec<Omission>,
    /// Words that come near to a claim, in the order of the claims.
    pub near: Vec<Near>,
    /// What happened when.
    pub timeline: Vec<TimelineEntry>,
}

impl Story {
    /// The report of an index.
    pub fn document(&self, article: ArticleIndex) -> &Document {
        &self.documents[article.get()]
    }

    /// The exact words of a passage.
    pub fn slice(&self, passage: Passage) -> &str {
        self.document(passage.article).slice(passage.span)
    }

    /// Whether a claim, by index, stands for what several articles tell: two or more tell it, or it is
    /// the first of an issue that single ones tell, each with a certainty of its own.
    pub fn leads(&self, claim: usize) -> bool {
        let own = &self.claims[claim];
        if own.counts.articles > 1 {
            return true;
        }
        let mut same = (0..).zip(&self.claims).filter(|(_, other)| other.issue == own.issue);
        let first = same.clone().next().is_some_and(|(at, _)| at == claim);
        first && same.clone().count() > 1 && same.all(|(_, other)| other.counts.articles == 1)
    }

    /// All indices of articles, in order.
    pub fn articles(&self) -> impl Iterator<Item = ArticleIndex> + use<> {
        (0..self.documents.len() as u32).map(ArticleIndex)
    }

    /// The index into [`Story::entities`] of an entity of one report.
    pub fn entity(&self, article: ArticleIndex, entity: EntityIndex) -> Option<usize> {
        self.entities.iter().position(|joined| joined.members.contains(&(article, entity)))
    }

    /// The index into [`Story::lineages`] of an article.
    pub fn lineage(&self, article: ArticleIndex) -> Option<usize> {
        self.lineages.iter().position(|lineage| lineage.articles.contains(&article))
    }

    /// How many articles, outlets and independent origins a set of articles stands for. Articles
    /// without an outlet count as outlets of their own, articles without a lineage as origins.
    pub fn counts(&self, articles: impl IntoIterator<Item = ArticleIndex>) -> Counts {
        let mut articles: Vec<ArticleIndex> = articles.into_iter().collect();
        articles.sort_unstable();
        articles.dedup();
        let mut outlets: Vec<&str> =
            articles.iter().map(|&at| self.document(at).article.outlet_or_id()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        let mut origins: Vec<(bool, usize)> = articles
            .iter()
            .map(|&at| self.lineage(at).map_or((true, at.get()), |lineage| (false, lineage)))
            .collect();
        origins.sort_unstable();
        origins.dedup();
        Counts { articles: articles.len(), outlets: outlets.len(), origins: origins.len() }
    }
}

/// Somebody or something that reports of a story name.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryEntity {
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// The name to show: the form that most reports use among the full ones.
    pub name: String,
    /// All forms of the name, the most frequent first.
    pub aliases: Vec<Alias>,
    /// Titles and roles that the reports give, the most frequent first: `President`, `the harbour
    /// master`.
    pub roles: Vec<Alias>,
    /// The entities of the single reports that it joins.
    pub members: Vec<(ArticleIndex, EntityIndex)>,
}

/// One form of a name, or one wording of a role.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The form.
    pub text: String,
    /// Where it stands; its count is their number.
    pub mentions: Vec<Passage>,
}

/// Where a lineage starts.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// One of the articles.
    Article(ArticleIndex),
    /// An agency that the articles credit.
    Agency(String),
}

/// Articles that come from one origin: they copy each other or the same agency.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineage {
    /// Where it starts.
    pub origin: Origin,
    /// The articles, in order.
    pub articles: Vec<ArticleIndex>,
    /// The shared passages that show it.
    pub evidence: Vec<Evidence>,
}

/// A passage that two articles share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// In the one (the source, where a direction is known).
    pub a: Passage,
    /// In the other.
    pub b: Passage,
    /// The share of equal words, 0 to 1.
    pub similarity: f64,
}

/// How many tell something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Different outlets.
    pub outlets: usize,
    /// Independent origins: articles of one lineage count once.
    pub origins: usize,
}

/// How certainly something is told. What is planned is another statement than what is done, and
/// what somebody alleges another than what an outlet tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Certainty {
    /// As a fact: `resigned`.
    #[default]
    Told,
    /// As something that somebody means to do: `will resign`, `plans to resign`.
    Planned,
    /// As something that may come or be: `may resign`, `is likely to resign`.
    Expected,
    /// As what somebody claims or suspects: `allegedly resigned`.
    Alleged,
    /// As confirmed: `confirmed that she resigned`.
    Confirmed,
    /// As not so: `has not resigned`, `denied that she resigned`.
    Denied,
}

impl Certainty {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Told => "told",
            Certainty::Planned => "planned",
            Certainty::Expected => "expected",
            Certainty::Alleged => "alleged",
            Certainty::Confirmed => "confirmed",
            Certainty::Denied => "denied",
        }
    }
}

/// A fact that reports tell, with one certainty.
///
/// What others tell of the same with another certainty is a claim of its own with the same `issue`.
/// All claims of an issue together are told by two articles at least; one of them may be told by a
/// single one.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The telling to show: always a sentence of a source.
    pub text: Passage,
    /// All tellings, in the order of the articles; sentences or parts of them.
    pub mentions: Vec<Passage>,
    /// How many tell it.
    pub counts: Counts,
    /// How certainly they tell it: where they differ from another claim of the issue, as each of them
    /// does; else as most of them do.
    pub certainty: Certainty,
    /// The same number for claims that tell the same with different certainty.
    pub issue: u32,
}

/// What reports differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiscrepancyKind {
    /// Numbers, money, measures.
    Quantity,
    /// Lengths of time.
    Duration,
    /// Days and times.
    Date,
    /// Places.
    Place,
    /// Names and roles.
    Name,
    /// Who said or did it.
    Attribution,
    /// One says it, the other denies it.
    Negation,
    /// One says that it happened, the other that it is planned, possible or alleged.
    Modality,
    /// Words inside quotation marks.
    Wording,
    /// A figure that changed with time.
    Update,
}

impl DiscrepancyKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            DiscrepancyKind::Quantity => "quantity",
            DiscrepancyKind::Duration => "duration",
            DiscrepancyKind::Date => "date",
            DiscrepancyKind::Place => "place",
            DiscrepancyKind::Name => "name",
            DiscrepancyKind::Attribution => "attribution",
            DiscrepancyKind::Negation => "negation",
            DiscrepancyKind::Modality => "modality",
            DiscrepancyKind::Wording => "wording",
            DiscrepancyKind::Update => "update",
        }
    }
}

/// What is left of a difference when the innocent explanations have been tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Both cannot be right.
    Conflict,
    /// A later report has a newer figure.
    Update,
    /// One is vaguer than the other.
    Vague,
    /// They overlap, round, or speak of another scope.
    Compatible,
    /// Another spelling or title of the same.
    Variant,
}

impl Verdict {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Conflict => "conflict",
            Verdict::Update => "update",
            Verdict::Vague => "vague",
            Verdict::Compatible => "compatible",
            Verdict::Variant => "variant",
        }
    }
}

/// Something that reports of one event tell differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrepancy {
    /// What they differ in.
    pub kind: DiscrepancyKind,
    /// How grave it is.
    pub verdict: Verdict,
    /// A short label in the words of a source.
    pub about: String,
    /// The accounts; at least two.
    pub sides: Vec<Side>,
    /// Articles of the story that do not say.
    pub silent: Vec<ArticleIndex>,
    /// One sentence: why it is what the verdict says.
    pub why: String,
}

/// One account of a discrepancy.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The value in the words of the first mention.
    pub value: String,
    /// Where it is told.
    pub mentions: Vec<Passage>,
}

/// What reports tell of one point in time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineEntry {
    /// TIMEX3 value of a day or anything coarser.
    pub when: String,
    /// The sentences that tell of it, in the order of the articles.
    pub mentions: Vec<Passage>,
}
