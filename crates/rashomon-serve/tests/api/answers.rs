//! The API over the sample stories: each answer is held against the schema that it publishes.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};

use crate::client::Server;

/// Holds an answer against what the description says of its operation.
fn check(document: &Value, path: &str, method: &str, status: &str, answer: &Value) {
    let schema = &document["paths"][path][method]["responses"][status]["content"];
    let schema = &schema["application/json"]["schema"];
    assert!(schema.is_object(), "{method} {path} {status} is not described");
    let whole = json!({"allOf": [schema], "components": document["components"]});
    let validator = jsonschema::validator_for(&whole).expect("a schema");
    let wrong: Vec<String> =
        validator.iter_errors(answer).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(wrong.is_empty(), "{method} {path}: {wrong:?}");
}

/// The name of the story with most outlets.
async fn told_most(server: &Server) -> String {
    let list = server.get("/api/v1/stories?order=outlets&limit=1").await.json();
    list["stories"][0]["story"].as_str().expect("a story").to_owned()
}

#[tokio::test]
async fn served_answers_are_as_they_are_described() {
    let server = Server::new(|_| {});
    let document = server.get("/api/v1/openapi.json").await.json();
    assert_eq!(document["openapi"].as_str().map(|it| &it[..3]), Some("3.1"));
    let story = told_most(&server).await;
    let mut asked = BTreeSet::new();
    for (path, address) in [
        ("/api/v1/stories", "/api/v1/stories?min_articles=2".to_owned()),
        ("/api/v1/stories/{story}", format!("/api/v1/stories/{story}")),
        ("/api/v1/stories/{story}/articles", format!("/api/v1/stories/{story}/articles")),
        ("/api/v1/stories/{story}/synopsis", format!("/api/v1/stories/{story}/synopsis")),
        ("/api/v1/articles/{article}", "/api/v1/articles/a1".to_owned()),
        ("/api/v1/articles/{article}/revisions", "/api/v1/articles/a1/revisions".to_owned()),
        ("/api/v1/articles/{article}/diff", "/api/v1/articles/a1/diff".to_owned()),
        ("/api/v1/search", "/api/v1/search?q=said&kind=quotation".to_owned()),
        ("/api/v1/search", "/api/v1/search?q=harbour&kind=claim".to_owned()),
        ("/api/v1/search", "/api/v1/search?q=harbour&order=newest&limit=2".to_owned()),
        ("/api/v1/quotations", "/api/v1/quotations?speaker=minister".to_owned()),
        ("/api/v1/verify/quotation", "/api/v1/verify/quotation?words=the+harbour".to_owned()),
        ("/api/v1/feeds", "/api/v1/feeds".to_owned()),
        ("/api/v1/searches", "/api/v1/searches".to_owned()),
        ("/api/v1/decisions", "/api/v1/decisions".to_owned()),
        ("/api/v1/openapi.json", "/api/v1/openapi.json".to_owned()),
    ] {
        let answer = server.get(&address).await;
        assert_eq!(answer.status, 200, "{address}: {}", String::from_utf8_lossy(&answer.body));
        check(&document, path, "get", "200", &answer.json());
        asked.insert(path);
    }
    // What goes on for ever, and what is linked data, have tests of their own.
    let elsewhere = ["/api/v1/events"];
    for (path, item) in document["paths"].as_object().expect("paths") {
        let is_linked = path.ends_with("/annotations");
        let is_asked = asked.contains(path.as_str()) || elsewhere.contains(&path.as_str());
        assert!(item.get("get").is_none() || is_asked || is_linked, "{path} was not asked");
    }
}

/// Every route of the API is made together with its description; a route that is not has no
/// operation, and its page says so.
#[tokio::test]
async fn the_page_lists_every_operation() {
    let server = Server::new(|_| {});
    let document = server.get("/api/v1/openapi.json").await.json();
    let page = server.get("/api").await;
    assert_eq!(page.status, 200);
    let page = String::from_utf8(page.body).expect("text");
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            assert!(page.contains(&format!("{} {path}", method.to_uppercase())), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path}");
            assert!(ids.insert(operation["operationId"].to_string()), "{path}");
        }
    }
}

#[tokio::test]
async fn pages_of_a_list_are_linked_and_hold_all_of_it_once() {
    let server = Server::new(|_| {});
    let all = server.get("/api/v1/search?q=the&limit=200").await.json();
    let (mut address, mut met) = ("/api/v1/search?q=the&limit=3".to_owned(), Vec::new());
    loop {
        let page = server.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        let json = page.json();
        assert_eq!(json["count"], all["count"]);
        met.extend(json["hits"].as_array().expect("hits").clone());
        let link = page.header("link");
        let Some(next) = link.strip_suffix(">; rel=\"next\"") else {
            assert!(json["next"].is_null() && link.is_empty());
            break;
        };
        address = next.trim_start_matches('<').to_owned();
    }
    assert!(met.len() > 3);
    assert_eq!(Value::Array(met), all["hits"]);
}

