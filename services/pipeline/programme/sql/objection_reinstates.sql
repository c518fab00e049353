-- What an objection against the jury's decision is about, while that still holds.
SELECT i.id FROM pipeline.objection o JOIN pipeline.initiative i ON i.id = o.initiative_id
WHERE o.id = :call_target::uuid AND i.state IN ('not_selected', 'waitlisted')
