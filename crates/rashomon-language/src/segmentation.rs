/// What splitting text into tokens and sentences needs to know.
#[derive(Debug)]
pub struct Segmentation {
    /// Words that a full stop follows without ending the sentence: `mr`, `gov`, `jan`.
    pub abbreviations: &'static [&'static str],
    /// Abbreviations that may as well end a sentence: `u.s`, `inc`, `p.m`. What follows decides.
    pub ending_abbreviations: &'static [&'static str],
    /// Words that, capitalised, often begin a sentence: `the`, `he`, `but`.
    pub starters: &'static [&'static str],
    /// Clitics after an apostrophe: `s`, `ll`, `re`.
    pub clitics: &'static [&'static str],
    /// Verbs that go on with a sentence after a quoted question: `“Why?” Bell asked.`
    pub saying: &'static [&'static str],
}
