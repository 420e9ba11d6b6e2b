//! What an alert says.

use rashomon_desk::store::{Alert, Query, SavedSearch, Snippet, Store};
use serde::Serialize;

use crate::problem::Problem;

/// One hit, as a webhook is told of it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    /// The same at each attempt.
    pub id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    pub search: Search,
    pub article: Found,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Search {
    pub name: String,
    pub query: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Found {
    id: String,
    pub outlet: String,
    pub title: Option<String>,
    published: Option<String>,
    /// Where to read it, where it is on the web.
    pub address: Option<String>,
    story: Option<String>,
    /// Words of the report around what was found; empty where the report as a whole was.
    pub words: String,
}

/// Reads what an alert is about.
pub(super) fn read(store: &Store, alert: &Alert) -> Result<Told, Problem> {
    let search = store.saved_search(alert.search)?;
    let stored = store.article(alert.article)?;
    let report = &stored.document.article;
    let words = snippet(store, &search, alert).map(|snippet| snippet.words).unwrap_or_default();
    let article = Found {
        id: format!("a{}", alert.article),
        outlet: report.outlet_or_id().to_owned(),
        title: report.title.clone(),
        published: report.published.map(|_| stored.at.to_string()),
        address: rashomon_show::html::address(report).map(str::to_owned),
        story: alert.story.map(|story| format!("s{story}")),
        words,
    };
    let search = Search { name: search.name, query: search.query };
    Ok(Told { id: alert.delivery(), kind: "search.hit", search, article })
}

/// The words around the hit, where the newest hits of the search have it.
fn snippet(store: &Store, search: &SavedSearch, alert: &Alert) -> Option<Snippet> {
    let query = Query::parse(&search.query).ok()?;
    let query = query.with_order(rashomon_desk::store::HitOrder::Newest);
    let hits = store.search(&query, 50, None).ok()?.hits;
    hits.into_iter().find(|hit| hit.article == alert.article).map(|hit| hit.snippet)
}

#[cfg(test)]
impl Told {
    pub fn new(id: &str, search: Search, article: Found) -> Told {
        Told { id: id.to_owned(), kind: "search.hit", search, article }
    }
}

#[cfg(test)]
impl Found {
    pub fn titled(title: &str) -> Found {
        Found {
            id: "a1".to_owned(),
            outlet: "Herald".to_owned(),
            title: Some(title.to_owned()),
            published: None,
            address: None,
            story: None,
            words: String::new(),
        }
    }
}
