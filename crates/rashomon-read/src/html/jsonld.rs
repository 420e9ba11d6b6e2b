use serde_json::Value;

/// How deep the objects of a page are searched.
const DEEPEST: usize = 12;

/// What JSON-LD says of the article of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct News {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub publisher: Option<String>,
    /// The organisation that the publisher declares itself a part of.
    pub owner: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
}

/// Finds the article in the blocks of a page: alone, in a list, or in a `@graph`.
pub(super) fn article(blocks: &[String]) -> News {
    let parsed: Vec<Value> = blocks.iter().filter_map(|block| parse(block)).collect();
    let mut objects = Vec::new();
    for value in &parsed {
        collect(value, &mut objects, 0);
    }
    let Some(article) = objects.iter().find(|object| is_article(object)) else {
        return News::default();
    };
    News {
        headline: text(article.get("headline")).or_else(|| text(article.get("name"))),
        authors: names(article.get("author").or_else(|| article.get("creator")), &objects),
        publisher: names(article.get("publisher"), &objects).into_iter().next(),
        owner: article.get("publisher").and_then(|publisher| meant(publisher, &objects)).and_then(
            |publisher| names(publisher.get("parentOrganization"), &objects).into_iter().next(),
        ),
        published: ["datePublished", "dateCreated"].iter().find_map(|key| text(article.get(*key))),
        language: text(article.get("inLanguage")),
    }
}

/// Parses a block, mending what pages get wrong: comments around it, line ends inside of
/// strings, commas before a closing bracket, a semicolon at the end.
fn parse(block: &str) -> Option<Value> {
    let block = block.trim().trim_start_matches("<!--").trim_start_matches("//");
    let block = block.trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let start = block.find(['{', '['])?;
    let end = block.rfind(['}', ']'])?;
    let block = block.get(start..=end)?;
    serde_json::from_str(block).ok().or_else(|| serde_json::from_str(&mend(block)).ok()).or_else(
        || {
            // Several objects one after the other: the first that reads.
            serde_json::Deserializer::from_str(block).into_iter().next()?.ok()
        },
    )
}

fn mend(block: &str) -> String {
    let mut out = String::with_capacity(block.len());
    let (mut inside, mut escaped) = (false, false);
    for c in block.chars() {
        if inside {
            match c {
                '\n' | '\r' | '\t' => out.push(' '),
                c if c.is_control() => {}
                c => out.push(c),
            }
            inside = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        if matches!(c, '}' | ']') {
            let kept = out.trim_end().len();
            if out[..kept].ends_with(',') {
                out.truncate(kept - 1);
            }
        }
        inside = c == '"';
        out.push(c);
    }
    out
}

type Object = serde_json::Map<String, Value>;

/// All objects of a value, outer ones first.
fn collect<'v>(value: &'v Value, objects: &mut Vec<&'v Object>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Object(object) => {
            objects.push(object);
            for (_, value) in object {
                collect(value, objects, depth + 1);
            }
        }
        Value::Array(items) => {
            for item in items {
                collect(item, objects, depth + 1);
            }
        }
        _ => {}
    }
}

fn is_article(object: &Object) -> bool {
    let is_one = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
    };
    let typed = match object.get("@type") {
        Some(Value::String(kind)) => is_one(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_one),
        _ => false,
    };
    typed && (object.contains_key("headline") || object.contains_key("datePublished"))
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(words) => {
            let words = unescape(words);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            (!words.is_empty()).then_some(words)
        }
        Value::Array(items) => items.iter().find_map(|item| text(Some(item))),
        Value::Object(object) => text(object.get("@value").or_else(|| object.get("name"))),
        _ => None,
    }
}

/// The object that a value is, or that it refers to.
fn meant<'v>(value: &'v Value, objects: &[&'v Object]) -> Option<&'v Object> {
    let object = match value {
        Value::Array(items) => items.iter().find_map(Value::as_object)?,
        other => other.as_object()?,
    };
    let id = object.get("@id").and_then(Value::as_str);
    let is_it = |other: &&&Object| {
        id.is_some() && other.get("@id").and_then(Value::as_str) == id && other.contains_key("name")
    };
    if object.contains_key("name") {
        return Some(object);
    }
    objects.iter().find(is_it).copied()
}

/// Names in a string, an object, a reference to an object, or a list of these.
fn names(value: Option<&Value>, objects: &[&Object]) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items
            .iter()
            .filter(|item| !item.is_array())
            .flat_map(|item| names(Some(item), objects))
            .collect(),
        Some(Value::Object(object)) if object.contains_key("name") => {
            text(object.get("name")).into_iter().collect()
        }
        Some(Value::Object(_)) => {
            let meant = value.and_then(|value| meant(value, objects));
            meant.and_then(|meant| text(meant.get("name"))).into_iter().collect()
        }
        Some(words) => {
            text(Some(words)).filter(|words| !words.contains("://")).into_iter().collect()
        }
        None => Vec::new(),
    }
}

/// The entities that editing systems leave in JSON.
fn unescape(words: &str) -> String {
    if !words.contains('&') {
        return words.to_owned();
    }
    let table = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&lsquo;", "‘"),
        ("&rsquo;", "’"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&#8216;", "‘"),
        ("&#8217;", "’"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&#8212;", "—"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&#x27;", "'"),
        ("&#8230;", "…"),
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    table.iter().fold(words.to_owned(), |words, (from, to)| words.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_owns_the_publisher() {
        let block = r##"{"@graph": [
            {"@type": "NewsArticle", "headline": "Old bridge", "publisher": {"@id": "#herald"}},
            {"@type": "NewsMediaOrganization", "@id": "#herald", "name": "The Herald",
             "parentOrganization": {"name": "Sound Papers"}}
        ]}"##;
        let found = article(&[block.to_owned()]);
        assert_eq!(found.publisher.as_deref(), Some("The Herald"));
        assert_eq!(found.owner.as_deref(), Some("Sound Papers"));
    }

    #[test]
    fn an_article_in_a_graph() {
        let block = r##"{"@graph": [
            {"@type": "Person", "@id": "#ada", "name": "Ada Bell"},
            {"@type": ["NewsArticle"], "headline": "Old bridge &amp; new", "author": [{"@id": "#ada"}],
             "datePublished": "2026-03-14T10:00:00Z", "publisher": {"name": "The Herald"}},
        ],}"##;
        let found = article(&[block.to_owned()]);
        assert_eq!(found.headline.as_deref(), Some("Old bridge & new"));
        assert_eq!(found.authors, ["Ada Bell"]);
        assert_eq!(found.publisher.as_deref(), Some("The Herald"));
        assert_eq!(found.published.as_deref(), Some("2026-03-14T10:00:00Z"));
    }

    #[test]
    fn broken_blocks_are_mended() {
        let block = "<!-- [{\"@type\":\"NewsArticle\",\n\"headline\":\"Old\nbridge\",}]; -->";
        assert_eq!(article(&[block.to_owned()]).headline.as_deref(), Some("Old bridge"));
        assert_eq!(article(&["{oops".to_owned(), String::new()]), News::default());
    }
}
