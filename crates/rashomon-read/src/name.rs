//! What the name of an input says: an id, a host, a kind.

/// The name without folders and extension: `news/bridge.txt` is `bridge`. An address gives the
/// last part of its path.
pub(crate) fn stem(name: &str) -> String {
    let path = match address(name) {
        Some((host, path)) if path.trim_matches('/').is_empty() => return host.to_owned(),
        Some((_, path)) => path,
        None => name,
    };
    let last = path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path);
    let mut stem = last;
    for _ in 0..2 {
        match stem.rsplit_once('.') {
            Some((before, extension)) if !before.is_empty() && is_extension(extension) => {
                stem = before;
            }
            _ => break,
        }
    }
    if stem.is_empty() { name.to_owned() } else { stem.to_owned() }
}

fn is_extension(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "txt"
            | "text"
            | "md"
            | "html"
            | "htm"
            | "xhtml"
            | "json"
            | "jsonl"
            | "ndjson"
            | "gz"
            | "csv"
            | "tsv"
            | "parquet"
            | "php"
            | "asp"
            | "aspx"
    )
}

/// The host of an address without `www.`; `None` where the name is no address.
pub(crate) fn host(name: &str) -> Option<String> {
    let (host, _) = address(name)?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then(|| host.to_ascii_lowercase())
}

/// Host and path of an `http` address.
fn address(name: &str) -> Option<(&str, &str)> {
    let rest = name.strip_prefix("https://").or_else(|| name.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    let path = path.split(['?', '#']).next().unwrap_or(path);
    Some((host, path))
}

/// The extension in lower case, that of the packed file where the name ends in `.gz`.
pub(crate) fn extension(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        let table = [
            ("news/bridge.txt", "bridge"),
            ("C:\\news\\bridge.html.gz", "bridge"),
            ("St. Ives", "St. Ives"),
            ("herald", "herald"),
            (".txt", ".txt"),
            ("https://www.herald.example/2026/bridge-closes/?a=1", "bridge-closes"),
            ("https://www.herald.example/", "www.herald.example"),
            ("", ""),
        ];
        for (name, expected) in table {
            assert_eq!(stem(name), expected, "{name}");
        }
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.Herald.example:80/a").as_deref(), Some("herald.example"));
        assert_eq!(host("herald.txt"), None);
    }
}
