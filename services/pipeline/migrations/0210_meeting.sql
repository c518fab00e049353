-- The meetings of a round's programme, and who was there (deploy/decisions/0044-training.md).

CREATE TABLE pipeline.meeting (
    id           uuid PRIMARY KEY,
    round_id     uuid NOT NULL REFERENCES pipeline.round,
    programme_id uuid NOT NULL REFERENCES pipeline.programme,
    manager_id   uuid NOT NULL,
    host_id      uuid,
    kind         text NOT NULL CHECK (kind IN ('module', 'expert', 'pitch', 'other')),
    number       bigint,
    title        text NOT NULL,
    starts_at    timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    place        text,
    capacity     bigint NOT NULL,
    reason       text,
    secret       uuid NOT NULL DEFAULT gen_random_uuid (), -- of the codes on the screen; no statement gives it out
    fictional    boolean,
    state        text NOT NULL CHECK (state IN ('planned', 'moved', 'held', 'cancelled')),
    version      bigint NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    CHECK (ends_at > starts_at),
    CONSTRAINT meeting_number_once UNIQUE (round_id, kind, number)
);
CREATE INDEX meeting_by_time ON pipeline.meeting (round_id, starts_at, id);
CREATE INDEX meeting_by_host ON pipeline.meeting (host_id);

CREATE TABLE pipeline.attendance (
    id            uuid PRIMARY KEY,
    meeting_id    uuid NOT NULL REFERENCES pipeline.meeting,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    host_id       uuid,
    entered_at    timestamptz,
    state         text NOT NULL CHECK (state IN ('signed_up', 'signed_off', 'present', 'absent', 'void')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT signed_up_once UNIQUE (meeting_id, initiative_id)
);
CREATE INDEX attendance_by_round ON pipeline.attendance (round_id, id DESC);
CREATE INDEX attendance_by_initiative ON pipeline.attendance (initiative_id, id DESC);

ALTER TABLE pipeline.meeting ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.meeting FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.attendance ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.attendance FORCE ROW LEVEL SECURITY;

-- Who runs the round plans; who leads a meeting reads it and says that it was held; who is in the programme reads it.
CREATE POLICY manager ON pipeline.meeting USING (manager_id = app.org ());
CREATE POLICY host ON pipeline.meeting FOR SELECT USING (host_id = app.org ());
CREATE POLICY host_change ON pipeline.meeting FOR UPDATE USING (host_id = app.org ());
CREATE POLICY participant ON pipeline.meeting FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.initiative i
                   WHERE i.round_id = meeting.round_id AND i.applicant_id = app.org ()
                     AND i.state IN ('in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table', 'financed', 'part_financed',
                                     'interest', 'not_financed', 'realised', 'not_realised')));

CREATE POLICY applicant ON pipeline.attendance USING (applicant_id = app.org ());
CREATE POLICY manager ON pipeline.attendance USING (manager_id = app.org ());
CREATE POLICY host ON pipeline.attendance FOR SELECT USING (host_id = app.org ());
CREATE POLICY host_change ON pipeline.attendance FOR UPDATE USING (host_id = app.org ());
-- For the count below, and for that only.
CREATE POLICY counted ON pipeline.attendance FOR SELECT TO mw_owner USING (true);

GRANT SELECT, INSERT, UPDATE ON pipeline.meeting, pipeline.attendance TO mw_pipeline;

-- How many places of a meeting are taken: everybody who may read the meeting may know the number, and sees not the rows.
CREATE FUNCTION pipeline.meeting_taken (wanted uuid) RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT count (*) FROM pipeline.attendance WHERE meeting_id = wanted AND state IN ('signed_up', 'present', 'absent')
$$;
REVOKE ALL ON FUNCTION pipeline.meeting_taken (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.meeting_taken (uuid) TO mw_pipeline;

CREATE VIEW pipeline.meeting_record WITH (security_invoker = true) AS
SELECT m.id, m.round_id, m.manager_id, m.host_id, h.name AS host_name, m.kind, m.number, m.title, m.starts_at, m.ends_at, m.place,
       m.capacity, pipeline.meeting_taken (m.id) AS taken, m.reason, m.fictional, r.state AS round_state,
       m.host_id IS NULL OR EXISTS (
           SELECT FROM pipeline.seat s
           WHERE s.programme_id = m.programme_id AND s.organisation_id = m.host_id AND s.state = 'taken'
             AND s.role IN ('expert', 'host', 'mentor', 'coach')) AS seated,
       m.state, m.version, m.created_at
FROM pipeline.meeting m
JOIN pipeline.round r ON r.id = m.round_id
LEFT JOIN pipeline.known_organisation h ON h.id = m.host_id;

CREATE VIEW pipeline.attendance_record WITH (security_invoker = true) AS
SELECT a.id, a.meeting_id, a.initiative_id, a.round_id, a.applicant_id, a.manager_id, a.host_id, i.title AS initiative_title, m.title,
       m.kind, m.starts_at, m.ends_at, a.entered_at, m.fictional, m.state AS meeting_state, i.state AS initiative_state,
       m.capacity - pipeline.meeting_taken (m.id) AS places, a.state, a.version, a.created_at
FROM pipeline.attendance a
JOIN pipeline.meeting m ON m.id = a.meeting_id
LEFT JOIN pipeline.initiative i ON i.id = a.initiative_id;

GRANT SELECT ON pipeline.meeting_record, pipeline.attendance_record TO mw_pipeline;
