-- What is waitlisted by it.
SELECT l.initiative_id AS id FROM pipeline.selection_chosen l
WHERE l.selection_id = :call_target::uuid AND l.outcome = 'waitlisted'
ORDER BY l.at
