//! What somebody searches for, typed.

mod compile;
mod days;
mod lexer;
mod parser;

use std::fmt;

use jiff::Timestamp;
use rashomon::text::Span;

use crate::error::Result;

pub(crate) use compile::{Compiled, compile};

/// What is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HitKind {
    /// Whole articles.
    Article,
    /// Quotations with their speakers.
    Quotation,
    /// Claims of stories.
    Claim,
}

impl HitKind {
    /// The name that a query writes.
    pub fn name(self) -> &'static str {
        match self {
            HitKind::Article => "article",
            HitKind::Quotation => "quotation",
            HitKind::Claim => "claim",
        }
    }
}

/// A query that was read. The crate's documentation has its language.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    text: String,
    root: Node,
    kind: Option<HitKind>,
    order: HitOrder,
}

/// The order of what a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HitOrder {
    /// What fits best first; what fits equally well by time, the newest first.
    #[default]
    Best,
    /// By time, the newest first: for what is new to a search that is kept.
    Newest,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of these hold; none of them where nothing is asked.
    All(Vec<Node>),
    /// One of these holds, or more.
    Any(Vec<Node>),
    /// This does not hold.
    Not(Box<Node>),
    /// One thing that is asked.
    Term(Term),
}

/// One thing that a query asks, with its place in the query.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Where it stands: bytes of the query.
    pub span: Span,
    /// What it asks.
    pub asks: Asks,
}

/// What one term of a query asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Asks {
    /// For words one after the other.
    Words {
        /// Where.
        field: Field,
        /// The words.
        words: String,
        /// Whether the last word may go on.
        prefix: bool,
    },
    /// For a story.
    Story(u64),
    /// For a language, with or without a region: `en` is also `en-GB`.
    Language(String),
    /// For a stretch of time: from the first instant to before the second one, where there is one.
    /// With both, only for articles that say when they were published.
    Time(Option<Timestamp>, Option<Timestamp>),
    /// For articles whose words changed.
    Revised,
    /// For articles that do not say when they were published.
    Undated,
}

/// Where words are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// In what is searched: headline and text of an article, the words of a quotation or claim.
    Any,
    /// In the headline.
    Title,
    /// In the name of the outlet.
    Outlet,
    /// In the names of the authors.
    Author,
    /// In the name of who speaks.
    Speaker,
}

impl Query {
    /// Reads a query. Whatever is wrong gives the error `bad-query` with the place and the mend.
    pub fn parse(text: &str) -> Result<Query> {
        let (root, kind) = parser::parse(text)?;
        Ok(Query { text: text.to_owned(), root, kind, order: HitOrder::Best })
    }

    /// The query as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it asks.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// What is searched: what the query says with `kind:`; quotations, where it asks for a
    /// speaker; else articles.
    pub fn kind(&self) -> HitKind {
        self.kind.unwrap_or(match asks_for_speaker(&self.root) {
            true => HitKind::Quotation,
            false => HitKind::Article,
        })
    }

    /// The order of what is found.
    pub fn order(&self) -> HitOrder {
        self.order
    }

    /// The same query with what it finds in another order.
    #[must_use]
    pub fn with_order(mut self, order: HitOrder) -> Query {
        self.order = order;
        self
    }

    /// The same query about another kind of thing.
    #[must_use]
    pub fn with_kind(mut self, kind: HitKind) -> Query {
        self.kind = Some(kind);
        self
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn asks_for_speaker(node: &Node) -> bool {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(asks_for_speaker),
        Node::Not(node) => asks_for_speaker(node),
        Node::Term(term) => matches!(term.asks, Asks::Words { field: Field::Speaker, .. }),
    }
}
