-- When something was decided by hand, and when it was taken back.
ALTER TABLE decision ADD COLUMN at INTEGER;
ALTER TABLE decision ADD COLUMN undone_at INTEGER;
