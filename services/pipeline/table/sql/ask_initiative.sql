-- The initiative of an ask, where it can still become what the closing says.
SELECT i.id FROM pipeline.initiative i
JOIN pipeline.ask a ON a.initiative_id = i.id
WHERE a.id = :ask_id::uuid AND i.state IN ('at_table', 'interest', 'part_financed', 'financed')
  AND i.state <> :result
