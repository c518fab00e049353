-- They are there, and since when.
UPDATE pipeline.attendance SET entered_at = :call_now::timestamptz
WHERE meeting_id = :meeting_id::uuid AND initiative_id = :initiative_id::uuid
RETURNING id
