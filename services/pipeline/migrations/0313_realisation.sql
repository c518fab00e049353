-- What becomes of a financed initiative (deploy/decisions/0049-realisation.md): milestones, jobs in counts, and why it failed.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA catalog;

CREATE TABLE pipeline.milestone (
    id            uuid PRIMARY KEY,
    initiative_id uuid NOT NULL REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    programme_id  uuid NOT NULL REFERENCES pipeline.programme,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    verifier_id   uuid,
    what          text NOT NULL,
    due_on        date NOT NULL,
    evidence      text,
    documents     jsonb,
    handed_in_at  timestamptz,
    remarks       text,
    verified_at   timestamptz,
    verified_by   uuid,
    state         text NOT NULL CHECK (state IN ('planned', 'met', 'returned', 'missed', 'verified', 'dropped')),
    version       bigint NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE INDEX milestone_by_initiative ON pipeline.milestone (initiative_id, due_on, id);
CREATE INDEX milestone_by_round ON pipeline.milestone (round_id, due_on, id);
CREATE INDEX milestone_by_verifier ON pipeline.milestone (verifier_id) WHERE verifier_id IS NOT NULL;
CREATE TRIGGER milestone_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.milestone
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents');

-- What was realised before there were milestones keeps what was said of it, as one.
INSERT INTO pipeline.milestone (id, initiative_id, round_id, programme_id, applicant_id, manager_id, what, due_on, evidence, verified_at,
                                verified_by, state, created_at)
SELECT gen_random_uuid (), i.id, i.round_id, i.programme_id, i.applicant_id, i.manager_id, 'Gerealiseerd', current_date, i.evidence, now (),
       i.manager_id, 'verified', now ()
FROM pipeline.initiative i WHERE i.state = 'realised' AND i.evidence IS NOT NULL;

CREATE TABLE pipeline.job_outcome (
    id             uuid PRIMARY KEY,
    initiative_id  uuid NOT NULL REFERENCES pipeline.initiative,
    round_id       uuid NOT NULL REFERENCES pipeline.round,
    applicant_id   uuid NOT NULL,
    manager_id     uuid NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('regular', 'sw', 'wage_subsidy', 'learn_status_holder', 'learn_general')),
    count          bigint NOT NULL CHECK (count > 0),
    fte_hundredths bigint NOT NULL CHECK (fte_hundredths BETWEEN 1 AND count * 100),
    valid_from     date NOT NULL,
    valid_until    date CHECK (valid_until >= valid_from),
    reason         text,
    confirmed_at   timestamptz,
    state          text NOT NULL CHECK (state IN ('reported', 'returned', 'confirmed', 'withdrawn')),
    version        bigint NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    -- The same jobs cannot be counted twice: of a kind there is one count on a day.
    CONSTRAINT jobs_once EXCLUDE USING gist (initiative_id WITH =, kind WITH =, daterange (valid_from, valid_until, '[]') WITH &&)
        WHERE (state <> 'withdrawn')
);
CREATE INDEX job_outcome_by_initiative ON pipeline.job_outcome (initiative_id, kind, valid_from DESC);
CREATE INDEX job_outcome_by_round ON pipeline.job_outcome (round_id, id DESC);

ALTER TABLE pipeline.initiative ADD COLUMN failure_ground text;
ALTER TABLE pipeline.round ADD COLUMN verifier_policy text -- absent: not_financier
    CHECK (verifier_policy IN ('not_financier', 'financier_too'));

ALTER TABLE pipeline.milestone ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.milestone FORCE ROW LEVEL SECURITY;
CREATE POLICY milestone_read ON pipeline.milestone FOR SELECT USING (app.org () IN (applicant_id, manager_id, verifier_id));
CREATE POLICY milestone_planned ON pipeline.milestone FOR INSERT WITH CHECK (app.org () IN (applicant_id, manager_id));
CREATE POLICY milestone_moved ON pipeline.milestone FOR UPDATE USING (app.org () IN (applicant_id, manager_id, verifier_id));

ALTER TABLE pipeline.job_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.job_outcome FORCE ROW LEVEL SECURITY;
CREATE POLICY jobs_read ON pipeline.job_outcome FOR SELECT USING (app.org () IN (applicant_id, manager_id));
CREATE POLICY jobs_reported ON pipeline.job_outcome FOR INSERT WITH CHECK (applicant_id = app.org ());
CREATE POLICY jobs_moved ON pipeline.job_outcome FOR UPDATE USING (app.org () IN (applicant_id, manager_id));
CREATE POLICY jobs_counted ON pipeline.job_outcome FOR SELECT TO mw_owner USING (true);

