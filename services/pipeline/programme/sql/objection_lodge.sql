-- An objection about an initiative of the caller's, before who was chosen when it was found ineligible.
WITH held AS MATERIALIZED (
    SELECT i.id, i.round_id, i.manager_id, i.handler_id, pg_advisory_xact_lock (hashtextextended (i.round_id::text, 0))
    FROM pipeline.initiative i WHERE i.id = :initiative_id::uuid AND i.applicant_id = :call_org::uuid AND i.handler_id IS NOT NULL
)
INSERT INTO pipeline.objection (id, initiative_id, round_id, applicant_id, manager_id, handler_id, grounds, created_at)
SELECT :call_id::uuid, h.id, h.round_id, :call_org::uuid, h.manager_id, h.handler_id, :grounds::text, :call_now::timestamptz
FROM held h
RETURNING id
