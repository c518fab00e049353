-- Who took a place in a round of the caller's and had a score, highest first, and what became of them.
SELECT i.id AS initiative_id, i.title, r.total_ppm, r.rank, i.state,
       i.state IN ('financed', 'part_financed', 'realised', 'not_realised') AS financed, i.state = 'realised' AS realised
FROM pipeline.result r
JOIN pipeline.initiative i ON i.id = r.initiative_id
WHERE r.round_id = :id::uuid AND r.manager_id = app.org () AND r.total_ppm IS NOT NULL
  AND i.state IN ('in_programme', 'paused', 'dropped_out', 'table_ready', 'at_table', 'withdrawn_late', 'interest', 'not_financed',
                  'financed', 'part_financed', 'realised', 'not_realised')
ORDER BY r.total_ppm DESC, i.id
