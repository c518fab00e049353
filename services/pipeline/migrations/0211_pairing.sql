-- Mentors and coaches, what initiatives hand in, the rule of the certificate, and pausing and dropping out.

CREATE TABLE pipeline.mentor (
    id              uuid PRIMARY KEY,
    programme_id    uuid NOT NULL REFERENCES pipeline.programme,
    organisation_id uuid NOT NULL,
    manager_id      uuid NOT NULL,
    account_id      uuid NOT NULL,
    name            text NOT NULL,
    role            text NOT NULL CHECK (role IN ('mentor', 'coach')),
    skills          text NOT NULL,
    goals           text[],
    municipality    text NOT NULL,
    hours           bigint NOT NULL,
    state           text NOT NULL CHECK (state IN ('active', 'ended')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX mentor_by_programme ON pipeline.mentor (programme_id, role);
-- One profile of a person in a programme for each role.
CREATE UNIQUE INDEX mentor_once ON pipeline.mentor (programme_id, account_id, role) WHERE state = 'active';

CREATE TABLE pipeline.pairing (
    id              uuid PRIMARY KEY,
    initiative_id   uuid NOT NULL REFERENCES pipeline.initiative,
    mentor_id       uuid NOT NULL REFERENCES pipeline.mentor,
    round_id        uuid NOT NULL REFERENCES pipeline.round,
    applicant_id    uuid NOT NULL,
    organisation_id uuid NOT NULL,
    manager_id      uuid NOT NULL,
    account_id      uuid NOT NULL,
    hours           bigint NOT NULL,
    accepted_by     uuid,
    minutes         bigint NOT NULL DEFAULT 0,
    reason          text,
    state           text NOT NULL CHECK (state IN ('proposed', 'half', 'active', 'declined', 'ended')),
    version         bigint NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL
);
CREATE INDEX pairing_by_initiative ON pipeline.pairing (initiative_id, id DESC);
CREATE INDEX pairing_by_mentor ON pipeline.pairing (mentor_id, id DESC);
CREATE INDEX pairing_by_round ON pipeline.pairing (round_id, id DESC);
CREATE INDEX pairing_by_organisation ON pipeline.pairing (organisation_id, id DESC);
CREATE UNIQUE INDEX paired_once ON pipeline.pairing (initiative_id, mentor_id) WHERE state IN ('proposed', 'half', 'active');

CREATE TABLE pipeline.pairing_hours (
    id              uuid PRIMARY KEY,
    pairing_id      uuid NOT NULL REFERENCES pipeline.pairing,
    applicant_id    uuid NOT NULL,
    organisation_id uuid NOT NULL,
    manager_id      uuid NOT NULL,
    day             date NOT NULL,
    minutes         bigint NOT NULL CHECK (minutes > 0),
    note            text
);
CREATE INDEX pairing_hours_by_pairing ON pipeline.pairing_hours (pairing_id, day DESC, id DESC);

CREATE TABLE pipeline.deliverable (
    id            uuid PRIMARY KEY,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('canvas', 'test', 'impact_plan', 'business_case')),
    due_at        timestamptz,
    state         text NOT NULL CHECK (state IN ('asked', 'handed_in', 'returned', 'accepted', 'dropped')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE INDEX deliverable_by_round ON pipeline.deliverable (round_id, id DESC);
CREATE UNIQUE INDEX deliverable_once ON pipeline.deliverable (initiative_id, kind) WHERE state <> 'dropped';

CREATE TABLE pipeline.deliverable_version (
    id             uuid PRIMARY KEY,
    deliverable_id uuid NOT NULL REFERENCES pipeline.deliverable,
    applicant_id   uuid NOT NULL,
    number         bigint NOT NULL,
    text           text,
    documents      jsonb,
    handed_in_at   timestamptz NOT NULL,
    remarks        text,
    UNIQUE (deliverable_id, number)
);
CREATE TRIGGER deliverable_version_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.deliverable_version
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents');

ALTER TABLE pipeline.mentor ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.mentor FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.pairing ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.pairing FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.pairing_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.pairing_hours FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.deliverable ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.deliverable FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.deliverable_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.deliverable_version FORCE ROW LEVEL SECURITY;

CREATE POLICY pairing_party ON pipeline.pairing FOR SELECT USING (app.org () IN (applicant_id, organisation_id, manager_id));
CREATE POLICY pairing_made ON pipeline.pairing FOR INSERT WITH CHECK (manager_id = app.org ());
CREATE POLICY pairing_moved ON pipeline.pairing FOR UPDATE USING (app.org () IN (applicant_id, organisation_id, manager_id));

CREATE POLICY partner ON pipeline.mentor USING (organisation_id = app.org ());
CREATE POLICY manager ON pipeline.mentor FOR SELECT USING (manager_id = app.org ());
CREATE POLICY manager_change ON pipeline.mentor FOR UPDATE USING (manager_id = app.org ());
CREATE POLICY paired ON pipeline.mentor FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.pairing p WHERE p.mentor_id = mentor.id AND p.applicant_id = app.org ()));

CREATE POLICY hours_party ON pipeline.pairing_hours FOR SELECT USING (app.org () IN (applicant_id, organisation_id, manager_id));
CREATE POLICY hours_booked ON pipeline.pairing_hours FOR INSERT WITH CHECK (organisation_id = app.org ());

CREATE POLICY applicant ON pipeline.deliverable FOR SELECT USING (applicant_id = app.org ());
CREATE POLICY applicant_change ON pipeline.deliverable FOR UPDATE USING (applicant_id = app.org ());
CREATE POLICY manager ON pipeline.deliverable USING (manager_id = app.org ());
CREATE POLICY mentor ON pipeline.deliverable FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.pairing p
                   WHERE p.initiative_id = deliverable.initiative_id AND p.organisation_id = app.org () AND p.state = 'active'));
