-- What the caller is tied to now, and what they were stays.
WITH tied AS (
    INSERT INTO pipeline.tie (account_id, kind, value)
    SELECT app.account (), split_part (t, ':', 1), split_part (t, ':', 2) FROM unnest (:ties::text[]) t
    ON CONFLICT DO NOTHING
)
UPDATE pipeline.juror SET ties_version = coalesce (:ties_version::bigint, 0) WHERE id = :call_target::uuid RETURNING id
