-- A draft of what the jury of a round of the caller's decides; one per round.
WITH held AS MATERIALIZED (
    SELECT r.id, r.manager_id, r.rules_hash, pg_advisory_xact_lock (hashtextextended (r.id::text, 0))
    FROM pipeline.round r WHERE r.id = :round_id::uuid AND r.manager_id = :call_org::uuid
)
INSERT INTO pipeline.selection (id, round_id, manager_id, minute, rules_hash, created_at)
SELECT :call_id::uuid, h.id, h.manager_id, :minute, h.rules_hash, :call_now::timestamptz
FROM held h
RETURNING id
