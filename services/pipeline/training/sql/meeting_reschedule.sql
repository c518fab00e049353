-- Another moment for a meeting, and why.
UPDATE pipeline.meeting
SET starts_at = :starts_at::timestamptz, ends_at = :ends_at::timestamptz, place = coalesce (:place, place), reason = :reason
WHERE id = :call_target::uuid
RETURNING id
