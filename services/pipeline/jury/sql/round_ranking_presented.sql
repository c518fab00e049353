-- What was presented in a round of the caller's and not withdrawn before the decision.
SELECT i.id FROM pipeline.initiative i
WHERE i.round_id = :id::uuid AND i.manager_id = app.org () AND i.presented_at IS NOT NULL
  AND (i.state = 'presented' OR EXISTS (SELECT FROM pipeline.selection_chosen l WHERE l.initiative_id = i.id))
ORDER BY i.id
