-- Pages that are asked again for a time, so that silent changes are seen.
CREATE TABLE page (
    article INTEGER PRIMARY KEY REFERENCES article (number),
    address TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    first_at INTEGER NOT NULL,
    next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX page_next ON page (next_at, article);

-- Other addresses at which an article stands word for word.
CREATE TABLE address (
    key TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (number),
    address TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX address_article ON address (article);
CREATE INDEX article_digest ON article (digest);
