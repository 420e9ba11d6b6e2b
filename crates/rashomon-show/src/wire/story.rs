use std::collections::BTreeMap;

use rashomon_article as core;
use rashomon_article::{ArticleIndex, EntityIndex, Published};
use serde::Serialize;

use super::article::Article;
use super::names::{DiscrepancyKind, EntityKind, OmissionNote, OriginKind, Verdict};
use super::places::{Passage, Places};
use super::tie::{LikelyTie, Tie};
use super::utterance::Utterance;

/// Articles that tell of one event, with what is found across them.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Story {
    /// Unique in the document.
    pub id: String,
    /// A headline of one of the reports.
    pub title: String,
    /// From the first to the last publication.
    pub span: StorySpan,
    /// How many articles, outlets and independent origins it has.
    pub counts: Counts,
    /// The reports.
    pub articles: Vec<Article>,
    /// Which reports come from one origin. Each article is in exactly one.
    pub lineages: Vec<Lineage>,
    /// Articles of different lineages that are likely to be one text in other words. They count
    /// as origins of their own.
    pub likely: Vec<LikelyTie>,
    /// Who and what is named, joined across the reports.
    pub entities: Vec<Entity>,
    /// The same remark in all its variants.
    pub utterances: Vec<Utterance>,
    /// The same fact in all its tellings, the most independently told first.
    pub claims: Vec<Claim>,
    /// Where the reports differ, the weightiest first.
    pub discrepancies: Vec<Discrepancy>,
    /// Sentences that only one report tells.
    pub unique: Vec<Passage>,
    /// What most independent origins tell and a report leaves out.
    pub omissions: Vec<Omission>,
    /// What happened when.
    pub timeline: Vec<TimelineEntry>,
}

/// RFC 3339, null where no report is dated.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct StorySpan {
    /// The first publication.
    pub from: Option<String>,
    /// The last publication.
    pub to: Option<String>,
}

/// How many tell something.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Different outlets.
    pub outlets: usize,
    /// Independent origins: articles of one lineage count once.
    pub origins: usize,
}

/// Articles that come from one origin.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Lineage {
    /// `l1` upwards.
    pub id: String,
    /// The id of an article, or the name of a credited agency.
    pub origin: String,
    /// Which of the two `origin` is.
    pub origin_kind: OriginKind,
    /// Ids of the articles.
    pub articles: Vec<String>,
    /// The shared passages that show it.
    pub evidence: Vec<Evidence>,
    /// What ties the articles, pair by pair: one pair fewer than there are articles.
    pub ties: Vec<Tie>,
}

/// A passage that two articles share.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Evidence {
    /// In the one, the source where that is known.
    pub a: Passage,
    /// In the other.
    pub b: Passage,
    /// The share of equal words, 0 to 1.
    pub similarity: f64,
}

impl Evidence {
    pub(super) fn new(evidence: &core::Evidence, places: &Places<'_>) -> Evidence {
        Evidence {
            a: places.passage(evidence.a),
            b: places.passage(evidence.b),
            similarity: evidence.similarity,
        }
    }
}

/// Somebody or something that reports of the story name.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Entity {
    /// `e1` upwards.
    pub id: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// The name to show.
    pub name: String,
    /// All forms of the name, the most frequent first.
    pub aliases: Vec<Alias>,
    /// Titles and roles that the reports give, the most frequent first.
    pub roles: Vec<Role>,
}

/// A title or role in the words of the reports.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Role {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub mentions: Vec<Passage>,
}

/// One form of a name.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Alias {
    /// The form.
    pub text: String,
    /// How often it stands.
    pub count: usize,
    /// Ids of the articles that use it.
    pub articles: Vec<String>,
}

/// A fact that reports tell.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Claim {
    /// `c1` upwards.
    pub id: String,
    /// The telling to show, in the exact words of `passage`.
    pub text: String,
    /// Where `text` stands.
    pub passage: Passage,
    /// All tellings.
    pub mentions: Vec<Passage>,
    /// Sentences of other reports that come near to it, too far to count as tellings.
    pub near: Vec<Passage>,
    /// How many tell it.
    pub counts: Counts,
    /// `told`, `planned`, `expected`, `alleged`, `confirmed` or `denied`: how certainly they do.
    pub certainty: &'static str,
    /// `i1` upwards: the same for claims that tell the same with different certainty.
    pub issue: String,
}

