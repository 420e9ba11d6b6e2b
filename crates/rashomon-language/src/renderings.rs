/// What recognising one remark in two wordings needs to know.
#[derive(Debug)]
pub struct Renderings {
    /// Sets of lemmas that translators choose between: `guarantee`, `ensure`, `assure`. A lemma
    /// stands in one set only. Wider than synonyms of one event: verbs and adjectives of speech.
    pub synonyms: &'static [&'static [&'static str]],
    /// Phrases that one word stands for: `take into account`, `consider`. Lemmas, the words of a
    /// phrase parted by blanks.
    pub phrases: &'static [(&'static str, &'static str)],
    /// Names of languages, as in `said in Spanish`; that of this pack is not among them.
    pub languages: &'static [&'static str],
    /// What the language of this pack is called.
    pub own_language: &'static str,
    /// Countries where most who speak in public speak it, folded, sorted.
    pub own_countries: &'static [&'static str],
    /// The word between a verb of saying and a language: `in`.
    pub in_language: &'static str,
    /// Words that tell that somebody translated: `translator`, `interpreter`.
    pub interpreting: &'static [&'static str],
    /// Words that put a remark under a condition or take it half back: `if`, `unless`.
    pub conditions: &'static [&'static str],
    /// Endings that two spellings of the language differ in, both the same afterwards:
    /// `our`, `or`. Only words of six letters and more.
    pub spellings: &'static [(&'static str, &'static str)],
}
