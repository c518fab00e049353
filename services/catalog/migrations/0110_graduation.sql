-- Initiatives that found money, as the stream tells, and which of them went on as which enterprise (deploy/decisions/0049-realisation.md).
CREATE TABLE catalog.known_initiative (
    id            uuid PRIMARY KEY,
    round_id      uuid NOT NULL,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    title         text NOT NULL,
    summary       text NOT NULL,
    municipality  text NOT NULL,
    goals         text[],
    target_groups text[],
    fictional     boolean,
    state         text NOT NULL,
    version       bigint NOT NULL
);

CREATE TABLE catalog.graduation (
    id            uuid PRIMARY KEY,
    initiative_id uuid NOT NULL REFERENCES catalog.known_initiative,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    round_id      uuid NOT NULL,
    enterprise_id uuid NOT NULL REFERENCES catalog.organisation,
    name          text NOT NULL,
    state         text NOT NULL CHECK (state = 'begun'),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT graduated_once UNIQUE (initiative_id)
);
CREATE INDEX graduation_by_round ON catalog.graduation (round_id);

ALTER TABLE catalog.known_initiative ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.known_initiative FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON catalog.known_initiative USING (app.may (4096));
CREATE POLICY applicant ON catalog.known_initiative FOR SELECT USING (applicant_id = app.org ());
ALTER TABLE catalog.graduation ENABLE ROW LEVEL SECURITY;
ALTER TABLE catalog.graduation FORCE ROW LEVEL SECURITY;
CREATE POLICY party ON catalog.graduation FOR SELECT USING (app.org () IN (applicant_id, manager_id, enterprise_id));
CREATE POLICY applicant ON catalog.graduation FOR INSERT WITH CHECK (applicant_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON catalog.known_initiative TO mw_catalog;
GRANT SELECT, INSERT ON catalog.graduation TO mw_catalog;

CREATE VIEW catalog.graduation_record WITH (security_invoker = true) AS
SELECT g.id, g.initiative_id, g.name, g.applicant_id, g.manager_id, g.round_id, g.enterprise_id, i.state AS initiative_state, i.fictional,
       g.state, g.version, g.created_at
FROM catalog.graduation g
LEFT JOIN catalog.known_initiative i ON i.id = g.initiative_id;
GRANT SELECT ON catalog.graduation_record TO mw_catalog;
