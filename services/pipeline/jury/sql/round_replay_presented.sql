-- What was presented in a round of the caller's and decided on, in that order; where more are wanted, those that were eligible and were not presented.
SELECT i.id, i.title, l.initiative_id IS NOT NULL AS presented
FROM pipeline.initiative i
LEFT JOIN pipeline.selection_chosen l ON l.initiative_id = i.id
WHERE i.round_id = :id::uuid AND i.manager_id = app.org () AND (l.initiative_id IS NOT NULL OR i.state = 'not_presented')
ORDER BY l.initiative_id IS NULL, i.presented_at, i.submitted_at, i.id
LIMIT coalesce (:present_quota::bigint, (SELECT count (*) FROM pipeline.selection_chosen c JOIN pipeline.selection s ON s.id = c.selection_id
                                         WHERE s.round_id = :id::uuid))
