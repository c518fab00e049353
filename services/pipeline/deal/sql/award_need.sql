-- The need of the award that the caller's step was about.
SELECT a.need_id AS id FROM pipeline.award a WHERE a.id = :call_target::uuid
