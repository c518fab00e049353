-- Applying to a round and its screening (deploy/decisions/0041-applying.md): what an applicant answers and with whom, a receipt, more time
-- for all or for one, what the screening found, and objections before somebody independent.

ALTER TABLE pipeline.round
    ADD COLUMN extended_from timestamptz,
    ADD COLUMN extend_reason text,
    ADD COLUMN extensions bigint NOT NULL DEFAULT 0;

ALTER TABLE pipeline.initiative
    ADD COLUMN min_viable_cents bigint,
    ADD COLUMN stage text CHECK (stage IN ('idea', 'starting', 'running')),
    ADD COLUMN language text CHECK (language IN ('nl', 'en')),
    ADD COLUMN answers jsonb,
    ADD COLUMN team jsonb,
    ADD COLUMN co_applicant_ids uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN documents jsonb,
    ADD COLUMN consent boolean,
    ADD COLUMN parent_id uuid REFERENCES pipeline.initiative,
    ADD COLUMN content_hash text,
    ADD COLUMN question text,
    ADD COLUMN answer text,
    ADD COLUMN answer_by timestamptz,
    ADD COLUMN answered_at timestamptz,
    ADD COLUMN checks jsonb,
    ADD COLUMN criterion text,
    ADD COLUMN object_by timestamptz,
    ADD COLUMN handler_id uuid; -- who would decide on an objection; chosen when it was asked about or refused
CREATE INDEX initiative_by_co_applicant ON pipeline.initiative USING gin (co_applicant_ids);
CREATE TRIGGER initiative_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.initiative
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents');

-- Who applies together reads it all, and edits what was not handed in.
CREATE POLICY together ON pipeline.initiative FOR SELECT USING (app.org () = ANY (co_applicant_ids));
CREATE POLICY together_change ON pipeline.initiative FOR UPDATE USING (app.org () = ANY (co_applicant_ids) AND state = 'draft');

CREATE TABLE pipeline.extension (
    id            uuid PRIMARY KEY,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    manager_id    uuid NOT NULL,
    applicant_id  uuid NOT NULL,
    until         timestamptz NOT NULL,
    ground        text NOT NULL CHECK (ground IN ('illness', 'outage', 'our_error', 'other')),
    reason        text NOT NULL,
    state         text NOT NULL DEFAULT 'granted' CHECK (state IN ('granted')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE INDEX extension_by_initiative ON pipeline.extension (initiative_id);
CREATE INDEX extension_by_round ON pipeline.extension (round_id, id DESC);
ALTER TABLE pipeline.extension ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.extension FORCE ROW LEVEL SECURITY;
CREATE POLICY extension_granted ON pipeline.extension FOR INSERT WITH CHECK (manager_id = app.org ());
CREATE POLICY extension_read ON pipeline.extension FOR SELECT USING (app.org () IN (manager_id, applicant_id));

-- Who runs a round cannot read a draft, and still may give it more time: whose it is, and nothing of what it says.
CREATE FUNCTION pipeline.draft_of (wanted uuid) RETURNS TABLE (round_id uuid, applicant_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT i.round_id, i.applicant_id FROM pipeline.initiative i WHERE i.id = wanted AND i.state = 'draft' AND i.manager_id = app.org ()
$$;
REVOKE ALL ON FUNCTION pipeline.draft_of (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.draft_of (uuid) TO mw_pipeline;

CREATE TABLE pipeline.objection (
    id            uuid PRIMARY KEY,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    handler_id    uuid NOT NULL CHECK (handler_id <> manager_id AND handler_id <> applicant_id),
    grounds       text NOT NULL,
    upheld        boolean,
    decision      text,
    decided_at    timestamptz,
    state         text NOT NULL DEFAULT 'lodged' CHECK (state IN ('lodged', 'decided', 'void')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL,
    CONSTRAINT objected_once UNIQUE (initiative_id)
);
CREATE INDEX objection_by_round ON pipeline.objection (round_id);
CREATE INDEX objection_by_handler ON pipeline.objection (handler_id, id DESC);
CREATE INDEX objection_by_applicant ON pipeline.objection (applicant_id, id DESC);
ALTER TABLE pipeline.objection ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.objection FORCE ROW LEVEL SECURITY;
CREATE POLICY objection_lodged ON pipeline.objection FOR INSERT WITH CHECK (applicant_id = app.org ());
CREATE POLICY objection_read ON pipeline.objection FOR SELECT USING (app.org () IN (applicant_id, manager_id, handler_id));
CREATE POLICY objection_moved ON pipeline.objection FOR UPDATE USING (app.org () IN (manager_id, handler_id));

-- Who decides on an objection reads what it is about, and their decision moves it.
CREATE POLICY handler ON pipeline.initiative FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.objection o WHERE o.initiative_id = initiative.id AND o.handler_id = app.org ()));
CREATE POLICY handler_change ON pipeline.initiative FOR UPDATE
    USING (EXISTS (SELECT FROM pipeline.objection o WHERE o.initiative_id = initiative.id AND o.handler_id = app.org ()));

GRANT SELECT, INSERT, UPDATE ON pipeline.extension, pipeline.objection TO mw_pipeline;

CREATE VIEW pipeline.extension_record WITH (security_invoker = true) AS
SELECT e.id, e.initiative_id, e.round_id, e.manager_id, e.applicant_id, e.until, e.ground, e.reason, r.state AS round_state, r.closes_at,
       e.state, e.version, e.created_at
FROM pipeline.extension e
JOIN pipeline.round r ON r.id = e.round_id;

CREATE VIEW pipeline.objection_record WITH (security_invoker = true) AS
SELECT o.id, o.initiative_id, i.title, o.round_id, o.applicant_id, a.name AS applicant_name, o.manager_id, o.handler_id,
       h.name AS handler_name, o.grounds, i.criterion, i.drop_reason, i.checks, i.summary, i.plan, i.answers, i.question, i.answer,
       o.upheld, o.decision, o.decided_at, i.state AS initiative_state, i.object_by,
       o.handler_id = ANY (i.co_applicant_ids)
       OR EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id AND s.organisation_id = o.handler_id
                  AND s.state = 'taken') AS handler_tied,
       o.state, o.version, o.created_at
FROM pipeline.objection o
JOIN pipeline.initiative i ON i.id = o.initiative_id
LEFT JOIN pipeline.known_organisation a ON a.id = o.applicant_id
LEFT JOIN pipeline.known_organisation h ON h.id = o.handler_id;

GRANT SELECT ON pipeline.extension_record, pipeline.objection_record TO mw_pipeline;
