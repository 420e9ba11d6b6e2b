use std::sync::LazyLock;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::problem::Problem;
use crate::state::Office;

/// The published schema of comparisons, whose articles are those of `annotate`.
const COMPARISON: &str = include_str!("../../../../schema/rashomon-1.compare.json");

/// The description of the API.
pub(crate) static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let (_, document) = super::operations().split_for_parts();
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"]["license"] = json!({"name": "MIT OR Apache-2.0"});
    complete(&mut document);
    document
});

/// Puts the published schemas in their places: what programs read of a file and of this server is
/// described by the same words.
fn complete(document: &mut Value) {
    let published = COMPARISON.replace("#/$defs/", "#/components/schemas/");
    let Ok(Value::Object(mut comparison)) = serde_json::from_str(&published) else { return };
    let parts = comparison.remove("$defs");
    comparison.remove("$schema");
    if let Some(Value::Object(parts)) = parts {
        for (name, schema) in parts {
            document["components"]["schemas"][name] = schema;
        }
    }
    document["components"]["schemas"]["Comparison"] = Value::Object(comparison);
}

/// This description (OpenAPI 3.1)
#[utoipa::path(get, path = "/openapi.json", tag = "about",
    operation_id = "describe",
    responses((status = 200, body = serde_json::Value)))]
pub(crate) async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], DOCUMENT.to_string()).into_response()
}

/// What happens, as server-sent events
///
/// `story`, `feeds`, `alert`, `delivered`, each with an object of JSON; `behind` where a reader was
/// too slow and had better look anew. Goes on until the reader leaves.
#[utoipa::path(get, path = "/events", tag = "about",
    operation_id = "listen_to_events",
    responses((status = 200, body = String, content_type = "text/event-stream")))]
pub(crate) async fn events(state: State<Office>) -> Result<impl IntoResponse, Problem> {
    Ok(crate::pages::events(state).await)
}
