use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use rashomon::language::english;
use rashomon::text::Offsets;
use rashomon_desk::store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::annotations;
use super::extract::{Path, Query};
use super::model::{Article, Stretch, article_name};
use crate::pages::article_number;
use crate::problem::Problem;
use crate::state::Office;

/// An article with the findings in it
///
/// The same object as a line of `rashomon annotate --format jsonl`. With
/// `Accept: application/ld+json` the answer is that of its annotations.
#[utoipa::path(get, path = "/articles/{article}", tag = "articles",
    operation_id = "get_article",
    params(("article" = String, Path, description = "`a1`, `a2`…", example = "a1")),
    responses(
        (status = 200, content(
            (Article = "application/json"),
            (annotations::AnnotationPage = "application/ld+json"),
        )),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn article(
    State(office): State<Office>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let number = article_number(&name)?;
    if annotations::are_asked_for(&headers) {
        return annotations::article(&office, number, &headers).await;
    }
    let json = office.readers.read(move |store| line(store, number)).await?;
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::VARY, "accept")];
    Ok((headers, json).into_response())
}

/// The line of JSON that `annotate` writes.
pub(crate) fn line(store: &mut Store, number: u64) -> Result<String, Problem> {
    let document = rashomon::annotate(store.article(number)?.document, english());
    serde_json::to_string(&rashomon_show::wire::annotate_line(&document))
        .map_err(|error| Problem::new("internal", format!("cannot be written: {error}")))
}

/// The words of an article as they were at a time.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevisionEntry {
    /// 0 for the first words, then 1, 2…
    revision: u64,
    /// When they were first read.
    #[schema(format = DateTime)]
    seen_at: String,
    title: Option<String>,
    /// Bytes of the text in UTF-8.
    bytes: u64,
}

/// The revisions of an article, the first words first.
#[derive(Serialize, ToSchema)]
pub(crate) struct RevisionList {
    article: String,
    revisions: Vec<RevisionEntry>,
}

/// The revisions of an article
#[utoipa::path(get, path = "/articles/{article}/revisions", tag = "articles",
    operation_id = "list_revisions",
    params(("article" = String, Path, description = "`a1`, `a2`…", example = "a1")),
    responses(
        (status = 200, body = RevisionList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn revisions(
    State(office): State<Office>,
    Path(name): Path<String>,
) -> Result<Json<RevisionList>, Problem> {
    let number = article_number(&name)?;
    let found =
        office.readers.read(move |store| Ok::<_, Problem>(store.revisions(number)?)).await?;
    let revisions = found.into_iter().map(|revision| RevisionEntry {
        revision: revision.revision,
        seen_at: revision.seen_at.to_string(),
        title: revision.title,
        bytes: revision.bytes,
    });
    Ok(Json(RevisionList { article: article_name(number), revisions: revisions.collect() }))
}

/// Which revisions are compared.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// The older revision; the one before `newer` where nothing is said.
    older: Option<u32>,
    /// The newer revision; the last where nothing is said.
    newer: Option<u32>,
}

/// A change of words between two revisions.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeEntry {
    /// `added`, `removed` or `replaced`.
    kind: &'static str,
    /// The older words; empty, at the place where they are new, for what was added.
    older: Stretch,
    /// The newer words; empty, at the place where they stood, for what was removed.
    newer: Stretch,
}

/// What changed in an article. Between the changes the two texts are equal.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeList {
    article: String,
    older: u64,
    newer: u64,
    changes: Vec<ChangeEntry>,
}

/// What changed between two revisions of an article
#[utoipa::path(get, path = "/articles/{article}/diff", tag = "articles",
    operation_id = "compare_revisions",
    params(("article" = String, Path, description = "`a1`, `a2`…", example = "a1"), Between),
    responses(
        (status = 200, body = ChangeList),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn difference(
    State(office): State<Office>,
    Path(name): Path<String>,
    Query(between): Query<Between>,
) -> Result<Json<ChangeList>, Problem> {
    let number = article_number(&name)?;
    let read = move |store: &mut Store| {
        let last = store.article(number)?.revisions;
        let newer = between.newer.map_or(last, u64::from);
        let older = between.older.map_or(newer.saturating_sub(1), u64::from);
        let found = store.compare_revisions(number, older, newer)?;
        let texts = [&found.older, &found.newer].map(|it| it.article.text.as_str());
        let offsets = texts.map(Offsets::new);
        let changes = found.changes.iter().map(|change| ChangeEntry {
            kind: change.kind.name(),
            older: Stretch::new(texts[0], &offsets[0], change.older),
            newer: Stretch::new(texts[1], &offsets[1], change.newer),
        });
        let (article, changes) = (article_name(number), changes.collect());
        Ok::<_, Problem>(ChangeList { article, older, newer, changes })
    };
    Ok(Json(office.readers.read(read).await?))
}
