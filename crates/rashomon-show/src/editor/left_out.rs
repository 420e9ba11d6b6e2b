use std::collections::BTreeMap;

use rashomon_article::{ArticleIndex, OmissionNote, Story};

/// Who leaves a claim out, by why that may be.
pub(crate) type Reasons = BTreeMap<OmissionNote, Vec<ArticleIndex>>;

/// What is left out, by claim.
pub(crate) fn omissions(story: &Story) -> BTreeMap<usize, Reasons> {
    let mut claims: BTreeMap<usize, Reasons> = BTreeMap::new();
    for omission in &story.omissions {
        let reasons = claims.entry(omission.claim).or_default();
        reasons.entry(omission.note).or_default().push(omission.article);
    }
    claims
}

/// A note in a few words.
pub(crate) fn excuse(note: OmissionNote) -> &'static str {
    match note {
        OmissionNote::Unexplained => "left out",
        OmissionNote::Earlier => "published before the first telling",
        OmissionNote::Brief => "only a few lines",
        OmissionNote::Cut => "the copied text has it, the copy does not",
        OmissionNote::Shorter => "much shorter report",
    }
}