-- Jobs that an initiative gives, to everybody: a number. Of each kind the newest count, for the same jobs may be in two periods.
CREATE FUNCTION pipeline.jobs_of (wanted uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT sum (n.count)::bigint
    FROM (SELECT DISTINCT ON (j.kind) j.count FROM job_outcome j
          WHERE j.initiative_id = wanted AND j.state = 'confirmed' ORDER BY j.kind, j.valid_from DESC) n
$$;

-- Whether the caller, as a person and as an organisation, stands outside the team of an initiative: applies with it nowhere, now or
-- ever, does not go along with it, and has no money in it where the round says that this counts. Says nothing of anybody else.
CREATE FUNCTION pipeline.outside_team (wanted uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT app.org () IS NOT NULL
       AND NOT EXISTS (SELECT FROM initiative_tie t WHERE t.initiative_id = wanted
                       AND (t.kind = 'organisation' AND t.value = app.org ()::text OR t.kind = 'person' AND t.value = app.account ()::text))
       AND NOT EXISTS (SELECT FROM initiative_party y JOIN tie t ON t.kind = 'organisation' AND t.value = y.organisation_id::text
                       WHERE y.initiative_id = wanted AND t.account_id = app.account ())
       AND NOT EXISTS (SELECT FROM pairing p WHERE p.initiative_id = wanted AND p.state IN ('active', 'ended')
                       AND (p.organisation_id = app.org () OR p.account_id = app.account ()))
       AND NOT EXISTS (SELECT FROM pledge p JOIN round r ON r.id = p.round_id
                       WHERE p.initiative_id = wanted AND p.financier_id = app.org () AND p.state IN ('firm', 'paid_out')
                         AND r.verifier_policy IS DISTINCT FROM 'financier_too')
$$;
REVOKE ALL ON FUNCTION pipeline.jobs_of (uuid), pipeline.outside_team (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.jobs_of (uuid), pipeline.outside_team (uuid) TO mw_pipeline;

CREATE VIEW pipeline.milestone_record WITH (security_invoker = true) AS
SELECT m.id, m.initiative_id, m.what, m.due_on, m.round_id, m.applicant_id, m.manager_id, m.verifier_id, v.name AS verifier_name, i.title,
       m.evidence, m.documents, m.handed_in_at, m.remarks, m.verified_at, m.verified_by, i.fictional,
       (m.due_on + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam' AS overdue_at, i.state AS initiative_state,
       m.verifier_id IS NULL OR EXISTS (SELECT FROM pipeline.seat s
               WHERE s.programme_id = m.programme_id AND s.organisation_id = m.verifier_id AND s.state = 'taken'
                 AND current_date BETWEEN s.valid_from AND coalesce (s.valid_until, 'infinity')) AS verifier_seated,
       pipeline.outside_team (m.initiative_id) AS outside, m.state, m.version, m.created_at
FROM pipeline.milestone m
LEFT JOIN pipeline.initiative i ON i.id = m.initiative_id
LEFT JOIN pipeline.known_organisation v ON v.id = m.verifier_id;

CREATE VIEW pipeline.job_outcome_record WITH (security_invoker = true) AS
SELECT j.id, j.initiative_id, j.kind, j.count, j.fte_hundredths, j.valid_from, j.valid_until, j.round_id, j.applicant_id, j.manager_id,
       i.title, j.reason, j.confirmed_at, i.fictional, i.state AS initiative_state, j.valid_from <= current_date AS begun,
       pipeline.outside_team (j.initiative_id) AS outside, j.state, j.version, j.created_at
FROM pipeline.job_outcome j
LEFT JOIN pipeline.initiative i ON i.id = j.initiative_id;

GRANT SELECT, INSERT, UPDATE ON pipeline.milestone, pipeline.job_outcome TO mw_pipeline;
GRANT SELECT ON pipeline.milestone_record, pipeline.job_outcome_record TO mw_pipeline;

-- Who may verify is a rule of the round, and frozen with the others.
CREATE FUNCTION pipeline.keep_verifier_policy () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the rules of round % are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_frozen';
END
$$;
CREATE TRIGGER verifier_policy_frozen BEFORE UPDATE ON pipeline.round
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL AND NEW.verifier_policy IS DISTINCT FROM OLD.verifier_policy)
    EXECUTE FUNCTION pipeline.keep_verifier_policy ();

CREATE OR REPLACE VIEW pipeline.round_rules WITH (security_invoker = true) AS
SELECT r.id, jsonb_build_object (
    'present_quota', r.present_quota, 'select_min', r.select_min, 'select_max', r.select_max, 'waitlist', r.waitlist,
    'questions', r.questions, 'eligibility', r.eligibility, 'rubric', r.rubric, 'method', r.method, 'min_reviews', r.min_reviews,
    'blinding', r.blinding, 'conflict_policy', r.conflict_policy, 'feedback', r.feedback, 'answer_days', r.answer_days,
    'object_days', r.object_days, 'offer_days', r.offer_days, 'certificate_modules', r.certificate_modules,
    'certificate_needs', r.certificate_needs, 'pause_weeks', r.pause_weeks)
    || jsonb_strip_nulls (jsonb_build_object (
        'verifier_policy', r.verifier_policy,
        'max_documents', r.max_documents, 'document_megabytes', r.document_megabytes, 'feedback_at', r.feedback_at, 'rank_shown', r.rank_shown)) AS rules
FROM pipeline.round r;

CREATE OR REPLACE VIEW pipeline.round_record WITH (security_invoker = true) AS
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.template_id, r.opens_at, r.closes_at, r.screened_by,
       r.scored_by, r.decided_by, r.starts_at, r.table_at, r.present_quota, r.select_min, r.select_max, r.waitlist, r.questions,
       r.eligibility, r.rubric, r.method, r.min_reviews, r.blinding, r.conflict_policy, r.feedback, r.answer_days, r.object_days,
       r.offer_days, r.fictional, r.frozen_at, r.rules_hash, r.extended_from, r.extend_reason, r.extensions,
       (SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state IN ('submitted', 'more_info', 'objection')) AS pending,
       r.cancel_reason, n.submitted, n.presented, n.selected, n.at_table, n.realised, r.state, r.version, r.created_at,
       CASE WHEN r.state = 'scoring' AND r.rubric IS NOT NULL AND r.manager_id = app.org () THEN (
           SELECT count (*) FROM pipeline.initiative i WHERE i.round_id = r.id AND i.state = 'presented'
           AND (SELECT count (*) FROM pipeline.judgement_counted c WHERE c.initiative_id = i.id) < r.min_reviews) ELSE 0 END AS unreviewed,
       r.certificate_modules, r.certificate_needs, r.pause_weeks, r.max_documents, r.document_megabytes, r.feedback_at,
       r.rank_shown,
       r.verifier_policy
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;

DROP VIEW pipeline.initiative_record;
CREATE VIEW pipeline.initiative_record WITH (security_invoker = true) AS
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title, i.summary, i.plan, i.municipality,
       m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.min_viable_cents, i.stage, i.language, i.answers, i.team,
       (SELECT jsonb_agg (jsonb_build_object ('organisation_id', k.id, 'name', k.name) ORDER BY k.name)
        FROM pipeline.known_organisation k WHERE k.id = ANY (i.co_applicant_ids)) AS co_applicants,
       i.documents, i.consent, i.parent_id, i.submitted_at, i.question, i.answer, i.answer_by, i.checks, i.criterion, i.object_by,
       i.financed_cents, pipeline.jobs_of (i.id) AS jobs, i.drop_reason, i.failure_ground, i.fictional, r.state AS round_state,
       greatest (r.closes_at, (SELECT max (e.until) FROM pipeline.extension e WHERE e.initiative_id = i.id)) AS closes_at,
       CASE WHEN app.org () = ANY (i.co_applicant_ids) THEN app.org () END AS co_id,
       EXISTS (SELECT FROM pipeline.appointment h
               WHERE h.buyer_id = i.manager_id AND h.state = 'appointed' AND h.handler_id <> i.applicant_id
                 AND h.handler_id <> ALL (i.co_applicant_ids)
                 AND NOT EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id
                                 AND s.organisation_id = h.handler_id AND s.state = 'taken')) AS handler_ready,
       r.present_quota - n.presented AS places_to_present,
       i.state, i.version, i.created_at, i.warning, i.warned_until, i.lapses_at,
       i.offer_expires_at, i.waiting_place, i.waiting_until,
       CASE WHEN i.state = 'in_programme' THEN
           (SELECT count (*) FROM pipeline.attendance t JOIN pipeline.meeting w ON w.id = t.meeting_id
            WHERE t.initiative_id = i.id AND t.state = 'present' AND w.kind = 'module') >= coalesce (r.certificate_modules, 0)
           AND coalesce (r.certificate_needs, '{}') <@ ARRAY (SELECT d.kind FROM pipeline.deliverable d
                                                              WHERE d.initiative_id = i.id AND d.state = 'accepted') END AS certified,
       k.state AS ask_state,
       (SELECT count (*) FROM pipeline.milestone s WHERE s.initiative_id = i.id AND s.state = 'verified') AS milestones
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
LEFT JOIN pipeline.ask k ON k.initiative_id = i.id
LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
LEFT JOIN app.municipality m ON m.code = i.municipality
CROSS JOIN LATERAL pipeline.round_count (i.round_id) n;

GRANT SELECT ON pipeline.initiative_record TO mw_pipeline;
