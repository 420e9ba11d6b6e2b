//! Which quotation marks belong together.

use rashomon_article::{BlockKind, Document};
use rashomon_language::Language;
use rashomon_text::Span;

use crate::transcript::{is_transcript, turn};

/// Words between quotation marks: the outermost pair only, within one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// With the marks.
    pub outer: Span,
    /// Without the marks, white space trimmed; never empty.
    pub inner: Span,
    /// Whether a mark closes it; a quotation of several paragraphs may close only the last.
    pub closed: bool,
    /// Goes on from the quoted words before it, in the block above.
    pub continues: bool,
    /// The name before the words in a talk that is printed turn by turn: `BELL` in `BELL: We won.`
    pub label: Option<Span>,
}

/// All words in marks, in order, not overlapping. Linear in the text but for a look-ahead that
/// stays inside one block.
pub(crate) fn quoted(document: &Document, language: &Language) -> Vec<Quoted> {
    let mut all: Vec<Quoted> = Vec::new();
    let mut left_open: Option<char> = None;
    let talk = is_transcript(document, language);
    for block in document.article.prose() {
        let marks = Marks::new(document, language, block.span);
        let from = all.len();
        let reopened = marks.opening();
        if talk && let Some(turn) = turn(document, block.span, language) {
            all.push(Quoted {
                outer: block.span,
                inner: Span::new(turn.words, block.span.end()),
                closed: true,
                continues: false,
                label: Some(turn.label),
            });
            left_open = None;
            continue;
        }
        marks.pair(&mut all);
        if talk && all.get(from).is_some_and(|first| is_stage_direction(document, first)) {
            all.remove(from);
            continue;
        }
        let goes_on = left_open.is_some() && left_open == reopened;
        if let Some(first) = all.get_mut(from) {
            let turn = turn(document, first.inner, language).filter(|_| talk);
            if let Some(turn) = turn {
                first.label = Some(turn.label);
                first.inner = Span::new(turn.words, first.inner.end());
            }
            first.continues = goes_on && turn.is_none();
        }
        left_open = match all[from..].last() {
            Some(last) if !last.closed && block.kind == BlockKind::Paragraph => {
                marks.char_at(last.outer.start())
            }
            _ => None,
        };
    }
    all
}

/// `(CROSSTALK.)`
fn is_stage_direction(document: &Document, quoted: &Quoted) -> bool {
    let words = document.slice(quoted.inner).trim_end_matches(['.', '"', '”']);
    words.starts_with(['(', '[']) && words.ends_with([')', ']'])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Double,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    shape: Shape,
    turn: Turn,
    /// A stop, comma or dash stands directly before it.
    after_stop: bool,
    /// It may be the apostrophe of a plural: `players’ union`.
    possessive: bool,
}

struct Marks<'t> {
    text: &'t str,
    block: Span,
    found: Vec<Mark>,
}

