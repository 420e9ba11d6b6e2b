use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use rashomon_serve::{ServeOptions, open};
use serde_json::Value;
use tower::ServiceExt as _;

const PING: &str = r#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#;
const JSON: (&str, &str) = ("content-type", "application/json");
const TOKEN: &str = "0123456789abcdef";

async fn send(
    router: &Router,
    method: &str,
    headers: &[(&str, &str)],
    body: String,
) -> (u16, Vec<u8>) {
    let mut request = Request::builder().method(method).uri("/mcp");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body)).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    (status, response.into_body().collect().await.expect("a body").to_bytes().to_vec())
}

#[tokio::test]
async fn the_tools_are_behind_the_guards_of_all_routes() {
    let folder = tempfile::tempdir().expect("a folder");
    let stop = Arc::new(AtomicBool::new(false));
    let options = ServeOptions {
        fetch: None,
        token: Some(TOKEN.to_owned()),
        ..ServeOptions::new(crate::store(folder.path()))
    };
    let router = open(options, Arc::clone(&stop)).expect("routes");
    let bearer = format!("Bearer {TOKEN}");
    let (host, token) = (("host", "localhost"), ("authorization", bearer.as_str()));
    let post = |headers: Vec<(&'static str, String)>, body: &str| {
        let (router, body) = (router.clone(), body.to_owned());
        async move {
            let headers: Vec<(&str, &str)> =
                headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            send(&router, "POST", &headers, body).await
        }
    };
    let with = |more: &[(&'static str, &str)]| -> Vec<(&'static str, String)> {
        let all = [host, token, JSON];
        all.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect()
    };
    let without = |name: &str| -> Vec<(&'static str, String)> {
        with(&[]).into_iter().filter(|(other, _)| *other != name).collect()
    };

    let (status, body) = post(with(&[("mcp-protocol-version", "2025-06-18")]), PING).await;
    assert_eq!(status, 200);
    let answer: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(answer["result"], serde_json::json!({}));
    let (status, body) = post(with(&[]), "{broken").await;
    let answer: Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!((status, &answer["error"]["code"]), (200, &serde_json::json!(-32700)));
    let notice = r#"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#;
    assert_eq!(post(with(&[]), notice).await, (202, Vec::new()));

    assert_eq!(post(without("authorization"), PING).await.0, 401);
    assert_eq!(post(without("content-type"), PING).await.0, 415);
    assert_eq!(post(with(&[("origin", "https://evil.example")]), PING).await.0, 403);
    assert_eq!(post(with(&[("mcp-protocol-version", "1999-01-01")]), PING).await.0, 400);
    let mut other = without("host");
    other.push(("host", "evil.example".to_owned()));
    assert_eq!(post(other, PING).await.0, StatusCode::MISDIRECTED_REQUEST.as_u16());
    assert_eq!(post(with(&[]), &" ".repeat((1 << 20) + 1)).await.0, 413);
    assert_eq!(send(&router, "GET", &[host, token], String::new()).await.0, 405);
    stop.store(true, Ordering::SeqCst);
}
