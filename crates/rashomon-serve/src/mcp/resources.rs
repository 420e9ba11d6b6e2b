//! Stories and articles as resources.

use rashomon_desk::store::{Store, StoryFilter, StoryOrder};
use serde_json::{Map, Value, json};

use super::model::story_name;
use super::tools;
use crate::problem::Problem;

/// How many stories a page of the list has.
const PAGE: usize = 50;
const STORY: &str = "rashomon://stories/";
const ARTICLE: &str = "rashomon://articles/";

pub(super) fn templates() -> Value {
    json!([
        {
            "uriTemplate": format!("{STORY}{{story}}"),
            "name": "story",
            "title": "A story: its counts and reports",
            "mimeType": "application/json",
        },
        {
            "uriTemplate": format!("{ARTICLE}{{article}}"),
            "name": "article",
            "title": "An article with the beginning of its text",
            "mimeType": "application/json",
        },
    ])
}

/// The stories, those with the newest article first.
pub(super) fn list(store: &Store, params: &Map<String, Value>) -> Result<Value, Problem> {
    let cursor = params.get("cursor").and_then(Value::as_str);
    let page = store.stories(&StoryFilter::default(), StoryOrder::Newest, PAGE, cursor)?;
    let stories = page.stories.iter().map(|row| {
        let name = story_name(row.story);
        json!({
            "uri": format!("{STORY}{name}"),
            "name": name,
            "title": row.title,
            "mimeType": "application/json",
        })
    });
    let mut list = json!({"resources": stories.collect::<Vec<Value>>()});
    if let Some(next) = page.next {
        list["nextCursor"] = json!(next);
    }
    Ok(list)
}

/// What the tools answer about the same.
pub(super) fn read(store: &mut Store, params: &Map<String, Value>) -> Result<Value, Problem> {
    let uri = params.get("uri").and_then(Value::as_str).unwrap_or_default();
    let (name, arguments) = match (uri.strip_prefix(STORY), uri.strip_prefix(ARTICLE)) {
        (Some(story), _) => ("get_story", json!({"story": story})),
        (_, Some(article)) => ("get_article", json!({"article": article})),
        _ => return Err(Problem::new("not-found", format!("{uri:?}: there is no such resource"))),
    };
    let gone = || Problem::new("internal", "a tool is missing");
    let tool = tools::tool(name).ok_or_else(gone)?;
    let answer = (tool.call)(&*store.snapshot()?, arguments)?;
    let text = answer.to_string();
    Ok(json!({"contents": [{"uri": uri, "mimeType": "application/json", "text": text}]}))
}
