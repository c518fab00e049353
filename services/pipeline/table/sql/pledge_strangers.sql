-- Conditions of a pledge that ask for one that is not on the same ask, or for itself.
SELECT c.at - 1 AS at
FROM jsonb_array_elements (:conditions::jsonb) WITH ORDINALITY AS c (one, at)
WHERE c.one ->> 'wish' = 'pledge'
  AND NOT EXISTS (SELECT FROM pipeline.pledge p
                  WHERE p.id = (c.one ->> 'pledge_id')::uuid AND p.ask_id = :ask_id::uuid AND p.id <> :call_target::uuid AND p.shown)
