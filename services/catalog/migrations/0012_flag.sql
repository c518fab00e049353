-- What users report of offers and organisations, and appeals against decisions on an organisation.

CREATE TABLE catalog.flag (
    id              uuid PRIMARY KEY,
    reporter_id     uuid NOT NULL REFERENCES catalog.organisation,
    reported_id     uuid NOT NULL REFERENCES catalog.organisation,
    offer_id        uuid REFERENCES catalog.offer,
    organisation_id uuid REFERENCES catalog.organisation,
    subject         text NOT NULL,
    ground          text NOT NULL,
    text            text NOT NULL,
    statement       text,
    decided_at      timestamptz,
    state           text NOT NULL CHECK (state IN ('received', 'triaged', 'action', 'no_action')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX flag_by_reporter ON catalog.flag (reporter_id, id);
CREATE INDEX flag_by_reported ON catalog.flag (reported_id, id);
ALTER TABLE catalog.flag ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.flag FORCE ROW LEVEL SECURITY;
CREATE POLICY reporter ON catalog.flag FOR SELECT USING (reporter_id = app.org ());
CREATE POLICY reporting ON catalog.flag FOR INSERT WITH CHECK (reporter_id = app.org () AND state = 'received');
-- Who is reported reads what was decided; by which words it was reported, only flag_decision_list leaves out.
CREATE POLICY reported ON catalog.flag FOR SELECT
    USING (reported_id = app.org () AND state IN ('action', 'no_action'));
CREATE POLICY moderator ON catalog.flag FOR SELECT USING (app.may (512));
CREATE POLICY moderator_change ON catalog.flag FOR UPDATE USING (app.may (512));
GRANT SELECT, INSERT, UPDATE ON catalog.flag TO mw_catalog;

-- Whose handlers decide on appeals: appointed by the platform, by hand, from a day on. That somebody holds the role is not
-- enough, since many organisations may give it.
CREATE TABLE catalog.appointed (
    organisation_id uuid NOT NULL REFERENCES catalog.organisation,
    since           date NOT NULL,
    until           date,
    PRIMARY KEY (organisation_id, since)
);
GRANT SELECT ON catalog.appointed TO mw_catalog;
CREATE FUNCTION catalog.is_appointed () RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM catalog.appointed a,
                          LATERAL (SELECT (now () AT TIME ZONE 'Europe/Amsterdam')::date AS day) AS today
                    WHERE a.organisation_id = app.org () AND a.since <= day AND coalesce (a.until, day) >= day)
$$;

CREATE TABLE catalog.appeal (
    id              uuid PRIMARY KEY,
    organisation_id uuid NOT NULL REFERENCES catalog.organisation,
    grounds         text NOT NULL,
    criterion       text,
    decision        text,
    verdict         text,
    decided_by      uuid,
    state           text NOT NULL CHECK (state IN ('lodged', 'upheld', 'dismissed', 'withdrawn')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE UNIQUE INDEX one_appeal ON catalog.appeal (organisation_id) WHERE state = 'lodged';
ALTER TABLE catalog.appeal ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.appeal FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON catalog.appeal USING (organisation_id = app.org ());
-- 8192 is HANDLER.
CREATE POLICY handler ON catalog.appeal FOR SELECT USING ((app.may (8192) AND catalog.is_appointed ()));
CREATE POLICY handler_change ON catalog.appeal FOR UPDATE USING ((app.may (8192) AND catalog.is_appointed ()));
GRANT SELECT, INSERT, UPDATE ON catalog.appeal TO mw_catalog;

-- A handler sees an organisation that appealed, moves it while its appeal is theirs to decide, and no other.
CREATE POLICY handler ON catalog.organisation FOR SELECT
    USING ((app.may (8192) AND catalog.is_appointed ()) AND EXISTS (SELECT FROM catalog.appeal a WHERE a.organisation_id = organisation.id));
CREATE POLICY handler_change ON catalog.organisation FOR UPDATE
    USING ((app.may (8192) AND catalog.is_appointed ()) AND EXISTS (SELECT FROM catalog.appeal a
                                       WHERE a.organisation_id = organisation.id AND a.state IN ('lodged', 'upheld')));
