-- What a jury decided about each initiative, as its applicant reads it, and objecting against that (deploy/decisions/0046-results.md).

-- From when, and whether with its rank, an applicant reads the scores: rules of a round, frozen with the others.
ALTER TABLE pipeline.round
    ADD COLUMN feedback_at text CHECK (feedback_at IN ('decided', 'concluded')),
    ADD COLUMN rank_shown boolean;

CREATE FUNCTION pipeline.keep_result_rules () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.feedback_at, NEW.rank_shown) IS DISTINCT FROM (OLD.feedback_at, OLD.rank_shown) THEN
        RAISE EXCEPTION 'the rules of round % are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_frozen';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER result_rules_frozen BEFORE UPDATE ON pipeline.round
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION pipeline.keep_result_rules ();

-- Absent where they are as usual, so that the hash of rounds that were frozen before is still the hash of what they show.
CREATE OR REPLACE VIEW pipeline.round_rules WITH (security_invoker = true) AS
SELECT r.id, jsonb_build_object (
    'present_quota', r.present_quota, 'select_min', r.select_min, 'select_max', r.select_max, 'waitlist', r.waitlist,
    'questions', r.questions, 'eligibility', r.eligibility, 'rubric', r.rubric, 'method', r.method, 'min_reviews', r.min_reviews,
    'blinding', r.blinding, 'conflict_policy', r.conflict_policy, 'feedback', r.feedback, 'answer_days', r.answer_days,
    'object_days', r.object_days, 'offer_days', r.offer_days, 'certificate_modules', r.certificate_modules,
    'certificate_needs', r.certificate_needs, 'pause_weeks', r.pause_weeks)
    || jsonb_strip_nulls (jsonb_build_object (
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
       r.rank_shown
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;

-- Kept when it is decided, with who would handle an objection: what becomes of judgements or jurors later changes nothing of it.
CREATE TABLE pipeline.result (
    initiative_id uuid PRIMARY KEY REFERENCES pipeline.initiative,
    round_id      uuid NOT NULL REFERENCES pipeline.round,
    applicant_id  uuid NOT NULL,
    manager_id    uuid NOT NULL,
    outcome       text NOT NULL CHECK (outcome IN ('selected', 'waitlisted', 'not_selected')),
    place         bigint,
    reason        text,
    rank          bigint,
    total_ppm     bigint,
    ranked        bigint NOT NULL,
    criteria      jsonb,
    juror_remarks text[],
    handler_id    uuid,
    object_by     timestamptz,
    decided_at    timestamptz NOT NULL
);
CREATE INDEX result_by_round ON pipeline.result (round_id);

-- What was decided before: nobody can object to it any more.
INSERT INTO pipeline.result (initiative_id, round_id, applicant_id, manager_id, outcome, place, reason, rank, total_ppm, ranked, criteria,
                             juror_remarks, decided_at)
SELECT i.id, i.round_id, i.applicant_id, i.manager_id, l.value ->> 'outcome', (l.value ->> 'place')::bigint, l.value ->> 'reason',
       (l.value ->> 'rank')::bigint, (l.value ->> 'total_ppm')::bigint, jsonb_array_length (s.ranking), k.value -> 'criteria',
       (SELECT array_agg (c.remark ORDER BY md5 (c.remark)) FROM pipeline.judgement_counted c
        WHERE c.initiative_id = i.id AND c.remark IS NOT NULL), s.decided_at
FROM pipeline.selection s
CROSS JOIN LATERAL jsonb_array_elements (s.lines) l
JOIN pipeline.initiative i ON i.id = (l.value ->> 'initiative_id')::uuid
LEFT JOIN LATERAL jsonb_array_elements (s.ranking) k ON k.value ->> 'initiative_id' = l.value ->> 'initiative_id'
WHERE s.state = 'decided';

-- Somebody before whom an applicant can object: appointed, and neither applies, nor has a seat in the programme, nor judged. For who runs the round.
CREATE VIEW pipeline.independent_handler WITH (security_invoker = true) AS
SELECT i.id AS initiative_id, h.handler_id
FROM pipeline.initiative i
JOIN pipeline.appointment h ON h.buyer_id = i.manager_id AND h.state = 'appointed' AND h.handler_id <> i.applicant_id
     AND h.handler_id <> ALL (i.co_applicant_ids)
WHERE NOT EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id AND s.organisation_id = h.handler_id AND s.state = 'taken')
  AND NOT EXISTS (SELECT FROM pipeline.juror j WHERE j.round_id = i.round_id AND j.organisation_id = h.handler_id);

-- An objection is about one of two decisions, each once.
ALTER TABLE pipeline.objection
    ADD COLUMN about text NOT NULL DEFAULT 'eligibility' CHECK (about IN ('eligibility', 'selection')),
    DROP CONSTRAINT objected_once,
    ADD CONSTRAINT objected_once UNIQUE (initiative_id, about);
ALTER TABLE pipeline.initiative ADD COLUMN reinstated_at timestamptz; -- an objection against the jury's decision was right
COMMENT ON COLUMN pipeline.initiative.score IS 'Not used: what an initiative scored is in its result.';

ALTER TABLE pipeline.result ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.result FORCE ROW LEVEL SECURITY;
CREATE POLICY applicant ON pipeline.result FOR SELECT USING (applicant_id = app.org ());
CREATE POLICY together ON pipeline.result FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.initiative i WHERE i.id = result.initiative_id AND app.org () = ANY (i.co_applicant_ids)));
CREATE POLICY manager ON pipeline.result FOR SELECT USING (manager_id = app.org ());
CREATE POLICY manager_keeps ON pipeline.result FOR INSERT WITH CHECK (manager_id = app.org ());
CREATE POLICY handler ON pipeline.result FOR SELECT
    USING (EXISTS (SELECT FROM pipeline.objection o
                   WHERE o.initiative_id = result.initiative_id AND o.about = 'selection' AND o.handler_id = app.org ()));

