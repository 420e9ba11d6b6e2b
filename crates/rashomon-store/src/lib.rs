//! One SQLite file that keeps articles, revisions, stories and what is found in them.
