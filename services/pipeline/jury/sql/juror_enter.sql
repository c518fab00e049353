-- The caller becomes a juror for their organisation, and what they are tied to is kept. Whoever comes in for the same seat waits.
WITH tied AS (
    INSERT INTO pipeline.tie (account_id, kind, value)
    SELECT app.account (), split_part (t, ':', 1), split_part (t, ':', 2) FROM unnest (:ties::text[] || ('organisation:' || app.org ())) t
    ON CONFLICT DO NOTHING
)
INSERT INTO pipeline.juror (id, round_id, organisation_id, manager_id, account_id, ties_version, created_at)
SELECT :call_id::uuid, r.id, app.org (), r.manager_id, app.account (), coalesce (:ties_version::bigint, 0), :call_now::timestamptz
FROM pipeline.round r, pg_advisory_xact_lock (hashtextextended (r.id::text || app.org ()::text, 0))
WHERE r.id = :round_id::uuid
RETURNING id
