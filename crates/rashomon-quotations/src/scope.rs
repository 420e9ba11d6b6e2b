/// How much counts as a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// What an editor calls somebody's words: words in marks that somebody utters, and clauses
    /// that a verb of saying reports. Of a fragment in marks the words round it count only where
    /// they make a reported clause with it.
    #[default]
    Reported,
    /// All that the annotators of the PolNeAR corpus mark: attitudes and plans without a clause
    /// as well, and a fragment with all the words that hang on the same cue. For measuring.
    Attributed,
}
