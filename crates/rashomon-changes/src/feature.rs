/// A kind of evidence. Each has a weight in the language pack under its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    Bias,
    /// The source has the word.
    Known,
    /// And its neighbours stand elsewhere.
    KnownContext,
    /// Another word stands where this one would, by how much it fits better.
    RivalWord,
    RivalName,
    RivalNumber,
    /// The source does not have it, by class.
    MissingNoun,
    MissingVerb,
    MissingAdjective,
    MissingAdverb,
    MissingName,
    MissingNumber,
    MissingDate,
    MissingNegation,
    MissingModal,
    MissingFunction,
    /// It is rare in news.
    MissingRare,
    /// It is a thing that can be touched.
    MissingTangible,
    /// It stands where the source has a word that it cannot stand for.
    ReplacedNoun,
    ReplacedVerb,
    ReplacedAdjective,
    /// The source has a word that it may stand for.
    Synonym,
    Kin,
    Wider,
    Narrower,
    Near,
    /// In its place there is another kind of the same thing.
    Sibling,
    /// In its place there is its opposite.
    Opposite,
    /// It is denied on one side only.
    Polarity,
    /// The share of the other words that the source does not have: the freer a telling is, the
    /// less one word of its own says.
    Freedom,
    /// The same, of a word that the source does not have.
    MissingFreedom,
}

/// How many kinds there are.
pub const COUNT: usize = 31;

/// The names that the weights have in the language pack, in order.
pub const NAMES: [&str; COUNT] = [
    "bias",
    "known",
    "known-context",
    "rival-word",
    "rival-name",
    "rival-number",
    "missing-noun",
    "missing-verb",
    "missing-adjective",
    "missing-adverb",
    "missing-name",
    "missing-number",
    "missing-date",
    "missing-negation",
    "missing-modal",
    "missing-function",
    "missing-rare",
    "missing-tangible",
    "replaced-noun",
    "replaced-verb",
    "replaced-adjective",
    "synonym",
    "kin",
    "wider",
    "narrower",
    "near",
    "sibling",
    "opposite",
    "polarity",
    "freedom",
    "missing-freedom",
];