CREATE POLICY mentor_change ON pipeline.deliverable FOR UPDATE
    USING (EXISTS (SELECT FROM pipeline.pairing p
                   WHERE p.initiative_id = deliverable.initiative_id AND p.organisation_id = app.org () AND p.state = 'active'));

-- Who sees a deliverable sees its versions; only the initiative adds one.
CREATE POLICY version_read ON pipeline.deliverable_version FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.deliverable d WHERE d.id = deliverable_id));
CREATE POLICY version_remarked ON pipeline.deliverable_version FOR UPDATE
    USING (EXISTS (SELECT FROM pipeline.deliverable d WHERE d.id = deliverable_id));
CREATE POLICY version_added ON pipeline.deliverable_version FOR INSERT WITH CHECK (applicant_id = app.org ());

GRANT SELECT, INSERT, UPDATE ON pipeline.mentor, pipeline.pairing, pipeline.deliverable, pipeline.deliverable_version TO mw_pipeline;
GRANT SELECT, INSERT ON pipeline.pairing_hours TO mw_pipeline;

-- The hours that a mentor promised: to who may read the mentor, and of no initiative which.
CREATE POLICY counted ON pipeline.pairing FOR SELECT TO mw_owner USING (true);
CREATE FUNCTION pipeline.mentor_promised (wanted uuid) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT coalesce (sum (hours), 0)::bigint FROM pipeline.pairing WHERE mentor_id = wanted AND state IN ('proposed', 'half', 'active')
$$;
REVOKE ALL ON FUNCTION pipeline.mentor_promised (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.mentor_promised (uuid) TO mw_pipeline;

CREATE VIEW pipeline.mentor_record WITH (security_invoker = true) AS
SELECT m.id, m.programme_id, m.organisation_id, o.name AS organisation_name, m.manager_id, m.account_id, m.name, m.role, m.skills, m.goals,
       m.municipality, m.hours, pipeline.mentor_promised (m.id) AS promised,
       EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = m.programme_id AND s.organisation_id = m.organisation_id
               AND s.state = 'taken' AND s.role = m.role) AS seated, m.state, m.version, m.created_at
FROM pipeline.mentor m
LEFT JOIN pipeline.known_organisation o ON o.id = m.organisation_id;

CREATE VIEW pipeline.pairing_record WITH (security_invoker = true) AS
SELECT p.id, p.initiative_id, p.mentor_id, p.hours, p.round_id, p.applicant_id, p.organisation_id, p.manager_id, i.title,
       m.name AS mentor_name, o.name AS organisation_name, m.role, p.accepted_by, p.minutes, p.reason, p.account_id,
       i.state AS initiative_state, m.hours - pipeline.mentor_promised (m.id) AS hours_left, p.state, p.version, p.created_at
FROM pipeline.pairing p
LEFT JOIN pipeline.initiative i ON i.id = p.initiative_id
LEFT JOIN pipeline.mentor m ON m.id = p.mentor_id
LEFT JOIN pipeline.known_organisation o ON o.id = p.organisation_id;

CREATE VIEW pipeline.deliverable_record WITH (security_invoker = true) AS
SELECT d.id, d.initiative_id, d.kind, d.due_at, d.round_id, d.applicant_id, d.manager_id, i.title,
       (SELECT jsonb_agg (jsonb_build_object ('number', v.number, 'text', v.text, 'documents', v.documents, 'handed_in_at', v.handed_in_at,
                                              'remarks', v.remarks) ORDER BY v.number DESC)
        FROM pipeline.deliverable_version v WHERE v.deliverable_id = d.id) AS versions,
       i.fictional, i.state AS initiative_state,
       EXISTS (SELECT FROM pipeline.pairing p
               WHERE p.initiative_id = d.initiative_id AND p.organisation_id = app.org () AND p.state = 'active') AS mentored,
       d.state, d.version, d.created_at
FROM pipeline.deliverable d
LEFT JOIN pipeline.initiative i ON i.id = d.initiative_id;

GRANT SELECT ON pipeline.mentor_record, pipeline.pairing_record, pipeline.deliverable_record TO mw_pipeline;
