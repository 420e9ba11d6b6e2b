//! Findings as W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>).

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::extract::Path;
use super::model::{article_name, story_name};
use crate::pages::{article_number, story_number};
use crate::problem::Problem;
use crate::state::Office;

const KIND: &str = "application/ld+json; profile=\"http://www.w3.org/ns/anno.jsonld\"";
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// How many code points of context stand on each side of a quote.
const AROUND: usize = 32;

/// A page of annotations, as the Web Annotation Data Model has it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what is written as JSON-LD")]
pub(crate) struct AnnotationPage {
    #[schema(rename = "@context")]
    context: String,
    id: String,
    /// `AnnotationPage`.
    r#type: String,
    /// The collection that it is all of.
    #[schema(rename = "partOf")]
    part_of: serde_json::Value,
    #[schema(rename = "startIndex")]
    start_index: usize,
    /// The annotations: quotations, claims and discrepancies.
    items: Vec<serde_json::Value>,
}

/// Whether a client wants linked data rather than ours.
pub(crate) fn are_asked_for(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT).iter().filter_map(|it| it.to_str().ok());
    let mut kinds = accepts.flat_map(|accepts| accepts.split(','));
    kinds.any(|kind| {
        let name = kind.split(';').next().unwrap_or_default().trim();
        name.eq_ignore_ascii_case("application/ld+json")
    })
}

