use axum::Json;
use axum::extract::State;
use rashomon_desk::Desk;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::extract::{Json as Body, Path};
use super::model::story_name;
use crate::pages::{article_number, story_number};
use crate::problem::Problem;
use crate::state::Office;

/// Articles by their names.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Chosen {
    /// `a1`, `a2`…
    #[schema(min_items = 1, example = json!(["a1"]))]
    articles: Vec<String>,
}

/// Another story.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Other {
    /// The story that tells of the same event.
    #[schema(example = "s2")]
    with: String,
}

/// The story that an article came to be in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decided {
    story: String,
}

/// What was decided by hand and is in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionEntry {
    /// Its number, by which it is taken back.
    number: u64,
    #[schema(format = DateTime)]
    at: Option<String>,
    /// What it did, in words.
    what: String,
}

/// The decisions in force, in order; a later one wins.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionList {
    decisions: Vec<DecisionEntry>,
}

fn numbers(names: &[String]) -> Result<Vec<u64>, Problem> {
    if names.is_empty() {
        return Err(Problem::new("bad-value", "articles: name one at least"));
    }
    names.iter().map(|name| article_number(name)).collect()
}

/// Take articles out of a story into one of their own
#[utoipa::path(post, path = "/stories/{story}/split", tag = "decisions",
    operation_id = "split_story",
    params(("story" = String, Path, description = "`s1`, `s2`…", example = "s1")),
    request_body = Chosen,
    responses(
        (status = 200, description = "The new story", body = Decided),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn split(
    State(office): State<Office>,
    Path(name): Path<String>,
    Body(chosen): Body<Chosen>,
) -> Result<Json<Decided>, Problem> {
    let (story, articles) = (story_number(&name)?, numbers(&chosen.articles)?);
    let split = move |desk: &mut Desk| {
        let new = desk.split(story, &articles)?;
        Ok((new, vec![story, new]))
    };
    Ok(Json(Decided { story: story_name(office.newsroom.ask(split).await?) }))
}

/// Make one story of two
#[utoipa::path(post, path = "/stories/{story}/merge", tag = "decisions",
    operation_id = "merge_stories",
    params(("story" = String, Path, description = "`s1`, `s2`…", example = "s1")),
    request_body = Other,
    responses(
        (status = 200, description = "The story that stays", body = Decided),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn merge(
    State(office): State<Office>,
    Path(name): Path<String>,
    Body(other): Body<Other>,
) -> Result<Json<Decided>, Problem> {
    let (a, b) = (story_number(&name)?, story_number(&other.with)?);
    let merge = move |desk: &mut Desk| Ok((desk.merge(a, b)?, vec![a, b]));
    Ok(Json(Decided { story: story_name(office.newsroom.ask(merge).await?) }))
}

/// Put articles into a story: all of them or none
#[utoipa::path(post, path = "/stories/{story}/pin", tag = "decisions",
    operation_id = "pin_articles",
    params(("story" = String, Path, description = "The story that they belong to", example = "s1")),
    request_body = Chosen,
    responses(
        (status = 200, body = Decided),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn pin(
    State(office): State<Office>,
    Path(name): Path<String>,
    Body(chosen): Body<Chosen>,
) -> Result<Json<Decided>, Problem> {
    let (into, articles) = (story_number(&name)?, numbers(&chosen.articles)?);
    let pin = move |desk: &mut Desk| {
        let before: Vec<Option<u64>> = articles
            .iter()
            .map(|&article| Ok(desk.store().article(article)?.story))
            .collect::<Result<_, rashomon_desk::Error>>()?;
        desk.pin(&articles, into)?;
        let story = desk.store().story(into)?.row.story;
        Ok((story, before.into_iter().flatten().chain([story]).collect()))
    };
    Ok(Json(Decided { story: story_name(office.newsroom.ask(pin).await?) }))
}

/// What was decided by hand and is in force
#[utoipa::path(get, path = "/decisions", tag = "decisions",
    operation_id = "list_decisions",
    responses((status = 200, body = DecisionList)))]
pub(crate) async fn list(State(office): State<Office>) -> Result<Json<DecisionList>, Problem> {
    let read = |store: &mut rashomon_desk::store::Store| {
        Ok::<_, Problem>(rashomon_desk::decisions(store)?)
    };
    let decisions = office.readers.read(read).await?.into_iter().map(|decision| DecisionEntry {
        number: decision.number,
        at: decision.at.map(|at| at.to_string()),
        what: decision.to_string(),
    });
    Ok(Json(DecisionList { decisions: decisions.collect() }))
}

/// Articles that are back, and the stories that they are in now.
#[derive(Serialize, ToSchema)]
pub(crate) struct Undone {
    /// The decision.
    number: u64,
    /// The stories that something came back to.
    stories: Vec<String>,
}

/// Take a decision back
#[utoipa::path(post, path = "/decisions/{number}/undo", tag = "decisions",
    operation_id = "undo_decision",
    params(("number" = u64, Path, description = "The number of a decision in force", example = 1)),
    responses(
        (status = 200, body = Undone),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn undo(
    State(office): State<Office>,
    Path(number): Path<u64>,
) -> Result<Json<Undone>, Problem> {
    let undo = move |desk: &mut Desk| {
        let undone = desk.undo(number)?;
        let mut stories: Vec<u64> = undone.back.iter().map(|(_, story)| *story).collect();
        stories.sort_unstable();
        stories.dedup();
        let touched = stories.iter().copied().chain(undone.decision.into).collect();
        Ok((stories, touched))
    };
    let stories = office.newsroom.ask(undo).await?;
    Ok(Json(Undone { number, stories: stories.into_iter().map(story_name).collect() }))
}
