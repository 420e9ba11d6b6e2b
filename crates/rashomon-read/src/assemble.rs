use rashomon_article::{Article, Diagnostic, Document};
use rashomon_language::Language;
use rashomon_text::{Span, Text};

use crate::given::Given;
use crate::name;
use crate::plain::{self, Hints, fold};

/// What is known of an article while its text is read: what was given, and what the reader of its
/// format found beside.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub given: Given,
    pub diagnostics: Vec<Diagnostic>,
    /// What a page marks as headings, sorted.
    pub headings: Vec<Span>,
    /// What a page marks as captions of pictures, sorted.
    pub captions: Vec<Span>,
}

impl From<Given> for Known {
    fn from(given: Given) -> Known {
        Known { given, ..Known::default() }
    }
}

/// Freezes a text and joins what it says of itself with what is given.
pub(crate) fn document(name: &str, text: &str, known: Known, language: &Language) -> Document {
    let Known { given, diagnostics, headings, captions } = known;
    let text = Text::from(text);
    let hints = Hints { title: given.title.as_deref(), headings: &headings, captions: &captions };
    let structure = plain::structure(&text, hints, language);
    let mut facts = structure.facts;
    for agency in given.agencies {
        facts.credit(agency);
    }
    let canonical = given.canonical.or(facts.canonical);
    // A credit is no outlet: whoever prints “(NPA)” may have bought it. Only a file that is called
    // after the agency it credits is the agency's own.
    let called = |agency: &&String| fold(agency) == fold(&name::stem(name));
    let outlet = given
        .outlet
        .or(facts.outlet)
        .or_else(|| canonical.as_deref().and_then(name::host))
        .or_else(|| name::host(name))
        .or_else(|| facts.agencies.iter().find(called).cloned());
    let mut diagnostics = diagnostics;
    diagnostics.extend(structure.diagnostics);
    let article = Article {
        id: given.id.unwrap_or_else(|| name::stem(name)),
        source: given.source.or_else(|| Some(name.to_owned())),
        canonical,
        outlet,
        title: given.title.or(facts.title),
        byline: if given.byline.is_empty() { facts.byline } else { given.byline },
        agencies: facts.agencies,
        published: given.published.or(facts.published),
        language: given.language,
        text,
        blocks: structure.blocks,
        extra: given.extra,
    };
    Document { diagnostics, ..Document::new(article) }
}
