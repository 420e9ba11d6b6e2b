use std::collections::BTreeMap;

use rashomon::article::Diagnostic;
use rashomon_store::ArticleNumber;

/// What a run of reading and keeping did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Articles that were read.
    pub read: u64,
    /// Of these, articles that were not kept before.
    pub new: u64,
    /// Articles that were kept before, in other words: they are revisions now.
    pub revised: u64,
    /// Articles that were kept before, word for word.
    pub unchanged: u64,
    /// Of these, articles that were met at another address for the first time.
    pub elsewhere: u64,
    /// Stories that began.
    pub stories: u64,
    /// Stories that were taken into another.
    pub merged: u64,
    /// Articles that were moved to another story.
    pub moved: u64,
    /// Stories whose reports were compared.
    pub compared: u64,
    /// The numbers of the articles that were read, in their order, whether they are new or not.
    pub kept: Vec<ArticleNumber>,
    /// What was skipped or mended, by the code of the diagnostic.
    pub told: BTreeMap<String, u64>,
}

impl Report {
    /// Counts a diagnostic.
    pub fn tell(&mut self, diagnostic: &Diagnostic) {
        *self.told.entry(diagnostic.code.to_string()).or_default() += 1;
    }
}