/// Something that most independent origins tell and a report leaves out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Omission {
    /// The id of the article that leaves it out.
    pub article: String,
    /// The id of the claim.
    pub claim: String,
    /// The innocent explanation that holds, if one does.
    pub note: OmissionNote,
    /// One sentence: why it is what the note says.
    pub why: String,
}

/// Something that reports tell differently.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Discrepancy {
    /// `d1` upwards.
    pub id: String,
    /// What they differ in.
    pub kind: DiscrepancyKind,
    /// How grave it is.
    pub verdict: Verdict,
    /// A short label in the words of a source.
    pub about: String,
    /// The accounts; at least two.
    pub sides: Vec<Side>,
    /// Ids of the articles that do not say.
    pub silent: Vec<String>,
    /// Why it is what the verdict says.
    pub why: String,
}

/// One account of a discrepancy.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Side {
    /// The value in the words of the first mention.
    pub value: String,
    /// Where it is told.
    pub mentions: Vec<Passage>,
}

/// What reports tell of one point in time.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TimelineEntry {
    /// TIMEX3 value.
    pub when: String,
    /// The sentences that tell of it.
    pub mentions: Vec<Passage>,
}

impl From<core::Counts> for Counts {
    fn from(counts: core::Counts) -> Counts {
        let core::Counts { articles, outlets, origins } = counts;
        Counts { articles, outlets, origins }
    }
}

impl Story {
    pub(super) fn new(story: &core::Story) -> Story {
        let places = Places::new(story);
        let wire = Findings { story, places: &places };
        Story {
            id: story.id.clone(),
            title: story.title.clone(),
            span: span(story),
            counts: story.counts(story.articles()).into(),
            articles: wire.articles(),
            lineages: wire.lineages(),
            likely: wire.likely(),
            entities: wire.entities(),
            utterances: wire.utterances(),
            claims: wire.claims(),
            discrepancies: wire.discrepancies(),
            unique: places.passages(&story.unique),
            omissions: wire.omissions(),
            timeline: wire.timeline(),
        }
    }
}

fn span(story: &core::Story) -> StorySpan {
    let dates = || story.documents.iter().filter_map(|document| document.article.published);
    let write = |published: Option<Published>| published.map(Published::to_rfc3339);
    StorySpan {
        from: write(dates().min_by_key(|date| date.instant())),
        to: write(dates().max_by_key(|date| date.instant())),
    }
}

/// The layers of one story on their way to the wire.
struct Findings<'s> {
    story: &'s core::Story,
    places: &'s Places<'s>,
}

