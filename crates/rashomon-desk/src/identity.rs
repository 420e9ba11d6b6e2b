//! What an article is known by when it is met again.

use rashomon::article::Article;
use url::Url;

use crate::input::Input;

/// Parameters of an address that tell where a reader came from and not what is read.
const TRACKING: &[&str] = &[
    "ref",
    "ref_src",
    "referrer",
    "cmp",
    "cmpid",
    "ocid",
    "ncid",
    "sr_share",
    "smid",
    "smtyp",
    "partner",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "yclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "taid",
    "traffic_source",
    "amp",
    "outputtype",
    "xtor",
];

/// Beginnings of such parameters.
const TRACKING_BEGINNINGS: &[&str] = &["utm_", "at_", "pk_", "mtm_", "hsa_", "wt."];

/// What an article is known by, so that it is one article when it is met again: its address without what
/// readers' devices and campaigns add to it, or else the id that its record gives, or else the
/// place that it was read from.
pub fn key(article: &Article, given_id: bool) -> String {
    if let Some(key) = exported_key(article) {
        return key.to_owned();
    }
    let addresses = [article.canonical.as_deref(), article.source.as_deref()];
    if let Some(key) = addresses.into_iter().flatten().find_map(address_key) {
        return key;
    }
    if given_id {
        return format!("id:{}:{}", article.outlet.as_deref().unwrap_or_default(), article.id);
    }
    match article.source.as_deref().filter(|source| !Input::is_nowhere(source)) {
        // However the file was named, it is the same file.
        Some(source) => {
            let path = std::fs::canonicalize(source)
                .or_else(|_| std::path::absolute(source))
                .unwrap_or_else(|_| source.into());
            format!("file:{}:{}", path.display(), article.id)
        }
        // What was piped in came from nowhere: the same words are the same article.
        None => format!("text:{}", hex(&digest(article))),
    }
}

/// The address that an article is known by, if it is known by one.
pub fn address(article: &Article) -> Option<&str> {
    let addresses = [article.canonical.as_deref(), article.source.as_deref()];
    let mut addresses = addresses.into_iter().flatten();
    addresses
        .find(|address| address_key(address).is_some())
        .filter(|_| exported_key(article).is_none())
}

/// Whether a key is made of an address.
pub(crate) fn is_of_address(key: &str) -> bool {
    !["id:", "file:", "text:"].iter().any(|other| key.starts_with(other))
}

/// The field in which an export tells the key, so that what is read again is the same article.
pub const KEY_FIELD: &str = "rashomon_key";

/// The key under which another store, or this one, exported the article.
fn exported_key(article: &Article) -> Option<&str> {
    let extra = &article.extra;
    // A line of JSON keeps what did not stand in the record under a field of that name.
    let inner = extra.get("extra").and_then(|extra| extra.get(KEY_FIELD));
    extra.get(KEY_FIELD).or(inner)?.as_str().filter(|key| !key.is_empty())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An address in the form in which two spellings of it are equal, or `None` where it names no
/// single article: the front page of a site, or no address of the web at all.
///
/// The scheme, `www.`, a phone's or AMP's copy, the fragment and [tracking parameters](TRACKING)
/// are left out, the others are put in order.
pub fn address_key(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.');
    let host = ["www.", "m.", "amp.", "mobile."]
        .iter()
        .find_map(|prefix| host.strip_prefix(prefix).filter(|rest| rest.contains('.')))
        .unwrap_or(host);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    let path = path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp")).unwrap_or(path);
    let path =
        path.strip_prefix("/amp/").map_or_else(|| path.to_owned(), |rest| format!("/{rest}"));
    let mut parameters: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    parameters.sort();
    if path.is_empty() && parameters.is_empty() {
        return None;
    }
    let query: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{host}{port}{path}{mark}{}", query.join("&")))
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

/// What the words of an article are known by: 128 bits of its headline and text, white space
/// aside. An article with another digest under the same key is a revision.
pub fn digest(article: &Article) -> [u8; 16] {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for part in [article.title.as_deref().unwrap_or_default(), article.text.as_str()] {
        for word in part.split_whitespace() {
            hash.update(word.as_bytes());
            hash.update(b" ");
        }
        hash.update(b"\n");
    }
    hash.digest128().to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_an_address_are_one() {
        let one = "herald.example/2026/03/ferry?id=7&page=2";
        for other in [
            "https://www.herald.example/2026/03/ferry?id=7&page=2",
            "http://herald.example/2026/03/ferry/?page=2&utm_source=x&id=7#top",
            "https://m.herald.example/2026/03/ferry?id=7&page=2&fbclid=abc",
            "https://HERALD.example:443/2026/03/ferry?page=2&id=7",
            "https://www.herald.example/amp/2026/03/ferry?id=7&page=2",
            "https://herald.example/2026/03/ferry/amp/?id=7&page=2",
        ] {
            assert_eq!(address_key(other).as_deref(), Some(one), "{other}");
        }
        for apart in [
            "https://herald.example/2026/03/ferry?id=8&page=2",
            "https://herald.example/2026/03/Ferry?id=7&page=2",
            "https://sport.herald.example/2026/03/ferry?id=7&page=2",
        ] {
            assert_ne!(address_key(apart).as_deref(), Some(one), "{apart}");
        }
    }

    #[test]
    fn a_file_is_one_however_it_is_named_and_a_pipe_is_not() {
        let article = |source: &str, text: &str| Article {
            id: "a".to_owned(),
            source: Some(source.to_owned()),
            text: text.into(),
            ..Article::default()
        };
        let named = |source: &str| key(&article(source, "Some words."), false);
        assert_eq!(named("a.txt"), named("./a.txt"));
        assert_ne!(named("a.txt"), named("b/a.txt"));
        let piped = |text: &str| key(&article("stdin", text), false);
        assert_eq!(piped("Some words."), piped("Some words."));
        assert_ne!(piped("Some words."), piped("Other words."));
    }

    #[test]
    fn a_front_page_names_no_article() {
        for address in [
            "https://herald.example/",
            "https://herald.example?utm_source=x",
            "a.txt",
            "ftp://x.example/a",
        ] {
            assert_eq!(address_key(address), None, "{address}");
        }
    }

    #[test]
    fn white_space_makes_no_revision_and_a_word_does() {
        let article = |text: &str| Article { text: text.into(), ..Article::default() };
        let digest = |text: &str| digest(&article(text));
        assert_eq!(digest("Ten  people\nwere hurt."), digest("Ten people were hurt.\n"));
        assert_ne!(digest("Ten people were hurt."), digest("Two people were hurt."));
    }
}
