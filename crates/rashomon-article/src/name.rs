use rashomon_text::{Span, Spanned};

/// What kind of thing a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A company, agency, party, team, ministry, court, outlet.
    Organization,
    /// A country, city, region, building, body of water.
    Place,
    /// Events, laws, ships, works, nationalities and whatever else bears a name.
    Other,
}

/// An index into [`Document::entities`](crate::Document::entities).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityIndex(pub u32);

impl EntityIndex {
    /// As an index of a slice.
    pub fn get(self) -> usize {
        self.0 as usize
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionForm {
    /// By name: `Ada Bell`, `Bell`, `the U.N.`.
    Name,
    /// By a description that the report makes plain: `the harbour master`.
    Description,
    /// By a pronoun: `she`.
    Pronoun,
}

/// A place where a report refers to somebody or something. Mentions do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words, without title and without the possessive: `Bell` in `President Bell’s`.
    pub span: Span,
    /// What kind of thing is named.
    pub kind: EntityKind,
    /// How.
    pub form: MentionForm,
    /// Who or what, in this report.
    pub entity: EntityIndex,
}

impl Spanned for Mention {
    fn span(&self) -> Span {
        self.span
    }
}

/// Somebody or something that one report names, all its mentions taken together.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// The fullest name that the report gives, in its own words.
    pub name: String,
    /// Titles and roles that the report gives, in its own words: `President`, `the harbour master`.
    pub roles: Vec<Span>,
}
