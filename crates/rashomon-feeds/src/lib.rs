//! RSS, Atom, JSON Feed, OPML and sitemaps, read from bytes.
