//! What the API changes, and what it finds of quotations.

use serde_json::{Value, json};

use crate::client::Server;

const FERRY: &str = r#"{"id": "f1", "outlet": "Herald", "url": "https://herald.example/ferry",
    "published": "2026-03-04T10:00:00Z", "headline": "Ferry sinks",
    "text": "The Marlin ferry sank off Pier Sorrel on Monday. “We will not wait for the tide,” said Ada Bell."}"#;

#[tokio::test]
async fn reports_that_are_sent_twice_are_kept_once() {
    let server = Server::new(|_| {});
    let counts = |receipt: &Value| {
        ["read", "new", "revised", "unchanged"].map(|name| receipt[name].as_u64().expect("a count"))
    };
    let first = server.post("/api/v1/articles", FERRY).await;
    assert_eq!(first.status, 200, "{}", String::from_utf8_lossy(&first.body));
    let first = first.json();
    assert_eq!(counts(&first), [1, 1, 0, 0]);
    assert_eq!(counts(&server.post("/api/v1/articles", FERRY).await.json()), [1, 0, 0, 1]);
    let changed = FERRY.replace("on Monday", "on Tuesday");
    let changed = server.post("/api/v1/articles", &changed).await.json();
    assert_eq!(counts(&changed), [1, 0, 1, 0]);
    let article = first["articles"][0]["article"].as_str().expect("a name").to_owned();
    assert_eq!(changed["articles"][0]["article"], article.as_str());
    let changes = server.get(&format!("/api/v1/articles/{article}/diff")).await.json();
    assert_eq!(changes["changes"][0]["older"]["text"], "Monday");
    assert_eq!(changes["changes"][0]["newer"]["text"], "Tuesday");
}

#[tokio::test]
async fn reports_come_in_many_forms() {
    let server = Server::new(|_| {});
    let text = |n: usize| format!("The council of Lower Wexby met {n} times about the old mill.");
    let lines = format!(
        "{}\n{}\n{}\n",
        json!({"text": text(2)}),
        json!({"id": "same", "text": text(3)}),
        json!({"id": "same", "text": text(4)}),
    );
    let array = json!([{"text": text(2)}, {"text": text(5)}]).to_string();
    let ninjs = json!({"uri": "urn:x:1", "type": "text", "headline": "Mill", "body_text": text(6)});
    for (kind, body, new) in [
        ("application/x-ndjson", lines.as_str(), 3),
        // The first is met again by its words.
        ("application/json", array.as_str(), 1),
        ("application/ninjs+json", &ninjs.to_string(), 1),
    ] {
        let headers = [("content-type", kind)];
        let send = || server.send_body("POST", "/api/v1/articles", &headers, body);
        let answer = send().await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        assert_eq!(answer.json()["new"], new, "{kind}: {}", answer.json());
        let again = send().await.json();
        assert_eq!((&again["new"], &again["revised"]), (&json!(0), &json!(0)), "{kind}: {again}");
    }
}

#[tokio::test]
async fn a_quotation_is_verbatim_or_it_is_not() {
    let server = Server::new(|_| {});
    server.post("/api/v1/articles", FERRY).await;
    for (words, verbatim) in [
        ("We will not wait for the tide,", true),
        ("\"We  will not wait for the tide\"", true),
        ("will not wait", true),
        ("we will not wait for the tide", false),
        ("We will never wait for the tide", false),
        ("We will not wait for the ti", false),
        ("Nobody said anything of the kind", false),
    ] {
        let query: String = url_encoded(words);
        let answer = server.get(&format!("/api/v1/verify/quotation?words={query}")).await.json();
        assert_eq!(answer["verbatim"], verbatim, "{words}: {answer}");
        assert_eq!(answer["found"].as_array().is_some_and(|all| !all.is_empty()), verbatim);
        if verbatim {
            let found = &answer["found"][0];
            assert_eq!(
                (&found["outlet"], &found["speaker"]),
                (&json!("Herald"), &json!("Ada Bell"))
            );
        }
        for near in answer["near"].as_array().expect("a list") {
            assert_eq!(near["verbatim"], false);
        }
    }
    let never = server.get("/api/v1/verify/quotation?words=We+will+never+wait+for+the+tide").await;
    let near = &never.json()["near"][0];
    assert_eq!(near["words"]["text"], "We will not wait for the tide");
    assert_eq!(near["speaker"], "Ada Bell");
}

fn url_encoded(words: &str) -> String {
    words.replace('%', "%25").replace(' ', "+").replace('"', "%22").replace(',', "%2C")
}