/// What is found in a story's articles, as W3C Web Annotations
#[utoipa::path(get, path = "/stories/{story}/annotations", tag = "stories",
    operation_id = "annotate_story",
    params(("story" = String, Path, description = "`s1`, `s2`…", example = "s1")),
    responses(
        (status = 200, body = AnnotationPage, content_type = "application/ld+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn of_story(
    State(office): State<Office>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    story(&office, story_number(&name)?, &headers).await
}

/// What is found in an article, as W3C Web Annotations
#[utoipa::path(get, path = "/articles/{article}/annotations", tag = "articles",
    operation_id = "annotate_article",
    params(("article" = String, Path, description = "`a1`, `a2`…", example = "a1")),
    responses(
        (status = 200, body = AnnotationPage, content_type = "application/ld+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ))]
pub(crate) async fn of_article(
    State(office): State<Office>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    article(&office, article_number(&name)?, &headers).await
}

/// The annotations of a story.
pub(crate) async fn story(
    office: &Office,
    number: u64,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let stored = office.story(number).await?;
    let shelved = office.shelved(stored.row.story, stored.version).await?;
    let read: Read = read(&shelved.json.text())?;
    let Some(story) = read.stories.into_iter().next() else {
        return Err(Problem::new("not-found", format!("s{number}: has no article")));
    };
    // The comparison calls articles by ids; of two with one id the later bears its number too.
    let mut names = BTreeMap::new();
    for member in &stored.members {
        let id = match names.contains_key(&member.id) {
            true => format!("{}~a{}", member.id, member.article),
            false => member.id.clone(),
        };
        names.insert(id, article_name(member.article));
    }
    let name = story_name(stored.row.story);
    let desk = Desk::new(headers, &format!("stories/{name}"));
    Ok(desk.page(desk.items(&story, &names)))
}

/// The annotations of an article by itself.
pub(crate) async fn article(
    office: &Office,
    number: u64,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    let line = office.readers.read(move |store| super::articles::line(store, number)).await?;
    let article: Report = read(&line)?;
    let name = article_name(number);
    let names = BTreeMap::from([(article.id.clone(), name.clone())]);
    let story = Compared { articles: vec![article], ..Compared::default() };
    let desk = Desk::new(headers, &format!("articles/{name}"));
    Ok(desk.page(desk.items(&story, &names)))
}

fn read<'j, T: Deserialize<'j>>(json: &'j str) -> Result<T, Problem> {
    serde_json::from_str(json)
        .map_err(|error| Problem::new("internal", format!("cannot be read back: {error}")))
}

#[derive(Deserialize)]
struct Read {
    stories: Vec<Compared>,
}

#[derive(Default, Deserialize)]
struct Compared {
    articles: Vec<Report>,
    claims: Vec<Claim>,
    discrepancies: Vec<Discrepancy>,
}

#[derive(Deserialize)]
struct Report {
    id: String,
    source: Option<String>,
    canonical: Option<String>,
    text: String,
    quotations: Vec<Quotation>,
}

#[derive(Deserialize)]
struct Quotation {
    kind: String,
    content: Vec<(usize, usize)>,
    speaker: Option<Speaker>,
}

#[derive(Deserialize)]
struct Speaker {
    name: String,
}

#[derive(Deserialize)]
struct Claim {
    mentions: Vec<Passage>,
    counts: Counts,
    certainty: String,
}

#[derive(Deserialize)]
struct Counts {
    articles: usize,
    outlets: usize,
    origins: usize,
}

#[derive(Deserialize)]
struct Discrepancy {
    kind: String,
    verdict: String,
    sides: Vec<Side>,
    why: String,
}

#[derive(Deserialize)]
struct Side {
    mentions: Vec<Passage>,
}

#[derive(Deserialize)]
struct Passage {
    article: String,
    start: usize,
    end: usize,
}

/// Where annotations are named.
struct Desk {
    /// `http://localhost:7878`.
    base: String,
    /// The address of the page.
    id: String,
}

impl Desk {
    fn new(headers: &HeaderMap, of: &str) -> Desk {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let base = format!("http://{}", host.unwrap_or("localhost"));
        Desk { id: format!("{base}/api/v1/{of}/annotations"), base }
    }

    fn page(&self, items: Vec<Value>) -> Response {
        let page = json!({
            "@context": CONTEXT,
            "id": self.id,
            "type": "AnnotationPage",
            "partOf": {
                "id": format!("{}#all", self.id),
                "type": "AnnotationCollection",
                "total": items.len(),
            },
            "startIndex": 0,
            "items": items,
        });
        let headers = [(header::CONTENT_TYPE, KIND), (header::VARY, "accept")];
        (headers, page.to_string()).into_response()
    }

    fn items(&self, story: &Compared, names: &BTreeMap<String, String>) -> Vec<Value> {
        let texts =
            story.articles.iter().map(|report| (report.id.as_str(), self.source(report, names)));
        let texts: BTreeMap<&str, Source> = texts.collect();
        let mut items = Vec::new();
        let target = |article: &str, start, end| texts.get(article)?.target(start, end);
        for report in &story.articles {
            for quotation in &report.quotations {
                let spans = quotation.content.iter();
                let targets =
                    spans.filter_map(|&(start, end)| target(&report.id, start, end)).collect();
                let kind = tag(&format!("{} quotation", quotation.kind));
                let speaker = quotation.speaker.as_ref();
                let mut bodies: Vec<Value> =
                    speaker.map(|it| text("identifying", &it.name)).into_iter().collect();
                bodies.push(kind);
                items.push(self.item("q", items.len(), "identifying", bodies, targets));
            }
        }
        let places = |mentions: &mut dyn Iterator<Item = &Passage>| {
            let mut met = BTreeSet::new();
            let mut targets = Vec::new();
            for Passage { article, start, end } in mentions {
                if met.insert((article.clone(), *start, *end)) {
                    targets.extend(target(article, *start, *end));
                }
            }
            targets
        };
        for (at, claim) in story.claims.iter().enumerate() {
            let Counts { articles, outlets, origins } = claim.counts;
            let told = format!(
                "{}: reports {articles}, outlets {outlets}, independent origins {origins}",
                claim.certainty
            );
            let bodies = vec![text("describing", &told), tag("claim")];
            let targets = places(&mut claim.mentions.iter());
            items.push(self.item("c", at, "describing", bodies, targets));
        }
        for (at, it) in story.discrepancies.iter().enumerate() {
            let bodies = vec![text("questioning", &it.why), tag(&it.kind), tag(&it.verdict)];
            let targets = places(&mut it.sides.iter().flat_map(|side| &side.mentions));
            items.push(self.item("d", at, "questioning", bodies, targets));
        }
        items.retain(|item| item["target"].as_array().is_some_and(|targets| !targets.is_empty()));
        items
    }

    fn item(
        &self,
        letter: &str,
        at: usize,
        motivation: &str,
        bodies: Vec<Value>,
        targets: Vec<Value>,
    ) -> Value {
        json!({
            "id": format!("{}#{letter}{}", self.id, at + 1),
            "type": "Annotation",
            "motivation": motivation,
            "body": bodies,
            "target": targets,
        })
    }

    /// The address of a report: its own, or that of the page here that shows it.
    fn source(&self, report: &Report, names: &BTreeMap<String, String>) -> Source {
        let addresses = [&report.canonical, &report.source];
        let own = addresses.into_iter().flatten().find(|it| rashomon_desk::is_address(it));
        let name = names.get(&report.id).map(String::as_str).unwrap_or_default();
        let address = own.cloned().unwrap_or_else(|| format!("{}/articles/{name}", self.base));
        Source { address, chars: report.text.chars().collect() }
    }
}

struct Source {
    address: String,
    chars: Vec<char>,
}

impl Source {
    fn target(&self, start: usize, end: usize) -> Option<Value> {
        let words = |from: usize, to: usize| -> Option<String> {
            Some(self.chars.get(from..to)?.iter().collect())
        };
        let exact = words(start, end)?;
        let prefix = words(start.saturating_sub(AROUND), start)?;
        let suffix = words(end, (end + AROUND).min(self.chars.len()))?;
        Some(json!({
            "type": "SpecificResource",
            "source": self.address,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
            ],
        }))
    }
}

fn text(purpose: &str, value: &str) -> Value {
    json!({"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"})
}

fn tag(value: &str) -> Value {
    text("tagging", value)
}
