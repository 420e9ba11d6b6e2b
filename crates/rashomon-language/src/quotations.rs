/// What finding quotations needs to know. Lists are in lower case and sorted.
#[derive(Debug)]
pub struct Quotations {
    /// Verbs that report words, in all their forms: `said`, `adding`.
    pub saying: &'static [&'static str],
    /// Verbs that take a fragment of somebody's words: `called`, `describes`.
    pub framing: &'static [&'static str],
    /// How a form ends that borrows the subject of its clause: `ing` in `adding`.
    pub participle_endings: &'static [&'static str],
    /// Forms of these verbs that are nouns as well: `claims`, `reports`.
    pub nouns_too: &'static [&'static str],
    /// Pronouns that can be the subject of a verb: `he`, `who`.
    pub pronouns: &'static [&'static str],
    /// Pronouns that stand for one human being and are always a subject: `he`, `she`.
    pub personal_pronouns: &'static [&'static str],
    /// `his`, `their`.
    pub possessives: &'static [&'static str],
    /// `who`, `which`.
    pub relatives: &'static [&'static str],
    /// Words that begin a noun phrase: `the`, `two`.
    pub determiners: &'static [&'static str],
    /// Words that begin a clause: `and`, `while`, `that`.
    pub conjunctions: &'static [&'static str],
    /// Those after which a verb keeps its subject: `and`, `but`.
    pub coordinators: &'static [&'static str],
    /// `for`, `with`.
    pub prepositions: &'static [&'static str],
    /// Auxiliaries and adverbs between a subject and its verb: `has`, `also`.
    pub skipped: &'static [&'static str],
    /// How other such adverbs end: `ly`.
    pub adverb_endings: &'static [&'static str],
    /// Common nouns for those who speak: `officials`, `spokesman`, `ministry`.
    pub speaking_nouns: &'static [&'static str],
    /// Words that name a speaker after them: `according to`.
    pub sources: &'static [&'static [&'static str]],
    /// Words before quotation marks in which nobody speaks: `so-called`, `slogan`.
    pub never_said_before: &'static [&'static str],
    /// Verbs by which a thing shows words, and a document says them: `read`.
    pub displaying: &'static [&'static str],
    /// Written things that say what stands in them: `statement`, `letter`.
    pub documents: &'static [&'static str],
    /// What is left of a word that begins with an apostrophe: `em`, `til`.
    pub elisions: &'static [&'static str],
}
