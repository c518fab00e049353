-- What was only thought of, or promised without binding, for an initiative.
SELECT p.id FROM pipeline.pledge p WHERE p.initiative_id = :id::uuid AND p.state IN ('indicated', 'committed') ORDER BY p.id
