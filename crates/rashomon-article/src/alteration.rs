use rashomon_text::Span;

/// In which way words of a telling part from their source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlterationKind {
    /// Another number, or one that the source does not have.
    Number,
    /// Another day or time.
    Date,
    /// Another name of somebody or something.
    Name,
    /// Another name of a place.
    Place,
    /// Denied on one side only.
    Polarity,
    /// Certain on one side, possible, planned or alleged on the other.
    Modality,
    /// A word that says the opposite.
    Antonym,
    /// Words that the source has, but of somebody or something else.
    Role,
    /// A word for which nothing stands in the source.
    Addition,
    /// A word where the source has another one.
    Word,
}

impl AlterationKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            AlterationKind::Number => "number",
            AlterationKind::Date => "date",
            AlterationKind::Name => "name",
            AlterationKind::Place => "place",
            AlterationKind::Polarity => "polarity",
            AlterationKind::Modality => "modality",
            AlterationKind::Antonym => "antonym",
            AlterationKind::Role => "role",
            AlterationKind::Addition => "addition",
            AlterationKind::Word => "word",
        }
    }
}

/// Words of a telling that may change a fact of its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Alteration {
    /// The words, in the telling.
    pub span: Span,
    /// What stands in the source instead, or about the same, best first; empty where there is
    /// nothing of the kind.
    pub source: Vec<Span>,
    /// In which way they part.
    pub kind: AlterationKind,
    /// How likely they change a fact, 0 to 1.
    pub probability: f32,
}
