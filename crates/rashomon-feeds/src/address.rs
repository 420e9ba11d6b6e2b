//! Addresses, made absolute.

use url::Url;

/// The longest base: each relative address repeats it.
const LONGEST_BASE: usize = 2048;

/// What relative addresses are relative to, the nearest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Base(Option<Url>);

impl Base {
    /// The address of a document; one that is none is no base.
    pub fn new(address: Option<&str>) -> Base {
        Base(address.and_then(|address| parse(address.trim())))
    }

    /// The base within an element that has an `xml:base`; a broken one changes nothing.
    pub fn within(&self, base: Option<&str>) -> Base {
        let Some(base) = base.map(str::trim).filter(|base| !base.is_empty()) else {
            return self.clone();
        };
        let joined = match &self.0 {
            Some(outer) => outer.join(base).ok().filter(is_web),
            None => parse(base),
        };
        let joined = joined.filter(|url| url.as_str().len() <= LONGEST_BASE);
        Base(joined.or_else(|| self.0.clone()))
    }

    /// This base, or another one where there is none.
    pub fn or(self, other: &Base) -> Base {
        if self.0.is_some() { self } else { other.clone() }
    }

    /// The absolute form of an address of the web; one that is absolute stays as it was written.
    pub fn resolve(&self, address: &str) -> Option<String> {
        let address: String = address.trim().chars().filter(|c| !c.is_control()).collect();
        let address = match address.strip_prefix("feed:") {
            Some(feed) if feed.starts_with("//") => format!("http:{feed}"),
            Some(feed) => feed.to_owned(),
            None => address,
        };
        if address.is_empty() {
            return None;
        }
        if let Ok(url) = Url::parse(&address) {
            return is_web(&url).then_some(address);
        }
        let joined = self.0.as_ref()?.join(&address).ok()?;
        is_web(&joined).then(|| joined.into())
    }
}

/// An id that is an address of the web.
pub(crate) fn of_id(id: &str) -> Option<String> {
    Base::default().resolve(id)
}

fn parse(address: &str) -> Option<Url> {
    Url::parse(address).ok().filter(|url| is_web(url) && url.as_str().len() <= LONGEST_BASE)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_absolute() {
        let base = Base::new(Some("https://lusa-herald.example/news/feed.xml"));
        let table = [
            ("https://other.example", Some("https://other.example")),
            (" http://other.example/a b\n", Some("http://other.example/a b")),
            ("/ferry", Some("https://lusa-herald.example/ferry")),
            ("ferry?a=1", Some("https://lusa-herald.example/news/ferry?a=1")),
            ("//cdn.example/x", Some("https://cdn.example/x")),
            ("feed://other.example/f", Some("http://other.example/f")),
            ("feed:https://other.example/f", Some("https://other.example/f")),
            ("javascript:alert(1)", None),
            ("tag:other.example,2026:1", None),
            ("", None),
        ];
        for (address, expected) in table {
            assert_eq!(base.resolve(address).as_deref(), expected, "{address}");
        }
        assert_eq!(Base::default().resolve("/ferry"), None);
        assert_eq!(of_id("https and more"), None);
    }

    #[test]
    fn bases_nest() {
        let base = Base::new(Some("https://lusa-herald.example/feed"));
        let inner = base.within(Some("/world/")).within(Some("asia/"));
        assert_eq!(inner.resolve("1").as_deref(), Some("https://lusa-herald.example/world/asia/1"));
        assert_eq!(base.within(Some("mailto:x")).resolve("1"), base.resolve("1"));
    }
}
