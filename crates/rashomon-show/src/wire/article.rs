use std::borrow::Cow;

use rashomon_article as core;
use rashomon_article::{Document, EntityIndex, Published};
use rashomon_text::Offsets;
use serde::Serialize;
use serde_json::{Map, Value};

use super::names::{
    BlockKind, EntityKind, MentionForm, Precision, QuotationKind, TimeBasis, TimeKind, TimeModifier,
};
use super::places::{Pair, pairs};
use super::quantity::Quantity;
#[cfg(test)]
use super::schema;

/// One report with the findings in it. All offsets are code points into `text`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Article {
    /// `rashomon/1`.
    #[cfg_attr(test, schemars(with = "schema::Version"))]
    pub schema: &'static str,
    /// Unique in a batch.
    pub id: String,
    /// The path or address that it was read from.
    pub source: Option<String>,
    /// The address that the outlet itself gives for it.
    pub canonical: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline, whether or not it stands in the text.
    pub title: Option<String>,
    /// Its authors.
    pub byline: Vec<String>,
    /// Agencies that it credits, as it names them.
    pub agencies: Vec<String>,
    /// RFC 3339. A bare day is written as its first second in UTC.
    pub published: Option<String>,
    /// How exactly `published` is known.
    pub published_precision: Option<Precision>,
    /// BCP 47.
    pub language: Option<String>,
    /// The id of its lineage. Only in a comparison.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lineage: Option<String>,
    /// The text, as read.
    pub text: String,
    /// What the stretches of the text are.
    pub blocks: Vec<Block>,
    /// The sentences of its prose.
    pub sentences: Vec<Sentence>,
    /// Where it refers to somebody or something.
    pub mentions: Vec<Mention>,
    /// Who and what it names. In a comparison the ids are those of the story's entities.
    pub entities: Vec<ArticleEntity>,
    /// Numbers, money, measures, counts.
    pub quantities: Vec<Quantity>,
    /// Dates, times, durations.
    pub times: Vec<Time>,
    /// Who said what.
    pub quotations: Vec<Quotation>,
    /// What a careful reader should know beside the findings.
    pub diagnostics: Vec<Diagnostic>,
    /// Fields of the input record that the program does not know, unchanged.
    pub extra: Map<String, Value>,
}

/// A stretch of the text and what it is.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Block {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What it is.
    pub kind: BlockKind,
}

/// A sentence.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Sentence {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// A place where the report refers to somebody or something.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Mention {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// What kind of thing is named.
    pub kind: EntityKind,
    /// How it refers.
    pub form: MentionForm,
    /// The id of the entity.
    pub entity: String,
}

/// Somebody or something that the report names.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ArticleEntity {
    /// The id that mentions and speakers use.
    pub id: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// The fullest name that this report gives.
    pub name: String,
    /// Titles and roles that this report gives.
    pub roles: Vec<Pair>,
}

/// A time expression.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Time {
    /// The first code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// TIMEX3 type.
    #[serde(rename = "type")]
    pub kind: TimeKind,
    /// TIMEX3 value. A time of day ends in its offset from UTC where the words tell it.
    pub value: String,
    /// How the time meant lies to the value.
    #[serde(rename = "mod")]
    pub modifier: Option<TimeModifier>,
    /// What the value rests on.
    pub basis: TimeBasis,
    /// The first and the last day of the value, where it is anchored to the calendar. `mod` says
    /// in which part of them the time meant lies.
    pub days: Option<(String, String)>,
    /// The instant in UTC, RFC 3339, where day, time of day and zone are known.
    pub instant: Option<String>,
}

/// Somebody's words (or the gist of them) in the report.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Quotation {
    /// How they are reported.
    pub kind: QuotationKind,
    /// The words said; quotation marks are left out.
    pub content: Vec<Pair>,
    /// The words that report the saying.
    pub cue: Vec<Pair>,
    /// Whose words they are, or null where the report does not tell.
    pub speaker: Option<Speaker>,
    /// Who tells that the speaker said it, as A in “A said that B said”; null for the outlet.
    pub reported_by: Option<Speaker>,
}

/// Who speaks.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Speaker {
    /// The words that name the speaker here.
    pub spans: Vec<Pair>,
    /// The name to show.
    pub name: String,
    /// The id of the entity, where it is known.
    pub entity: Option<String>,
}

/// Something that a careful reader should know.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// A stable kebab-case name of the kind.
    pub code: Cow<'static, str>,
    /// One sentence.
    pub message: String,
    /// The first code point, if at a place of an article.
    pub start: Option<usize>,
    /// One past the last code point.
    pub end: Option<usize>,
    /// The file or address it concerns, where it concerns a whole input.
    pub source: Option<String>,
}

impl Diagnostic {
    /// A diagnostic beside no text: its span, if any, means nothing here.
    pub(super) fn input(diagnostic: &core::Diagnostic) -> Diagnostic {
        Diagnostic {
            code: diagnostic.code.clone(),
            message: diagnostic.message.clone(),
            start: None,
            end: None,
            source: diagnostic.source.clone(),
        }
    }

