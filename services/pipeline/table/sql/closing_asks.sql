-- One ask, or those at the table of a round of the caller's.
SELECT a.id, a.title, a.amount_cents, a.min_viable_cents, a.state, a.indicated_cents > 0 OR a.committed_cents > 0 AS wanted
FROM pipeline.ask_record a
WHERE ((a.id = :id::uuid AND a.state IN ('follow_up', 'closed'))
       OR (a.round_id = :id::uuid AND a.manager_id = app.org () AND a.state IN ('open', 'follow_up')))
ORDER BY a.id
