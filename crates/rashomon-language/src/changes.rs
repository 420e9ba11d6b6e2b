/// What telling a changed fact from other words needs to know.
#[derive(Debug)]
pub struct Changes {
    /// Words before a verb: `to`, `will`, `has`. Sorted.
    pub verb_openers: &'static [&'static str],
    /// Words before a noun, adjectives aside: `the`, `its`, `of`. Sorted.
    pub noun_openers: &'static [&'static str],
    /// Denials of an object, which deny the verb before them too: `found no trace`. Sorted.
    pub object_denials: &'static [&'static str],
    /// Beginnings that turn a word into its opposite: `un`, `non`.
    pub opposing: &'static [&'static str],
    /// Lemmas that contradict each other in reports of one event, beside the opposites of the
    /// thesaurus and of [`Senses`](crate::Senses).
    pub opposites: &'static [(&'static str, &'static str)],
    /// Words that make a telling possible, wanted or alleged instead of certain. Sorted.
    pub modal: &'static [&'static str],
    /// The learned weight of each kind of evidence, a line each: its name, a blank, the weight.
    /// Made by `rashomon-eval learn-changes`; `docs/models/changes.md` tells from what.
    pub weights: &'static str,
}

impl Changes {
    /// The weight of a kind of evidence, 0 where the table has none.
    pub fn weight(&self, name: &str) -> f32 {
        let line = |line: &str| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok();
        self.weights.lines().find_map(line).unwrap_or(0.0)
    }

    /// From which probability on a telling counts as one that changes a fact.
    pub fn threshold(&self) -> f32 {
        self.weight("threshold")
    }
}
