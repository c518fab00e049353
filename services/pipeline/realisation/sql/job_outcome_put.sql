-- Another count; it stays with its initiative.
UPDATE pipeline.job_outcome
SET kind = :kind, count = :count::bigint, fte_hundredths = :fte_hundredths::bigint, valid_from = :valid_from::date,
    valid_until = :valid_until::date, reason = NULL
WHERE id = :call_target::uuid
RETURNING id