    fn of(diagnostic: &core::Diagnostic, offsets: &Offsets<'_>) -> Diagnostic {
        let place = diagnostic.span.map(|span| offsets.code_points(span));
        Diagnostic {
            start: place.map(|place| place.0),
            end: place.map(|place| place.1),
            ..Diagnostic::input(diagnostic)
        }
    }
}

impl Article {
    /// The article by itself: its entities are `e1` upwards.
    pub(super) fn new(document: &Document) -> Article {
        let offsets = Offsets::new(document.article.text.as_str());
        Article::with(document, &offsets, None, |entity| format!("e{}", entity.get() + 1))
    }

    /// The article in a story, which names its lineage and its entities.
    pub(super) fn with(
        document: &Document,
        offsets: &Offsets<'_>,
        lineage: Option<String>,
        entity: impl Fn(EntityIndex) -> String,
    ) -> Article {
        let article = &document.article;
        let findings = Findings { document, offsets, entity };
        Article {
            schema: super::SCHEMA,
            id: article.id.clone(),
            source: article.source.clone(),
            canonical: article.canonical.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            byline: article.byline.clone(),
            agencies: article.agencies.clone(),
            published: article.published.map(Published::to_rfc3339),
            published_precision: article.published.map(|published| match published {
                Published::Day(_) => Precision::Day,
                Published::Instant { .. } => Precision::Instant,
            }),
            language: article.language.clone(),
            lineage,
            text: article.text.as_str().to_owned(),
            blocks: findings.blocks(),
            sentences: findings.sentences(),
            mentions: findings.mentions(),
            entities: findings.entities(),
            quantities: findings.quantities(),
            times: findings.times(),
            quotations: findings.quotations(),
            diagnostics: document.diagnostics.iter().map(|d| Diagnostic::of(d, offsets)).collect(),
            extra: article.extra.clone(),
        }
    }
}

/// The layers of one document on their way to the wire.
pub(super) struct Findings<'d, F> {
    pub(super) document: &'d Document,
    pub(super) offsets: &'d Offsets<'d>,
    entity: F,
}

impl<F: Fn(EntityIndex) -> String> Findings<'_, F> {
    pub(super) fn words(&self, span: rashomon_text::Span) -> String {
        self.document.slice(span).to_owned()
    }

    fn blocks(&self) -> Vec<Block> {
        let wire = |block: &core::Block| {
            let (start, end) = self.offsets.code_points(block.span);
            Block { start, end, kind: block.kind.into() }
        };
        self.document.article.blocks.iter().map(wire).collect()
    }

    fn sentences(&self) -> Vec<Sentence> {
        let wire = |sentence: &core::Sentence| {
            let (start, end) = self.offsets.code_points(sentence.span);
            Sentence { start, end }
        };
        self.document.sentences.iter().map(wire).collect()
    }

    fn mentions(&self) -> Vec<Mention> {
        let wire = |mention: &core::Mention| {
            let (start, end) = self.offsets.code_points(mention.span);
            Mention {
                start,
                end,
                kind: mention.kind.into(),
                form: mention.form.into(),
                entity: (self.entity)(mention.entity),
            }
        };
        self.document.mentions.iter().map(wire).collect()
    }

    /// In a story two entities of one report may have become one: it is listed once.
    fn entities(&self) -> Vec<ArticleEntity> {
        let mut entities: Vec<ArticleEntity> = Vec::new();
        let mut places = std::collections::BTreeMap::new();
        for (at, entity) in self.document.entities.iter().enumerate() {
            let id = (self.entity)(EntityIndex(at as u32));
            let roles = pairs(self.offsets, &entity.roles);
            match places.get(&id) {
                Some(&known) => {
                    let known: &mut ArticleEntity = &mut entities[known];
                    known.roles.extend(roles);
                }
                None => {
                    places.insert(id.clone(), entities.len());
                    let name = entity.name.clone();
                    entities.push(ArticleEntity { id, kind: entity.kind.into(), name, roles });
                }
            }
        }
        entities
    }

    fn times(&self) -> Vec<Time> {
        let wire = |time: &core::TimeExpression| {
            let (start, end) = self.offsets.code_points(time.span);
            let days = time.days.map(|days| (days.first.to_string(), days.last.to_string()));
            Time {
                start,
                end,
                kind: time.kind.into(),
                value: time.value.clone(),
                modifier: time.modifier.map(TimeModifier::from),
                basis: time.basis.into(),
                days,
                instant: time.instant.map(|instant| instant.to_string()),
            }
        };
        self.document.times.iter().map(wire).collect()
    }

    pub(super) fn speaker(&self, speaker: &core::Speaker) -> Speaker {
        Speaker {
            spans: pairs(self.offsets, &speaker.spans),
            name: speaker.name.clone(),
            entity: speaker.entity.map(|entity| (self.entity)(entity)),
        }
    }

    fn quotations(&self) -> Vec<Quotation> {
        let wire = |quotation: &core::Quotation| Quotation {
            kind: quotation.kind.into(),
            content: pairs(self.offsets, &quotation.content),
            cue: pairs(self.offsets, &quotation.cue),
            speaker: quotation.speaker.as_ref().map(|speaker| self.speaker(speaker)),
            reported_by: quotation.reported_by.as_ref().map(|teller| self.speaker(teller)),
        };
        self.document.quotations.iter().map(wire).collect()
    }
}
