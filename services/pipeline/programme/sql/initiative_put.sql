-- Replaces what a draft says; it stays in its round.
UPDATE pipeline.initiative
   SET title = :title, summary = :summary, plan = :plan, municipality = :municipality,
       goals = :goals::text[], target_groups = :target_groups::text[],
       ask_cents = :ask_cents::bigint, fictional = :fictional::boolean
 WHERE id = :call_target::uuid
RETURNING id