impl<'t> Marks<'t> {
    fn new(document: &'t Document, language: &Language, block: Span) -> Marks<'t> {
        let text = document.article.text.as_str();
        let mut found = Vec::new();
        let mut skip_to = block.start();
        for (offset, c) in text[block.range()].char_indices() {
            let start = block.start() + offset;
            if start >= skip_to
                && let Some(mark) = read_mark(text, block, start, c, language)
            {
                skip_to = mark.end;
                found.push(mark);
            }
        }
        Marks { text, block, found }
    }

    /// The mark that the block begins with.
    fn opening(&self) -> Option<char> {
        let first = self.found.first()?;
        let leads = first.start == self.block.start() && first.turn != Turn::Closes;
        leads.then(|| self.char_at(first.start))?
    }

    fn char_at(&self, start: usize) -> Option<char> {
        self.text[start..].chars().next()
    }

    fn pair(&self, all: &mut Vec<Quoted>) {
        let mut at = 0;
        while at < self.found.len() {
            let open = self.found[at];
            if open.turn == Turn::Closes {
                at += 1;
                continue;
            }
            match self.closer(at) {
                Some(close) => {
                    self.push(all, open, self.found[close].start, Some(self.found[close].end));
                    at = close + 1;
                }
                // A single mark that nothing closes is an apostrophe, unless it leads a block.
                None if open.shape == Shape::Single && open.start != self.block.start() => at += 1,
                None => {
                    let (end, next) = self.missing_end(at);
                    self.push(all, open, end, None);
                    at = next;
                }
            }
        }
    }

    fn push(&self, all: &mut Vec<Quoted>, open: Mark, end: usize, closed: Option<usize>) {
        let words = &self.text[open.end..end];
        let (left, kept) = bare(words);
        if words.chars().any(char::is_alphanumeric) {
            let start = open.end + left;
            all.push(Quoted {
                outer: Span::new(open.start, closed.unwrap_or(end)),
                inner: Span::new(start, start + kept),
                closed: closed.is_some(),
                continues: false,
                label: None,
            });
        }
    }

    /// The mark that closes the one at `open`.
    fn closer(&self, open: usize) -> Option<usize> {
        match self.found[open].shape {
            Shape::Double => self.double_closer(open),
            Shape::Single => self.single_closer(open),
        }
    }

    fn double_closer(&self, open: usize) -> Option<usize> {
        let mut nested = 0;
        let mut at = open + 1;
        while at < self.found.len() {
            let mark = self.found[at];
            match (mark.shape, mark.turn) {
                (Shape::Double, Turn::Opens) => {
                    // Nested marks of the same shape need a closer each; without it the first
                    // pair lost its closing mark.
                    if self.balance_after(at) < 2 {
                        return None;
                    }
                    nested += 1;
                }
                (Shape::Double, _) if nested == 0 => return Some(at),
                (Shape::Double, _) => nested -= 1,
                (Shape::Single, Turn::Opens | Turn::Either) if nested == 0 => {
                    // Pass over a pair of single marks inside.
                    if let Some(inner) = self.single_closer(at)
                        && self.found[inner].shape == Shape::Single
                    {
                        at = inner;
                    }
                }
                (Shape::Single, Turn::Closes) if nested == 0 && mark.after_stop => {
                    // `“We won,’ she said. ‘And how!”`: the wrong mark closes.
                    let next = self.found.get(at + 1);
                    if next.is_none_or(|next| next.turn == Turn::Opens) {
                        return Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// How many double marks close from `from` on before the next but one opens.
    fn balance_after(&self, from: usize) -> usize {
        self.found[from + 1..]
            .iter()
            .filter(|mark| mark.shape == Shape::Double)
            .take_while(|mark| mark.turn != Turn::Opens)
            .count()
    }

    fn single_closer(&self, open: usize) -> Option<usize> {
        let mut weak = None;
        for at in open + 1..self.found.len() {
            let mark = self.found[at];
            match (mark.shape, mark.turn) {
                (Shape::Single, Turn::Opens) => return weak,
                (Shape::Single, _) if mark.possessive => weak = weak.or(Some(at)),
                (Shape::Single, _) => return Some(at),
                (Shape::Double, Turn::Opens | Turn::Either) => {
                    // A pair of double marks inside; or the outer closing mark.
                    let pair = self.found[at + 1..].iter().find(|m| m.shape == Shape::Double);
                    if mark.turn == Turn::Either && mark.after_stop || pair.is_none() {
                        return weak.or((mark.turn == Turn::Either).then_some(at));
                    }
                }
                (Shape::Double, Turn::Closes) => {
                    // `‘It is apparent.”`, unless a double mark is open inside.
                    let opened = self.found[open + 1..at].iter().rev();
                    let inside = opened
                        .take_while(|m| !(m.shape == Shape::Double && m.turn == Turn::Closes))
                        .any(|m| m.shape == Shape::Double);
                    if !inside {
                        return weak.or(Some(at));
                    }
                }
            }
        }
        weak
    }

    /// Where words end that no mark closes, and the index of the next mark to read: before the
    /// sentence of the next opening mark, or at the end of the block.
    fn missing_end(&self, open: usize) -> (usize, usize) {
        let next = (open + 1..self.found.len()).find(|&at| {
            self.found[at].shape == self.found[open].shape && self.found[at].turn == Turn::Opens
        });
        let Some(next) = next else { return (self.block.end(), self.found.len()) };
        let words = &self.text[self.found[open].end..self.found[next].start];
        let stop = words.rfind([',', '.', '?', '!', ':']).map_or(words.len(), |stop| {
            // What follows the last stop but one is the cue: `We won, she said. “`.
            words[..stop].rfind([',', '?', '!']).map_or(stop, |before| before + 1)
        });
        (self.found[open].end + stop, next)
    }
}

/// Where words begin and how long they are without white space and lone double marks at the ends.
fn bare(words: &str) -> (usize, usize) {
    let double = |c: char| matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»');
    let mut rest = words.trim_end();
    let mut left = words.len() - words.trim_start().len();
    let mut odd = words.chars().filter(|&c| double(c)).count() % 2 == 1;
    while odd && left < rest.len() {
        let kept = &rest[left..];
        if let Some(inner) = kept.strip_prefix(double) {
            left = rest.len() - inner.trim_start().len();
        } else if let Some(inner) = rest.strip_suffix(double) {
            rest = inner.trim_end();
        } else {
            break;
        }
        odd = false;
    }
    (left, rest.len().saturating_sub(left))
}

fn read_mark(text: &str, block: Span, start: usize, c: char, language: &Language) -> Option<Mark> {
    let single = matches!(c, '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`');
    let double = matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»');
    if !single && !double {
        return None;
    }
    let mut end = start + c.len_utf8();
    let doubled = matches!(c, '\'' | '`' | '’' | '‘') && text[end..block.end()].starts_with(c);
    if doubled {
        end += c.len_utf8();
    }
    let before = text[block.start()..start].chars().next_back();
    let after = text[end..block.end()].chars().next();
    let shape = if double || doubled { Shape::Double } else { Shape::Single };
    let letter_before = before.is_some_and(char::is_alphanumeric);
    let letter_after = after.is_some_and(char::is_alphanumeric);
    if shape == Shape::Single && letter_before && letter_after {
        return None;
    }
    let space_before = before.is_none_or(opens_room);
    let space_after = after.is_none_or(|c| !c.is_alphanumeric() && !is_currency(c));
    let turn = match (space_before, space_after) {
        (true, false) => Turn::Opens,
        (false, true) => Turn::Closes,
        _ => match c {
            '“' | '„' | '«' | '‘' | '‚' | '‹' => Turn::Opens,
            '”' | '»' | '’' | '›' => Turn::Closes,
            _ if before.is_none() || before.is_some_and(char::is_whitespace) => {
                if after.is_none_or(char::is_whitespace) { Turn::Either } else { Turn::Opens }
            }
            _ => Turn::Closes,
        },
    };
    if shape == Shape::Single
        && turn == Turn::Opens
        && is_elision(&text[end..block.end()], c, language)
    {
        return None;
    }
    let measure = c != '”' && before.is_some_and(|c| c.is_ascii_digit()) && turn == Turn::Closes;
    if measure && is_measure(text, block, start, c) {
        return None;
    }
    let after_stop =
        before.is_some_and(|c| matches!(c, ',' | '.' | '?' | '!' | '…' | '—' | '-' | ';'));
    let possessive = shape == Shape::Single
        && turn == Turn::Closes
        && matches!(before, Some('s' | 'S' | 'x' | 'z'))
        && text[end..block.end()]
            .strip_prefix(' ')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()));
    Some(Mark { start, end, shape, turn, after_stop, possessive })
}

/// A character after which a mark opens.
fn opens_room(c: char) -> bool {
    c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '“' | '‘' | '"' | '/' | '-')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '#' | '@' | '[' | '(' | '…' | '“' | '‘' | '\'' | '"' | '*')
}

/// The apostrophe of `’90s` and `’em`. A mark that looks left opens all the same.
fn is_elision(rest: &str, mark: char, language: &Language) -> bool {
    if mark == '‘' && !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let word: String =
        rest.chars().take_while(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let decade = word.strip_suffix('s').unwrap_or(&word);
    let year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
    year || language.quotations.elisions.binary_search(&word.as_str()).is_ok()
}

/// Inches and feet: a straight mark after a digit, where none of its shape is open before it.
fn is_measure(text: &str, block: Span, start: usize, c: char) -> bool {
    let same = |other: char| match c {
        '"' => matches!(other, '"' | '“' | '”'),
        _ => other == c,
    };
    let before = &text[block.start()..start];
    // `6'2"` is a height, inside of a quotation too.
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let feet = digits.strip_suffix(['\'', '’']).or_else(|| digits.strip_suffix("' "));
    if feet.is_some_and(|feet| feet.ends_with(|c: char| c.is_ascii_digit())) {
        return true;
    }
    before.chars().filter(|&other| same(other)).count() % 2 == 0 && !before.contains('“')
}

#[cfg(test)]
mod tests {
    use rashomon_article::{Article, Block};

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut article = Article { text: text.into(), ..Article::default() };
        article.blocks = article
            .text
            .lines()
            .filter(|line| !line.is_empty())
            .map(|span| Block { span, kind: BlockKind::Paragraph })
            .collect();
        let document = Document::new(article);
        let found: Vec<&str> = quoted(&document, rashomon_language::english())
            .iter()
            .map(|quoted| document.slice(quoted.inner))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_are_paired() {
        let table: &[(&str, &[&str])] = &[
            ("“We won,” she said. “It took years.”", &["We won,", "It took years."]),
            ("\"We won,\" she said, \"at last.\"", &["We won,", "at last."]),
            ("'We won,' she said. 'It's over.'", &["We won,", "It's over."]),
            ("‘The players’ union won,’ she said.", &["The players’ union won,"]),
            ("The players' union met the drivers' club.", &[]),
            ("“He said ‘no’ twice,” she said.", &["He said ‘no’ twice,"]),
            ("‘He said “no” twice,’ she said.", &["He said “no” twice,"]),
            ("'He said \"no\" twice,' she said.", &["He said \"no\" twice,"]),
            ("“It rained,’ Bell said. ‘It poured.”", &["It rained,", "It poured."]),
            ("‘It rained,” Bell said.", &["It rained,"]),
            ("“It rained,’ Bell said.", &["It rained,"]),
            ("Back in the '90s he was 6'2\" and 5' 3\" wide.", &[]),
            ("Rock ’n’ roll, get ’em, don’t.", &[]),
            ("“It rained.\n“It poured,” Bell said.", &["It rained.", "It poured,"]),
            ("“We won, she said. “It took years.”", &["We won,", "It took years."]),
            (
                "A ‘safe’ bet and the ‘special measures’ of the states' court.",
                &["safe", "special measures"],
            ),
            ("(“yes”) and—“no”—and “‘maybe’”", &["yes", "no", "‘maybe’"]),
            ("``Old,'' he said.", &["Old,"]),
            ("“”", &[]),
            ("„So,“ he said", &["So,"]),
        ];
        for (text, expected) in table {
            check(text, expected);
        }
    }

    #[test]
    fn a_reopened_quotation_continues() {
        let mut article = Article {
            text: "“It rained.\n“It poured,” he said.".into(),
            ..Article::default()
        };
        article.blocks =
            article.text.lines().map(|span| Block { span, kind: BlockKind::Paragraph }).collect();
        let document = Document::new(article);
        let found = quoted(&document, rashomon_language::english());
        assert!(!found[0].continues && !found[0].closed);
        assert!(found[1].continues && found[1].closed);
    }
}
