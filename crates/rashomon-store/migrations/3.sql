-- What pages over many stories ask for: disputes, remarks by speaker, what outlets tell alone, leave
-- out and copy, the health of feeds, and what saved searches still have to tell.

-- As last found; a story that was not compared has one origin and no discrepancies.
ALTER TABLE story ADD COLUMN origins INTEGER NOT NULL DEFAULT 1;
ALTER TABLE story ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE story ADD COLUMN discrepancies INTEGER NOT NULL DEFAULT 0;
-- When the newest of its articles was first read.
ALTER TABLE story ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
-- Stories that are there are compared again, which finds the rest.
UPDATE story SET found = NULL, seen = coalesce(
    (SELECT max(first_seen) FROM article WHERE article.story = story.number), 0
);
CREATE INDEX story_origins ON story (origins DESC, number DESC) WHERE articles > 0;
CREATE INDEX story_conflicts ON story (conflicts DESC, number DESC) WHERE articles > 0;
CREATE INDEX story_disputed ON story (last DESC, number DESC)
    WHERE articles > 0 AND conflicts > 0;

CREATE INDEX article_outlet ON article (outlet COLLATE NOCASE, at, number, story);
DROP INDEX article_feed;
CREATE INDEX article_feed ON article (feed, first_seen) WHERE feed IS NOT NULL;

-- Whoever is quoted, by the name with case and accents folded; "named" tells the WHO from who. What
-- is counted is brought up to date where the row says that it is stale.
CREATE TABLE speaker (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    named INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    remarks INTEGER NOT NULL DEFAULT 0,
    stories INTEGER NOT NULL DEFAULT 0,
    outlets INTEGER NOT NULL DEFAULT 0,
    last INTEGER,
    stale INTEGER NOT NULL DEFAULT 1,
    UNIQUE (key, named)
) STRICT;
CREATE INDEX speaker_remarks ON speaker (remarks DESC, number DESC) WHERE remarks > 0;
CREATE INDEX speaker_stale ON speaker (number) WHERE stale;

-- A quotation counts by itself as long as no remark has a variant in its article.
ALTER TABLE quotation ADD COLUMN who INTEGER REFERENCES speaker (number);
ALTER TABLE quotation ADD COLUMN speaker_kind TEXT;
ALTER TABLE quotation ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
UPDATE quotation SET at = (SELECT at FROM article WHERE article.number = quotation.article);
CREATE INDEX quotation_who ON quotation (who, at, number) WHERE who IS NOT NULL;

-- What somebody said in a story, once or in many variants. "at" is when it was first told.
CREATE TABLE remark (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    position INTEGER NOT NULL,
    who INTEGER REFERENCES speaker (number),
    speaker TEXT,
    speaker_kind TEXT,
    relation TEXT,
    note TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX remark_story ON remark (story, position);
CREATE INDEX remark_who ON remark (who, at, number) WHERE who IS NOT NULL;

CREATE TABLE variant (
    remark INTEGER NOT NULL REFERENCES remark (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    version INTEGER NOT NULL REFERENCES version (number),
    kind TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (remark, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX variant_article ON variant (article);

-- Where the reports of a story differ. "at" is the time of the newest article that takes a side.
-- Places are runs of variable-length integers: version, start and length.
CREATE TABLE dispute (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    about TEXT NOT NULL,
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    silent BLOB NOT NULL
) STRICT;
CREATE INDEX dispute_story ON dispute (story, position);
CREATE INDEX dispute_conflict ON dispute (at, number) WHERE verdict = 'conflict';

CREATE TABLE side (
    dispute INTEGER NOT NULL REFERENCES dispute (number) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    value TEXT NOT NULL,
    places BLOB NOT NULL,
    PRIMARY KEY (dispute, position)
) STRICT, WITHOUT ROWID;

-- What an article alone tells, what it leaves out, what it copies. Outlet and time are those of the
-- article when it was found: whatever changes them makes the story stale.
CREATE TABLE alone (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    outlet TEXT NOT NULL,
    at INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    places BLOB NOT NULL
) STRICT;
CREATE INDEX alone_story ON alone (story);
CREATE INDEX alone_outlet ON alone (outlet COLLATE NOCASE, at, number, passages);

CREATE TABLE left_out (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    outlet TEXT NOT NULL,
    at INTEGER NOT NULL,
    claim INTEGER NOT NULL REFERENCES claim (number) ON DELETE CASCADE,
    note TEXT NOT NULL,
    why TEXT NOT NULL
) STRICT;
CREATE INDEX left_out_claim ON left_out (claim);
CREATE INDEX left_out_outlet ON left_out (outlet COLLATE NOCASE, at, number);

-- "source" is an agency, or the outlet of the article "origin".
CREATE TABLE copy (
    number INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (number),
    outlet TEXT NOT NULL,
    at INTEGER NOT NULL,
    source TEXT NOT NULL,
    origin INTEGER REFERENCES article (number),
    evidence BLOB NOT NULL
) STRICT;
CREATE INDEX copy_story ON copy (story);
CREATE INDEX copy_outlet ON copy (outlet COLLATE NOCASE, at, number);
CREATE INDEX copy_source ON copy (source COLLATE NOCASE, at, number);

-- A search that is kept has a number that is never given twice, and knows the last article that it
-- has told of.
CREATE TABLE kept_search (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    created INTEGER,
    seen INTEGER NOT NULL DEFAULT 0,
    webhook TEXT,
    secret TEXT,
    email TEXT
) STRICT;
INSERT INTO kept_search (name, query, seen)
    SELECT name, query, (SELECT coalesce(max(number), 0) FROM article)
    FROM saved_search ORDER BY name;
DROP TABLE saved_search;
ALTER TABLE kept_search RENAME TO saved_search;

-- What is to be delivered: due at "next_at", delivered where "done" is set, given up where neither is.
CREATE TABLE alert (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    search INTEGER NOT NULL REFERENCES saved_search (number) ON DELETE CASCADE,
    article INTEGER NOT NULL REFERENCES article (number),
    channel TEXT NOT NULL,
    made INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,
    last_error TEXT,
    done INTEGER,
    UNIQUE (search, article, channel)
) STRICT;
CREATE INDEX alert_due ON alert (next_at, number) WHERE next_at IS NOT NULL;
