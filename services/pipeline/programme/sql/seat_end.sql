-- The partner leaves today, or on the last day that was agreed if that is earlier.
UPDATE pipeline.seat
   SET valid_until = greatest (valid_from, least (valid_until, pipeline.dutch_day (:call_now::timestamptz)))
 WHERE id = :call_target::uuid
RETURNING id
