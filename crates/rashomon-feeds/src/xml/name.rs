//! Names of elements, and the vocabularies that they belong to.

/// A vocabulary that feeds are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// RSS of all versions, OPML, sitemaps, and names that belong nowhere.
    Plain,
    Atom,
    Rdf,
    DublinCore,
    Content,
    Media,
    Itunes,
    Syndication,
    Feedburner,
    News,
    Xhtml,
    Other,
}

/// What addresses of vocabularies hold, without scheme and in small letters. Publishers write
/// them with and without the last slash, `www`, or a letter of the version.
const ADDRESSES: &[(&str, Space)] = &[
    ("www.w3.org/2005/atom", Space::Atom),
    ("purl.org/atom/ns", Space::Atom),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
    ("purl.org/dc/", Space::DublinCore),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("purl.org/rss/1.0/modules/syndication", Space::Syndication),
    ("purl.org/rss/1.0/modules/", Space::Other),
    ("search.yahoo.com/mrss", Space::Media),
    ("www.itunes.com/dtds/podcast", Space::Itunes),
    ("rssnamespace.org/feedburner", Space::Feedburner),
    ("www.google.com/schemas/sitemap-news", Space::News),
    ("www.google.com/schemas/sitemap-", Space::Other),
    ("www.w3.org/1999/xhtml", Space::Xhtml),
    ("purl.org/rss/1.0", Space::Plain),
    ("purl.org/net/rss1.1", Space::Plain),
    ("my.netscape.com/", Space::Plain),
    ("channel.netscape.com/", Space::Plain),
    ("backend.userland.com/", Space::Plain),
    ("blogs.law.harvard.edu/tech/rss", Space::Plain),
    ("cyber.law.harvard.edu/rss", Space::Plain),
    ("www.sitemaps.org/schemas/sitemap", Space::Plain),
    ("www.google.com/schemas/sitemap/", Space::Plain),
];

/// Prefixes by custom, for documents that forget to declare them.
const PREFIXES: &[(&str, Space)] = &[
    ("atom", Space::Atom),
    ("atom10", Space::Atom),
    ("content", Space::Content),
    ("dc", Space::DublinCore),
    ("dcterms", Space::DublinCore),
    ("feedburner", Space::Feedburner),
    ("itunes", Space::Itunes),
    ("media", Space::Media),
    ("news", Space::News),
    ("rdf", Space::Rdf),
    ("rss", Space::Plain),
    ("sy", Space::Syndication),
    ("xhtml", Space::Xhtml),
];

impl Space {
    /// The vocabulary of an address.
    pub fn of_address(address: &str) -> Space {
        let lower = address.trim().to_ascii_lowercase();
        let bare = lower.split_once("://").map_or(lower.as_str(), |(_, rest)| rest);
        let found = ADDRESSES.iter().find(|(start, _)| bare.starts_with(start));
        found.map_or(Space::Other, |&(_, space)| space)
    }

    /// The vocabulary that a prefix stands for by custom.
    pub fn of_prefix(prefix: &str) -> Space {
        let found = PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
        found.map_or(Space::Other, |&(_, space)| space)
    }
}

/// The name of an element, as written and as meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Name<'t> {
    /// As it stands in the document: `dc:creator`.
    pub written: &'t str,
    pub space: Space,
}

impl<'t> Name<'t> {
    pub fn prefix(self) -> &'t str {
        split(self.written).0
    }

    pub fn local(self) -> &'t str {
        split(self.written).1
    }

    /// Whether it is a name of a vocabulary. A name without a prefix is always one of the
    /// vocabulary of its document, whatever default the document declares: `Plain` and `Atom`
    /// are asked for by readers of such documents only.
    pub fn is(self, space: Space, local: &str) -> bool {
        let is_own = matches!(space, Space::Plain | Space::Atom) && self.prefix().is_empty();
        (self.space == space || is_own) && self.local().eq_ignore_ascii_case(local)
    }
}

/// Prefix and local name; the prefix may be empty.
pub(crate) fn split(written: &str) -> (&str, &str) {
    written.split_once(':').unwrap_or(("", written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vocabularies_by_address() {
        let table = [
            ("http://www.w3.org/2005/Atom", Space::Atom),
            ("https://www.w3.org/2005/Atom/", Space::Atom),
            ("http://purl.org/atom/ns#", Space::Atom),
            ("http://purl.org/dc/terms/", Space::DublinCore),
            ("http://purl.org/rss/1.0/", Space::Plain),
            ("http://purl.org/rss/1.0/modules/content/", Space::Content),
            ("http://purl.org/rss/1.0/modules/slash/", Space::Other),
            ("http://search.yahoo.com/mrss/", Space::Media),
            ("http://www.google.com/schemas/sitemap-news/0.9", Space::News),
            ("http://www.google.com/schemas/sitemap-image/1.1", Space::Other),
            ("http://www.sitemaps.org/schemas/sitemap/0.9", Space::Plain),
            ("", Space::Other),
        ];
        for (address, space) in table {
            assert_eq!(Space::of_address(address), space, "{address}");
        }
    }
}
