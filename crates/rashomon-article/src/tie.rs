use crate::{ArticleIndex, Evidence};

/// What ties two reports of a story: copies that make them one origin, or the likeness of a text
/// that one has rewritten.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// The one: the source, where a direction is known.
    pub a: ArticleIndex,
    /// The other.
    pub b: ArticleIndex,
    /// How sure it is that both have one origin.
    pub kind: TieKind,
    /// What shows that `b` has it from `a`, or that `a` came first; `None` where nothing does.
    pub direction: Option<Direction>,
    /// What shows the tie; at least one.
    pub signs: Vec<Sign>,
    /// The passages that correspond, in the order of `a`: equal words of a copy, sentences of a
    /// rewritten text.
    pub passages: Vec<Evidence>,
}

impl Tie {
    /// The tie with its sides changed over, where `turn` says so.
    pub fn turned(mut self, turn: bool) -> Tie {
        if turn {
            std::mem::swap(&mut self.a, &mut self.b);
            for passage in &mut self.passages {
                std::mem::swap(&mut passage.a, &mut passage.b);
            }
        }
        self
    }
}

/// How sure it is that two reports have one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TieKind {
    /// They share words that two writers do not choose alike: they count as one origin.
    Copy,
    /// They tell the same things in the same order in other words: an editor should look. They
    /// count as two origins.
    Likely,
}

impl TieKind {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            TieKind::Copy => "copy",
            TieKind::Likely => "likely",
        }
    }
}

/// What shows which of two reports was the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// A line of the later one credits the earlier one's outlet, or it gives its address as its
    /// own.
    Credit,
    /// It was published earlier.
    EarlierDate,
    /// Nearly all of the other lies in it, and it holds much more.
    Containment,
}

impl Direction {
    /// The name that the JSON writes.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Credit => "credit",
            Direction::EarlierDate => "earlier-date",
            Direction::Containment => "containment",
        }
    }
}

/// One thing that shows a tie.
#[derive(Clone, Debug, PartialEq)]
pub enum Sign {
    /// Prose of their own that both print.
    SharedProse {
        /// How many words.
        words: usize,
        /// Which share of the report with less prose, 0 to 1.
        share: f64,
    },
    /// Both credit this agency, or the one credits the other by this name.
    Credit(String),
    /// Both give the same address as their own.
    SameAddress(String),
    /// Both outlets declare this owner.
    SameOwner(String),
    /// Sentences that tell the same in the same order.
    SameOrder {
        /// How many sentences correspond in one order.
        sentences: usize,
        /// How many correspond in whatever order.
        of: usize,
        /// Which share of the matter of the shorter report they are, 0 to 1.
        share: f64,
    },
}

impl Sign {
    /// The name that the JSON writes.
    pub fn name(&self) -> &'static str {
        match self {
            Sign::SharedProse { .. } => "shared-prose",
            Sign::Credit(_) => "credit",
            Sign::SameAddress(_) => "same-address",
            Sign::SameOwner(_) => "same-owner",
            Sign::SameOrder { .. } => "same-order",
        }
    }
}
