-- The rules of a round (deploy/decisions/0040-programme.md): what applicants are asked, what an initiative has to meet, how the jury
-- scores. They are frozen when the round opens. And the stages in which a jury declares, scores and deliberates.

ALTER TABLE pipeline.round
    ADD COLUMN template_id uuid REFERENCES pipeline.round,
    ADD COLUMN screened_by timestamptz,
    ADD COLUMN scored_by timestamptz,
    ADD COLUMN decided_by timestamptz,
    ADD COLUMN starts_at timestamptz,
    ADD COLUMN table_at timestamptz,
    ADD COLUMN waitlist bigint NOT NULL DEFAULT 0,
    ADD COLUMN questions jsonb,
    ADD COLUMN eligibility jsonb,
    ADD COLUMN rubric jsonb,
    ADD COLUMN method text NOT NULL DEFAULT 'mean' CHECK (method IN ('mean', 'median')),
    ADD COLUMN min_reviews bigint NOT NULL DEFAULT 2,
    ADD COLUMN blinding text NOT NULL DEFAULT 'until_locked' CHECK (blinding IN ('until_locked', 'until_decided', 'open')),
    ADD COLUMN conflict_policy text NOT NULL DEFAULT 'no_vote' CHECK (conflict_policy IN ('no_vote', 'not_own')),
    ADD COLUMN feedback text NOT NULL DEFAULT 'remarks' CHECK (feedback IN ('none', 'scores', 'remarks')),
    ADD COLUMN answer_days bigint NOT NULL DEFAULT 7,
    ADD COLUMN object_days bigint NOT NULL DEFAULT 14,
    ADD COLUMN offer_days bigint NOT NULL DEFAULT 7,
    ADD COLUMN frozen_at timestamptz,
    ADD COLUMN rules_hash text,
    ADD COLUMN cancel_reason text,
    DROP CONSTRAINT round_state_check,
    ADD CONSTRAINT round_state_check CHECK (state IN ('draft', 'announced', 'open', 'screening', 'presenting', 'scoring', 'deliberation',
                                                      'decided', 'running', 'table', 'concluded', 'cancelled'));

-- A round that its partners were seeing under the old rules is one that they score.
UPDATE pipeline.round SET state = 'scoring' WHERE state = 'presenting';

-- What is frozen: all by which initiatives are taken in, judged and chosen. The dates up to the closing may still move, for all alike.
CREATE VIEW pipeline.round_rules WITH (security_invoker = true) AS
SELECT r.id, jsonb_build_object (
    'present_quota', r.present_quota, 'select_min', r.select_min, 'select_max', r.select_max, 'waitlist', r.waitlist,
    'questions', r.questions, 'eligibility', r.eligibility, 'rubric', r.rubric, 'method', r.method, 'min_reviews', r.min_reviews,
    'blinding', r.blinding, 'conflict_policy', r.conflict_policy, 'feedback', r.feedback, 'answer_days', r.answer_days,
    'object_days', r.object_days, 'offer_days', r.offer_days) AS rules
FROM pipeline.round r;

CREATE FUNCTION pipeline.keep_rules () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.present_quota, NEW.select_min, NEW.select_max, NEW.waitlist, NEW.questions, NEW.eligibility, NEW.rubric, NEW.method,
        NEW.min_reviews, NEW.blinding, NEW.conflict_policy, NEW.feedback, NEW.answer_days, NEW.object_days, NEW.offer_days,
        NEW.frozen_at, NEW.rules_hash)
       IS DISTINCT FROM
       (OLD.present_quota, OLD.select_min, OLD.select_max, OLD.waitlist, OLD.questions, OLD.eligibility, OLD.rubric, OLD.method,
        OLD.min_reviews, OLD.blinding, OLD.conflict_policy, OLD.feedback, OLD.answer_days, OLD.object_days, OLD.offer_days,
        OLD.frozen_at, OLD.rules_hash) THEN
        RAISE EXCEPTION 'the rules of round % are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_frozen';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER rules_frozen BEFORE UPDATE ON pipeline.round
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION pipeline.keep_rules ();

DROP POLICY public ON pipeline.round;
CREATE POLICY public ON pipeline.round FOR SELECT USING (state <> 'draft' AND (state <> 'cancelled' OR frozen_at IS NOT NULL));

CREATE VIEW pipeline.round_record WITH (security_invoker = true) AS
SELECT r.id, r.programme_id, p.name AS programme_name, r.manager_id, r.number, r.template_id, r.opens_at, r.closes_at, r.screened_by,
       r.scored_by, r.decided_by, r.starts_at, r.table_at, r.present_quota, r.select_min, r.select_max, r.waitlist, r.questions,
       r.eligibility, r.rubric, r.method, r.min_reviews, r.blinding, r.conflict_policy, r.feedback, r.answer_days, r.object_days,
       r.offer_days, r.fictional, r.frozen_at, r.rules_hash, r.cancel_reason, n.submitted, n.presented, n.selected, n.at_table,
       n.realised, r.state, r.version, r.created_at
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;

-- Partners read what is presented as dossiers; who applied is nobody's business before it is decided who takes part.
DROP POLICY partner ON pipeline.initiative;
DROP POLICY public ON pipeline.initiative;
CREATE POLICY public ON pipeline.initiative FOR SELECT
    USING (state IN ('selected', 'in_programme', 'paused', 'table_ready', 'at_table', 'financed', 'part_financed', 'interest', 'realised')
           AND EXISTS (SELECT FROM pipeline.round r WHERE r.id = initiative.round_id
                       AND r.state IN ('decided', 'running', 'table', 'concluded')));

ALTER TABLE pipeline.initiative
    DROP CONSTRAINT initiative_state_check,
    ADD CONSTRAINT initiative_state_check CHECK (state IN (
        'draft', 'submitted', 'more_info', 'eligible', 'ineligible', 'objection', 'ineligible_final', 'presented', 'not_presented',
        'selected', 'waitlisted', 'not_selected', 'declined', 'in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table',
        'financed', 'part_financed', 'interest', 'not_financed', 'realised', 'not_realised', 'withdrawn', 'withdrawn_late',
        'closed_by_round'));

-- What an initiative is, with what its guards ask about the round: the one place that names its fields.
CREATE VIEW pipeline.initiative_record WITH (security_invoker = true) AS
SELECT i.id, i.round_id, i.applicant_id, a.name AS applicant_name, i.manager_id, i.title, i.summary, i.plan, i.municipality,
       m.name AS municipality_name, i.goals, i.target_groups, i.ask_cents, i.financed_cents, i.score, i.jobs, i.evidence, i.drop_reason,
       i.fictional, r.state AS round_state, r.closes_at, r.present_quota - n.presented AS places_to_present,
       r.select_max - n.selected AS places_to_select, i.state, i.version, i.created_at
FROM pipeline.initiative i
JOIN pipeline.round r ON r.id = i.round_id
LEFT JOIN pipeline.known_organisation a ON a.id = i.applicant_id
LEFT JOIN app.municipality m ON m.code = i.municipality
CROSS JOIN LATERAL pipeline.round_count (i.round_id) n;

GRANT SELECT ON pipeline.round_rules, pipeline.round_record, pipeline.initiative_record TO mw_pipeline;
