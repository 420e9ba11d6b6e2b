/// What one arrival did.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where the article went.
    pub placement: Placement,
    /// What was put right on this occasion; most arrivals correct nothing.
    pub corrections: Vec<Correction>,
    /// Stories that were found to follow others.
    pub links: Vec<Link>,
}

/// The story of an article that has just come.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The article.
    pub article: u64,
    /// Its story.
    pub story: u64,
    /// How sure, 0 to 1: that it belongs there, or for a new story that it belongs to no other.
    pub score: f64,
    /// What joined it, the weightiest first; empty for a new story.
    pub why: Vec<Reason>,
    /// Whether the story begins with it.
    pub is_new: bool,
}

/// A word or name that two sides share.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// As the article writes it.
    pub word: String,
    /// Whether it is written with a capital inside a sentence.
    pub is_name: bool,
    /// Its share in the likeness of the two whole texts, 0 to 1.
    pub weight: f64,
}

/// Something put right about earlier placements.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// Two stories are one: `from` is no more, whatever it held belongs to `into`.
    Merged {
        /// The number that leads to the other from now on.
        from: u64,
        /// The number that stays.
        into: u64,
        /// How sure, 0 to 1.
        score: f64,
        /// What joins them.
        why: Vec<Reason>,
    },
    /// An article belongs to another story than thought. A story that falls in two is told as one
    /// such move for each article of the part that gets a new number.
    Moved {
        /// The article.
        article: u64,
        /// Where it was.
        from: u64,
        /// Where it is now.
        into: u64,
        /// Whether that story is new: with the first article of the part that leaves.
        is_new: bool,
        /// How sure, 0 to 1.
        score: f64,
        /// What joins it to the others of its story; empty where it is alone.
        why: Vec<Reason>,
    },
}

/// A story that takes up an older one without being the same event.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The older story.
    pub from: u64,
    /// The newer story.
    pub to: u64,
    /// How like they would be if they were told on one day, 0 to 1.
    pub score: f64,
    /// What both share.
    pub why: Vec<Reason>,
}
