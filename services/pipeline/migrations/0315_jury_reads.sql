-- What a jury reads and is asked (deploy/decisions/0047-jury-reads.md): documents without what they tell of who made them, texts without the
-- names of the team and of who applies along; wishes of jurors, a word to who is behind, and asking to have a judgement reopened.

ALTER TABLE pipeline.judgement
    ADD COLUMN asked text, -- why its juror asks to have it reopened
    ADD COLUMN reminded_at timestamptz,
    ADD COLUMN escalated_at timestamptz;
ALTER TABLE pipeline.juror
    ADD COLUMN reminded_at timestamptz,
    ADD COLUMN escalated_at timestamptz;

-- The clock acts for the organisation of a juror, as the system; nobody else of that organisation reads these.
CREATE POLICY clock ON pipeline.judgement USING (organisation_id = app.org () AND app.may (4096));

-- Which dossiers a juror wants to judge.
CREATE TABLE pipeline.bid (
    juror_id   uuid NOT NULL REFERENCES pipeline.juror,
    dossier_id uuid NOT NULL REFERENCES pipeline.dossier,
    account_id uuid NOT NULL,
    manager_id uuid NOT NULL,
    wish       text NOT NULL CHECK (wish IN ('wants', 'neutral', 'rather_not')),
    PRIMARY KEY (juror_id, dossier_id)
);
CREATE INDEX bid_by_dossier ON pipeline.bid (dossier_id);
ALTER TABLE pipeline.bid ENABLE ROW LEVEL SECURITY;
ALTER TABLE pipeline.bid FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pipeline.bid
    USING (account_id = app.account () AND dossier_id IN (SELECT pipeline.open_dossiers ())) WITH CHECK (account_id = app.account ());
CREATE POLICY manager ON pipeline.bid FOR SELECT USING (manager_id = app.org ());
GRANT SELECT, INSERT, UPDATE ON pipeline.bid TO mw_pipeline;

-- ------------------------------------------------------------------------------------------------------ documents

-- Of which dossiers the caller may read the documents. It says itself whom it is for: the owner of the tables sees every dossier.
CREATE VIEW pipeline.dossier_insider WITH (security_invoker = true) AS
SELECT d.id FROM pipeline.dossier d
WHERE d.manager_id = app.org () OR d.id IN (SELECT pipeline.open_dossiers ());
GRANT SELECT ON pipeline.dossier_insider TO mw_pipeline;

-- Asks for copies of the documents of an initiative, for its dossier.
CREATE FUNCTION pipeline.dossier_copies (presented uuid, documents jsonb) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pipeline AS $$
    INSERT INTO blob.clean (holder, record_id, no, source_id, insiders, wanted_at)
    SELECT 'pipeline.dossier', d.id, list.no, r.file_id, 'pipeline.dossier_insider', clock_timestamp ()
    FROM pipeline.dossier d
    CROSS JOIN jsonb_array_elements (documents) WITH ORDINALITY list (document, no)
    JOIN blob.reference r ON r.holder = 'pipeline.initiative' AND r.record_id = presented
    JOIN blob.file f ON f.id = r.file_id AND f.hash = list.document ->> 'file'
    WHERE d.initiative_id = presented AND jsonb_typeof (documents) = 'array'
    ON CONFLICT DO NOTHING
$$;

-- The documents of a dossier as they may be read: by number, without names. One that the manager leaves out is not there for others.
CREATE FUNCTION pipeline.dossier_documents (wanted uuid) RETURNS jsonb
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pipeline AS $$
    SELECT jsonb_agg (jsonb_strip_nulls (jsonb_build_object ('number', c.no, 'state', c.state, 'file', c.file, 'media_type', c.media_type,
                                                             'size', c.size)) ORDER BY c.no)
    FROM dossier d JOIN blob.clean c ON c.holder = 'pipeline.dossier' AND c.record_id = d.id
    WHERE d.id = wanted AND (d.manager_id = app.org () OR NOT d.redactions ? ('documents.' || c.no))
$$;

-- ------------------------------------------------------------------------------------------- what texts lose