CREATE OR REPLACE VIEW pipeline.objection_record WITH (security_invoker = true) AS
SELECT o.id, o.initiative_id, i.title, o.round_id, o.applicant_id, a.name AS applicant_name, o.manager_id, o.handler_id,
       h.name AS handler_name, o.grounds, i.criterion, CASE o.about WHEN 'selection' THEN s.reason ELSE i.drop_reason END AS drop_reason,
       i.checks, i.summary, i.plan, i.answers, i.question, i.answer,
       o.upheld, o.decision, o.decided_at, i.state AS initiative_state,
       CASE o.about WHEN 'selection' THEN s.object_by ELSE i.object_by END AS object_by,
       o.handler_id = ANY (i.co_applicant_ids)
       OR EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id AND s.organisation_id = o.handler_id
                  AND s.state = 'taken')
       OR EXISTS (SELECT FROM pipeline.juror j WHERE j.round_id = o.round_id AND j.organisation_id = o.handler_id) AS handler_tied,
       o.state, o.version, o.created_at, i.documents, m.name AS manager_name, o.about
FROM pipeline.objection o
JOIN pipeline.initiative i ON i.id = o.initiative_id
LEFT JOIN pipeline.result s ON s.initiative_id = o.initiative_id
LEFT JOIN pipeline.known_organisation a ON a.id = o.applicant_id
LEFT JOIN pipeline.known_organisation m ON m.id = o.manager_id
LEFT JOIN pipeline.known_organisation h ON h.id = o.handler_id;

CREATE OR REPLACE VIEW pipeline.selection_record WITH (security_invoker = true) AS
SELECT s.id, s.round_id, s.manager_id, s.minute,
       CASE WHEN s.manager_id = app.org () THEN s.lines ELSE (
           SELECT jsonb_agg (l.line - 'initiative_id' - 'rank' || jsonb_build_object ('dossier_id', l.id, 'number', l.number, 'rank', l.rank)
                             ORDER BY l.rank, l.number)
           FROM (SELECT e.value AS line, d.id, d.number, rank () OVER (ORDER BY (e.value ->> 'total_ppm')::bigint DESC NULLS LAST) AS rank
                 FROM jsonb_array_elements (s.lines) e
                 JOIN pipeline.dossier d ON d.initiative_id = (e.value ->> 'initiative_id')::uuid) l) END AS lines,
       CASE WHEN s.manager_id = app.org () THEN s.ranking END AS ranking,
       (SELECT jsonb_agg (jsonb_strip_nulls (jsonb_build_object (
                   'account_id', p.account_id, 'juror_id', p.juror_id, 'organisation_name', o.name, 'signed_at', p.signed_at))
                   ORDER BY p.juror_id NULLS FIRST)
        FROM pipeline.selection_present p LEFT JOIN pipeline.known_organisation o ON o.id = p.organisation_id
        WHERE p.selection_id = s.id) AS present,
       (SELECT array_agg (p.juror_id ORDER BY p.juror_id) FROM pipeline.selection_present p
        WHERE p.selection_id = s.id AND p.juror_id IS NOT NULL) AS jurors,
       s.rules_hash, s.counted_hash, s.state = 'decided' OR s.counted_hash = pipeline.counted_hash (s.round_id) AS current,
       (SELECT count (*) FROM jsonb_array_elements (s.lines) e
        WHERE e.value ->> 'deviation' <> 'none' AND NOT (e.value ->> 'written')::boolean) AS unexplained,
       (SELECT count (*) FROM pipeline.selection_present p WHERE p.selection_id = s.id AND p.signed_at IS NULL) AS not_signed,
       CASE WHEN r.rubric IS NULL THEN 0 ELSE (
           SELECT count (*) FROM jsonb_array_elements (s.ranking) e WHERE NOT (e.value ->> 'enough')::boolean) END AS too_few,
       (SELECT count (*) FROM jsonb_array_elements (s.lines) e WHERE e.value ->> 'outcome' = 'selected') AS selected,
       r.select_min, r.select_max,
       EXISTS (SELECT FROM pipeline.selection_present p
               WHERE p.selection_id = s.id AND p.account_id = app.account () AND p.signed_at IS NULL) AS may_sign,
       r.state AS round_state, s.promote_at, s.decided_at, s.state, s.version, s.created_at,
       s.manager_id IS DISTINCT FROM app.org () OR s.state = 'decided' OR NOT EXISTS (
           SELECT FROM jsonb_array_elements (s.lines) e
           WHERE e.value ->> 'outcome' <> 'selected'
             AND NOT EXISTS (SELECT FROM pipeline.independent_handler h WHERE h.initiative_id = (e.value ->> 'initiative_id')::uuid)) AS handler_ready
