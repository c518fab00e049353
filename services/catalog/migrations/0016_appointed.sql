-- The platform appoints the handlers of appeals by an operation: an operator adds a term, or gives one its last day.
-- 1024 is OPERATOR.

ALTER TABLE catalog.appointed ADD COLUMN version bigint NOT NULL DEFAULT 1;
ALTER TABLE catalog.appointed ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.appointed FORCE ROW LEVEL SECURITY;
CREATE POLICY public ON catalog.appointed FOR SELECT USING (true);
CREATE POLICY operator_adds ON catalog.appointed FOR INSERT WITH CHECK (app.may (1024));
CREATE POLICY operator_changes ON catalog.appointed FOR UPDATE USING (app.may (1024));
GRANT INSERT, UPDATE ON catalog.appointed TO mw_catalog;
