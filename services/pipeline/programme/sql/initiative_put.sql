-- Replaces what a draft says; it stays in its round.
WITH tied AS (
    INSERT INTO pipeline.tie (account_id, kind, value)
    SELECT app.account (), split_part (t, ':', 1), split_part (t, ':', 2) FROM unnest (:ties::text[]) t
    ON CONFLICT DO NOTHING
)
UPDATE pipeline.initiative
   SET title = :title, summary = :summary, plan = :plan, municipality = :municipality,
       goals = :goals::text[], target_groups = :target_groups::text[],
       ask_cents = :ask_cents::bigint, fictional = :fictional::boolean
 WHERE id = :call_target::uuid
RETURNING id
