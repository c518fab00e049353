-- Who goes along with an initiative, or was to.
SELECT id FROM pipeline.pairing WHERE initiative_id = :id::uuid AND state IN ('proposed', 'half', 'active') ORDER BY id
