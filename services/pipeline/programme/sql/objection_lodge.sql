-- An objection about an initiative of the caller's, against the last decision about it, before who was fixed when that was taken.
WITH held AS MATERIALIZED (
    SELECT i.id, i.round_id, i.manager_id, s.initiative_id IS NOT NULL AS chosen, coalesce (s.handler_id, i.handler_id) AS handler_id,
           pg_advisory_xact_lock (hashtextextended (i.round_id::text, 0))
    FROM pipeline.initiative i
    LEFT JOIN pipeline.result s ON s.initiative_id = i.id
    WHERE i.id = :initiative_id::uuid AND i.applicant_id = :call_org::uuid
)
INSERT INTO pipeline.objection (id, initiative_id, round_id, applicant_id, manager_id, handler_id, grounds, about, created_at)
SELECT :call_id::uuid, h.id, h.round_id, :call_org::uuid, h.manager_id, h.handler_id, :grounds::text,
       CASE WHEN h.chosen THEN 'selection' ELSE 'eligibility' END, :call_now::timestamptz
FROM held h
WHERE h.handler_id IS NOT NULL
RETURNING id
