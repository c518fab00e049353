-- The ask of an initiative, if it has one that is not over.
SELECT a.id FROM pipeline.ask a WHERE a.initiative_id = :id::uuid AND a.state IN ('draft', 'complete', 'open')
