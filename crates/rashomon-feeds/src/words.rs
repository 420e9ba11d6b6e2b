use crate::html;

/// Running words of an entry, and how they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Nothing but text.
    Plain(String),
    /// A piece of HTML as the outlet wrote it, scripts and all, for a reader of pages to turn into
    /// text.
    Html(String),
}

impl Words {
    /// The words as they stand: text, or HTML with its tags.
    pub fn as_str(&self) -> &str {
        match self {
            Words::Plain(words) | Words::Html(words) => words,
        }
    }

    /// The words as one line of plain text: tags dropped, references decoded, blanks joined. Good
    /// enough for a teaser; the body of a report is better read by a reader of pages.
    pub fn to_plain(&self) -> String {
        match self {
            Words::Plain(words) => html::one_line(words),
            Words::Html(words) => html::to_plain(words),
        }
    }

    /// `None` where nothing but blanks stands there.
    pub(crate) fn filled(self) -> Option<Words> {
        if self.as_str().trim().is_empty() { None } else { Some(self) }
    }
}
