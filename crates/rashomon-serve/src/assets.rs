//! Style sheets and scripts, in the binary, under names that change with their bytes.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use xxhash_rust::xxh3::xxh3_64;

use crate::problem::Problem;

/// A file that a page needs.
pub(crate) struct Asset {
    /// Its address, which is never used for other bytes.
    pub address: String,
    name: String,
    kind: &'static str,
    bytes: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, bytes: &'static str) -> Asset {
        let name = format!("{stem}-{:016x}.{ending}", xxh3_64(bytes.as_bytes()));
        Asset { address: format!("/assets/{name}"), name, kind, bytes }
    }
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

/// The style of comparisons.
pub(crate) static PAGE_STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("page", "css", CSS, rashomon_show::html::STYLE));
/// The script of comparisons.
pub(crate) static PAGE_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("page", "js", JS, rashomon_show::html::SCRIPT));
/// The style of all that is around them.
pub(crate) static DESK_STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("desk", "css", CSS, include_str!("assets/desk.css")));
/// The script that keeps pages alive.
pub(crate) static DESK_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("desk", "js", JS, include_str!("assets/desk.js")));
/// The mark of the program.
pub(crate) static MARK: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("mark", "svg", SVG, include_str!("assets/mark.svg")));

pub(crate) async fn asset(Path(name): Path<String>) -> Result<Response, Problem> {
    let all = [&*PAGE_STYLE, &*PAGE_SCRIPT, &*DESK_STYLE, &*DESK_SCRIPT, &*MARK];
    let Some(asset) = all.into_iter().find(|asset| asset.name == name) else {
        return Err(Problem::new("not-found", format!("/assets/{name}: there is no such file")));
    };
    let mut response = asset.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, forever);
    Ok(response)
}
