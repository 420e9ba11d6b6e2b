use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use rashomon_desk::Desk;
use serde::Serialize;
use utoipa::ToSchema;

use super::extract::Bytes;
use super::model::{article_name, story_name};
use crate::problem::Problem;
use crate::state::Office;

/// What bodies of reports may be said to be.
const KINDS: [&str; 6] = [
    "application/json",
    "application/jsonl",
    "application/x-jsonlines",
    "application/x-ndjson",
    "application/ndjson",
    "application/ninjs+json",
];

/// An article that was sent, and the story that it is in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Placed {
    article: String,
    story: Option<String>,
}

/// What was skipped or mended.
#[derive(Serialize, ToSchema)]
pub(crate) struct Remark {
    /// A stable kebab-case name of what it was.
    code: String,
    message: String,
}

/// What became of reports that were sent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Receipt {
    /// How many were read.
    read: u64,
    /// How many of these are new.
    new: u64,
    /// How many were known, in other words: these are revisions now.
    revised: u64,
    /// How many were known, word for word.
    unchanged: u64,
    /// Each of them, in order.
    articles: Vec<Placed>,
    remarks: Vec<Remark>,
}

/// Send reports
///
/// One object, an array of them, or one on each line, with the fields of `rashomon annotate`, of
/// ninjs, or any others that `rashomon` reads in files. An article is known by its address, else
/// by its id and outlet, else by its words: sent again it changes nothing, and in other words it
/// is a revision.
#[utoipa::path(post, path = "/articles", tag = "articles",
    operation_id = "send_articles",
    request_body(content(
        (serde_json::Value = "application/json"),
        (String = "application/x-ndjson"),
        (String = "application/jsonl"),
        (serde_json::Value = "application/ninjs+json"),
    )),
    responses(
        (status = 200, body = Receipt),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn take(
    State(office): State<Office>,
    headers: HeaderMap,
    Bytes(bytes): Bytes,
) -> Result<Json<Receipt>, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
    if !KINDS.iter().any(|known| kind.eq_ignore_ascii_case(known)) {
        let detail = format!("send the reports as one of {}", KINDS.join(", "));
        return Err(Problem::new("unsupported-type", detail));
    }
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).trim_ascii_start();
    if !start.starts_with(b"{") && !start.starts_with(b"[") {
        return Err(Problem::new("bad-request", "a report is an object of JSON"));
    }
    let take = move |desk: &mut Desk| {
        let taken = desk.take(bytes.to_vec())?;
        let mut articles = Vec::with_capacity(taken.report.kept.len());
        for &article in &taken.report.kept {
            articles.push((article, desk.store().article(article)?.story));
        }
        let mut touched: Vec<u64> = articles.iter().filter_map(|(_, story)| *story).collect();
        touched.sort_unstable();
        touched.dedup();
        if taken.report.new + taken.report.revised == 0 {
            touched.clear();
        }
        Ok(((taken, articles), touched))
    };
    let (taken, articles) = office.newsroom.ask(take).await?;
    if let (0, Some(first)) = (taken.report.read, taken.diagnostics.first()) {
        return Err(Problem::new("no-report", first.message.clone()));
    }
    let articles = articles.into_iter().map(|(article, story)| Placed {
        article: article_name(article),
        story: story.map(story_name),
    });
    let remarks = taken.diagnostics.into_iter().map(|diagnostic| Remark {
        code: diagnostic.code.into_owned(),
        message: diagnostic.message,
    });
    Ok(Json(Receipt {
        read: taken.report.read,
        new: taken.report.new,
        revised: taken.report.revised,
        unchanged: taken.report.unchanged,
        articles: articles.collect(),
        remarks: remarks.collect(),
    }))
}