FROM pipeline.selection s
JOIN pipeline.round r ON r.id = s.round_id;

-- Who runs the round and who decides on an objection read all of it; its applicant what the rules of the round say.
CREATE VIEW pipeline.result_record WITH (security_invoker = true) AS
SELECT s.initiative_id, s.round_id, s.applicant_id, a.name AS applicant_name, w.name AS manager_name, p.name AS programme_name,
       r.number AS round_number, i.title, s.outcome, i.state, s.place, s.reason, s.decided_at, r.feedback,
       coalesce (r.feedback_at, 'decided') AS feedback_at, NOT v.now AND (r.feedback <> 'none' OR r.rank_shown IS TRUE) AS withheld,
       CASE WHEN v.scores THEN s.total_ppm END AS total_ppm, CASE WHEN v.rank THEN s.rank END AS rank,
       CASE WHEN v.rank AND s.rank IS NOT NULL THEN s.ranked END AS ranked, r.method,
       CASE WHEN v.scores THEN (
           SELECT jsonb_agg (c.value - 'judgements' - 'lowest' - 'highest' || coalesce (jsonb_strip_nulls (jsonb_build_object (
                      'name', b.value -> 'name', 'name_en', b.value -> 'name_en')), '{}') ORDER BY c.at)
           FROM jsonb_array_elements (s.criteria) WITH ORDINALITY c (value, at)
           LEFT JOIN LATERAL jsonb_array_elements (r.rubric) b ON b.value ->> 'code' = c.value ->> 'code') END AS criteria,
       CASE WHEN v.scores AND (v.everything OR r.feedback = 'remarks') THEN s.juror_remarks END AS remarks,
       h.name AS handler_name, s.object_by, o.id AS objection_id, o.state AS objection_state, o.upheld, o.decision AS objection_decision,
       i.reinstated_at, i.fictional
FROM pipeline.result s
JOIN pipeline.initiative i ON i.id = s.initiative_id
JOIN pipeline.round r ON r.id = s.round_id
JOIN pipeline.programme p ON p.id = r.programme_id
LEFT JOIN pipeline.objection o ON o.initiative_id = s.initiative_id AND o.about = 'selection'
LEFT JOIN pipeline.known_organisation a ON a.id = s.applicant_id
LEFT JOIN pipeline.known_organisation w ON w.id = s.manager_id
LEFT JOIN pipeline.known_organisation h ON h.id = s.handler_id
CROSS JOIN LATERAL (SELECT s.manager_id IS NOT DISTINCT FROM app.org () OR o.handler_id IS NOT DISTINCT FROM app.org () AS everything) e
CROSS JOIN LATERAL (SELECT e.everything, e.everything OR r.feedback_at IS DISTINCT FROM 'concluded' OR r.state = 'concluded' AS now) n
CROSS JOIN LATERAL (SELECT n.everything, n.now, n.now AND (n.everything OR r.feedback <> 'none') AS scores,
                           n.now AND (n.everything OR r.rank_shown IS TRUE) AS rank) v;

-- Whose objection was right is before all who wait; a place may be free already.
CREATE TRIGGER reinstated AFTER UPDATE OF reinstated_at ON pipeline.initiative FOR EACH ROW
    WHEN (NEW.reinstated_at IS DISTINCT FROM OLD.reinstated_at) EXECUTE FUNCTION pipeline.place_came_free ();

GRANT SELECT, INSERT ON pipeline.result TO mw_pipeline;
GRANT SELECT ON pipeline.result_record, pipeline.independent_handler TO mw_pipeline;
