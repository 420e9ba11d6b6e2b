/// What finding quotations needs to know. Lists are in lower case and sorted.
#[derive(Debug)]
pub struct Quotations {
    /// Verbs that report words, in all their forms: `said`, `adding`.
    pub saying: &'static [&'static str],
    /// Verbs that take a fragment of somebody's words: `called`, `describes`.
    pub framing: &'static [&'static str],
    /// Verbs of seeming and striving, by which nothing is uttered: `appeared`, `sought`.
    pub unuttered: &'static [&'static str],
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
    /// Words that end like an adverb and are none: `family`, `assembly`.
    pub false_adverbs: &'static [&'static str],
    /// Verbs of saying that have the listener as their object: `told`, `asked`.
    pub telling: &'static [&'static str],
    /// Prepositions after which somebody does something beside the main clause: `with Bell saying`.
    pub attending: &'static [&'static str],
    /// Articles and demonstratives of somebody known: `the`, `that`.
    pub definite: &'static [&'static str],
    /// Pronouns for an organisation or a document: `it`.
    pub thing_pronouns: &'static [&'static str],
    /// Prepositions between a document and its author: `from`, `by`.
    pub authoring: &'static [&'static str],
    /// Nouns by which a report calls an organisation that it has named: `group`, `agency`.
    pub bodies: &'static [&'static str],
    /// Verbs whose object says the words: `quoted` in `the paper quoted Bell as saying`.
    pub quoting: &'static [&'static str],
    /// Prepositions before who does what a passive tells: `by`.
    pub agents: &'static [&'static str],
    /// The word between a quoting verb’s object and its participle: `as` in `as saying`.
    pub quoting_as: &'static str,
    /// Nouns for those who speak for others: `spokesman`.
    pub spokespeople: &'static [&'static str],
    /// Labels of questions and answers in a printed talk: `Q`.
    pub turn_letters: &'static [&'static str],
    /// Words in capitals before a colon that are no speakers, in lower case: `read more`.
    pub no_labels: &'static [&'static str],
    /// Words that open the other side of a comparison: `than`.
    pub comparing: &'static [&'static str],
    /// Small words that make one verb with the word before them: `back` in `shot back`.
    pub particles: &'static [&'static str],
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
    /// Auxiliaries with which a participle has a subject of its own: `is`.
    pub auxiliaries: &'static [&'static str],
    /// Verb forms that always have a subject: `is`, `would`, and what is left of them in `he’d`.
    pub finite: &'static [&'static str],
    /// Words that open a reported clause: `that`, `whether`.
    pub openers: &'static [&'static str],
    /// Prepositions that stay inside the name of a speaker: `of`.
    pub genitives: &'static [&'static str],
    /// Small words between a naming word and the name in marks: `of` in `principle of “…”`.
    pub before_names: &'static [&'static str],
    /// Possessives that stand for somebody who may be quoted: `his “…”`.
    pub personal_possessives: &'static [&'static str],
    /// How nouns end in the plural.
    pub plural_endings: &'static [&'static str],
    /// How verbs end in the past.
    pub past_endings: &'static [&'static str],
    /// Hyphenated words that name what stands in marks: `so-called`.
    pub naming_compounds: &'static [(&'static str, &'static str)],
    /// The mark of the infinitive.
    pub infinitive: &'static str,
    /// The word that joins two names to one subject.
    pub and: &'static str,
    /// The weights of the model that labels sources, cues and contents; empty where a language
    /// has none, and then only words in marks are found.
    pub model: &'static [u8],
}
