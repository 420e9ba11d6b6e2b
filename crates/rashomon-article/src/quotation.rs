use rashomon_text::{Span, Spanned};

use crate::EntityIndex;

/// How words are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuotationKind {
    /// All words stand in quotation marks.
    Direct,
    /// Some words stand in quotation marks.
    Mixed,
    /// No words stand in quotation marks.
    Indirect,
}

impl QuotationKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            QuotationKind::Direct => "direct",
            QuotationKind::Mixed => "mixed",
            QuotationKind::Indirect => "indirect",
        }
    }
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The words that name the speaker here: `she`, `the harbour master`, `Ada Bell`.
    pub spans: Vec<Span>,
    /// Who that is, where it is known.
    pub entity: Option<EntityIndex>,
    /// The name to show: the entity's, or the words themselves.
    pub name: String,
}

/// Somebody's words (or the gist of them) in a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// From the first to the last byte of the content.
    pub span: Span,
    /// How they are reported.
    pub kind: QuotationKind,
    /// The words said, quotation marks left out; several spans where a cue stands between them.
    /// Never empty, in order, not overlapping.
    pub content: Vec<Span>,
    /// The words that report the saying: `said`, `according to`. Empty where there are none.
    pub cue: Vec<Span>,
    /// Whose words they are, or `None` where the report does not tell: `Roe` in
    /// `Bell said that Roe told her “…”`.
    pub speaker: Option<Speaker>,
    /// Who tells that the speaker said it, where that is somebody else than the outlet: `Bell`
    /// in `Bell said that Roe told her “…”`.
    pub reported_by: Option<Speaker>,
}

impl Spanned for Quotation {
    fn span(&self) -> Span {
        self.span
    }
}
