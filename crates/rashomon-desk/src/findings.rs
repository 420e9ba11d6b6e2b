use std::collections::BTreeMap;

use rashomon::article::{
    ArticleIndex, Discrepancy, EntityIndex, Lineage, Origin, Passage, Quotation, Story, Utterance,
    Variant,
};
use rashomon::text::Span;
use rashomon_store::{
    ArticleNumber, Findings, FoundClaim, FoundCopy, FoundDispute, FoundOmission, FoundOrigin,
    FoundRemark, FoundSide, FoundVariant, Place,
};

/// What the store keeps of a synopsis. `numbers` has the number of each article by its id in the
/// story.
pub(crate) fn findings(story: &Story, numbers: &BTreeMap<String, ArticleNumber>) -> Findings {
    let finder = Finder { story, numbers };
    // An omission names its claim by the place in this list, so that none may be left out.
    let claims: Option<Vec<FoundClaim>> = story
        .claims
        .iter()
        .map(|claim| {
            Some(FoundClaim {
                text: finder.place(&claim.text)?,
                tellings: finder.places(&claim.mentions),
                counts: claim.counts,
                certainty: claim.certainty,
                issue: claim.issue,
            })
        })
        .collect();
    let omissions = story.omissions.iter().filter_map(|omission| {
        Some(FoundOmission {
            article: finder.number(omission.article)?,
            claim: omission.claim,
            note: omission.note,
            why: omission.why.clone(),
        })
    });
    Findings {
        title: story.title.clone(),
        origins: story.counts(story.articles()).origins as u64,
        omissions: if claims.is_some() { omissions.collect() } else { Vec::new() },
        claims: claims.unwrap_or_default(),
        disputes: story.discrepancies.iter().map(|found| finder.dispute(found)).collect(),
        remarks: finder.remarks(),
        alone: finder.places(&story.unique),
        copies: story.lineages.iter().flat_map(|lineage| finder.copies(lineage)).collect(),
    }
}

struct Finder<'s> {
    story: &'s Story,
    numbers: &'s BTreeMap<String, ArticleNumber>,
}

