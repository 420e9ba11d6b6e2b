//! From the pieces of a query to what it asks.

use rashomon::text::Span;

use super::lexer::{Piece, What, pieces};
use super::{Asks, Field, HitKind, Node, Term, days};
use crate::error::{Error, Result};

/// How deep brackets may stand in each other, and how many terms a query may have.
const DEEPEST: usize = 16;
const MOST: usize = 64;

/// The fields, as an error names them.
const FIELDS: &str = "speaker, outlet, author, title, story, language, after, before, on, kind, is";

/// Reads a query: what it asks, and the kind that it names.
pub(super) fn parse(query: &str) -> Result<(Node, Option<HitKind>)> {
    let pieces = pieces(query)?;
    let mut parser = Parser { query, pieces, at: 0, kind: None, terms: 0 };
    let root = parser.all(0)?;
    if let Some(piece) = parser.peek() {
        let span = piece.span;
        return Err(parser.wrong(span, "this bracket was never opened; delete it, or open one"));
    }
    Ok((root, parser.kind.map(|(kind, _)| kind)))
}

struct Parser<'q> {
    query: &'q str,
    pieces: Vec<Piece<'q>>,
    at: usize,
    kind: Option<(HitKind, Span)>,
    terms: usize,
}

impl<'q> Parser<'q> {
    fn peek(&self) -> Option<&Piece<'q>> {
        self.pieces.get(self.at)
    }

    fn is(&self, what: &What<'_>) -> bool {
        self.peek().is_some_and(|piece| piece.what == *what)
    }

    fn take(&mut self) -> Option<Piece<'q>> {
        let piece = self.pieces.get(self.at).cloned();
        self.at += usize::from(piece.is_some());
        piece
    }

    fn wrong(&self, span: Span, mend: impl AsRef<str>) -> Error {
        Error::query(self.query, span, mend.as_ref())
    }

    /// Things that all must hold, up to a closing bracket or the end.
    fn all(&mut self, depth: usize) -> Result<Node> {
        let mut nodes = Vec::new();
        while self.peek().is_some() && !self.is(&What::Close) {
            if self.is(&What::And) {
                self.joint("AND", nodes.is_empty())?;
                continue;
            }
            nodes.extend(self.any(depth)?);
        }
        Ok(match nodes.len() {
            1 => nodes.remove(0),
            _ => Node::All(nodes),
        })
    }

    /// One thing, or several with OR between them.
    fn any(&mut self, depth: usize) -> Result<Option<Node>> {
        if self.is(&What::Or) {
            self.joint("OR", true)?;
        }
        let mut nodes = Vec::from_iter(self.one(depth)?);
        while self.is(&What::Or) {
            self.joint("OR", false)?;
            let before = nodes.len();
            nodes.extend(self.one(depth)?);
            if nodes.len() < 2 || nodes.len() == before {
                let span = self.kind.map_or(Span::new(0, self.query.len()), |(_, span)| span);
                return Err(self.wrong(span, KIND_ALONE));
            }
        }
        Ok(match nodes.len() {
            0 | 1 => nodes.pop(),
            _ => Some(Node::Any(nodes)),
        })
    }

    /// Takes AND or OR, which stands between two things.
    fn joint(&mut self, name: &str, is_first: bool) -> Result<()> {
        let Some(piece) = self.take() else { return Ok(()) };
        let behind = self.peek().map(|next| &next.what);
        let is_last = matches!(behind, None | Some(What::Close | What::Or | What::And));
        if is_first || is_last {
            let mend = format!(
                "{name} stands between two things; write one on either side, or put it in \
                 quotation marks to search the word"
            );
            return Err(self.wrong(piece.span, mend));
        }
        Ok(())
    }

    /// One thing, or nothing where it names the kind.
    fn one(&mut self, depth: usize) -> Result<Option<Node>> {
        let Some(piece) = self.take() else { return Ok(None) };
        match piece.what {
            What::Minus | What::Not => {
                let is_near = self.peek().is_some_and(|next| next.span.start() == piece.span.end());
                if piece.what == What::Minus && !is_near {
                    return Err(self.wrong(piece.span, MINUS));
                }
                self.not(piece.span, depth).map(Some)
            }
            What::Open => self.bracket(piece.span, depth).map(Some),
            What::Field(name) => self.field(name, piece.span, depth),
            What::Words { words, star, .. } => {
                let asks = self.words(Field::Any, words, star, piece.span)?;
                self.term(piece.span, asks).map(Some)
            }
            What::Close | What::Or | What::And => {
                Err(self.wrong(piece.span, "something to search for is missing before this"))
            }
        }
    }

    fn not(&mut self, minus: Span, depth: usize) -> Result<Node> {
        if depth >= DEEPEST {
            return Err(self.wrong(minus, "too many in each other; make it simpler"));
        }
        let stands_before = matches!(
            self.peek().map(|piece| &piece.what),
            Some(What::Words { .. } | What::Field(_) | What::Open | What::Minus | What::Not)
        );
        if !stands_before {
            return Err(self.wrong(minus, MINUS));
        }
        match self.one(depth + 1)? {
            Some(node) => Ok(Node::Not(Box::new(node))),
            None => Err(self.wrong(minus, KIND_ALONE)),
        }
    }

    fn bracket(&mut self, open: Span, depth: usize) -> Result<Node> {
        if depth >= DEEPEST {
            return Err(self.wrong(open, "too many in each other; make it simpler"));
        }
        let inner = self.all(depth + 1)?;
        match self.take() {
            Some(_) if inner == Node::All(Vec::new()) => {
                Err(self.wrong(open, "there is nothing between these brackets; delete them"))
            }
            Some(_) => Ok(inner),
            None => Err(self.wrong(open, "this bracket is never closed; close it or delete it")),
        }
    }

    fn field(&mut self, name: &str, span: Span, depth: usize) -> Result<Option<Node>> {
        let value = match self.peek() {
            Some(Piece { what: What::Words { words, star, .. }, span: value })
                if value.start() == span.end() =>
            {
                (*words, *star, span.hull(*value))
            }
            _ => {
                let mend = format!("a value stands right behind the colon: {}", example(name));
                return Err(self.wrong(span, mend));
            }
        };
        self.take();
        let (words, star, whole) = value;
        if name.eq_ignore_ascii_case("kind") {
            return self.set_kind(words, whole, depth).map(|()| None);
        }
        let asks = self.asks(name, span, words, star, whole)?;
        self.term(whole, asks).map(Some)
    }

    fn asks(&self, name: &str, span: Span, words: &str, star: bool, whole: Span) -> Result<Asks> {
        let name = name.to_ascii_lowercase();
        let time = || {
            days::stretch(words).ok_or_else(|| {
                let mend = format!(
                    "`{words}` is no day, month or year; write {name}:{}, {name}:{} or {name}:{}",
                    days::example(),
                    days::example().strftime("%Y-%m"),
                    days::example().strftime("%Y"),
                );
                self.wrong(whole, mend)
            })
        };
        match name.as_str() {
            "speaker" => self.words(Field::Speaker, words, star, whole),
            "outlet" => self.words(Field::Outlet, words, star, whole),
            "author" => self.words(Field::Author, words, star, whole),
            "title" => self.words(Field::Title, words, star, whole),
            "story" => self.story(words, whole),
            "language" => self.language(words, whole),
            "after" => time().map(|(from, _)| Asks::Time(Some(from), None)),
            "before" => time().map(|(from, _)| Asks::Time(None, Some(from))),
            "on" => time().map(|(from, until)| Asks::Time(Some(from), Some(until))),
            "is" if words.eq_ignore_ascii_case("revised") => Ok(Asks::Revised),
            "is" if words.eq_ignore_ascii_case("undated") => Ok(Asks::Undated),
            "is" => {
                let mend = format!("`{words}` is not known here; write is:revised or is:undated");
                Err(self.wrong(whole, mend))
            }
            _ => {
                let mend = format!(
                    "`{name}` is no field; the fields are {FIELDS}; put it in quotation marks to \
                     search the words"
                );
                Err(self.wrong(span, mend))
            }
        }
    }

    fn words(&self, field: Field, words: &str, prefix: bool, span: Span) -> Result<Asks> {
        if !words.chars().any(char::is_alphanumeric) {
            let mend = "there is no letter and no figure in it, and only these can be searched";
            return Err(self.wrong(span, mend));
        }
        Ok(Asks::Words { field, words: words.to_owned(), prefix })
    }

    fn story(&self, words: &str, span: Span) -> Result<Asks> {
        let number = words.strip_prefix(['s', 'S']).unwrap_or(words);
        match number.parse::<i64>() {
            Ok(number) if number >= 0 => Ok(Asks::Story(number.cast_unsigned())),
            _ => {
                let mend = format!("`{words}` is no number of a story; write story:s17");
                Err(self.wrong(span, mend))
            }
        }
    }

    fn language(&self, words: &str, span: Span) -> Result<Asks> {
        let is_tag = (1..=35).contains(&words.len())
            && words.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        match is_tag {
            true => Ok(Asks::Language(words.to_ascii_lowercase())),
            false => {
                let mend = format!("`{words}` is no tag of a language; write language:en");
                Err(self.wrong(span, mend))
            }
        }
    }

    fn set_kind(&mut self, words: &str, span: Span, depth: usize) -> Result<()> {
        let kinds = [HitKind::Article, HitKind::Quotation, HitKind::Claim];
        let Some(kind) = kinds.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(words))
        else {
            let mend = format!("`{words}` is no kind; the kinds are article, quotation and claim");
            return Err(self.wrong(span, mend));
        };
        if depth > 0 {
            return Err(self.wrong(span, KIND_ALONE));
        }
        if self.kind.is_some_and(|(before, _)| before != kind) {
            let mend = "the query names two kinds; search for one after the other";
            return Err(self.wrong(span, mend));
        }
        self.kind = Some((kind, span));
        Ok(())
    }

    fn term(&mut self, span: Span, asks: Asks) -> Result<Node> {
        self.terms += 1;
        if self.terms > MOST {
            let mend = format!("a query has {MOST} terms at most; delete the rest from here");
            return Err(self.wrong(span, mend));
        }
        Ok(Node::Term(Term { span, asks }))
    }
}

const MINUS: &str = "this stands right before what must not be there: -harbour";

const KIND_ALONE: &str = "a kind holds for the whole query; write it once, outside of brackets, \
                          without a minus and without OR";

/// An example of a field with its value.
fn example(name: &str) -> String {
    match name.to_ascii_lowercase().as_str() {
        "speaker" | "author" => format!("{name}:\"Ada Bell\""),
        "story" => format!("{name}:s17"),
        "language" => format!("{name}:en"),
        "after" | "before" | "on" => format!("{name}:{}", days::example()),
        "kind" => format!("{name}:quotation"),
        "is" => format!("{name}:revised"),
        "outlet" | "title" => format!("{name}:herald"),
        _ => format!("outlet:herald; the fields are {FIELDS}"),
    }
}
