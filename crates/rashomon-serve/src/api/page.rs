use maud::{Markup, html};
use serde_json::Value;

use super::document::DOCUMENT;
use crate::pages::layout;

/// Examples, by the path of the operation.
const EXAMPLES: [(&str, &str); 7] = [
    ("/api/v1/stories", "/api/v1/stories?order=outlets&min_outlets=3&limit=20"),
    ("/api/v1/stories/{story}/synopsis", "/api/v1/stories/s1/synopsis"),
    ("/api/v1/articles/{article}/diff", "/api/v1/articles/a1/diff?older=0&newer=1"),
    ("/api/v1/search", "/api/v1/search?q=speaker:Thorsall%20strike"),
    ("/api/v1/quotations", "/api/v1/quotations?speaker=Thorsall"),
    ("/api/v1/verify/quotation", "/api/v1/verify/quotation?words=we%20will%20not%20wait"),
    ("/api/v1/feeds", "/api/v1/feeds"),
];

/// The operations of the API, for people.
pub(crate) async fn page() -> Markup {
    let paths = DOCUMENT["paths"].as_object();
    let body = html! {
        div.api {
            h1 { "API" }
            p {
                "What the desk knows as JSON. Offsets are code points into the text of the article. "
                "Where the desk has a token, send " code { "Authorization: Bearer TOKEN" } ". "
                "The whole description: " a href="/api/v1/openapi.json" { "OpenAPI 3.1" } "."
            }
            @for (path, item) in paths.into_iter().flatten() {
                @for (method, operation) in item.as_object().into_iter().flatten() {
                    (self::operation(method, path, operation))
                }
            }
        }
    };
    layout::page(layout::Place::Nowhere, "API", &body)
}

/// A description without the marks of Markdown.
fn plain(description: &Value) -> String {
    description.as_str().unwrap_or_default().replace('`', "")
}

fn operation(method: &str, path: &str, operation: &Value) -> Markup {
    let example = EXAMPLES.iter().find(|(of, _)| method == "get" && *of == path);
    html! {
        section.operation {
            h2 { code { (method.to_uppercase()) " " (path) } }
            p { (operation["summary"].as_str().unwrap_or_default()) }
            @if let Some(more) = operation["description"].as_str() { p.quiet { (more.replace('`', "")) } }
            @if let Some(parameters) = operation["parameters"].as_array() {
                dl {
                    @for parameter in parameters {
                        dt { code { (parameter["name"].as_str().unwrap_or_default()) } }
                        dd { (plain(&parameter["description"])) }
                    }
                }
            }
            @if let Some((_, example)) = example { p { a href=(example) { code { (example) } } } }
        }
    }
}
