-- Programmes, the seats of their partners, rounds, and the initiatives that move through them.

-- The id in a cursor; NULL, and so an empty page, for what no page of ours ever gave.
CREATE FUNCTION pipeline.cursor_id (cursor text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN cursor ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN cursor::uuid END
$$;

CREATE TABLE pipeline.programme (
    id            uuid PRIMARY KEY,
    manager_id    uuid NOT NULL,
    name          text NOT NULL,
    region        text NOT NULL,
    goals         text[],
    target_groups text[],
    fictional     boolean,
    state         text NOT NULL CHECK (state IN ('active', 'ended')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE INDEX programme_by_name ON pipeline.programme (lower (name), id);

CREATE TABLE pipeline.seat (
    id              uuid PRIMARY KEY,
    programme_id    uuid NOT NULL REFERENCES pipeline.programme,
    manager_id      uuid NOT NULL,
    organisation_id uuid NOT NULL,
    role            text NOT NULL CHECK (role IN ('jury', 'expert', 'mentor', 'coach', 'financier',
                                                  'host')),
    valid_from      date NOT NULL,
    valid_until     date,
    state           text NOT NULL CHECK (state IN ('taken', 'given_up')),
    version         bigint NOT NULL DEFAULT 1
);
CREATE INDEX seat_by_programme ON pipeline.seat (programme_id, organisation_id);

CREATE TABLE pipeline.round (
    id            uuid PRIMARY KEY,
    programme_id  uuid NOT NULL REFERENCES pipeline.programme,
    manager_id    uuid NOT NULL,
    number        bigint NOT NULL,
    opens_at      timestamptz NOT NULL,
    closes_at     timestamptz NOT NULL,
    present_quota bigint NOT NULL,
    select_min    bigint NOT NULL,
    select_max    bigint NOT NULL,
    fictional     boolean,
    state         text NOT NULL CHECK (state IN ('announced', 'open', 'screening', 'presenting',
                                                 'decided', 'running', 'table', 'concluded')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT round_number_once UNIQUE (programme_id, number)
);

-- How far an initiative ever came is kept beside where it is: who withdraws later came in
-- nonetheless.
CREATE TABLE pipeline.initiative (
    id             uuid PRIMARY KEY,
    round_id       uuid NOT NULL REFERENCES pipeline.round,
    programme_id   uuid NOT NULL REFERENCES pipeline.programme,
    applicant_id   uuid NOT NULL,
    manager_id     uuid NOT NULL,
    title          text NOT NULL,
    summary        text NOT NULL,
    plan           text,
    municipality   text NOT NULL,
    goals          text[],
    target_groups  text[],
    ask_cents      bigint,
    financed_cents bigint,
    score          bigint CHECK (score BETWEEN 0 AND 1000000),
    jobs           bigint,
    evidence       text,
    drop_reason    text,
    fictional      boolean,
    submitted_at   timestamptz,
    presented_at   timestamptz,
    seated_at      timestamptz,
    state          text NOT NULL CHECK (state IN ('draft', 'submitted', 'eligible', 'presented',
                       'not_presented', 'selected', 'not_selected', 'in_programme', 'table_ready',
                       'at_table', 'financed', 'not_financed', 'realised', 'withdrawn')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL
);
CREATE INDEX initiative_by_round ON pipeline.initiative (round_id);
CREATE INDEX initiative_by_applicant ON pipeline.initiative (applicant_id);

ALTER TABLE pipeline.programme ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.programme FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.seat FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.round ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.round FORCE ROW LEVEL SECURITY;
ALTER TABLE pipeline.initiative ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.initiative FORCE ROW LEVEL SECURITY;

-- Who runs what, and who sits where, is public; only the manager changes it.
CREATE POLICY public ON pipeline.programme FOR SELECT USING (true);
CREATE POLICY manager ON pipeline.programme USING (manager_id = app.org ());
CREATE POLICY public ON pipeline.seat FOR SELECT USING (true);
CREATE POLICY manager ON pipeline.seat USING (manager_id = app.org ());
CREATE POLICY public ON pipeline.round FOR SELECT USING (true);
CREATE POLICY manager ON pipeline.round USING (manager_id = app.org ());

-- The applicant sees all of its own; the manager what was handed in; the partners, while they have
-- a
-- seat, what was presented to them; the public what goes on, not what was dropped.
CREATE POLICY applicant ON pipeline.initiative USING (applicant_id = app.org ());
CREATE POLICY manager ON pipeline.initiative FOR SELECT
    USING (manager_id = app.org () AND submitted_at IS NOT NULL);
CREATE POLICY manager_change ON pipeline.initiative FOR UPDATE
    USING (manager_id = app.org () AND submitted_at IS NOT NULL);
CREATE POLICY partner ON pipeline.initiative FOR SELECT
    USING (presented_at IS NOT NULL AND EXISTS (
        SELECT FROM pipeline.seat s
         WHERE s.programme_id = initiative.programme_id AND s.organisation_id = app.org ()
           AND s.state = 'taken'
           AND current_date BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')));
CREATE POLICY public ON pipeline.initiative FOR SELECT
    USING (state IN ('presented', 'selected', 'in_programme', 'table_ready', 'at_table', 'financed',
                     'realised'));
-- For the counts below, and for them only: the owner of the tables, which no service can be.
CREATE POLICY counted ON pipeline.initiative FOR SELECT TO mw_owner USING (true);

GRANT SELECT, INSERT, UPDATE ON pipeline.programme, pipeline.seat, pipeline.round,
pipeline.initiative
    TO mw_pipeline;

-- How many initiatives of a round came how far. Everybody may know the numbers, but nobody sees
-- all the
-- rows: so it runs as the owner of the tables, and gives numbers only. Selected are those that
-- hold a
-- place: who withdraws gives it back. The other numbers count all that ever came so far.
CREATE FUNCTION pipeline.round_count (wanted uuid)
    RETURNS TABLE (submitted bigint, presented bigint, selected bigint, at_table bigint,
    realised bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT count (submitted_at), count (presented_at),
           count (*) FILTER (WHERE state IN ('selected', 'in_programme', 'table_ready', 'at_table',
                                             'financed', 'not_financed', 'realised')),
           count (seated_at), count (*) FILTER (WHERE state = 'realised')
      FROM pipeline.initiative
     WHERE round_id = wanted
$$;
REVOKE ALL ON FUNCTION pipeline.round_count (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.round_count (uuid) TO mw_pipeline;
