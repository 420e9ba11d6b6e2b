//! How spans, blocks, times and JSON stand in a column.

use jiff::Timestamp;
use rashomon::article::{Block, BlockKind};
use rashomon::text::Span;
use rusqlite::types::Type;
use serde_json::Value;

/// What a column holds that this program did not write.
#[derive(Debug)]
struct Unreadable(&'static str);

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} cannot be read", self.0)
    }
}

impl std::error::Error for Unreadable {}

/// The error of a column that cannot be decoded.
pub(crate) fn unreadable(column: usize, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(Unreadable(what)))
}

/// The byte that stands for a kind of block. A number is never given to another kind.
fn byte_of(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Headline => 0,
        BlockKind::Byline => 1,
        BlockKind::Dateline => 2,
        BlockKind::Subheading => 3,
        BlockKind::Paragraph => 4,
        BlockKind::Caption => 5,
        BlockKind::Furniture => 6,
    }
}

fn kind_of(byte: u8) -> Option<BlockKind> {
    Some(match byte {
        0 => BlockKind::Headline,
        1 => BlockKind::Byline,
        2 => BlockKind::Dateline,
        3 => BlockKind::Subheading,
        4 => BlockKind::Paragraph,
        5 => BlockKind::Caption,
        6 => BlockKind::Furniture,
        _ => return None,
    })
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn put_span(bytes: &mut Vec<u8>, span: Span) {
    put(bytes, span.start() as u64);
    put(bytes, span.len() as u64);
}

fn take_span(bytes: &mut &[u8]) -> Option<Span> {
    let start = u32::try_from(take(bytes)?).ok()?;
    let end = start.checked_add(u32::try_from(take(bytes)?).ok()?)?;
    Some(Span::new(start as usize, end as usize))
}

/// Spans, each as start and length in LEB128.
pub(crate) fn spans(spans: impl IntoIterator<Item = Span>) -> Vec<u8> {
    let mut bytes = Vec::new();
    spans.into_iter().for_each(|span| put_span(&mut bytes, span));
    bytes
}

pub(crate) fn read_spans(mut bytes: &[u8]) -> Option<Vec<Span>> {
    let mut spans = Vec::new();
    while !bytes.is_empty() {
        spans.push(take_span(&mut bytes)?);
    }
    Some(spans)
}

/// Places, each as version, start and length in LEB128.
pub(crate) fn places(places: impl IntoIterator<Item = (u64, Span)>) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (version, span) in places {
        put(&mut bytes, version);
        put_span(&mut bytes, span);
    }
    bytes
}

pub(crate) fn read_places(mut bytes: &[u8]) -> Option<Vec<(i64, Span)>> {
    let mut places = Vec::new();
    while !bytes.is_empty() {
        let version = i64::try_from(take(&mut bytes)?).ok()?;
        places.push((version, take_span(&mut bytes)?));
    }
    Some(places)
}

/// Numbers of ours in LEB128.
pub(crate) fn numbers(numbers: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::new();
    numbers.iter().for_each(|&number| put(&mut bytes, number));
    bytes
}

pub(crate) fn read_numbers(mut bytes: &[u8]) -> Option<Vec<u64>> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(take(&mut bytes)?);
    }
    Some(numbers)
}

/// Blocks, each as its kind, start and length.
pub(crate) fn blocks(blocks: &[Block]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for block in blocks {
        bytes.push(byte_of(block.kind));
        put_span(&mut bytes, block.span);
    }
    bytes
}

pub(crate) fn read_blocks(mut bytes: &[u8]) -> Option<Vec<Block>> {
    let mut blocks = Vec::new();
    while let Some((&kind, rest)) = bytes.split_first() {
        bytes = rest;
        blocks.push(Block { kind: kind_of(kind)?, span: take_span(&mut bytes)? });
    }
    Some(blocks)
}

/// A list of names as JSON, which a person can read in any tool.
pub(crate) fn names(names: &[String]) -> String {
    Value::from(names.to_vec()).to_string()
}

/// Reasons with their weights as JSON: `[["harbour",0.5]]`; a weight that is no number is null.
pub(crate) fn reasons(why: &[(String, f64)]) -> String {
    Value::from_iter(
        why.iter().map(|(what, weight)| {
            Value::from_iter([Value::from(what.as_str()), Value::from(*weight)])
        }),
    )
    .to_string()
}

pub(crate) fn read_reasons(json: &str) -> Option<Vec<(String, f64)>> {
    let Value::Array(pairs) = serde_json::from_str(json).ok()? else { return None };
    let pair = |pair: &Value| {
        let weight = pair.get(1)?;
        let weight = if weight.is_null() { f64::NAN } else { weight.as_f64()? };
        Some((pair.get(0)?.as_str()?.to_owned(), weight))
    };
    pairs.iter().map(pair).collect()
}

/// The time of a column of microseconds.
pub(crate) fn time(column: usize, microseconds: i64) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, microseconds))
}

/// A number of ours from a column with a name.
pub(crate) fn number_of(row: &rusqlite::Row<'_>, name: &str) -> rusqlite::Result<u64> {
    number(row, row.as_ref().column_index(name)?)
}

/// A number of ours from a column.
pub(crate) fn number(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

pub(crate) fn maybe_number(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Option<u64>> {
    row.get::<_, Option<i64>>(at)?.map(|_| number(row, at)).transpose()
}

pub(crate) fn read_time(row: &rusqlite::Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    time(column, row.get(column)?)
}

pub(crate) fn maybe_time(
    row: &rusqlite::Row<'_>,
    at: usize,
) -> rusqlite::Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(at)?.map(|microseconds| time(at, microseconds)).transpose()
}
