//! From what a query asks to SQL, in which nothing that somebody typed stands bare.

use rashomon::text::Span;
use rusqlite::types::Value as Cell;

use super::{Asks, Field, HitKind, HitOrder, Node, Query};
use crate::error::{Error, Result};
use crate::marks::Wanted;

/// A query as SQL. Rows are named as [`source`] names them.
#[derive(Debug)]
pub(crate) struct Compiled {
    pub(crate) kind: HitKind,
    /// What the index of words is asked, where words are.
    pub(crate) words: Option<String>,
    /// What else must hold, with a `?` for each of the cells.
    pub(crate) conditions: Vec<String>,
    pub(crate) cells: Vec<Cell>,
    /// Whether hits are ordered by how well they fit, which only words tell.
    pub(crate) is_ranked: bool,
    /// The words of a hit to mark.
    pub(crate) wanted: Wanted,
}

/// Compiles a query.
pub(crate) fn compile(query: &Query) -> Result<Compiled> {
    let kind = query.kind();
    let mut compiler = Compiler { query, kind, cells: Vec::new() };
    let nodes = match query.root() {
        Node::All(nodes) => nodes.as_slice(),
        node => std::slice::from_ref(node),
    };
    let (mut words, mut without, mut conditions) = (Vec::new(), Vec::new(), Vec::new());
    for node in nodes {
        match (compiler.words(node), node) {
            (Some(asked), _) => words.push(asked),
            (None, Node::Not(inner)) => match compiler.words(inner) {
                Some(asked) => without.push((node, asked)),
                None => conditions.push(compiler.condition(node)?),
            },
            (None, _) => conditions.push(compiler.condition(node)?),
        }
    }
    let words = if words.is_empty() {
        for (node, _) in &without {
            conditions.push(compiler.condition(node)?);
        }
        None
    } else {
        let without: Vec<String> = without.into_iter().map(|(_, asked)| asked).collect();
        Some(but(words.join(" AND "), &without))
    };
    let mut wanted = Wanted::new();
    collect(query.root(), kind, &mut wanted);
    let is_ranked = words.is_some() && query.order() == HitOrder::Best;
    Ok(Compiled { kind, words, conditions, cells: compiler.cells, is_ranked, wanted })
}

struct Compiler<'q> {
    query: &'q Query,
    kind: HitKind,
    cells: Vec<Cell>,
}