impl Findings<'_> {
    /// An entity that was not joined keeps an id of its own, so that every mention resolves.
    fn articles(&self) -> Vec<Article> {
        let mut joined: BTreeMap<(ArticleIndex, EntityIndex), usize> = BTreeMap::new();
        for (at, entity) in self.story.entities.iter().enumerate() {
            joined.extend(entity.members.iter().map(|&member| (member, at)));
        }
        let wire = |article: ArticleIndex| {
            let lineage = self.story.lineage(article).map(|at| format!("l{}", at + 1));
            let document = self.story.document(article);
            Article::with(document, self.places.offsets(article), lineage, |entity| {
                match joined.get(&(article, entity)) {
                    Some(at) => format!("e{}", at + 1),
                    None => format!("a{}.e{}", article.get() + 1, entity.get() + 1),
                }
            })
        };
        self.story.articles().map(wire).collect()
    }

    fn lineages(&self) -> Vec<Lineage> {
        let wire = |(at, lineage): (usize, &core::Lineage)| {
            let (origin, origin_kind) = match &lineage.origin {
                core::Origin::Article(article) => (self.places.id(*article), OriginKind::Article),
                core::Origin::Agency(name) => (name.clone(), OriginKind::Agency),
            };
            let evidence = |evidence| Evidence::new(evidence, self.places);
            let own =
                self.story.ties.iter().filter(|tie| {
                    tie.kind == core::TieKind::Copy && lineage.articles.contains(&tie.a)
                });
            Lineage {
                id: format!("l{}", at + 1),
                origin,
                origin_kind,
                articles: self.places.ids(&lineage.articles),
                evidence: lineage.evidence.iter().map(evidence).collect(),
                ties: own.map(|tie| Tie::new(tie, self.places)).collect(),
            }
        };
        self.story.lineages.iter().enumerate().map(wire).collect()
    }

    fn likely(&self) -> Vec<LikelyTie> {
        let likely = |tie: &&core::Tie| tie.kind == core::TieKind::Likely;
        let ties = self.story.ties.iter().filter(likely);
        ties.map(|tie| LikelyTie::new(tie, self.places)).collect()
    }

    fn entities(&self) -> Vec<Entity> {
        let alias = |alias: &core::Alias| {
            let mut articles: Vec<_> = alias.mentions.iter().map(|m| m.article).collect();
            articles.sort_unstable();
            articles.dedup();
            Alias {
                text: alias.text.clone(),
                count: alias.mentions.len(),
                articles: self.places.ids(&articles),
            }
        };
        let role = |role: &core::Alias| Role {
            text: role.text.clone(),
            mentions: self.places.passages(&role.mentions),
        };
        let wire = |(at, entity): (usize, &core::StoryEntity)| Entity {
            id: format!("e{}", at + 1),
            kind: entity.kind.into(),
            name: entity.name.clone(),
            aliases: entity.aliases.iter().map(alias).collect(),
            roles: entity.roles.iter().map(role).collect(),
        };
        self.story.entities.iter().enumerate().map(wire).collect()
    }

    fn utterances(&self) -> Vec<Utterance> {
        let utterances = self.story.utterances.iter().enumerate();
        utterances.map(|(at, utterance)| Utterance::new(at, utterance, self.places)).collect()
    }

    fn claims(&self) -> Vec<Claim> {
        let near = |claim: usize| {
            let near = self.story.near.iter().filter(|near| near.claim == claim);
            near.map(|near| self.places.passage(near.passage)).collect()
        };
        let wire = |(at, claim): (usize, &core::Claim)| Claim {
            id: format!("c{}", at + 1),
            text: self.places.words(claim.text),
            passage: self.places.passage(claim.text),
            mentions: self.places.passages(&claim.mentions),
            near: near(at),
            counts: claim.counts.into(),
            certainty: claim.certainty.name(),
            issue: format!("i{}", claim.issue + 1),
        };
        self.story.claims.iter().enumerate().map(wire).collect()
    }

    fn omissions(&self) -> Vec<Omission> {
        let wire = |omission: &core::Omission| Omission {
            article: self.places.id(omission.article),
            claim: format!("c{}", omission.claim + 1),
            note: omission.note.into(),
            why: omission.why.clone(),
        };
        self.story.omissions.iter().map(wire).collect()
    }

    fn discrepancies(&self) -> Vec<Discrepancy> {
        let side = |side: &core::Side| Side {
            value: side.value.clone(),
            mentions: self.places.passages(&side.mentions),
        };
        let wire = |(at, discrepancy): (usize, &core::Discrepancy)| Discrepancy {
            id: format!("d{}", at + 1),
            kind: discrepancy.kind.into(),
            verdict: discrepancy.verdict.into(),
            about: discrepancy.about.clone(),
            sides: discrepancy.sides.iter().map(side).collect(),
            silent: self.places.ids(&discrepancy.silent),
            why: discrepancy.why.clone(),
        };
        self.story.discrepancies.iter().enumerate().map(wire).collect()
    }

    fn timeline(&self) -> Vec<TimelineEntry> {
        let wire = |entry: &core::TimelineEntry| TimelineEntry {
            when: entry.when.clone(),
            mentions: self.places.passages(&entry.mentions),
        };
        self.story.timeline.iter().map(wire).collect()
    }
}
