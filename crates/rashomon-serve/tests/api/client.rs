//! A server over the sample stories, asked without a network.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use rashomon_desk::{Desk, DeskOptions, Gathering, Pages, Unwatched};
use rashomon_serve::{ServeOptions, open};
use serde_json::Value;
use tower::ServiceExt as _;

/// A server, whose newsroom closes with it.
pub struct Server {
    pub router: Router,
    pub stop: Arc<AtomicBool>,
    _folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
    }
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The code of a problem, which must be one.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        let json = self.json();
        assert_eq!(json["status"], self.status.as_u16());
        json["code"].as_str().expect("a code").to_owned()
    }
}

impl Server {
    /// A server over a store with the sample stories in it.
    pub fn new(change: impl FnOnce(&mut ServeOptions)) -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("desk.db");
        let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        let stop = Arc::new(AtomicBool::new(false));
        let gathering =
            Gathering { fetcher: None, pages: Pages::Never, from_start: false, stop: &stop };
        let mut desk = Desk::open(&file, &DeskOptions::default()).expect("a store");
        desk.ingest(&[samples], &gathering, &Unwatched).expect("articles");
        desk.compare_changed(&Unwatched).expect("findings");
        drop(desk);
        let mut options = ServeOptions { fetch: None, ..ServeOptions::new(file) };
        change(&mut options);
        let router = open(options, Arc::clone(&stop)).expect("routes");
        Server { router, stop, _folder: folder }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (head, body) = response.into_parts();
        let body = body.collect().await.expect("a body").to_bytes().to_vec();
        Answer { status: head.status, headers: head.headers, body }
    }

    /// An answer that goes on.
    pub async fn open(&self, path: &str) -> Response<Body> {
        let request = Request::builder().uri(path).header("host", "localhost");
        let request = request.body(Body::empty()).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send_body(method, path, headers, "").await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    pub async fn post(&self, path: &str, json: &str) -> Answer {
        self.send_body("POST", path, &[("content-type", "application/json")], json).await
    }

    pub async fn send_body(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).expect("a request")).await
    }
}
