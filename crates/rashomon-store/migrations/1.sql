-- Articles with their revisions, stories, feeds, and the search over articles and quotations.
-- Times are microseconds since 1970 in UTC. Spans are runs of variable-length integers.

-- An article as lists and filters need it; its words are those of its newest version.
CREATE TABLE article (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    id TEXT NOT NULL,
    digest BLOB NOT NULL,
    version INTEGER NOT NULL,
    revisions INTEGER NOT NULL DEFAULT 0,
    at INTEGER NOT NULL,
    -- Whether the article says when it was published; else "at" is when it was fetched or read.
    dated INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    feed INTEGER REFERENCES feed (number) ON DELETE SET NULL,
    -- The name to show for who tells it: the id where no outlet is named.
    outlet TEXT NOT NULL,
    title TEXT,
    language TEXT,
    story INTEGER,
    score REAL
) STRICT;
CREATE INDEX article_id ON article (id);
CREATE INDEX article_at ON article (at, number);
CREATE INDEX article_story ON article (story, at, outlet) WHERE story IS NOT NULL;
CREATE INDEX article_feed ON article (feed) WHERE feed IS NOT NULL;

-- An article as it was read once, whole.
CREATE TABLE version (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (number) DEFERRABLE INITIALLY DEFERRED,
    revision INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    id TEXT NOT NULL,
    source TEXT,
    canonical TEXT,
    outlet TEXT,
    title TEXT,
    byline TEXT NOT NULL,
    agencies TEXT NOT NULL,
    published TEXT,
    published_offset INTEGER,
    language TEXT,
    extra TEXT,
    diagnostics TEXT,
    blocks BLOB NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (article, revision)
) STRICT;

-- What the engine that groups articles knows an article by.
CREATE TABLE signature (
    article INTEGER PRIMARY KEY REFERENCES article (number),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE quotation (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (number),
    kind TEXT NOT NULL,
    content BLOB NOT NULL,
    speaker TEXT
) STRICT;
CREATE INDEX quotation_article ON quotation (article);

-- A story: what is counted is brought up to date with each batch that touches it. Its version
-- goes up whenever its members or their words change.
CREATE TABLE story (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL DEFAULT 0,
    found INTEGER,
    articles INTEGER NOT NULL DEFAULT 0,
    outlets INTEGER NOT NULL DEFAULT 0,
    first INTEGER,
    last INTEGER,
    title TEXT
) STRICT;
CREATE INDEX story_last ON story (last DESC, number DESC) WHERE articles > 0;
CREATE INDEX story_first ON story (first DESC, number DESC) WHERE articles > 0;
CREATE INDEX story_articles ON story (articles DESC, number DESC) WHERE articles > 0;
CREATE INDEX story_outlets ON story (outlets DESC, number DESC) WHERE articles > 0;

-- Where an article stood, in order; the last one holds.
CREATE TABLE placement (
    number INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (number),
    story INTEGER NOT NULL,
    score REAL NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX placement_article ON placement (article);

CREATE TABLE redirect (
    story INTEGER PRIMARY KEY,
    target INTEGER NOT NULL
) STRICT;

CREATE TABLE link (
    story INTEGER NOT NULL,
    target INTEGER NOT NULL,
    score REAL NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (story, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_target ON link (target);

-- What people decided by hand, in order.
CREATE TABLE decision (
    number INTEGER PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE engine (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    state BLOB NOT NULL
) STRICT;

-- How far the reading of an archive has come.
CREATE TABLE checkpoint (
    source TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    counts TEXT NOT NULL
) STRICT;

CREATE TABLE feed (
    number INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    title TEXT,
    home TEXT,
    folder TEXT,
    etag TEXT,
    last_modified TEXT,
    next_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    last_ok INTEGER,
    moved_to TEXT,
    gone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, outlet, byline,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
-- Words of a whole batch are gathered in memory before they are written.
INSERT INTO article_words (article_words, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE quotation_words USING fts5 (
    text, speaker,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2'
);
