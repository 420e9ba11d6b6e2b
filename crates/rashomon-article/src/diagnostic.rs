use std::borrow::Cow;

use rashomon_text::Span;

/// Something a careful reader should know about an input or a finding, beside the result.
///
/// Bad input gives a weaker result and a diagnostic, never a panic and never silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// A stable kebab-case name of the kind: `"furniture-dropped"`.
    pub code: Cow<'static, str>,
    /// One sentence: what it is, and the mend where there is one.
    pub message: String,
    /// Where in the article, if at a place.
    pub span: Option<Span>,
    /// The file or address it concerns, where it concerns a whole input.
    pub source: Option<String>,
}

impl Diagnostic {
    /// A diagnostic about a place in an article.
    pub fn at(code: &'static str, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic { code: code.into(), message: message.into(), span: Some(span), source: None }
    }

    /// A diagnostic about a whole article.
    pub fn article(code: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code: code.into(), message: message.into(), span: None, source: None }
    }

    /// A diagnostic about an input that is named.
    pub fn input(
        code: &'static str,
        message: impl Into<String>,
        source: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic {
            code: code.into(),
            message: message.into(),
            span: None,
            source: Some(source.into()),
        }
    }
}