#[tokio::test]
async fn words_shown_stand_where_they_are_said_to() {
    let server = Server::new(|_| {});
    let hits = server.get("/api/v1/search?q=the&kind=quotation").await.json();
    let hits = hits["hits"].as_array().expect("hits").clone();
    assert!(!hits.is_empty());
    for hit in hits {
        let address = format!("/api/v1/articles/{}", hit["article"].as_str().expect("a name"));
        let text: Vec<char> =
            server.get(&address).await.json()["text"].as_str().expect("text").chars().collect();
        for part in hit["content"].as_array().expect("parts") {
            let place = |name: &str| part[name].as_u64().expect("a place") as usize;
            let words: String = text[place("start")..place("end")].iter().collect();
            assert_eq!(part["text"], words.as_str());
        }
    }
}

#[tokio::test]
async fn every_refusal_is_a_problem_with_a_code() {
    let server = Server::new(|options| options.max_body = 1000);
    let long = "a".repeat(2001);
    for (method, path, status, code) in [
        ("GET", "/api/v1/none", 404, "not-found"),
        ("GET", "/api/v1/stories/s999", 404, "not-found"),
        ("GET", "/api/v1/stories/x", 404, "not-found"),
        ("GET", "/api/v1/stories?limit=0", 400, "bad-value"),
        ("GET", "/api/v1/stories?limit=201", 400, "bad-value"),
        ("GET", "/api/v1/stories?limit=x", 400, "bad-request"),
        ("GET", "/api/v1/stories?order=best", 400, "bad-request"),
        ("GET", "/api/v1/stories?after=x", 400, "bad-cursor"),
        ("GET", "/api/v1/search", 400, "bad-request"),
        ("GET", "/api/v1/search?q=%22", 400, "bad-query"),
        ("GET", "/api/v1/verify/quotation?words=...", 400, "bad-value"),
        ("GET", &format!("/api/v1/search?q={long}"), 400, "bad-value"),
        ("GET", "/api/v1/articles/a1/diff?newer=7", 404, "not-found"),
        ("DELETE", "/api/v1/stories", 405, "method-not-allowed"),
        ("DELETE", "/api/v1/feeds?address=x", 404, "not-found"),
        ("DELETE", "/api/v1/searches?name=x", 404, "not-found"),
        ("POST", "/api/v1/decisions/7/undo", 404, "not-found"),
        ("POST", "/api/v1/decisions/x/undo", 404, "not-found"),
    ] {
        let answer = server.ask(method, path, &[]).await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert_eq!(answer.problem(), code, "{method} {path}");
    }
    for (path, kind, body, status, code) in [
        ("/api/v1/feeds", "application/json", "{", 400, "bad-request"),
        ("/api/v1/feeds", "application/json", "{}", 400, "bad-request"),
        ("/api/v1/feeds", "text/plain", "{}", 415, "unsupported-type"),
        ("/api/v1/feeds", "application/json", "{\"address\": \"ftp://x\"}", 400, "bad-address"),
        ("/api/v1/articles", "text/plain", "{}", 415, "unsupported-type"),
        ("/api/v1/articles", "application/json", "Words", 400, "bad-request"),
        ("/api/v1/articles", "application/json", "{\"id\": 1}", 422, "no-report"),
        ("/api/v1/articles", "application/json", &" ".repeat(2000), 413, "too-large"),
        ("/api/v1/stories/s1/split", "application/json", "{\"articles\": []}", 400, "bad-value"),
        (
            "/api/v1/searches",
            "application/json",
            "{\"name\": \" \", \"query\": \"x\"}",
            400,
            "bad-value",
        ),
    ] {
        let answer = server.send_body("POST", path, &[("content-type", kind)], body).await;
        assert_eq!(answer.status, status, "{path} {body}");
        assert_eq!(answer.problem(), code, "{path} {body}");
    }
}

