use std::ops::Range;

use rashomon_article::{Cell, Column, Story};
use rashomon_text::Span;

use crate::telling::{Telling, evidence};
use crate::word::Word;

/// A stretch of the longest telling and the stretch of another that stands for it, as ranges of
/// words; one of the two may be empty.
#[derive(Clone, Debug)]
struct Block {
    a: Range<usize>,
    b: Range<usize>,
    /// Word for word the same.
    equal: bool,
}

/// Another telling beside the longest one.
struct Row<'t> {
    telling: &'t Telling,
    blocks: Vec<Block>,
    /// The words of the longest one between which it has words.
    reach: Range<usize>,
}

/// A stretch of the longest telling that all rows have in one piece, or a place between two of
/// its words where some have more.
#[derive(Clone, Copy, Debug)]
enum Segment {
    Words(usize, usize),
    Between(usize),
}

/// The tellings beside each other, in the order of the longest one, which comes first. Each cell
/// is that of a part of a telling, in the order of the tellings and of their parts.
pub(crate) fn collate(story: &Story, tellings: &[Telling]) -> Vec<Column> {
    let Some((longest, others)) = tellings.split_first() else { return Vec::new() };
    let rows: Vec<Option<Row<'_>>> = others
        .iter()
        .map(|other| (other.quoted == longest.quoted).then(|| Row::new(longest, other)))
        .collect();
    let segments = segments(story, longest, &rows);
    let table: Vec<Vec<State>> = segments
        .iter()
        .map(|&segment| {
            let own = State::of_longest(segment, longest.words.len());
            let states = rows.iter().map(|row| match row {
                Some(row) => row.state(segment),
                None => State::Outside,
            });
            std::iter::once(own).chain(states).collect()
        })
        .collect();
    columns(story, tellings, merged(tellings, table))
}

/// What a telling has in a segment: a range of its words.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Outside,
    Words(Range<usize>),
}

impl State {
    fn of_longest(segment: Segment, length: usize) -> State {
        match segment {
            Segment::Words(start, end) => State::Words(start..end),
            Segment::Between(at) if at == 0 || at == length => State::Outside,
            Segment::Between(at) => State::Words(at..at),
        }
    }

    fn is_outside(&self) -> bool {
        *self == State::Outside
    }
}