impl Finder<'_> {
    fn number(&self, article: ArticleIndex) -> Option<ArticleNumber> {
        self.numbers.get(&self.story.document(article).article.id).copied()
    }

    fn place(&self, passage: &Passage) -> Option<Place> {
        Some(Place { article: self.number(passage.article)?, span: passage.span })
    }

    fn places(&self, passages: &[Passage]) -> Vec<Place> {
        passages.iter().filter_map(|passage| self.place(passage)).collect()
    }

    fn dispute(&self, found: &Discrepancy) -> FoundDispute {
        let side = |side: &rashomon::article::Side| FoundSide {
            value: side.value.clone(),
            tellings: self.places(&side.mentions),
        };
        FoundDispute {
            kind: found.kind,
            verdict: found.verdict,
            about: found.about.clone(),
            why: found.why.clone(),
            sides: found.sides.iter().map(side).collect(),
            silent: found.silent.iter().filter_map(|&article| self.number(article)).collect(),
        }
    }

    /// What is told more than once, then every quotation that says something else or more.
    fn remarks(&self) -> Vec<FoundRemark> {
        let mut remarks: Vec<FoundRemark> =
            self.story.utterances.iter().map(|utterance| self.remark(utterance)).collect();
        for article in self.story.articles() {
            let told = self.story.utterances.iter().flat_map(|utterance| &utterance.variants);
            let told: Vec<Span> = told
                .filter(|variant| variant.article == article)
                .map(|variant| variant.span)
                .collect();
            let document = self.story.document(article);
            let text = document.article.text.as_str();
            for quotation in &document.quotations {
                if quotation.content.iter().any(|&span| has_words_outside(text, span, &told)) {
                    remarks.extend(self.single(article, quotation));
                }
            }
        }
        remarks
    }

    fn remark(&self, utterance: &Utterance) -> FoundRemark {
        let entity = utterance.speaker.map(|speaker| &self.story.entities[speaker]);
        let mut variants: Vec<FoundVariant> = Vec::new();
        let mut tellings: Vec<(ArticleIndex, usize)> = Vec::new();
        for Variant { article, telling, span, kind, .. } in &utterance.variants {
            let known = tellings.iter().position(|known| *known == (*article, *telling));
            match (known, self.number(*article)) {
                (Some(known), _) => variants[known].content.push(*span),
                (None, Some(number)) => {
                    tellings.push((*article, *telling));
                    let content = vec![*span];
                    variants.push(FoundVariant { article: number, content, kind: *kind });
                }
                (None, None) => {}
            }
        }
        variants.iter_mut().for_each(|variant| variant.content.sort_unstable());
        FoundRemark {
            speaker: utterance.speaker_name.clone(),
            speaker_kind: entity.map(|entity| entity.kind),
            relation: Some(utterance.relation),
            note: utterance.note.clone(),
            variants,
        }
    }

    /// A quotation that nobody else tells, with its speaker as the story knows them.
    fn single(&self, article: ArticleIndex, quotation: &Quotation) -> Option<FoundRemark> {
        let speaker = quotation.speaker.as_ref();
        let joined = speaker.and_then(|speaker| self.joined(article, speaker.entity?));
        let variant = FoundVariant {
            article: self.number(article)?,
            content: quotation.content.clone(),
            kind: quotation.kind,
        };
        Some(FoundRemark {
            speaker: joined
                .map(|entity| entity.name.clone())
                .or_else(|| speaker.map(|speaker| speaker.name.clone())),
            speaker_kind: joined.map(|entity| entity.kind),
            relation: None,
            note: String::new(),
            variants: vec![variant],
        })
    }

    fn joined(
        &self,
        article: ArticleIndex,
        entity: EntityIndex,
    ) -> Option<&rashomon::article::StoryEntity> {
        self.story.entity(article, entity).map(|at| &self.story.entities[at])
    }

    /// The articles of a lineage that have their words from its origin, with the passages that they
    /// share with it, or else with others.
    fn copies(&self, lineage: &Lineage) -> Vec<FoundCopy> {
        let source = match &lineage.origin {
            Origin::Agency(_) => None,
            Origin::Article(article) => Some(*article),
        };
        let copiers = lineage.articles.iter().filter(|article| Some(**article) != source);
        let copy = |&article: &ArticleIndex| {
            let origin = match &lineage.origin {
                Origin::Agency(agency) => FoundOrigin::Agency(agency.clone()),
                Origin::Article(origin) => FoundOrigin::Article(self.number(*origin)?),
            };
            let shared = lineage.evidence.iter().filter_map(|evidence| match evidence {
                evidence if evidence.a.article == article => Some((evidence.a, evidence.b)),
                evidence if evidence.b.article == article => Some((evidence.b, evidence.a)),
                _ => None,
            });
            let (with_source, with_others): (Vec<_>, Vec<_>) =
                shared.partition(|(_, other)| Some(other.article) == source);
            let shared = if with_source.is_empty() { with_others } else { with_source };
            let evidence = shared
                .iter()
                .filter_map(|(own, other)| Some((self.place(own)?, self.place(other)?)));
            let evidence = evidence.collect();
            Some(FoundCopy { article: self.number(article)?, origin, evidence })
        };
        copiers.filter_map(copy).collect()
    }
}

/// Whether a stretch of a text has a letter or digit outside of others.
fn has_words_outside(text: &str, stretch: Span, others: &[Span]) -> bool {
    let words = text.get(stretch.range()).unwrap_or_default().char_indices();
    let mut words = words.filter(|(_, c)| c.is_alphanumeric());
    words.any(|(at, _)| {
        let at = stretch.start() + at;
        !others.iter().any(|span| span.contains(at))
    })
}