#[tokio::test]
async fn methods_are_told_and_heads_have_no_body() {
    let server = Server::new(|_| {});
    let options = server.ask("OPTIONS", "/api/v1/feeds", &[]).await;
    assert_eq!(options.status, 204);
    let methods: BTreeSet<&str> = options.header("allow").split(',').collect();
    assert_eq!(methods, BTreeSet::from(["DELETE", "GET", "HEAD", "POST"]));
    assert_eq!(
        server.ask("PUT", "/api/v1/feeds", &[]).await.header("allow"),
        options.header("allow")
    );
    let (get, head) =
        (server.get("/api/v1/stories").await, server.ask("HEAD", "/api/v1/stories", &[]).await);
    assert!(head.body.is_empty() && !get.body.is_empty());
    assert_eq!(head.header("etag"), get.header("etag"));
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again() {
    let server = Server::new(|_| {});
    let story = told_most(&server).await;
    let synopsis = format!("/api/v1/stories/{story}/synopsis");
    let page = format!("/stories/{story}");
    for path in ["/api/v1/stories", "/api/v1/articles/a1", "/search", "/sources", &synopsis, &page]
    {
        for packing in ["identity", "gzip"] {
            let packed = ("accept-encoding", packing);
            let first = server.ask("GET", path, &[packed]).await;
            assert_eq!(first.status, 200, "{path}");
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with('"') && tag.ends_with('"'), "{path}: {tag}");
            assert_eq!(tag.ends_with("-gzip\""), first.header("content-encoding") == "gzip");
            let again = server.ask("GET", path, &[packed, ("if-none-match", &tag)]).await;
            assert_eq!((again.status.as_u16(), again.body.len()), (304, 0), "{path} {packing}");
            assert_eq!(again.header("etag"), tag);
            let other = server.ask("GET", path, &[packed, ("if-none-match", "\"x\"")]).await;
            assert_eq!(other.status, 200);
        }
    }
}

#[tokio::test]
async fn health_and_figures_are_told() {
    let server = Server::new(|_| {});
    let health = server.get("/health").await;
    assert_eq!(health.status, 200);
    let json = health.json();
    assert_eq!((&json["store"], &json["newsroom"]), (&json!(true), &json!(true)));
    let articles = server.get("/api/v1/search?q=the&kind=article").await.json()["count"].clone();
    let metrics = String::from_utf8(server.get("/metrics").await.body).expect("text");
    let value = |name: &str| {
        let line = metrics.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} in\n{metrics}")).parse::<f64>().expect("a number")
    };
    assert!(value("rashomon_articles") >= articles.as_f64().expect("a number"));
    assert!(value("rashomon_stories") >= 3.0);
    assert_eq!(value("rashomon_queue"), 0.0);
    let asked = "rashomon_requests_total{method=\"GET\",route=\"/health\",status=\"200\"}";
    assert_eq!(value(asked), 1.0);
}

#[tokio::test]
async fn long_quotations_are_checked_as_short_ones_are() {
    let server = Server::new(|_| {});
    let words: Vec<String> = (0..400).map(|n| format!("w{n}")).collect();
    let answer = server.get(&format!("/api/v1/verify/quotation?words={}", words.join("+"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["verbatim"], false);
}

#[tokio::test]
async fn what_takes_too_long_is_given_up_and_events_go_on() {
    let timeout = std::time::Duration::from_millis(200);
    let server = Server::new(|options| options.timeout = timeout);
    let mut events = server.open("/api/v1/events").await;
    assert_eq!(events.headers()["content-type"], "text/event-stream");
    assert!(events.headers().get("etag").is_none());
    // A body that never comes.
    let never = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let request = Request::builder().method("POST").uri("/api/v1/articles");
    let request = request.header("host", "localhost").header("content-type", "application/json");
    let late = server.send(request.body(Body::from_stream(never)).expect("a request")).await;
    assert_eq!((late.status.as_u16(), late.problem().as_str()), (503, "timeout"));
    // Whoever listens does so for longer than that.
    let report = r#"{"id": "m", "text": "The council of Lower Wexby met about the old mill."}"#;
    server.post("/api/v1/articles", report).await;
    let event = events.body_mut().frame().await.expect("an event").expect("sound");
    let event = String::from_utf8(event.into_data().expect("words").to_vec()).expect("text");
    assert!(event.contains("event: story"), "{event}");
}

#[tokio::test]
async fn strangers_are_told_only_whether_the_server_is_well() {
    let token = "a-token-of-letters";
    let server = Server::new(|options| options.token = Some(token.to_owned()));
    assert_eq!(server.get("/health").await.status, 200);
    for path in ["/api", "/api/v1/stories", "/api/v1/openapi.json", "/metrics", "/api/v1/events"] {
        assert_eq!(server.get(path).await.problem(), "unauthorized", "{path}");
    }
    let bearer = format!("Bearer {token}");
    let told = server.ask("GET", "/api/v1/stories", &[("authorization", &bearer)]).await;
    assert_eq!(told.status, 200);
}

#[tokio::test]
async fn a_server_without_its_newsroom_is_ill() {
    let server = Server::new(|_| {});
    server.stop.store(true, std::sync::atomic::Ordering::SeqCst);
    for _ in 0..600 {
        let health = server.get("/health").await;
        if health.status == 503 {
            assert_eq!(health.json()["newsroom"], false);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the newsroom is closed, and the server says that it is well");
}
