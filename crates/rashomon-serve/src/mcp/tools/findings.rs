//! What was found in a story, as several tools answer it.

use rashomon_desk::store::{Dispute, Remark, StoredClaim};
use serde::Serialize;
use utoipa::ToSchema;

use crate::mcp::model::{Place, Places, Tellers, article_name, story_name};
use crate::problem::Problem;

/// How many places of one claim or side are given; the count tells of the others.
const PLACES: usize = 4;

/// What reports tell.
#[derive(Serialize, ToSchema)]
#[schema(as = Claim)]
pub(super) struct Claim {
    /// The telling to show.
    shown: Place,
    told_by: Tellers,
    /// told, planned, expected, alleged, confirmed or denied.
    certainty: &'static str,
    /// The first tellings.
    places: Vec<Place>,
    /// How many tellings there are.
    places_count: usize,
}

/// Where reports differ.
#[derive(Serialize, ToSchema)]
#[schema(as = Discrepancy)]
pub(super) struct Discrepancy {
    story: String,
    kind: &'static str,
    /// conflict, update, vague, compatible or variant.
    verdict: &'static str,
    about: String,
    why: String,
    sides: Vec<Side>,
    /// Reports that do not say.
    silent: Vec<String>,
}

/// One account.
#[derive(Serialize, ToSchema)]
struct Side {
    value: String,
    /// The first tellings.
    places: Vec<Place>,
    /// How many tellings there are.
    places_count: usize,
}

/// What somebody said.
#[derive(Serialize, ToSchema)]
#[schema(as = Utterance)]
pub(super) struct Utterance {
    story: Option<String>,
    speaker: Option<String>,
    /// How the variants relate: identical, cut, reworded, translated or paraphrased.
    relation: Option<&'static str>,
    note: String,
    /// The first tellings.
    variants: Vec<Variant>,
    /// How many tellings there are.
    variants_count: usize,
}

/// One telling of what somebody said.
#[derive(Serialize, ToSchema)]
#[schema(as = Variant)]
struct Variant {
    /// direct, mixed or indirect: only direct words are quoted to the letter.
    kind: &'static str,
    /// The words, several where a cue stands between them.
    places: Vec<Place>,
}

pub(super) fn claim(places: &mut Places<'_>, claim: &StoredClaim) -> Result<Claim, Problem> {
    let tellings = claim.tellings.iter().take(PLACES);
    let told = tellings.map(|told| places.place(told.article, told.revision, told.span));
    let told = told.collect::<Result<Vec<Place>, Problem>>()?;
    let shown = &claim.text;
    Ok(Claim {
        shown: places.place(shown.article, shown.revision, shown.span)?,
        told_by: claim.counts.into(),
        certainty: claim.certainty.name(),
        places: told,
        places_count: claim.tellings.len(),
    })
}

pub(super) fn discrepancy(
    places: &mut Places<'_>,
    dispute: &Dispute,
) -> Result<Discrepancy, Problem> {
    let sides = dispute.sides.iter().map(|side| {
        let tellings = side.tellings.iter().take(PLACES);
        let told = tellings.map(|told| places.place(told.by.article, told.by.revision, told.span));
        Ok(Side {
            value: side.value.clone(),
            places: told.collect::<Result<Vec<Place>, Problem>>()?,
            places_count: side.tellings.len(),
        })
    });
    Ok(Discrepancy {
        sides: sides.collect::<Result<Vec<Side>, Problem>>()?,
        story: story_name(dispute.story),
        kind: dispute.kind.name(),
        verdict: dispute.verdict.name(),
        about: dispute.about.clone(),
        why: dispute.why.clone(),
        silent: dispute.silent.iter().map(|article| article_name(*article)).collect(),
    })
}

pub(super) fn utterance(places: &mut Places<'_>, remark: Remark) -> Result<Utterance, Problem> {
    let variants = remark.variants.iter().take(PLACES).map(|variant| {
        Ok(Variant {
            kind: variant.kind.name(),
            places: places.all(variant.by.article, variant.by.revision, &variant.content)?,
        })
    });
    Ok(Utterance {
        variants: variants.collect::<Result<Vec<Variant>, Problem>>()?,
        story: remark.story.map(story_name),
        speaker: remark.speaker,
        relation: remark.relation.map(|relation| relation.name()),
        note: remark.note,
        variants_count: remark.variants.len(),
    })
}
