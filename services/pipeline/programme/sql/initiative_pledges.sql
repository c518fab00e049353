-- What was offered to an initiative and does not bind.
SELECT p.id FROM pipeline.pledge p WHERE p.initiative_id = :id::uuid AND p.state IN ('indicated', 'committed') ORDER BY p.id
