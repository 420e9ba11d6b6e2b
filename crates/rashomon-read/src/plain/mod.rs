//! Plain text as it comes off the web: what each stretch of it is, and what it says of itself.
//!
//! Rules look at one line and its neighbours, the surest first; a line that a rule has taken is
//! left alone by the later ones. What no rule takes is a paragraph: prose is never lost for want
//! of a rule.

mod byline;
mod credit;
mod dateline;
mod field;
mod furniture;
mod head;
mod line;
mod paragraph;
mod picture;

use rashomon_article::{Block, BlockKind, Diagnostic, Published};
use rashomon_language::Language;
use rashomon_text::{Layer, Span, Text};

pub(crate) use byline::authors;
use line::Line;
pub(crate) use line::fold;

/// What is known of a text before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints<'h> {
    /// The headline, where a record or a page gives it.
    pub title: Option<&'h str>,
    /// What a page marks as headings, sorted.
    pub headings: &'h [Span],
    /// What a page marks as captions, sorted.
    pub captions: &'h [Span],
}

/// What a text says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub title: Option<String>,
    pub byline: Vec<String>,
    pub agencies: Vec<String>,
    pub outlet: Option<String>,
    pub canonical: Option<String>,
    pub published: Option<Published>,
}

impl Facts {
    pub(crate) fn credit(&mut self, agency: String) {
        if !self.agencies.contains(&agency) {
            self.agencies.push(agency);
        }
    }

    fn author(&mut self, name: String) {
        if !self.byline.contains(&name) {
            self.byline.push(name);
        }
    }
}

/// A text and what its stretches are.
pub(crate) struct Structure {
    pub blocks: Layer<Block>,
    pub facts: Facts,
    pub diagnostics: Vec<Diagnostic>,
}

/// A paragraph or line, and what it was found to be.
struct Unit {
    line: Line,
    kind: Option<BlockKind>,
    /// The dateline that stands before its words.
    dateline: Option<Span>,
    /// The credit that stands after its words.
    credit: Option<Span>,
    /// Why its words are not read, where that is a loss somebody may want to check.
    dropped: Option<&'static str>,
}

impl Unit {
    fn is_open(&self) -> bool {
        self.kind.is_none()
    }

    fn is_running(&self) -> bool {
        self.is_open() && (self.line.is_running() || self.dateline.is_some())
    }

    fn drop(&mut self, why: &'static str) {
        self.kind = Some(BlockKind::Furniture);
        self.dropped = Some(why);
    }
}

/// The units of a text while the rules go over them.
struct Draft<'t> {
    text: &'t Text,
    language: &'t Language,
    units: Vec<Unit>,
    facts: Facts,
    /// Agencies whose writers helped with the report.
    helpers: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Draft<'_> {
    fn words(&self, at: usize) -> &str {
        self.text.slice(self.units[at].line.span)
    }

    /// The first unit of running text that no rule has taken.
    fn first_running(&self) -> Option<usize> {
        self.units.iter().position(Unit::is_running)
    }
}

/// Finds out what each stretch of a text is.
pub(crate) fn structure(text: &Text, hints: Hints<'_>, language: &Language) -> Structure {
    let units = paragraph::paragraphs(text)
        .into_iter()
        .map(|span| Unit {
            line: Line::new(text, span, language),
            kind: None,
            dateline: None,
            credit: None,
            dropped: None,
        })
        .collect();
    let mut draft = Draft {
        text,
        language,
        units,
        facts: Facts::default(),
        helpers: Vec::new(),
        diagnostics: Vec::new(),
    };
    picture::mark_captions(&mut draft, hints.captions);
    furniture::mark_lines(&mut draft);
    picture::mark(&mut draft);
    field::mark(&mut draft);
    dateline::mark(&mut draft);
    head::mark(&mut draft, hints);
    head::mark_bios(&mut draft);
    credit::mark(&mut draft);
    furniture::mark_lists(&mut draft);
    head::mark_subheadings(&mut draft, hints.headings);
    finish(draft)
}

fn finish(draft: Draft<'_>) -> Structure {
    let Draft { text, units, facts, mut diagnostics, .. } = draft;
    let mut blocks = Vec::with_capacity(units.len());
    for unit in units {
        let span = unit.line.span;
        if let Some(why) = unit.dropped {
            let message = format!("{why} is not read: “{}”", shown(text.slice(span)));
            diagnostics.push(Diagnostic::at("furniture-dropped", message, span));
        }
        let start = unit.dateline.map_or(span.start(), |dateline| dateline.end());
        let end = unit.credit.map_or(span.end(), |credit| credit.start());
        let kind = unit.kind.unwrap_or(BlockKind::Paragraph);
        let body = text.trim(Span::new(start, end.max(start)));
        blocks.extend(unit.dateline.map(|span| Block { span, kind: BlockKind::Dateline }));
        blocks.extend((!body.is_empty()).then_some(Block { span: body, kind }));
        blocks.extend(unit.credit.map(|span| Block { span, kind: BlockKind::Caption }));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span.map(Span::start));
    Structure { blocks: Layer::new(blocks), facts, diagnostics }
}

/// The beginning of a line, short enough for a message.
fn shown(words: &str) -> String {
    let mut shown: String = words.chars().take(60).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    shown
}
