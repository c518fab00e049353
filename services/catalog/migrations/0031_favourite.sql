-- Lists of offers and enterprises that the people of an organisation share, and the story of an enterprise.

ALTER TABLE catalog.organisation ADD COLUMN story text;

CREATE TABLE catalog.favourite_list (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES catalog.organisation,
    title           text NOT NULL,
    note            text,
    state           text NOT NULL CHECK (state IN ('kept', 'dropped')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX favourite_list_by_organisation ON catalog.favourite_list (organisation_id, id);
ALTER TABLE catalog.favourite_list ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.favourite_list FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.favourite_list USING (organisation_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON catalog.favourite_list TO mw_catalog;

-- What something was called stays, for who put it there may not see it later.
CREATE TABLE catalog.favourite (
    id              uuid PRIMARY KEY,
    list_id         uuid NOT NULL REFERENCES catalog.favourite_list,
    organisation_id uuid NOT NULL,
    offer_id        uuid REFERENCES catalog.offer,
    supplier_id     uuid NOT NULL REFERENCES catalog.organisation,
    title           text NOT NULL,
    supplier_name   text NOT NULL,
    note            text,
    added_by        uuid NOT NULL,
    state           text NOT NULL CHECK (state IN ('listed', 'taken_off')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX listed_once ON catalog.favourite (list_id, supplier_id, offer_id) NULLS NOT DISTINCT
    WHERE state = 'listed';
CREATE INDEX favourite_by_organisation ON catalog.favourite (organisation_id, id);
ALTER TABLE catalog.favourite ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.favourite FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.favourite USING (organisation_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON catalog.favourite TO mw_catalog;

CREATE VIEW catalog.favourite_record WITH (security_invoker = true) AS
SELECT f.id, f.list_id, f.organisation_id, l.title AS list_title, f.offer_id, f.supplier_id, f.title, f.supplier_name, f.note,
       f.added_by, l.state AS list_state, f.state, f.version, f.created_at,
       EXISTS (SELECT FROM catalog.organisation s WHERE s.id = f.supplier_id AND catalog.takes_part (s.state))
           AND (f.offer_id IS NULL OR EXISTS (SELECT FROM catalog.offer o
                                               WHERE o.id = f.offer_id AND o.state = 'published')) AS available
  FROM catalog.favourite f
  JOIN catalog.favourite_list l ON l.id = f.list_id;
GRANT SELECT ON catalog.favourite_record TO mw_catalog;