-- Names of people, whole and the parts by which they are called; short ones are words too often.
CREATE FUNCTION pipeline.people_names (team jsonb) RETURNS text [] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg (DISTINCT n) FROM jsonb_array_elements (CASE WHEN jsonb_typeof (team) = 'array' THEN team ELSE '[]' END) m
    CROSS JOIN LATERAL (SELECT btrim (m ->> 'name') UNION SELECT p FROM regexp_split_to_table (m ->> 'name', '\s+') p
                        WHERE length (p) > 3 AND p ~ '^[[:upper:]]') x (n)
$$;

CREATE OR REPLACE FUNCTION pipeline.dossier_follow () RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pipeline AS $$
DECLARE
    names text [] := (SELECT array_agg (n) FROM (
        SELECT unnest (names_of (o.name) || o.kvk_number) FROM known_organisation o WHERE o.id = NEW.applicant_id OR o.id = ANY (NEW.co_applicant_ids)
        UNION SELECT unnest (people_names (NEW.team))
        UNION SELECT NEW.title) x (n) WHERE n IS NOT NULL);
    asked jsonb := nullif (to_jsonb (NEW) -> 'answers', 'null');
BEGIN
    IF NEW.state = 'presented' THEN
        INSERT INTO dossier (round_id, initiative_id, manager_id, applicant_id, title, summary, plan, answers, goals, target_groups,
                             municipality, ask_cents, fictional, masked, created_at)
        VALUES (NEW.round_id, NEW.id, NEW.manager_id, NEW.applicant_id, NEW.title, mask (NEW.summary, names), mask (NEW.plan, names),
                (SELECT jsonb_agg (jsonb_build_object ('code', e.value ->> 'code', 'text', mask (e.value ->> 'text', names)) ORDER BY e.at)
                 FROM jsonb_array_elements (asked) WITH ORDINALITY e (value, at)),
                NEW.goals, NEW.target_groups, NEW.municipality, NEW.ask_cents, NEW.fictional,
                (SELECT array_agg (DISTINCT left (m [1], 200)) FROM regexp_matches (
                     concat_ws (' ', NEW.summary, NEW.plan, (SELECT string_agg (e ->> 'text', ' ') FROM jsonb_array_elements (asked) e)),
                     mask_pattern (names), 'gi') m),
                clock_timestamp ())
        ON CONFLICT (initiative_id) DO UPDATE
        SET state = 'shown', version = dossier.version + 1, title = excluded.title, summary = excluded.summary, plan = excluded.plan,
            answers = excluded.answers, masked = excluded.masked;
        PERFORM dossier_copies (NEW.id, NEW.documents);
    ELSIF NEW.state IN ('withdrawn', 'withdrawn_late', 'closed_by_round', 'not_presented', 'eligible') THEN
        UPDATE dossier SET state = 'withdrawn', version = version + 1 WHERE initiative_id = NEW.id AND state = 'shown';
    END IF;
    RETURN NULL;
END
$$;

-- ------------------------------------------------------------------------------------------------ what is read

CREATE OR REPLACE VIEW pipeline.judgement_record WITH (security_invoker = true) AS
SELECT j.id, j.round_id, j.dossier_id, d.number, j.juror_id, j.account_id, j.organisation_id, o.name AS organisation_name, j.manager_id,
       CASE WHEN v.shown THEN j.scores END AS scores, CASE WHEN v.shown THEN j.confidence END AS confidence,
       CASE WHEN v.shown THEN j.remark END AS remark, CASE WHEN v.shown THEN j.abstain END AS abstain,
       CASE WHEN v.shown OR v.runs THEN j.reason END AS reason, CASE WHEN v.shown OR v.runs THEN j.earlier END AS earlier,
       j.locked_at, r.rubric, r.state AS round_state, r.scored_by, j.account_id = app.account () AS mine,
       pipeline.is_barred (j.juror_id, d.initiative_id) AS barred,
       jsonb_array_length (coalesce (j.scores, '[]')) AS scored, j.state, j.version, j.created_at,
       CASE WHEN j.account_id = app.account () OR v.runs THEN j.asked END AS asked,
       CASE WHEN j.reminded_at IS NULL AND greatest (r.scored_by - interval '3 days', j.created_at + interval '1 day') < r.scored_by
            THEN greatest (r.scored_by - interval '3 days', j.created_at + interval '1 day') END AS remind_at,
       CASE WHEN j.escalated_at IS NULL THEN r.scored_by END AS escalate_at
