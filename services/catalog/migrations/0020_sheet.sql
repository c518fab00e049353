-- A table of offers is read where the files are, under the files' own policies.
-- tolerates older builds

GRANT USAGE ON SCHEMA blob TO mw_catalog;
GRANT SELECT ON blob.file, blob.chunk TO mw_catalog;
