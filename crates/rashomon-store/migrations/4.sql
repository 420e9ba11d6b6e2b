-- When something was decided by hand, and when it was taken back.
ALTER TABLE decision ADD COLUMN at INTEGER;
ALTER TABLE decision ADD COLUMN undone_at INTEGER;

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