FROM pipeline.judgement j
JOIN pipeline.round r ON r.id = j.round_id
LEFT JOIN pipeline.dossier d ON d.id = j.dossier_id
LEFT JOIN pipeline.known_organisation o ON o.id = j.organisation_id
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM pipeline.judgement x WHERE x.dossier_id = j.dossier_id AND x.account_id = app.account () AND x.state = 'locked') AS locked,
           EXISTS (SELECT FROM pipeline.judgement x WHERE x.dossier_id = j.dossier_id AND x.account_id = app.account () AND x.state <> 'recused') AS any,
           EXISTS (SELECT FROM pipeline.juror x WHERE x.round_id = j.round_id AND x.account_id = app.account () AND x.state = 'active') AS juror) own
CROSS JOIN LATERAL (
    SELECT j.manager_id = app.org () AND NOT own.juror AS runs,
           j.account_id = app.account () OR j.state = 'locked' AND (
               own.locked OR j.manager_id = app.org () AND NOT own.juror
               OR NOT own.any AND r.state IN ('deliberation', 'decided', 'running', 'table', 'concluded')) AS shown) v
WHERE v.shown OR j.manager_id = app.org () OR (j.organisation_id = app.org () AND app.may (4096));

CREATE OR REPLACE VIEW pipeline.dossier_record WITH (security_invoker = true) AS
SELECT d.id, d.round_id, d.manager_id, d.number,
       CASE WHEN v.named THEN d.title END AS title, CASE WHEN v.named THEN d.applicant_id END AS applicant_id,
       CASE WHEN v.named THEN o.name END AS applicant_name,
       CASE WHEN v.named THEN d.municipality END AS municipality, CASE WHEN v.named THEN m.name END AS municipality_name,
       CASE WHEN d.manager_id = app.org () THEN d.initiative_id END AS initiative_id,
       CASE WHEN d.redactions ? 'summary' THEN d.redactions ->> 'summary' ELSE d.summary END AS summary,
       CASE WHEN d.redactions ? 'plan' THEN d.redactions ->> 'plan' ELSE d.plan END AS plan,
       (SELECT jsonb_agg (CASE WHEN d.redactions ? ('answers.' || (e.value ->> 'code'))
                               THEN e.value || jsonb_build_object ('text', d.redactions ->> ('answers.' || (e.value ->> 'code')))
                               ELSE e.value END ORDER BY e.at)
        FROM jsonb_array_elements (d.answers) WITH ORDINALITY e (value, at)) AS answers,
       d.goals, d.target_groups, d.ask_cents, d.fictional,
       (SELECT jsonb_agg (jsonb_build_object ('field', e.key, 'text', e.value) ORDER BY e.key) FROM jsonb_each_text (d.redactions) e) AS redactions,
       d.masked, mine.id AS judgement_id, mine.state AS judgement_state,
       (SELECT count (*) FROM pipeline.judgement x WHERE x.dossier_id = d.id AND x.state <> 'recused' AND d.manager_id = app.org ()) AS assigned,
       (SELECT count (*) FROM pipeline.judgement_counted c WHERE c.initiative_id = d.initiative_id AND d.manager_id = app.org ()) AS counted,
       r.blinding, r.state AS round_state, d.state, d.version, d.created_at,
       pipeline.dossier_documents (d.id) AS documents,
       (SELECT b.wish FROM pipeline.bid b WHERE b.dossier_id = d.id AND b.account_id = app.account ()) AS wish
FROM pipeline.dossier d
JOIN pipeline.round r ON r.id = d.round_id
LEFT JOIN pipeline.known_organisation o ON o.id = d.applicant_id
LEFT JOIN app.municipality m ON m.code = d.municipality
LEFT JOIN pipeline.judgement mine ON mine.dossier_id = d.id AND mine.account_id = app.account ()
CROSS JOIN LATERAL (
    SELECT d.manager_id = app.org () OR r.blinding = 'open' OR r.state IN ('decided', 'running', 'table', 'concluded')
           OR r.blinding = 'until_locked' AND mine.state = 'locked' AS named) v;

REVOKE ALL ON FUNCTION pipeline.dossier_copies (uuid, jsonb), pipeline.dossier_documents (uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION pipeline.dossier_documents (uuid), pipeline.people_names (jsonb) TO mw_pipeline;