impl<'t> Row<'t> {
    fn new(longest: &Telling, telling: &'t Telling) -> Row<'t> {
        let mut anchors: Vec<(usize, usize)> = evidence(longest, telling)
            .pairs
            .iter()
            .filter(|pair| !pair.moved)
            .map(|pair| (pair.a, pair.b))
            .collect();
        anchors.sort_unstable();
        let mut blocks: Vec<Block> = Vec::new();
        let (mut a, mut b) = match anchors.first() {
            // What stands before the first word in common is another wording where both have
            // about as much there.
            Some(&(first_a, first_b)) if first_a.abs_diff(first_b) > 1 => (first_a, 0),
            Some(&(first_a, 0)) => (first_a, 0),
            _ => (0, 0),
        };
        let start = a;
        for &(next_a, next_b) in &anchors {
            if next_a > a || next_b > b {
                blocks.push(Block { a: a..next_a, b: b..next_b, equal: false });
            }
            let equal = same(&longest.words[next_a], &telling.words[next_b]);
            match blocks.last_mut() {
                Some(block) if equal && block.equal => {
                    block.a.end += 1;
                    block.b.end += 1;
                }
                _ => blocks.push(Block { a: next_a..next_a + 1, b: next_b..next_b + 1, equal }),
            }
            (a, b) = (next_a + 1, next_b + 1);
        }
        let (left_a, left_b) = (longest.words.len() - a, telling.words.len() - b);
        let end = if left_b == 0 || left_a.abs_diff(left_b) > 1 { a } else { a + left_a };
        if left_b > 0 || end > a {
            blocks.push(Block { a: a..end, b: b..telling.words.len(), equal: false });
        }
        Row { telling, blocks, reach: start..end }
    }

    /// Whether the longest telling can be cut before a word without tearing a block.
    fn can_cut(&self, at: usize) -> bool {
        let tears = |block: &Block| block.a.start < at && at < block.a.end && !block.b.is_empty();
        !self.blocks.iter().any(|block| !block.equal && tears(block))
    }

    /// How many words of this telling come before a boundary of the longest one: with those that
    /// stand right at the boundary, or without them.
    fn before(&self, at: usize, with_inserted: bool) -> usize {
        let mut count = 0;
        for block in &self.blocks {
            let inserted = block.a.is_empty() && block.a.start == at;
            if block.a.start > at || block.a.start == at && !(inserted && with_inserted) {
                break;
            }
            count = if block.a.end <= at {
                block.b.end
            } else if block.equal {
                block.b.start + at - block.a.start
            } else {
                block.b.start
            };
        }
        count
    }

    fn inserts(&self, at: usize) -> bool {
        self.before(at, true) > self.before(at, false)
    }

    fn state(&self, segment: Segment) -> State {
        let words = match segment {
            Segment::Words(start, end) => self.before(start, true)..self.before(end, false),
            Segment::Between(at) => self.before(at, false)..self.before(at, true),
        };
        let reaches = match segment {
            Segment::Words(start, end) => start < self.reach.end && end > self.reach.start,
            Segment::Between(at) => self.reach.start < at && at < self.reach.end,
        };
        if reaches || !words.is_empty() { State::Words(words) } else { State::Outside }
    }
}

/// Whether two words are no difference: equal, or forms of one name.
fn same(a: &Word, b: &Word) -> bool {
    a.exact == b.exact || a.name && b.name && a.key == b.key
}

fn segments(story: &Story, longest: &Telling, rows: &[Option<Row<'_>>]) -> Vec<Segment> {
    let rows: Vec<&Row<'_>> = rows.iter().flatten().collect();
    let whole = |at: usize| {
        is_boundary(story, longest, at)
            && rows.iter().all(|row| {
                row.can_cut(at)
                    && [false, true]
                        .iter()
                        .all(|&with| is_boundary(story, row.telling, row.before(at, with)))
            })
    };
    let length = longest.words.len();
    let mut segments = Vec::new();
    let mut start = 0;
    for at in 0..=length {
        if at > 0 && at < length && !whole(at) {
            continue;
        }
        if at > start {
            segments.push(Segment::Words(start, at));
        }
        if rows.iter().any(|row| row.inserts(at)) {
            segments.push(Segment::Between(at));
        }
        start = at;
    }
    segments
}

/// Whether a telling may be cut before a word: not between the halves of `didn’t`.
fn is_boundary(story: &Story, telling: &Telling, at: usize) -> bool {
    if at == 0 || at >= telling.words.len() {
        return true;
    }
    let (before, after) = (telling.words[at - 1].span, telling.words[at].span);
    let text = story.document(telling.article).article.text.as_str();
    before.end() < after.start() && text[before.end()..after.start()].contains(char::is_whitespace)
}

/// Whether all who reach here have the same words.
fn agree(tellings: &[Telling], states: &[State]) -> bool {
    let mut present = tellings.iter().zip(states).filter_map(|(telling, state)| match state {
        State::Words(range) => Some(&telling.words[range.clone()]),
        State::Outside => None,
    });
    let Some(first) = present.next() else { return true };
    present
        .all(|other| other.len() == first.len() && first.iter().zip(other).all(|(a, b)| same(a, b)))
}

/// Segments beside each other made one where the same tellings reach both, and either all agree
/// in both or they agree in neither.
fn merged(tellings: &[Telling], table: Vec<Vec<State>>) -> Vec<(Vec<State>, bool)> {
    let mut merged: Vec<(Vec<State>, bool)> = Vec::new();
    for states in table {
        let agrees = agree(tellings, &states);
        if let Some((last, last_agrees)) = merged.last_mut()
            && *last_agrees == agrees
            && last.iter().zip(&states).all(|(a, b)| a.is_outside() == b.is_outside())
        {
            for (last, next) in last.iter_mut().zip(states) {
                if let (State::Words(last), State::Words(next)) = (last, next) {
                    last.end = next.end;
                }
            }
        } else {
            merged.push((states, agrees));
        }
    }
    merged
}

fn columns(story: &Story, tellings: &[Telling], segments: Vec<(Vec<State>, bool)>) -> Vec<Column> {
    segments
        .into_iter()
        .map(|(states, agrees)| {
            let cells = tellings.iter().zip(&states).flat_map(|(telling, state)| {
                telling.parts.iter().map(|&part| cell(story, telling, part, state))
            });
            Column { cells: cells.collect(), agrees }
        })
        .collect()
}

/// The words of a state that lie in a part of a telling, with what stands after them up to the
/// next word; with what stands before the first word of the part, too.
fn cell(story: &Story, telling: &Telling, part: Span, state: &State) -> Cell {
    let State::Words(range) = state else { return Cell::Outside };
    let words = &telling.words;
    let inside = |at: &usize| words.get(*at).is_some_and(|word| part.covers(word.span));
    let Some(first) = range.clone().find(inside) else {
        let at = range.start;
        let amid = range.is_empty() && at > 0 && inside(&(at - 1)) && inside(&at);
        return if amid { Cell::Missing } else { Cell::Outside };
    };
    let last = range.clone().rfind(inside).unwrap_or(first);
    let is_first = first == 0 || !inside(&(first - 1));
    let start = if is_first { part.start() } else { words[first].span.start() };
    let is_last = last + 1 == words.len() || !inside(&(last + 1));
    let end = if is_last { part.end() } else { opening(story, telling, last + 1) };
    let start = if is_first { start } else { opening(story, telling, first) };
    Cell::Words(Span::new(start, end.max(start)))
}

/// Where a word begins, marks that open before it taken along.
fn opening(story: &Story, telling: &Telling, at: usize) -> usize {
    let text = story.document(telling.article).article.text.as_str();
    let (from, to) = (telling.words[at - 1].span.end(), telling.words[at].span.start());
    if from >= to {
        return to;
    }
    let blank = text[from..to].rfind(char::is_whitespace);
    blank.map_or(to, |blank| {
        let wide = text[from + blank..].chars().next().map_or(1, char::len_utf8);
        from + blank + wide
    })
}
