-- What is not selected by it.
SELECT l.initiative_id AS id FROM pipeline.selection_chosen l
WHERE l.selection_id = :call_target::uuid AND l.outcome = 'not_selected'
ORDER BY l.at
