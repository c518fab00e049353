-- Why.
UPDATE pipeline.job_outcome SET reason = :reason WHERE id = :call_target::uuid RETURNING id
