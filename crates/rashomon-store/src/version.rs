//! An article as it was read once: to a row and back.

use rashomon::article::{Article, Diagnostic, Document, Published};
use rashomon::text::{Layer, Span, Text};
use rusqlite::{Row, params};
use serde_json::{Map, Value};

use crate::batch::{Batch, Incoming};
use crate::coding::{self, unreadable};
use crate::error::{Error, Kind, Result};

/// The columns that [`read`] reads, from the first.
pub(crate) const COLUMNS: &str = "v.id, v.source, v.canonical, v.outlet, v.title, v.byline, \
     v.agencies, v.published, v.published_offset, v.language, v.extra, v.diagnostics, v.blocks, \
     v.text";

/// How deep values of unknown fields may lie in each other; a reader of JSON goes no deeper.
const DEEPEST: usize = 100;

/// Writes the article of a document.
pub(crate) fn put(
    batch: &Batch<'_>,
    number: i64,
    article_number: i64,
    revision: i64,
    incoming: &Incoming<'_>,
) -> Result<()> {
    let article = &incoming.document.article;
    let (published, offset) = match article.published {
        None => (None, None),
        Some(Published::Day(day)) => (Some(day.to_string()), None),
        Some(Published::Instant { at, offset }) => (Some(at.to_string()), Some(offset)),
    };
    batch.run(
        "INSERT INTO version (number, article, revision, seen_at, digest, id, source, canonical,
             outlet, title, byline, agencies, published, published_offset, language, extra,
             diagnostics, blocks, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
             ?19)",
        params![
            number,
            article_number,
            revision,
            incoming.seen_at.as_microsecond(),
            incoming.digest,
            article.id,
            article.source,
            article.canonical,
            article.outlet,
            article.title,
            coding::names(&article.byline),
            coding::names(&article.agencies),
            published,
            offset,
            article.language,
            extra(article)?,
            diagnostics(&incoming.document.diagnostics),
            coding::blocks(&article.blocks),
            article.text.as_str(),
        ],
    )?;
    Ok(())
}

/// The document of a row that begins with [`COLUMNS`], without findings.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Document> {
    let text: String = row.get(13)?;
    let blocks = row.get_ref(12)?.as_blob()?;
    let blocks = coding::read_blocks(blocks).ok_or_else(|| unreadable(12, "the blocks"))?;
    if blocks.iter().any(|block| text.get(block.span.range()).is_none()) {
        return Err(unreadable(12, "a block outside of the text"));
    }
    let article = Article {
        id: row.get(0)?,
        source: row.get(1)?,
        canonical: row.get(2)?,
        outlet: row.get(3)?,
        title: row.get(4)?,
        byline: names(row, 5)?,
        agencies: names(row, 6)?,
        published: published(row)?,
        language: row.get(9)?,
        text: Text::new(text),
        blocks: Layer::new(blocks),
        extra: fields(row)?,
    };
    let mut document = Document::new(article);
    document.diagnostics = told(row)?;
    Ok(document)
}

/// Refuses what could not be read back, before anything is written.
pub(crate) fn check(document: &Document) -> Result<()> {
    let article = &document.article;
    let quoted = document.quotations.iter().flat_map(|quotation| &quotation.content).copied();
    let mut spans = article.blocks.iter().map(|block| block.span).chain(quoted);
    if let Some(span) = spans.find(|&span| article.text.get(span).is_none()) {
        let message = format!("{}: {span:?} is no span of its text", article.id);
        return Err(Error::new(Kind::BadArticle, message));
    }
    if article.extra.values().any(|value| is_deeper(value, DEEPEST)) {
        let message = format!(
            "{}: values of an unknown field lie more than {DEEPEST} deep in each other; leave \
             the field out",
            article.id
        );
        return Err(Error::new(Kind::BadArticle, message));
    }
    Ok(())
}

fn extra(article: &Article) -> Result<Option<String>> {
    if article.extra.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(&article.extra)
        .map(Some)
        .map_err(|cause| Error::new(Kind::BadArticle, format!("{}: {cause}", article.id)))
}

fn is_deeper(value: &Value, left: usize) -> bool {
    let Some(less) = left.checked_sub(1) else { return true };
    match value {
        Value::Array(values) => values.iter().any(|value| is_deeper(value, less)),
        Value::Object(fields) => fields.values().any(|value| is_deeper(value, less)),
        _ => false,
    }
}

fn fields(row: &Row<'_>) -> rusqlite::Result<Map<String, Value>> {
    match row.get_ref(10)?.as_str_or_null()? {
        None => Ok(Map::new()),
        Some(json) => serde_json::from_str(json).map_err(|_| unreadable(10, "the unknown fields")),
    }
}

fn names(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    let json = row.get_ref(column)?.as_str()?;
    let Ok(Value::Array(names)) = serde_json::from_str(json) else {
        return Err(unreadable(column, "the names"));
    };
    let name = |name: Value| match name {
        Value::String(name) => Ok(name),
        _ => Err(unreadable(column, "a name")),
    };
    names.into_iter().map(name).collect()
}

fn published(row: &Row<'_>) -> rusqlite::Result<Option<Published>> {
    let Some(when) = row.get_ref(7)?.as_str_or_null()? else { return Ok(None) };
    let wrong = |_| unreadable(7, "the date of publication");
    Ok(Some(match row.get::<_, Option<i32>>(8)? {
        None => Published::Day(when.parse().map_err(wrong)?),
        Some(offset) => Published::Instant { at: when.parse().map_err(wrong)?, offset },
    }))
}

/// Diagnostics as JSON: `[["furniture-dropped","…",[3,9],null]]`, or nothing where there are none.
fn diagnostics(diagnostics: &[Diagnostic]) -> Option<String> {
    let row = |diagnostic: &Diagnostic| {
        let span = diagnostic.span.map(|span| Value::from(vec![span.start(), span.end()]));
        Value::Array(vec![
            Value::from(diagnostic.code.as_ref()),
            Value::from(diagnostic.message.as_str()),
            span.unwrap_or(Value::Null),
            diagnostic.source.as_deref().map_or(Value::Null, Value::from),
        ])
    };
    (!diagnostics.is_empty()).then(|| Value::from_iter(diagnostics.iter().map(row)).to_string())
}

fn told(row: &Row<'_>) -> rusqlite::Result<Vec<Diagnostic>> {
    let Some(json) = row.get_ref(11)?.as_str_or_null()? else { return Ok(Vec::new()) };
    let wrong = || unreadable(11, "the diagnostics");
    let rows: Vec<Value> = serde_json::from_str(json).map_err(|_| wrong())?;
    rows.iter().map(|row| diagnostic(row).ok_or_else(wrong)).collect()
}

fn diagnostic(row: &Value) -> Option<Diagnostic> {
    let offset = |value: &Value| u32::try_from(value.as_u64()?).ok();
    let span = match row.get(2)? {
        Value::Null => None,
        span => {
            let (start, end) = (offset(span.get(0)?)?, offset(span.get(1)?)?);
            (start <= end).then(|| Span::new(start as usize, end as usize))
        }
    };
    Some(Diagnostic {
        code: row.get(0)?.as_str()?.to_owned().into(),
        message: row.get(1)?.as_str()?.to_owned(),
        span,
        source: row.get(3)?.as_str().map(str::to_owned),
    })
}
