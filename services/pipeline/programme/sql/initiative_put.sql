-- Replaces what a draft says; it stays in its round. Who applies, who does it and with whom is the applicant's own to say, and its consent.
WITH tied AS (
    INSERT INTO pipeline.tie (account_id, kind, value)
    SELECT app.account (), split_part (t, ':', 1), split_part (t, ':', 2) FROM unnest (:ties::text[]) t
    ON CONFLICT DO NOTHING
)
UPDATE pipeline.initiative
SET title = :title, summary = :summary, plan = :plan, municipality = :municipality, goals = :goals::text[],
    target_groups = :target_groups::text[], ask_cents = :ask_cents::bigint, min_viable_cents = :min_viable_cents::bigint,
    stage = :stage::text, language = :language::text, answers = :answers::jsonb, documents = :documents::jsonb,
    team = CASE WHEN applicant_id = app.org () THEN :team::jsonb ELSE team END,
    consent = CASE WHEN applicant_id = app.org () THEN :consent::boolean ELSE consent END,
    co_applicant_ids = CASE WHEN applicant_id = app.org ()
        THEN ARRAY (SELECT DISTINCT (c ->> 'organisation_id')::uuid FROM jsonb_array_elements (:co_applicants::jsonb) c)
        ELSE co_applicant_ids END,
    fictional = :fictional::boolean
WHERE id = :call_target::uuid
RETURNING id
