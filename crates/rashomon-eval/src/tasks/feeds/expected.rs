//! Expectations in files: those of feed-rs, rss-parser and gofeed.

use serde_json::Value;

use super::fact::Fact;

/// The facts of a file of any of the three.
pub fn facts(value: &Value) -> Vec<Fact> {
    if let Some(feed) = value.get("feed") {
        return rss_parser(feed);
    }
    if value.get("feed_type").is_some() { feed_rs(value) } else { json_feed(value) }
}

/// Gathers facts that are given.
#[derive(Default)]
struct Facts(Vec<Fact>);

impl Facts {
    fn add(&mut self, field: &'static str, entry: Option<usize>, value: &Value) {
        if let Some(words) = value.as_str().filter(|words| !words.trim().is_empty()) {
            self.0.push(Fact::new(field, entry, words));
        }
    }

    /// Several values, of which all are expected or any, as the field has it.
    fn add_list(&mut self, field: &'static str, entry: Option<usize>, list: Vec<String>) {
        if !list.is_empty() {
            self.0.push(Fact { field, entry, expected: list });
        }
    }

    fn count(&mut self, entries: &Value) {
        let length = entries.as_array().map_or(0, Vec::len);
        self.0.push(Fact::new("entries", None, &length.to_string()));
    }
}

/// The strings that a key or a path of keys leads to in the elements of an array.
fn strings(array: &Value, key: &str) -> Vec<String> {
    let of = |value: &Value| {
        let value = if key.is_empty() { value } else { &value[key] };
        value.as_str().filter(|words| !words.trim().is_empty()).map(str::to_owned)
    };
    array.as_array().into_iter().flatten().filter_map(of).collect()
}

fn feed_rs(feed: &Value) -> Vec<Fact> {
    let mut facts = Facts::default();
    facts.add("feed title", None, &feed["title"]["content"]);
    facts.add("feed description", None, &feed["description"]["content"]);
    facts.add("feed language", None, &feed["language"]);
    facts.add_list("home", None, strings(&feed["links"], "href"));
    facts.count(&feed["entries"]);
    for (at, entry) in feed["entries"].as_array().into_iter().flatten().enumerate() {
        let at = Some(at);
        facts.add("title", at, &entry["title"]["content"]);
        facts.add_list("address", at, strings(&entry["links"], "href"));
        // Where a feed has none, feed-rs makes one of 32 digits.
        let id = entry["id"].as_str().unwrap_or_default();
        if !(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())) {
            facts.add("id", at, &entry["id"]);
        }
        facts.add("published", at, &entry["published"]);
        facts.add("updated", at, &entry["updated"]);
        facts.add("content", at, &entry["content"]["body"]);
        facts.add("summary", at, &entry["summary"]["content"]);
        facts.add_list("authors", at, strings(&entry["authors"], "name"));
        facts.add_list("categories", at, strings(&entry["categories"], "term"));
    }
    facts.0
}

fn rss_parser(feed: &Value) -> Vec<Fact> {
    let mut facts = Facts::default();
    facts.add("feed title", None, &feed["title"]);
    facts.add("feed description", None, &feed["description"]);
    facts.add("home", None, &feed["link"]);
    facts.add("feed language", None, &feed["language"]);
    facts.count(&feed["items"]);
    for (at, item) in feed["items"].as_array().into_iter().flatten().enumerate() {
        let at = Some(at);
        facts.add("title", at, &item["title"]);
        facts.add("address", at, &item["link"]);
        facts.add("id", at, item.get("guid").unwrap_or(&item["id"]));
        facts.add("dated", at, &item["isoDate"]);
        facts.add("words", at, &item["content"]);
        facts.add("authors", at, item.get("creator").unwrap_or(&item["author"]));
        facts.add_list("categories", at, strings(&item["categories"], ""));
    }
    facts.0
}

fn json_feed(feed: &Value) -> Vec<Fact> {
    let mut facts = Facts::default();
    facts.add("feed title", None, &feed["title"]);
    facts.add("feed description", None, &feed["description"]);
    facts.add("home", None, &feed["home_page_url"]);
    facts.count(&feed["items"]);
    for (at, item) in feed["items"].as_array().into_iter().flatten().enumerate() {
        let at = Some(at);
        facts.add("title", at, &item["title"]);
        facts.add("address", at, &item["url"]);
        facts.add("id", at, &item["id"]);
        facts.add("published", at, &item["date_published"]);
        facts.add("updated", at, &item["date_modified"]);
        facts.add("content", at, &item["content_html"]);
        facts.add("summary", at, &item["summary"]);
        let mut authors = strings(&item["authors"], "name");
        authors.extend(item["author"]["name"].as_str().map(str::to_owned));
        facts.add_list("authors", at, authors);
        facts.add_list("categories", at, strings(&item["tags"], ""));
    }
    facts.0
}
