-- The award that was under way.
SELECT a.id FROM pipeline.award a WHERE a.need_id = :id::uuid AND a.state IN ('proposed', 'standstill', 'suspended')
