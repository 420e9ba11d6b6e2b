use crate::{ArticleIndex, Passage};

/// Something that most independent origins tell and a report leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct Omission {
    /// Who leaves it out.
    pub article: ArticleIndex,
    /// What, as an index into [`Story::claims`](crate::Story::claims).
    pub claim: usize,
    /// The innocent explanation that holds, if one does.
    pub note: OmissionNote,
    /// One sentence: why it is what the note says.
    pub why: String,
}

/// Why a report may leave something out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OmissionNote {
    /// None of the following holds.
    Unexplained,
    /// It came out before the first telling.
    Earlier,
    /// It is a headline or a few lines.
    Brief,
    /// The text that it copies tells it: the copy prints less.
    Cut,
    /// It has much fewer words than those that tell it.
    Shorter,
}

impl OmissionNote {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            OmissionNote::Earlier => "earlier",
            OmissionNote::Brief => "brief",
            OmissionNote::Cut => "cut",
            OmissionNote::Shorter => "shorter",
            OmissionNote::Unexplained => "unexplained",
        }
    }
}

/// Words of a report that come near to a claim of others: too far to count as a telling, too near
/// to say that it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The claim, as an index into [`Story::claims`](crate::Story::claims).
    pub claim: usize,
    /// The words.
    pub passage: Passage,
}
