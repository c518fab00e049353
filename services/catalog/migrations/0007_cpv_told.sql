-- The stream tells of CPV codes, so that matching knows what they are called.

-- Everyday words as the stream was told of them; NULL: of this code it was told nothing yet. The next import tells of
-- codes whose words are others now.
ALTER TABLE catalog.cpv_code ADD COLUMN everyday text[];

-- How often the stream was told: the number of the list's event.
CREATE TABLE catalog.cpv_told (
    one     boolean PRIMARY KEY DEFAULT true CHECK (one),
    version bigint NOT NULL DEFAULT 0
);
INSERT INTO catalog.cpv_told DEFAULT VALUES;
GRANT SELECT, UPDATE ON catalog.cpv_told TO mw_catalog;
