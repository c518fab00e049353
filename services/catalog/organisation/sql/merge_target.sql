-- The registration in which another goes on, and the reason why it cannot; both are held, so that neither moves meanwhile.
WITH wanted AS (
    SELECT catalog.merge_target (:into::uuid, :into_kvk) AS id
), held AS MATERIALIZED (
    SELECT o.id, o.kind, o.state FROM catalog.organisation o
     WHERE o.id IN ((SELECT id FROM wanted), :id::uuid)
     ORDER BY o.id FOR UPDATE
)
SELECT CASE WHEN t.kind <> 'enterprise' THEN 'only_enterprises'
            WHEN r.tied THEN 'not_own'
            WHEN t.state IN ('merged', 'removed', 'left', 'ended') THEN 'target_goes_on'
            WHEN s.state IN ('admitted', 'provisional', 'recheck_due', 'lapsed', 'leaving')
                 AND NOT catalog.takes_part (t.state) THEN 'target_on_market' END AS why
  FROM held t
  JOIN wanted USING (id)
  JOIN catalog.organisation_record r USING (id)
  LEFT JOIN held s ON s.id = :id::uuid
