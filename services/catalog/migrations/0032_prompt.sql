-- A moderator writes to an enterprise of which nothing was heard, and not too often.
ALTER TABLE catalog.organisation ADD COLUMN prompted_at timestamptz;
INSERT INTO catalog.term (name, since, lasts) VALUES ('prompt', '2023-01-01', '30 days');
