-- An enterprise that was registered twice: one registration goes on in the other, and stays as history.
ALTER TABLE catalog.organisation
    DROP CONSTRAINT organisation_state_check,
    ADD CONSTRAINT organisation_state_check CHECK (state IN (
        'registered', 'identity_checked', 'evidence_due', 'under_review', 'admitted', 'provisional', 'recheck_due',
        'suspended', 'lapsed', 'refused', 'removed', 'leaving', 'left', 'ended', 'merged')),
    ADD COLUMN merged_into uuid REFERENCES catalog.organisation,
    ADD COLUMN merged_from text, -- the state
    ADD COLUMN firm        uuid REFERENCES catalog.organisation, -- the last of a row of mergers; NULL: itself
    ADD CONSTRAINT merges_into_other CHECK (merged_into <> id),
    ADD CONSTRAINT merged_whole CHECK (num_nulls (merged_into, merged_from, firm) IN (0, 3));
CREATE INDEX organisation_by_firm ON catalog.organisation (firm) WHERE firm IS NOT NULL;

-- A number of the trade register is one firm's. Registrations that were merged are one firm, so the one that goes on may take
-- the number of the other, and nobody else may. Asked at the end of a statement: a merger moves several at once.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA catalog;
ALTER TABLE catalog.organisation
    DROP CONSTRAINT kvk_once,
    ADD CONSTRAINT kvk_once EXCLUDE USING gist (kvk_number WITH =, coalesce (firm, id) WITH <>) DEFERRABLE INITIALLY IMMEDIATE;

-- Whom a moderator means: by its id, or by a number; of those that had that number, the one that goes on.
CREATE FUNCTION catalog.merge_target (named uuid, number text) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT o.id FROM catalog.organisation o
     WHERE o.id = named OR o.kvk_number = number
     ORDER BY o.merged_into IS NOT NULL LIMIT 1
$$;

-- Who merges asks whether something is open, as who leaves does. 512 is MODERATOR.
CREATE POLICY moderator ON catalog.known_order FOR SELECT USING (app.may (512) AND open);
CREATE POLICY moderator ON catalog.known_invoice FOR SELECT USING (app.may (512) AND open);

-- Who took part when it was merged stays to be read by everybody.
DROP POLICY public ON catalog.organisation;
CREATE POLICY public ON catalog.organisation FOR SELECT
    USING (catalog.takes_part (CASE state WHEN 'merged' THEN merged_from ELSE state END));
