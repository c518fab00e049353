-- The ask of an initiative about which talks go on.
SELECT a.id FROM pipeline.ask a WHERE a.initiative_id = :id::uuid AND a.state = 'follow_up'
