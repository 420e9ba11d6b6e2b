-- What is found across the articles of a story, the search over it, and saved searches.

CREATE TABLE claim (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    position INTEGER NOT NULL,
    issue INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    articles INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    version INTEGER NOT NULL REFERENCES version (number),
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL
) STRICT;
CREATE INDEX claim_story ON claim (story, position);
CREATE INDEX claim_article ON claim (article);

-- Every place where a claim is told.
CREATE TABLE telling (
    claim INTEGER NOT NULL REFERENCES claim (number) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES article (number),
    version INTEGER NOT NULL REFERENCES version (number),
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (claim, article, start, stop)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_article ON telling (article);

CREATE TABLE saved_search (
    name TEXT PRIMARY KEY,
    query TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE claim_words USING fts5 (
    text,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Entries of feeds and sitemaps that were dealt with, by address or id, so that a page is not
-- fetched again until its feed says something else about it.
CREATE TABLE entry (
    key TEXT PRIMARY KEY,
    digest BLOB NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