impl Compiler<'_> {
    /// What the index of words of the kind can answer by itself.
    fn words(&self, node: &Node) -> Option<String> {
        match node {
            Node::Term(term) => {
                let Asks::Words { field, words, prefix } = &term.asks else { return None };
                let column = own_column(self.kind, *field)?;
                Some(format!("({column} : {})", quoted(words, *prefix)))
            }
            Node::Any(nodes) => {
                let all: Option<Vec<String>> = nodes.iter().map(|node| self.words(node)).collect();
                Some(format!("({})", all?.join(" OR ")))
            }
            Node::All(nodes) => {
                let (mut with, mut without) = (Vec::new(), Vec::new());
                for node in nodes {
                    match node {
                        Node::Not(inner) => without.push(self.words(inner)?),
                        _ => with.push(self.words(node)?),
                    }
                }
                let with = (!with.is_empty()).then(|| with.join(" AND "))?;
                Some(format!("({})", but(with, &without)))
            }
            Node::Not(_) => None,
        }
    }

    /// A condition on the row, with its cells.
    fn condition(&mut self, node: &Node) -> Result<String> {
        match node {
            Node::All(nodes) if nodes.is_empty() => Ok("1".to_owned()),
            Node::All(nodes) => self.joined(nodes, " AND "),
            Node::Any(nodes) => self.joined(nodes, " OR "),
            // What is not known of a row does not hold, so that its contrary does.
            Node::Not(node) => Ok(format!("NOT coalesce({}, 0)", self.condition(node)?)),
            Node::Term(term) => self.asked(&term.asks, term.span),
        }
    }

    fn joined(&mut self, nodes: &[Node], joint: &str) -> Result<String> {
        let all: Result<Vec<String>> = nodes.iter().map(|node| self.condition(node)).collect();
        Ok(format!("({})", all?.join(joint)))
    }

    fn asked(&mut self, asks: &Asks, span: Span) -> Result<String> {
        let mut cell = |cell: Cell| self.cells.push(cell);
        Ok(match asks {
            Asks::Words { field, words, prefix } => {
                return self.rows_with(*field, &quoted(words, *prefix), span);
            }
            Asks::Story(number) => {
                let number = Cell::Integer(number.cast_signed());
                cell(number.clone());
                cell(number);
                let of = if self.kind == HitKind::Claim { "c.story" } else { "a.story" };
                format!("({of} = coalesce((SELECT target FROM redirect WHERE story = ?), ?))")
            }
            Asks::Language(tag) => {
                cell(Cell::Text(tag.clone()));
                cell(Cell::Text(format!("{tag}-*")));
                "(lower(a.language) = ? OR lower(a.language) GLOB ?)".to_owned()
            }
            Asks::Time(from, until) => {
                let mut conditions = Vec::new();
                for (bound, sign) in [(from, ">="), (until, "<")] {
                    if let Some(bound) = bound {
                        cell(Cell::Integer(bound.as_microsecond()));
                        conditions.push(format!("a.at {sign} ?"));
                    }
                }
                if from.is_some() && until.is_some() {
                    // That it was read on that day does not make it one of that day.
                    conditions.push("a.dated".to_owned());
                }
                format!("({})", conditions.join(" AND "))
            }
            Asks::Undated => "(NOT a.dated)".to_owned(),
            Asks::Revised => "(a.revisions > 0)".to_owned(),
        })
    }

    /// Rows whose index of words, or that of their articles, has the words.
    fn rows_with(&mut self, field: Field, words: &str, span: Span) -> Result<String> {
        let (row, index) = source(self.kind);
        if let Some(column) = own_column(self.kind, field) {
            self.cells.push(Cell::Text(format!("{column} : {words}")));
            return Ok(format!("({row} IN (SELECT rowid FROM {index} WHERE {index} MATCH ?))"));
        }
        if field == Field::Speaker {
            if self.kind == HitKind::Claim {
                let mend = "claims have no speaker; search with kind:quotation or kind:article";
                return Err(Error::query(self.query.text(), span, mend));
            }
            self.cells.push(Cell::Text(format!("speaker : {words}")));
            return Ok("(a.number IN (SELECT q.article FROM quotation q WHERE q.number IN \
                       (SELECT rowid FROM quotation_words WHERE quotation_words MATCH ?)))"
                .to_owned());
        }
        let column = own_column(HitKind::Article, field).unwrap_or("{title text}");
        self.cells.push(Cell::Text(format!("{column} : {words}")));
        let articles = "SELECT rowid FROM article_words WHERE article_words MATCH ?";
        Ok(match (self.kind, field) {
            // A claim is of an outlet or author where one of its tellings is.
            (HitKind::Claim, Field::Outlet | Field::Author) => format!(
                "(c.number IN (SELECT t.claim FROM telling t WHERE t.article IN ({articles})))"
            ),
            _ => format!("(a.number IN ({articles}))"),
        })
    }
}

/// The number of a row of the kind, and its index of words.
fn source(kind: HitKind) -> (&'static str, &'static str) {
    match kind {
        HitKind::Article => ("a.number", "article_words"),
        HitKind::Quotation => ("q.number", "quotation_words"),
        HitKind::Claim => ("c.number", "claim_words"),
    }
}

/// The column of the kind's own index of words that a field means.
fn own_column(kind: HitKind, field: Field) -> Option<&'static str> {
    Some(match (kind, field) {
        (HitKind::Article, Field::Any) => "{title text}",
        (HitKind::Article, Field::Title) => "title",
        (HitKind::Article, Field::Outlet) => "outlet",
        (HitKind::Article, Field::Author) => "byline",
        (HitKind::Quotation | HitKind::Claim, Field::Any) => "text",
        (HitKind::Quotation, Field::Speaker) => "speaker",
        _ => return None,
    })
}

fn but(with: String, without: &[String]) -> String {
    match without {
        [] => with,
        without => format!("({with}) NOT ({})", without.join(" OR ")),
    }
}

/// Words as a string of the index's own language, in which nothing but them is meant.
fn quoted(words: &str, prefix: bool) -> String {
    // A character of the null byte would end the string.
    let words = words.replace('\0', " ").replace('"', "\"\"");
    let star = if prefix { " *" } else { "" };
    format!("\"{words}\"{star}")
}

/// Words that are asked for and stand in what is shown.
fn collect(node: &Node, kind: HitKind, wanted: &mut Wanted) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => {
            nodes.iter().for_each(|node| collect(node, kind, wanted));
        }
        Node::Not(_) => {}
        Node::Term(term) => {
            if let Asks::Words { field, words, prefix } = &term.asks {
                let column = match (field, kind) {
                    (Field::Any, HitKind::Article) => "{title text}",
                    (Field::Any, _) => "text",
                    (Field::Title, _) => "title",
                    _ => return,
                };
                wanted.add(format!("({column} : {})", quoted(words, *prefix)), words);
            }
        }
    }
}
