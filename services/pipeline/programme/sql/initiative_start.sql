-- A new initiative of the caller's organisation in a round.
WITH tied AS (
    INSERT INTO pipeline.tie (account_id, kind, value)
    SELECT app.account (), split_part (t, ':', 1), split_part (t, ':', 2) FROM unnest (:ties::text[]) t
    ON CONFLICT DO NOTHING
)
INSERT INTO pipeline.initiative
       (id, round_id, programme_id, applicant_id, manager_id, title, summary, plan, municipality,
       goals,
        target_groups, ask_cents, fictional, state, created_at)
SELECT :call_id::uuid, r.id, r.programme_id, :call_org::uuid, r.manager_id, :title, :summary, :plan,
       :municipality, :goals::text[], :target_groups::text[], :ask_cents::bigint,
       :fictional::boolean,
       'draft', :call_now::timestamptz
  FROM pipeline.round r
 WHERE r.id = :round_id::uuid
RETURNING id