#[tokio::test]
async fn stories_are_put_right_by_hand_and_back() {
    let server = Server::new(|_| {});
    let list = server.get("/api/v1/stories?order=articles&limit=2").await.json();
    let name = |at: usize| list["stories"][at]["story"].as_str().expect("a story").to_owned();
    let (a, b) = (name(0), name(1));
    let articles = server.get(&format!("/api/v1/stories/{a}/articles")).await.json();
    let one = articles["articles"][0]["article"].clone();
    let split = json!({"articles": [one]}).to_string();
    let new = server.post(&format!("/api/v1/stories/{a}/split"), &split).await;
    assert_eq!(new.status, 200, "{}", String::from_utf8_lossy(&new.body));
    let new = new.json()["story"].as_str().expect("a story").to_owned();
    assert_ne!(new, a);
    let pinned = server.post(&format!("/api/v1/stories/{a}/pin"), &split).await.json();
    assert_eq!(pinned["story"], a.as_str());
    let merged = server
        .post(&format!("/api/v1/stories/{a}/merge"), &json!({"with": b}).to_string())
        .await
        .json();
    let stays = merged["story"].as_str().expect("a story").to_owned();
    let gone = if stays == a { &b } else { &a };
    let led = server.get(&format!("/api/v1/stories/{gone}")).await.json();
    assert_eq!((&led["story"], &led["redirected_from"]), (&json!(stays), &json!(gone)));
    let decisions = server.get("/api/v1/decisions").await.json();
    let last = decisions["decisions"].as_array().and_then(|all| all.last()).expect("decisions");
    let undo = format!("/api/v1/decisions/{}/undo", last["number"]);
    assert_eq!(server.post(&undo, "").await.status, 200);
    assert!(
        server.get(&format!("/api/v1/stories/{gone}")).await.json()["redirected_from"].is_null()
    );
}

#[tokio::test]
async fn feeds_and_searches_come_and_go() {
    let server = Server::new(|_| {});
    let feed = r#"{"address": "https://herald.example/feed.xml", "folder": "Daily"}"#;
    assert_eq!(server.post("/api/v1/feeds", feed).await.status, 201);
    assert_eq!(server.post("/api/v1/feeds", feed).await.status, 200);
    let feeds = server.get("/api/v1/feeds").await.json();
    assert_eq!(feeds["feeds"][0]["folder"], "Daily");
    let gone = "/api/v1/feeds?address=https://herald.example/feed.xml";
    assert_eq!(server.ask("DELETE", gone, &[]).await.status, 204);
    assert_eq!(server.ask("DELETE", gone, &[]).await.status, 404);
    let search = r#"{"name": "Strikes", "query": "strike OR walkout"}"#;
    assert_eq!(server.post("/api/v1/searches", search).await.status, 201);
    let wrong = server.post("/api/v1/searches", r#"{"name": "x", "query": "\"y"}"#).await;
    assert_eq!(wrong.problem(), "bad-query");
    let kept = server.get("/api/v1/searches").await.json();
    assert_eq!(kept["searches"][0]["query"], "strike OR walkout");
    assert_eq!(server.ask("DELETE", "/api/v1/searches?name=Strikes", &[]).await.status, 204);
    assert_eq!(server.get("/api/v1/searches").await.json(), json!({"searches": []}));
}

#[tokio::test]
async fn annotations_quote_what_stands_there() {
    let server = Server::new(|_| {});
    let list = server.get("/api/v1/stories?order=outlets&limit=1").await.json();
    let story = list["stories"][0]["story"].as_str().expect("a story").to_owned();
    let address = format!("/api/v1/stories/{story}/annotations");
    let answer = server.get(&address).await;
    assert!(answer.header("content-type").starts_with("application/ld+json; profile="));
    let linked = server
        .ask("GET", &format!("/api/v1/stories/{story}"), &[("accept", "application/ld+json")])
        .await;
    assert_eq!(linked.body, answer.body);
    let page = answer.json();
    assert_eq!(page["type"], "AnnotationPage");
    let synopsis = server.get(&format!("/api/v1/stories/{story}/synopsis")).await.json();
    let story = &synopsis["stories"][0];
    let texts: Vec<Vec<char>> = story["articles"]
        .as_array()
        .expect("articles")
        .iter()
        .map(|article| article["text"].as_str().expect("text").chars().collect())
        .collect();
    let items = page["items"].as_array().expect("items");
    assert_eq!(page["partOf"]["total"], items.len());
    for (motivation, least) in [("identifying", 1), ("describing", 1), ("questioning", 1)] {
        let count = items.iter().filter(|item| item["motivation"] == motivation).count();
        assert!(count >= least, "{motivation}: {count}");
    }
    let mut ids = std::collections::BTreeSet::new();
    for item in items {
        assert_eq!(item["type"], "Annotation");
        assert!(ids.insert(item["id"].to_string()), "{}", item["id"]);
        for body in item["body"].as_array().expect("bodies") {
            // Motivations of the vocabulary (https://www.w3.org/TR/annotation-vocab/#motivation).
            let purposes = ["describing", "identifying", "questioning", "tagging"];
            assert!(purposes.contains(&body["purpose"].as_str().expect("a purpose")));
        }
        for target in item["target"].as_array().expect("targets") {
            assert!(target["source"].as_str().is_some_and(|it| it.starts_with("http")));
            let (place, quote) = (&target["selector"][0], &target["selector"][1]);
            assert_eq!(place["type"], "TextPositionSelector");
            assert_eq!(quote["type"], "TextQuoteSelector");
            let at = |name: &str| place[name].as_u64().expect("a place") as usize;
            let exact = quote["exact"].as_str().expect("words");
            let around = ["prefix", "exact", "suffix"]
                .map(|part| quote[part].as_str().expect("words"))
                .concat();
            let before = quote["prefix"].as_str().expect("words").chars().count();
            let stands = |text: &Vec<char>| {
                let of = |from: usize, count: usize| -> Option<String> {
                    Some(text.get(from..from + count)?.iter().collect())
                };
                of(at("start"), at("end") - at("start")).as_deref() == Some(exact)
                    && of(at("start") - before, around.chars().count()) == Some(around.clone())
            };
            assert!(texts.iter().any(stands), "{target}");
        }
    }
}
