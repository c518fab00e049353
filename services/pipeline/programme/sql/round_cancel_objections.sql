-- Objections in a round that was cancelled.
SELECT id FROM pipeline.objection WHERE round_id = :id::uuid AND state = 'lodged' ORDER BY id
