-- Documents of an initiative (deploy/decisions/0048-rounds-for-people.md): always confidential, for who applies, who runs the round once
-- it is handed in, and who decides on an objection. How many and how large is a rule of the round.
ALTER TABLE pipeline.round
    ADD COLUMN max_documents bigint,
    ADD COLUMN document_megabytes bigint;

CREATE FUNCTION pipeline.keep_document_rules () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.max_documents, NEW.document_megabytes) IS DISTINCT FROM (OLD.max_documents, OLD.document_megabytes) THEN
        RAISE EXCEPTION 'the rules of round % are frozen', OLD.id USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_frozen';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER document_rules_frozen BEFORE UPDATE ON pipeline.round
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION pipeline.keep_document_rules ();

-- What a round does not say is not in what is hashed: so what was hashed before keeps its hash.
CREATE OR REPLACE VIEW pipeline.round_rules WITH (security_invoker = true) AS
SELECT r.id, jsonb_build_object (
    'present_quota', r.present_quota, 'select_min', r.select_min, 'select_max', r.select_max, 'waitlist', r.waitlist,
    'questions', r.questions, 'eligibility', r.eligibility, 'rubric', r.rubric, 'method', r.method, 'min_reviews', r.min_reviews,
    'blinding', r.blinding, 'conflict_policy', r.conflict_policy, 'feedback', r.feedback, 'answer_days', r.answer_days,
    'object_days', r.object_days, 'offer_days', r.offer_days, 'certificate_modules', r.certificate_modules,
    'certificate_needs', r.certificate_needs, 'pause_weeks', r.pause_weeks)
    || jsonb_strip_nulls (jsonb_build_object ('max_documents', r.max_documents, 'document_megabytes', r.document_megabytes)) AS rules
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
       r.certificate_modules, r.certificate_needs, r.pause_weeks, r.max_documents, r.document_megabytes
FROM pipeline.round r
JOIN pipeline.programme p ON p.id = r.programme_id
CROSS JOIN LATERAL pipeline.round_count (r.id) n;

-- It says itself whom it is for: the owner of the tables sees every initiative, for the counts.
CREATE VIEW pipeline.initiative_insider WITH (security_invoker = true) AS
SELECT i.id FROM pipeline.initiative i
WHERE i.applicant_id = app.org () OR app.org () = ANY (i.co_applicant_ids)
   OR (i.manager_id = app.org () AND i.submitted_at IS NOT NULL)
   OR EXISTS (SELECT FROM pipeline.objection o WHERE o.initiative_id = i.id AND o.handler_id = app.org ());
GRANT SELECT ON pipeline.initiative_insider TO mw_pipeline;

DROP TRIGGER initiative_embeds ON pipeline.initiative;
ALTER TABLE pipeline.initiative NO FORCE ROW LEVEL SECURITY;
UPDATE pipeline.initiative SET documents = (SELECT jsonb_agg (d || '{"confidential": true}' ORDER BY no)
                                            FROM jsonb_array_elements (documents) WITH ORDINALITY AS list (d, no))
WHERE jsonb_typeof (documents) = 'array';
UPDATE blob.reference SET confidential = true, insiders = 'pipeline.initiative_insider' WHERE holder = 'pipeline.initiative';
ALTER TABLE pipeline.initiative FORCE ROW LEVEL SECURITY;
CREATE TRIGGER initiative_embeds BEFORE INSERT OR DELETE OR UPDATE OF documents ON pipeline.initiative
    FOR EACH ROW EXECUTE FUNCTION blob.embeds ('documents', 'pipeline.initiative_insider');
-- Whatever the sender says of it; this comes before `initiative_embeds`, by its name.
CREATE FUNCTION pipeline.keep_confidential () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.documents := (SELECT jsonb_agg (d || '{"confidential": true}' ORDER BY no)
                      FROM jsonb_array_elements (NEW.documents) WITH ORDINALITY AS list (d, no));
    RETURN NEW;
END
$$;
CREATE TRIGGER initiative_confides BEFORE INSERT OR UPDATE OF documents ON pipeline.initiative
    FOR EACH ROW WHEN (jsonb_typeof (NEW.documents) = 'array') EXECUTE FUNCTION pipeline.keep_confidential ();

-- Who decides on an objection reads what was handed in, its files too.
CREATE OR REPLACE VIEW pipeline.objection_record WITH (security_invoker = true) AS
SELECT o.id, o.initiative_id, i.title, o.round_id, o.applicant_id, a.name AS applicant_name, o.manager_id, o.handler_id,
       h.name AS handler_name, o.grounds, i.criterion, i.drop_reason, i.checks, i.summary, i.plan, i.answers, i.question, i.answer,
       o.upheld, o.decision, o.decided_at, i.state AS initiative_state, i.object_by,
       o.handler_id = ANY (i.co_applicant_ids)
       OR EXISTS (SELECT FROM pipeline.seat s WHERE s.programme_id = i.programme_id AND s.organisation_id = o.handler_id
                  AND s.state = 'taken') AS handler_tied,
       o.state, o.version, o.created_at, i.documents, m.name AS manager_name
FROM pipeline.objection o
JOIN pipeline.initiative i ON i.id = o.initiative_id
LEFT JOIN pipeline.known_organisation a ON a.id = o.applicant_id
LEFT JOIN pipeline.known_organisation m ON m.id = o.manager_id
LEFT JOIN pipeline.known_organisation h ON h.id = o.handler_id;
