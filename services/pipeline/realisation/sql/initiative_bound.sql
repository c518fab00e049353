-- What binds on an initiative and was not given yet.
SELECT p.id FROM pipeline.pledge p WHERE p.initiative_id = :id::uuid AND p.state IN ('indicated', 'committed', 'firm') ORDER BY p.id
