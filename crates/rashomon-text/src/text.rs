use std::fmt;
use std::sync::Arc;

use crate::Span;

/// A text that never changes once it is made. Cloning it is cheap: the bytes are shared.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Text(Arc<str>);

impl Text {
    /// Freezes a string.
    pub fn new(text: impl Into<Arc<str>>) -> Text {
        Text(text.into())
    }

    /// The whole text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The length in bytes.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no byte at all.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The span of the whole text.
    pub fn span(&self) -> Span {
        Span::new(0, self.len())
    }

    /// The exact words of a span.
    ///
    /// # Panics
    ///
    /// When the span reaches past the end or cuts a character: then it was made for another text.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        &self.0[span.range()]
    }

    /// The exact words of a span, or `None` where it does not fit this text.
    #[inline]
    pub fn get(&self, span: Span) -> Option<&str> {
        self.0.get(span.range())
    }

    /// The span without white space at its two ends.
    pub fn trim(&self, span: Span) -> Span {
        let words = self.slice(span);
        let left = words.len() - words.trim_start().len();
        let kept = words.trim().len();
        Span::new(span.start() + left, span.start() + left + kept)
    }

    /// The spans of the lines, without their line ends (`\n` or `\r\n`).
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        let mut start = 0;
        self.0.split_inclusive('\n').map(move |line| {
            let kept = line.trim_end_matches('\n').trim_end_matches('\r').len();
            let span = Span::new(start, start + kept);
            start += line.len();
            span
        })
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.len())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_place() {
        let text = Text::from("a\r\n\nlong line\n");
        let lines: Vec<_> = text.lines().map(|span| text.slice(span)).collect();
        assert_eq!(lines, ["a", "", "long line"]);
    }

    #[test]
    fn trim_is_a_span() {
        let text = Text::from("  word \n");
        assert_eq!(text.trim(text.span()), Span::new(2, 6));
        assert_eq!(text.trim(Span::new(6, 8)).len(), 0);
    }
}
