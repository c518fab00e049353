-- Its round.
SELECT s.round_id AS id FROM pipeline.selection s WHERE s.id = :call_target::uuid
