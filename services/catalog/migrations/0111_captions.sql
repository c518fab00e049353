-- What an initiative is called is read where it can be forgotten (deploy/decisions/0050-erasing.md).
ALTER TABLE catalog.known_initiative ALTER COLUMN title DROP NOT NULL, ALTER COLUMN summary DROP NOT NULL;
UPDATE catalog.known_initiative SET title = NULL, summary = NULL;
COMMENT ON COLUMN catalog.known_initiative.title IS 'Not used: it is in stream.caption.';
COMMENT ON COLUMN catalog.known_initiative.summary IS 'Not used: it is in stream.caption.';
