use rashomon_article as core;
use serde::Serialize;

use super::places::Places;
use super::story::Evidence;

/// What ties two articles to one origin, or makes that likely.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tie {
    /// The id of the one: the source, where there is a `direction`.
    pub a: String,
    /// The id of the other.
    pub b: String,
    /// What shows that `a` is the source; null where nothing does.
    pub direction: Option<Direction>,
    /// What shows the tie; at least one.
    pub signs: Vec<Sign>,
}

/// Two articles of different lineages that are likely to be one text in other words.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct LikelyTie {
    /// The tie.
    #[serde(flatten)]
    pub tie: Tie,
    /// The sentences that tell the same, in the order of `a`.
    pub passages: Vec<Evidence>,
}

/// What shows which of two articles was the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// A line of the later one credits the outlet of the earlier one, or it gives an address of
    /// that outlet as its own.
    Credit,
    /// It was published earlier.
    EarlierDate,
    /// Nearly all of the other lies in it, and it holds much more.
    Containment,
}

/// One thing that shows a tie.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Sign {
    /// Both print these words as their own prose.
    SharedProse {
        /// How many words.
        words: usize,
        /// Which share of the article with less prose, 0 to 1.
        share: f64,
    },
    /// Both credit this agency, or the one credits the other by this name.
    Credit {
        /// The agency or outlet.
        name: String,
    },
    /// Both give the same address as their own.
    SameAddress {
        /// The address.
        address: String,
    },
    /// Both outlets declare this owner.
    SameOwner {
        /// The owner.
        name: String,
    },
    /// Sentences tell the same in the same order.
    SameOrder {
        /// How many sentences correspond in one order.
        sentences: usize,
        /// How many correspond in whatever order.
        of: usize,
        /// Which share of the matter of the shorter article they are, 0 to 1.
        share: f64,
    },
}

impl Tie {
    pub(super) fn new(tie: &core::Tie, places: &Places<'_>) -> Tie {
        Tie {
            a: places.id(tie.a),
            b: places.id(tie.b),
            direction: tie.direction.map(|direction| match direction {
                core::Direction::Credit => Direction::Credit,
                core::Direction::EarlierDate => Direction::EarlierDate,
                core::Direction::Containment => Direction::Containment,
            }),
            signs: tie.signs.iter().map(Sign::new).collect(),
        }
    }
}

impl LikelyTie {
    pub(super) fn new(tie: &core::Tie, places: &Places<'_>) -> LikelyTie {
        let passages = tie.passages.iter().map(|passage| Evidence::new(passage, places)).collect();
        LikelyTie { tie: Tie::new(tie, places), passages }
    }
}

impl Sign {
    fn new(sign: &core::Sign) -> Sign {
        match sign {
            &core::Sign::SharedProse { words, share } => Sign::SharedProse { words, share },
            core::Sign::Credit(name) => Sign::Credit { name: name.clone() },
            core::Sign::SameAddress(address) => Sign::SameAddress { address: address.clone() },
            core::Sign::SameOwner(name) => Sign::SameOwner { name: name.clone() },
            &core::Sign::SameOrder { sentences, of, share } => {
                Sign::SameOrder { sentences, of, share }
            }
        }
    }
}
